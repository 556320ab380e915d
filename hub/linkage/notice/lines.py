"""Lines of a notice: page numbers dropped, lines broken by scanning or layout joined, run-together items parted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from hub.linkage.notice.characters import clean, fold, is_han, matched_brackets, squeeze
from hub.linkage.notice.labels import Kind, find_labels, opens_statement, without_label_brackets
from hub.linkage.notice.naming import looks_like_unit
from hub.linkage.notice.outline import match_marker

_PAGE_NUMBER = re.compile(
    r"[-\s]{0,6}(?:第\s?)?\d{1,4}(?:\s?页)?(?:[\s,/]{0,3}共\s?\d{1,4}\s?页)?[-\s]{0,6}|\d{1,4}/\d{1,4}"
)
_DATE_LINE = re.compile(
    r"[\d〇○零一二三四五六七八九十]{4}\s?年\s?[\d一二三四五六七八九十元]{1,3}\s?月\s?[\d一二三四五六七八九十]{1,3}\s?日"
)
_DATE_REST = re.compile(r"\d{0,2}\s?[年月日]")
_TERMINAL = "。！？；;:：!?)"
_SEPARATORS = "、,，/"
_OPENERS = "“《(（「【[〔"
_CLOSERS = (")", "日")
_RESPONSIBILITY = (Kind.LEAD, Kind.RESPONSIBLE)
_JOINED_LIMIT = 4000
_BODY = 30
_INNER_START = re.compile(
    r"(?:(?<=[\s。;)日持展进行底前度内])|(?<=下:))(?:\d{1,3}\s?[.、]\s?(?=[^\d\s])|\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}、)"
)


def read_lines(text: str) -> tuple[list[str], bool]:
    """Paragraph lines of a notice, trimmed, none empty; and whether its layout had broken the lines."""
    physical = [without_label_brackets(line.strip()) for line in clean(text).split("\n")]
    physical = [line for line in physical if line and not _PAGE_NUMBER.fullmatch(fold(line))]
    width = _wrap_width(physical)
    lines = _join(physical, width)
    return [part for line in lines for part in _part(line)], width is not None


def is_date_line(line: str) -> bool:
    """Whether the line is nothing but a date in words."""
    return _DATE_LINE.fullmatch(fold(line).replace(" ", "")) is not None


def _wrap_width(lines: Sequence[str]) -> int | None:
    """The width at which the layout broke lines; None when lines are paragraphs."""
    lengths = sorted(_width(line) for line in lines)
    if len(lengths) < 8:
        return None
    widest = lengths[int(len(lengths) * 0.95)]
    full = sum(1 for length in lengths if widest - 2 <= length <= widest + 1)
    return widest if 12 <= widest <= 60 and full * 4 >= len(lengths) else None


def _width(line: str) -> int:
    return sum(2 if ord(char) > 0x2E7F or char in "“”‘’" else 1 for char in line) // 2


class _Paragraph:
    """A line under construction, with what decides whether the next one continues it."""

    def __init__(self, line: str) -> None:
        self.parts = [line]
        self.length = len(line)
        self.opened = _open_depth(line)
        folded = fold(line)
        labels = find_labels(folded)
        marker = match_marker(folded)
        self.bare_marker = marker is not None and marker.length >= len(folded.rstrip())
        self.statement = bool(labels and labels[0].start <= 1)
        self.bare_label = self.statement and labels[-1].end >= len(folded.rstrip())

    def append(self, line: str) -> None:
        last, first = self.parts[-1][-1], line[0]
        if self.bare_label and len(self.parts) > 1:
            # Below a bare label each line names further units.
            line = line if last in _SEPARATORS else f"、{line}"
        self.parts.append(f" {line}" if last.isascii() and first.isascii() and last.isalnum() else line)
        self.length += len(line)
        self.opened = max(0, self.opened + _open_depth(line))
        self.bare_marker = False

    @property
    def text(self) -> str:
        return "".join(self.parts)


def _open_depth(line: str) -> int:
    folded = fold(line)
    spans = matched_brackets(folded)
    closed = sum(folded.count(")", start, end) for start, end in spans)
    opened = sum(folded.count("(", start, end) for start, end in spans)
    return (folded.count("(") - opened) - (folded.count(")") - closed)


def _join(physical: Sequence[str], width: int | None) -> list[str]:
    joined: list[_Paragraph] = []
    for line in physical:
        if joined and joined[-1].length < _JOINED_LIMIT and _continues(joined[-1], line, width):
            joined[-1].append(line)
        else:
            joined.append(_Paragraph(line))
    return [paragraph.text for paragraph in joined]


def _continues(paragraph: _Paragraph, line: str, width: int | None) -> bool:
    folded, last = fold(line), paragraph.parts[-1]
    if last[-1] in _OPENERS:
        return True
    if opens_statement(folded) or match_marker(folded) is not None:
        return False
    if paragraph.bare_label:
        return len(paragraph.parts) == 1 or _is_units(folded)
    if is_date_line(line):
        return False
    if paragraph.bare_marker or paragraph.opened > 0 or last[-1] in _SEPARATORS:
        return True
    if folded[0] in "、,。;)":
        return True
    if last[-1] in _TERMINAL or last[-1] == "）":
        return False
    if width is not None and _width(last) >= width - 2:
        return True
    if paragraph.statement:
        return _cut_in_a_name(last, folded) or _cut_in_a_date(last, folded)
    return len(last) >= _BODY and any(char in fold(last) for char in ",。;、") and is_han(line[0])


def _is_units(folded: str) -> bool:
    """Whether a line holds nothing but names that end like units."""
    names = [name for name in re.split(r"[、,;\s]+", folded.strip("。;、, ")) if name]
    return bool(names) and all(looks_like_unit(name) for name in names)


def _cut_in_a_name(line: str, following: str) -> bool:
    """Whether a list of units ends in the middle of a name that the next line completes."""
    tail = squeeze(re.split(r"[、,;:：，；]", line)[-1])
    head = squeeze(re.split(r"[、,;。]", following)[0])
    if looks_like_unit(tail) or tail.endswith("等") or len(head) > 20:
        return False
    return looks_like_unit(head) or (len(head) == 1 and looks_like_unit(tail + head))


def _cut_in_a_date(line: str, following: str) -> bool:
    return (line[-1] in "年月" or line[-1].isdigit()) and _DATE_REST.match(following) is not None


def _part(line: str) -> list[str]:
    """Part a line that holds several items (each with its own statement) before their numbers."""
    folded = fold(line)
    starts = [label.start for label in find_labels(folded) if label.kind in _RESPONSIBILITY]
    starts += [start for start, end in matched_brackets(folded) if find_labels(folded[start + 1 : end])]
    cuts = [
        match.start()
        for match in _INNER_START.finditer(folded)
        if len(starts) > 1
        or (starts and match.start() > starts[0] and folded[: match.start()].rstrip()[-1:] in _CLOSERS)
    ]
    bounds = [0, *cuts, len(line)]
    return [part for start, end in pairwise(bounds) if (part := line[start:end].strip())]
