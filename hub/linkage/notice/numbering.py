"""Automatic numbers of Word paragraphs, which are not in the text: reconstructed from ``word/numbering.xml``.

Formats and counters follow ECMA-376 part 1, 17.9 (numbering).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

_CHINESE = "零一二三四五六七八九"
_CHINESE_FORMATS = {
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "ideographDigital",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "japaneseDigitalTenThousand",
    "ideographTraditional",
}
_NONE = {"bullet", "none"}
_PLACE = re.compile(r"%([1-9])")


@dataclass(slots=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = "%1."
    style: str | None = None


@dataclass(slots=True)
class _List:
    """One running list: its levels and the counters reached."""

    levels: dict[int, _Level]
    counters: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counters of a document's lists. Call ``next_number`` once for every numbered paragraph, in order."""

    def __init__(self, part: Any) -> None:
        self._lists: dict[str, _List] = {}
        self._styles: dict[str, Any] = {}
        for relation in part.rels.values():
            if relation.is_external:
                continue
            element = getattr(relation.target_part, "element", None)
            if element is not None and relation.reltype == RELATIONSHIP_TYPE.NUMBERING:
                self._lists = _read_lists(element)
            elif element is not None and relation.reltype == RELATIONSHIP_TYPE.STYLES:
                self._styles = {style.get(qn("w:styleId")): style for style in element.iter(qn("w:style"))}

    def next_number(self, paragraph: Any) -> str:
        """The printed number of a paragraph, empty when it has none; advances the counter."""
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return ""
        number_id, level_index = self._reference(properties)
        running = self._lists.get(number_id or "")
        if running is None or level_index not in running.levels:
            return ""
        level = running.levels[level_index]
        running.counters[level_index] = running.counters.get(level_index, level.start - 1) + 1
        running.counters = {index: count for index, count in running.counters.items() if index <= level_index}
        if level.format in _NONE:
            return ""
        return _PLACE.sub(lambda match: _printed(running, int(match[1]) - 1), level.text)

    def _reference(self, properties: Any) -> tuple[str | None, int]:
        """List and level of a paragraph, its own or its style's."""
        number_id, level = _own_reference(properties)
        style_id = _value(properties.find(qn("w:pStyle")))
        seen: set[str] = set()
        while number_id is None and style_id in self._styles and style_id not in seen:
            seen.add(style_id)
            style = self._styles[style_id]
            inherited = style.find(qn("w:pPr"))
            if inherited is not None:
                number_id, style_level = _own_reference(inherited)
                level = level if level is not None else style_level
                if number_id is not None and level is None:
                    level = self._level_of_style(number_id, style_id)
            style_id = _value(style.find(qn("w:basedOn")))
        return number_id, level or 0

    def _level_of_style(self, number_id: str, style_id: str) -> int | None:
        running = self._lists.get(number_id)
        levels = running.levels.items() if running else ()
        return next((index for index, level in levels if level.style == style_id), None)


def _own_reference(properties: Any) -> tuple[str | None, int | None]:
    reference = properties.find(qn("w:numPr"))
    if reference is None:
        return None, None
    level = _value(reference.find(qn("w:ilvl")))
    return _value(reference.find(qn("w:numId"))), _integer(level) if level is not None else None


def _read_lists(element: Any) -> dict[str, _List]:
    abstract = {
        item.get(qn("w:abstractNumId")): {_index(level): _read_level(level) for level in item.iter(qn("w:lvl"))}
        for item in element.iter(qn("w:abstractNum"))
    }
    lists = {}
    for item in element.iter(qn("w:num")):
        levels = {
            index: _Level(level.start, level.format, level.text, level.style)
            for index, level in abstract.get(_value(item.find(qn("w:abstractNumId"))), {}).items()
        }
        for override in item.iter(qn("w:lvlOverride")):
            for level in override.iter(qn("w:lvl")):
                levels[_index(level)] = _read_level(level)
            start = _value(override.find(qn("w:startOverride")))
            if start is not None and _index(override) in levels:
                levels[_index(override)].start = _integer(start)
        lists[item.get(qn("w:numId"))] = _List(levels)
    return lists


def _read_level(element: Any) -> _Level:
    return _Level(
        start=_integer(_value(element.find(qn("w:start"))) or "1"),
        format=_value(element.find(qn("w:numFmt"))) or "decimal",
        text=_value(element.find(qn("w:lvlText"))) or "",
        style=_value(element.find(qn("w:pStyle"))),
    )


def _value(element: Any) -> Any:
    return None if element is None else element.get(qn("w:val"))


def _index(element: Any) -> int:
    return _integer(element.get(qn("w:ilvl"), "0"))


def _integer(value: str) -> int:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else 0


def _printed(running: _List, index: int) -> str:
    level = running.levels.get(index, _Level())
    return format_number(running.counters.get(index, level.start), level.format)


def format_number(value: int, number_format: str) -> str:
    """A counter in the formats that Chinese documents use; others print as decimal."""
    if number_format in _CHINESE_FORMATS:
        return _chinese(value)
    if number_format in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= value <= 20:
        return chr(0x2460 + value - 1)
    if number_format in ("lowerLetter", "upperLetter") and 1 <= value <= 26:
        return chr((97 if number_format == "lowerLetter" else 65) + value - 1)
    return str(value)


def _chinese(value: int) -> str:
    if not 0 < value < 100:
        return str(value)
    tens, ones = divmod(value, 10)
    head = ("" if tens == 1 else _CHINESE[tens]) + "十" if tens else ""
    return head + (_CHINESE[ones] if ones or not tens else "")
