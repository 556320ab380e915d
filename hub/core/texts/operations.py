"""Problem sentences of operations."""

from __future__ import annotations

from hub.core.texts.text import Text

OPERATION_PROBLEMS: dict[str, Text] = {}
