"""Problem sentences of linkage."""

from __future__ import annotations

from hub.core.texts.text import Text

LINKAGE_PROBLEMS: dict[str, Text] = {}
