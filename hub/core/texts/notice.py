"""Problem sentences of notice."""

from __future__ import annotations

from hub.core.texts.text import Text

NOTICE_PROBLEMS: dict[str, Text] = {}
