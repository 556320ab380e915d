"""Problem sentences of the integrity of public bodies."""

from __future__ import annotations

from hub.core.texts.text import Text

INTEGRITY_PROBLEMS: dict[str, Text] = {
    "CLEARANCE_PERIOD": Text(
        "统计期间须起止有序、不超过五年，且不晚于今天。",
        "The period must run forward, be no longer than five years and not end after today.",
    ),
}
