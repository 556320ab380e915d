"""Problem sentences of auth."""

from __future__ import annotations

from hub.core.texts.text import Text

AUTH_PROBLEMS: dict[str, Text] = {}
