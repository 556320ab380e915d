"""Problem sentences of identifiers."""

from __future__ import annotations

from hub.core.texts.text import Text

IDENTIFIER_PROBLEMS: dict[str, Text] = {}
