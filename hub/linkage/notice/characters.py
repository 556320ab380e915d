"""Characters of a notice: cleaning what scanners and layout leave behind, folding widths, reading Chinese numerals.

``clean`` may change the length of a text; ``fold`` never does, so that an offset found in the folded text cuts the
printed one.
"""

from __future__ import annotations

import re
import unicodedata

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"
_NEWLINES = re.compile(r"\r\n?|[\u2028\u2029\u0085\v\f]")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffc\ufe00-\ufe0f]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
# PDF fonts often map common characters to radicals and compatibility forms that only look the same.
_LOOKALIKE = re.compile(r"[\u2e80-\u2fdf\uf900-\ufaff]")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_SPACE_RUN = re.compile(r"\s+")

_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLD |= {ord(char): ord(" ") for char in _SPACES}
_FOLD |= {ord(char): ord("(") for char in "（〔【［[｛{﹙❨"}
_FOLD |= {ord(char): ord(")") for char in "）〕】］]｝}﹚❩"}
_FOLD |= {ord(char): ord(":") for char in "：∶︰﹕ː˸"}
_FOLD |= {ord(char): ord(";") for char in "；﹔"}
_FOLD |= {ord(char): ord(",") for char in "，﹐"}
_FOLD |= {ord(char): ord("、") for char in "﹑､"}
_FOLD |= {ord(char): ord("。") for char in "｡"}
_FOLD |= {ord(char): ord("-") for char in "—–‐‑‒―−－~～"}

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "元": 1}


def clean(text: str) -> str:
    """The text with one kind of line break, without invisible and control characters or look-alike radicals."""
    text = _INVISIBLE.sub("", _NEWLINES.sub("\n", text))
    text = _LOOKALIKE.sub(lambda match: unicodedata.normalize("NFKC", match[0])[:1], text)
    return _CONTROL.sub("", text)


def fold(text: str) -> str:
    """The text in half-width punctuation, character by character (same length)."""
    return text.translate(_FOLD)


def squeeze(text: str) -> str:
    """The folded text without any white space."""
    return _SPACE_RUN.sub("", fold(text))


def tidy(text: str) -> str:
    """The text trimmed, with white space gone beside Chinese characters and single elsewhere."""
    text = _SPACE_RUN.sub(" ", text).strip()
    return "".join(
        char
        for index, char in enumerate(text)
        if char != " " or (text[index - 1].isascii() and text[index + 1].isascii())
    )


def count_han(text: str) -> int:
    """Number of Chinese characters."""
    return sum(1 for _ in _HAN.finditer(text))


def is_han(char: str) -> bool:
    return _HAN.fullmatch(char) is not None


def read_numeral(text: str) -> int | None:
    """``12``, ``十二``, ``二〇二三``, ``三十`` as a number; None when it is none."""
    if text.isascii() and text.isdigit():
        return int(text)
    if text and all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    return _read_positional(text)


def _read_positional(text: str) -> int | None:
    """Chinese positional numerals up to 999: 十, 二十三, 一百零五."""
    match = re.fullmatch(
        r"(?:([一二两三四五六七八九])百零?)?(?:([一二三四五六七八九])?(十))?([一二三四五六七八九])?", text
    )
    if match is None or not text:
        return None
    hundreds, tens, ten, ones = match.groups()
    total = _DIGITS.get(hundreds or "", 0) * 100
    if ten:
        total += _DIGITS.get(tens or "一", 1) * 10
    return total + _DIGITS.get(ones or "", 0)


def matched_brackets(folded: str) -> list[tuple[int, int]]:
    """Spans ``(start, end)`` of outermost matched brackets in a folded text; unmatched brackets are ignored."""
    open_at: list[int] = []
    spans: list[tuple[int, int]] = []
    for index, char in enumerate(folded):
        if char == "(":
            open_at.append(index)
        elif char == ")" and open_at:
            start = open_at.pop()
            while spans and spans[-1][0] > start:
                spans.pop()
            spans.append((start, index + 1))
    return spans
