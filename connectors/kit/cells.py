"""Cells of a row as offices write them: full-width digits, dates in several forms, amounts with separators."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache, lru_cache
from typing import TypeVar

from hub.canonical.characters import fold
from hub.core.clock import SHANGHAI
from hub.core.errors import Reason
from hub.core.texts import label_text

E = TypeVar("E", bound=StrEnum)

_DATE = re.compile(r"(?P<y>\d{4})[-/.年]?(?P<m>\d{1,2})[-/.月]?(?P<d>\d{1,2})日?")
_SERIAL = re.compile(r"\d{5}")
_EXCEL_EPOCH = date(1899, 12, 30)
_EARLIEST = date(1949, 10, 1)
_LATEST = date(2100, 1, 1)
_MOST_FEN = 10**17


class CellReader:
    """Reads the cells of one row and notes everything that is wrong; messages name columns, never values."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self._cells = cells
        self.reasons: list[Reason] = []

    def wrong(self, column: str, expected: str) -> None:
        self.reasons.append(Reason("CELL_INVALID", (column,), {"column": column, "expected": expected}))

    def has(self, column: str) -> bool:
        return column in self._cells

    def text(self, column: str, limit: int) -> str | None:
        value = self._cells.get(column)
        if value is None:
            return None
        if len(value) > limit:
            self.reasons.append(Reason("CELL_TOO_LONG", (column,), {"column": column, "limit": limit}))
            return None
        return value

    def required(self, column: str, limit: int) -> str:
        if column not in self._cells:
            self.reasons.append(Reason("CELL_REQUIRED", (column,), {"column": column}))
            return ""
        return self.text(column, limit) or ""

    def choice(self, column: str, kind: type[E], default: E | None = None) -> E | None:
        """A code of the list, or its Chinese label."""
        value = self._cells.get(column)
        if value is None:
            if default is None:
                self.reasons.append(Reason("CELL_REQUIRED", (column,), {"column": column}))
            return default
        said = _said(kind)
        found: E | None = said.get(value) or said.get(fold(value))
        if found is not None:
            return found
        self.wrong(column, "、".join(label_text(f"{kind.__name__}.{member.value}").zh for member in kind))
        return default

    def integer(self, column: str, default: int, highest: int) -> int:
        value = self._cells.get(column)
        if value is None:
            return default
        digits = fold(value)
        if digits.isascii() and digits.isdigit() and len(digits) <= 18 and int(digits) <= highest:
            return int(digits)
        self.wrong(column, f"0-{highest}")
        return default

    def day(self, column: str) -> date | None:
        """ISO, with slashes, dots or Chinese characters, or an Excel serial day (1900 system)."""
        value = self._cells.get(column)
        if value is None:
            return None
        found = _day(value)
        if found is None:
            self.wrong(column, "2026-01-31, 2026/1/31, 2026年1月31日")
            return None
        return found

    def instant(self, column: str) -> datetime | None:
        """ISO 8601; without an offset it is Beijing time, without a time the day's beginning there."""
        value = self._cells.get(column)
        if value is None:
            return None
        try:
            found = datetime.fromisoformat(value.replace("/", "-").replace("：", ":"))
        except ValueError:
            self.wrong(column, "2026-01-31T20:00:00+08:00")
            return None
        return found if found.tzinfo else found.replace(tzinfo=SHANGHAI)

    def fen(self, column: str) -> int | None:
        """An amount in yuan with at most two decimals, as fen."""
        value = self._cells.get(column)
        if value is None:
            return None
        try:
            amount = Decimal(fold(value).replace(",", "").removeprefix("¥").removesuffix("元")) * 100
        except InvalidOperation:
            amount = Decimal("NaN")
        if not amount.is_finite() or amount != amount.to_integral_value() or not 0 <= amount < _MOST_FEN:
            self.wrong(column, "12345.67")
            return None
        return int(amount)


@cache
def _said(kind: type[E]) -> dict[str, E]:
    """Members of a list by their codes and by their Chinese labels."""
    labels = {fold(label_text(f"{kind.__name__}.{member.value}").zh): member for member in kind}
    return labels | {member.value: member for member in kind}


@lru_cache(maxsize=8_192)
def _day(value: str) -> date | None:
    """The day a cell tells, of those that can be meant; a list names few days, many times over."""
    text = fold(value)
    try:
        if _SERIAL.fullmatch(text):
            told = _EXCEL_EPOCH + timedelta(days=int(text))
        else:
            found = _DATE.fullmatch(text.partition("T")[0])
            told = date(int(found["y"]), int(found["m"]), int(found["d"])) if found else _LATEST
    except ValueError:
        return None
    return told if _EARLIEST <= told < _LATEST else None
