"""Which court codes there were in a year (法〔2015〕137号 arts. 5, 13): a table with dates, and the divisions' codes.

``court_codes.csv`` holds what is not a division of GB/T 2260: numbered and special courts. A row that names one code
goes before those that stand for ranges. All others bear the digits of their division, from the year it was made;
a division that was merged away may keep its court and code (art. 13).
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

from stdnum import numdb

DIVISIONS = {
    "京": "11", "津": "12", "冀": "13", "晋": "14", "内": "15", "辽": "21", "吉": "22", "黑": "23", "沪": "31",
    "苏": "32", "浙": "33", "皖": "34", "闽": "35", "赣": "36", "鲁": "37", "豫": "41", "鄂": "42", "湘": "43",
    "粤": "44", "桂": "45", "琼": "46", "渝": "50", "川": "51", "黔": "52", "云": "53", "藏": "54", "陕": "61",
    "甘": "62", "青": "63", "宁": "64", "新": "65",
}  # fmt: skip
"""Provincial divisions (GB/T 2260) by the character their courts' codes begin with."""

SUPREME = "最高法"

_CODE = re.compile(rf"(?P<prefix>{SUPREME}|\D)(?P<court>\d\d)?(?P<branch>\d\d)?")
_SINCE = re.compile(r"\[(\d{4})?-\d{0,4}\]")
_NO_DIVISION = "市辖区"


class CourtDoubt(StrEnum):
    """Why no court bears a code in a year."""

    UNKNOWN = "CASE_NUMBER_COURT_UNKNOWN"
    NOT_YET = "CASE_NUMBER_COURT_NOT_YET"
    ENDED = "CASE_NUMBER_COURT_ENDED"


@dataclass(frozen=True, slots=True)
class _Row:
    prefix: str
    court: tuple[str, str]
    branch: tuple[str, str]
    since: date
    until: date | None

    @property
    def width(self) -> int:
        """How many codes it stands for, roughly: the narrowest row counts."""
        spans = (int(last) - int(first) for first, last in (self.court, self.branch) if first)
        return sum(spans) + (1_000 if self.prefix == "*" else len(self.prefix))

    def holds(self, prefix: str, court: str, branch: str) -> bool:
        return (
            self._named(prefix)
            and self.court[0] <= court <= self.court[1]
            and self.branch[0] <= branch <= self.branch[1]
        )

    def _named(self, prefix: str) -> bool:
        if self.prefix == "*":
            return prefix in DIVISIONS
        return prefix == self.prefix or (len(prefix) == 1 and self.prefix != SUPREME and prefix in self.prefix)


@lru_cache(maxsize=4096)
def doubt(code: str, year: int) -> CourtDoubt | None:
    """Why the code is none of a court that took cases in with that year; None where there was one."""
    found = _CODE.fullmatch(code)
    if found is None or "00" in (found["court"], found["branch"]):
        return CourtDoubt.UNKNOWN
    prefix, court, branch = found["prefix"], found["court"] or "", found["branch"] or ""
    rows = [row for row in _table() if row.holds(prefix, court, branch)]
    if rows:
        return _dated(min(rows, key=lambda row: row.width), year)
    since = _division_since(DIVISIONS.get(prefix, ""), f"{court}{branch or '00'}") if court else None
    if since is None:
        return CourtDoubt.UNKNOWN
    return CourtDoubt.NOT_YET if year < since else None


def _dated(row: _Row, year: int) -> CourtDoubt | None:
    if year < row.since.year:
        return CourtDoubt.NOT_YET
    return CourtDoubt.ENDED if row.until is not None and year > row.until.year else None


def _division_since(province: str, digits: str) -> int | None:
    """The year a division of these digits was made, 0 where it was there from the beginning; None: never was one."""
    names = [about.get("county") for part, about in numdb.get("cn/loc").info(province + digits) if part == digits]
    if not names or not names[0]:
        return None
    each = [name for name in names[0].split(",") if not name.endswith(_NO_DIVISION)]
    starts = [int(known[1] or 0) if (known := _SINCE.match(name)) else 0 for name in each]
    return min(starts) if starts else None


@cache
def _table() -> tuple[_Row, ...]:
    text = files("hub.canonical").joinpath("court_codes.csv").read_text(encoding="utf-8")
    return tuple(
        _Row(
            row["prefix"],
            _range(row["court"]),
            _range(row["branch"]),
            date.fromisoformat(row["from"]),
            date.fromisoformat(row["to"]) if row["to"] else None,
        )
        for row in csv.DictReader(text.splitlines())
    )


def _range(text: str) -> tuple[str, str]:
    first, _, last = text.partition("-")
    return first, last or first
