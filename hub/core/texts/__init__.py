"""Every sentence a user reads, keyed by stable code: Chinese required, English beside it."""

from __future__ import annotations

from collections.abc import Mapping

from hub.core.texts.labels import LABELS
from hub.core.texts.problems import PROBLEMS
from hub.core.texts.text import Text

__all__ = ["LABELS", "PROBLEMS", "Text", "label_text", "problem_text"]


def problem_text(code: str, params: Mapping[str, object]) -> Text:
    """Sentence of a problem code, with its parameters filled in. Raises ``KeyError`` on an unknown code."""
    text = PROBLEMS[code]
    return Text(text.zh.format_map(params), text.en.format_map(params))


def label_text(code: str) -> Text:
    """Label of an enum value, state, event or role, keyed ``Kind.VALUE``."""
    return LABELS[code]
