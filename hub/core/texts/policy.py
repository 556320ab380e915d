"""Problem sentences of policy."""

from __future__ import annotations

from hub.core.texts.text import Text

POLICY_PROBLEMS: dict[str, Text] = {}
