"""Normalisation shared by the identifiers. Every step works on single characters, so it is idempotent."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

DIGITS = frozenset("0123456789")

_HYPHENS = frozenset("-‐‒–—―−")
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_ASCII_UPPER = {code: code - 32 for code in range(ord("a"), ord("z") + 1)}
_BRACKETS = str.maketrans({"(": "（", ")": "）", "[": "（", "]": "）", "〔": "（", "〕": "）", "【": "（", "】": "）"})


def compact_code(text: str) -> str:
    """A code of letters and digits: compatibility forms (full width) resolved, ASCII letters raised,
    spaces, hyphens and invisible characters dropped. Anything else stays, to be reported by position."""
    kept = (character for character in fold(text) if character not in _HYPHENS)
    return "".join(kept).translate(_ASCII_UPPER)


def fold(text: str) -> str:
    """Compatibility forms resolved (NFKC, character by character); white space and invisible characters dropped."""
    if text.isascii():  # NFKC leaves ASCII as it is
        return "".join(text.split())
    if unicodedata.is_normalized("NFKC", text) and _INVISIBLE.isdisjoint(text):  # then so is each character by itself
        return "".join(text.split())
    return "".join(map(_fold_character, text))


@lru_cache(maxsize=50_000)
def _fold_character(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character)
    return "".join(c for c in folded if not c.isspace() and c not in _INVISIBLE)


def round_brackets(text: str) -> str:
    """``fold`` with every kind of bracket as the full-width round pair （ ）."""
    return fold(text).translate(_BRACKETS)


def show_character(character: str) -> str:
    """A character as a message may print it: itself, or its code point when it has no visible form."""
    return character if character.isprintable() else f"U+{ord(character):04X}"
