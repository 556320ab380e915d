"""Labels of the integrity of public bodies, by kind and value."""

from __future__ import annotations

from hub.core.texts.text import Text

INTEGRITY_LABELS: dict[str, dict[str, Text]] = {
    "ClearanceUnit": {
        "BODY": Text("按主体", "bodies"),
        "CASE": Text("按案件", "cases"),
    },
}
