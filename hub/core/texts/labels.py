"""Labels of enum values, states, events and roles, keyed ``Kind.VALUE``."""

from __future__ import annotations

from hub.core.texts.text import Text

LABELS: dict[str, Text] = {}
