"""Labels of what a changed policy pack would move."""

from __future__ import annotations

from hub.core.texts.text import Text

SIMULATION_LABELS: dict[str, dict[str, Text]] = {
    "PolicyMoveKind": {
        "DEADLINE": Text("在办事项的时限", "deadline of an open matter"),
        "DUTY": Text("定期职责", "recurring duty"),
    },
}
