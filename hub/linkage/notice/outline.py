"""Numbering of a notice: 第一章, 一、, (一), 1., (1), ① and the tree of blocks they make."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from hub.linkage.notice.characters import fold, read_numeral

_CN = "一二三四五六七八九十百零〇两"
_NOISE = re.compile(r"[\s#*●◆■★▲•·>]*")


class Level(IntEnum):
    """Ranks of numbering styles, outermost first."""

    PART = 0
    CHINESE = 1
    BRACKETED_CHINESE = 2
    ARABIC = 3
    BRACKETED_ARABIC = 4
    CIRCLED = 5


@dataclass(frozen=True, slots=True)
class Marker:
    """A number at the start of a line: its style, value, printed form and length in the line."""

    level: Level
    value: int
    printed: str
    length: int


_STYLES: tuple[tuple[Level, re.Pattern[str]], ...] = (
    (Level.PART, re.compile(rf"第\s?([{_CN}\d]{{1,4}})\s?(?:部分|章|编|节)[、.,:\s]?")),
    (Level.CHINESE, re.compile(rf"第\s?([{_CN}\d]{{1,4}})\s?条[、.,:\s]?")),
    (Level.ARABIC, re.compile(rf"第\s?([{_CN}\d]{{1,4}})\s?项[、.,:\s]")),
    (Level.CHINESE, re.compile(rf"([{_CN}]{{1,4}})\s?[、.,](?!\d)")),
    (Level.BRACKETED_CHINESE, re.compile(rf"\(\s?([{_CN}]{{1,4}})\s?\)[、.,:]?")),
    (Level.ARABIC, re.compile(r"(\d(?:\s?\d){0,2})\s?[.、,。](?!\d)")),
    (Level.ARABIC, re.compile(r"(\d{1,2})\s+(?=[\u4e00-\u9fff])(?![年月日时个项次家号名万亿个人])")),
    (Level.ARABIC, re.compile(rf"(?:任务|事项|举措|项目)\s?([{_CN}\d]{{1,4}})\s?[:、.,\s]")),
    (Level.BRACKETED_ARABIC, re.compile(r"\(\s?(\d(?:\s?\d)?)\s?\)[、.,:]?")),
    (Level.BRACKETED_ARABIC, re.compile(r"(\d{1,2})\s?\)[、.,:]?")),
)
_SINGLE = (
    (Level.CIRCLED, 0x2460, 20),
    (Level.CIRCLED, 0x3251, 15),
    (Level.CIRCLED, 0x2776, 10),
    (Level.BRACKETED_ARABIC, 0x2474, 20),
    (Level.BRACKETED_CHINESE, 0x3220, 10),
    (Level.ARABIC, 0x2488, 20),
)


def match_marker(folded: str) -> Marker | None:
    """The number a folded line starts with, if any."""
    start = _NOISE.match(folded)
    offset = start.end() if start else 0
    for level, first, count in _SINGLE:
        if offset < len(folded) and first <= ord(folded[offset]) < first + count:
            single = ord(folded[offset]) - first + (21 if first == 0x3251 else 1)
            return Marker(level, single, folded[offset], offset + 1)
    for level, pattern in _STYLES:
        found = pattern.match(folded, offset)
        value = read_numeral(found[1].replace(" ", "")) if found else None
        if found and value:
            return Marker(level, value, found[0].strip(), found.end())
    return None


@dataclass(slots=True)
class Block:
    """A numbered passage: its own lines (without the number) and the blocks below it. The root has no marker."""

    marker: Marker | None
    parent: Block | None = field(default=None, repr=False)
    lines: list[str] = field(default_factory=list)
    children: list[Block] = field(default_factory=list)

    def path(self) -> list[Block]:
        """The numbered blocks from the outermost to this one."""
        trail: list[Block] = []
        block: Block | None = self
        while block is not None and block.marker is not None:
            trail.append(block)
            block = block.parent
        return trail[::-1]

    def walk(self) -> Iterator[Block]:
        """This block and all below it, in the order of the text."""
        waiting = [self]
        while waiting:
            block = waiting.pop()
            yield block
            waiting.extend(reversed(block.children))

    @property
    def heading(self) -> str:
        return self.lines[0] if self.lines else ""


def build_outline(lines: Sequence[str], *, wrapped: bool) -> Block:
    """The tree of blocks of a notice's lines.

    ``wrapped`` says that lines were broken by the layout: then a line may begin with a number by accident, and only
    numbers that continue a sequence count.
    """
    markers = [match_marker(fold(line)) for line in lines]
    inverted = _arabic_is_outer([marker for marker in markers if marker])
    root = Block(None)
    current, seen = root, dict[Level, int]()
    for line, marker in zip(lines, markers, strict=True):
        if marker is None:
            current.lines.append(line)
            continue
        parent = current
        while parent.marker is not None and _rank(parent.marker.level, inverted=inverted) >= _rank(
            marker.level, inverted=inverted
        ):
            parent = parent.parent or root
        if wrapped and not _continues(marker, parent, seen):
            current.lines.append(line)
            continue
        current = Block(marker, parent)
        parent.children.append(current)
        seen[marker.level] = marker.value
        rest = line[marker.length :].strip()
        if rest:
            current.lines.append(rest)
    return root


def _rank(level: Level, *, inverted: bool) -> int:
    if inverted and level in (Level.ARABIC, Level.BRACKETED_CHINESE):
        return Level.BRACKETED_CHINESE if level is Level.ARABIC else Level.ARABIC
    return level


def _continues(marker: Marker, parent: Block, seen: dict[Level, int]) -> bool:
    siblings = (child.marker for child in reversed(parent.children) if child.marker)
    before = next((sibling.value for sibling in siblings if sibling.level is marker.level), None)
    if before is not None:
        return marker.value == 1 or before <= marker.value <= before + 3
    last = seen.get(marker.level)
    return marker.value <= 3 or (last is not None and last < marker.value <= last + 3)


def _arabic_is_outer(markers: Sequence[Marker]) -> bool:
    """Whether (一) restarts under each running 1., 2., 3. instead of the other way round."""
    restarts, arabics, arabic_since, last = 0, 0, False, 0
    for marker in markers:
        match marker.level:
            case Level.ARABIC:
                if marker.value < last:
                    return False
                arabics, arabic_since, last = arabics + 1, True, marker.value
            case Level.BRACKETED_CHINESE:
                restarts += marker.value == 1 and arabic_since
                arabic_since = False
            case Level.PART | Level.CHINESE:
                arabic_since, last = False, 0
            case _:
                pass
    return restarts > 1 and restarts * 2 >= arabics
