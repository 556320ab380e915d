"""Recurring deadlines: the part of RFC 5545 recurrence rules an item may use, and the dates they give.

Allowed: FREQ=YEARLY, MONTHLY or WEEKLY with INTERVAL, BYMONTH, BYMONTHDAY, COUNT, UNTIL. One departure from the RFC,
because an obligation must not vanish in a short month: a month day the month lacks falls on its last day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from heapq import merge
from itertools import islice
from typing import Literal

from dateutil import rrule

from hub.core.clock import local_date
from hub.core.errors import Reason, Refused

LONGEST = 200
MAX_INTERVAL = 120
MAX_COUNT = 1000


class Frequency(StrEnum):
    YEARLY = "YEARLY"
    MONTHLY = "MONTHLY"
    WEEKLY = "WEEKLY"


_FREQUENCIES: dict[Frequency, Literal[0, 1, 2]] = {
    Frequency.YEARLY: rrule.YEARLY,
    Frequency.MONTHLY: rrule.MONTHLY,
    Frequency.WEEKLY: rrule.WEEKLY,
}
_PARTS = ("FREQ", "INTERVAL", "BYMONTH", "BYMONTHDAY", "COUNT", "UNTIL")
_UNTIL = re.compile("(?P<day>[0-9]{8})(?:T(?P<time>[0-9]{6})(?P<utc>Z)?)?")


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A parsed rule. ``until`` is a date in Asia/Shanghai, included. Its text is the canonical RRULE value."""

    frequency: Frequency
    interval: int = 1
    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    count: int | None = None
    until: date | None = None

    def __str__(self) -> str:
        parts = [f"FREQ={self.frequency.value}"]
        if self.interval != 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.months:
            parts.append(f"BYMONTH={','.join(map(str, self.months))}")
        if self.month_days:
            parts.append(f"BYMONTHDAY={','.join(map(str, self.month_days))}")
        if self.count is not None:
            parts.append(f"COUNT={self.count}")
        if self.until is not None:
            parts.append(f"UNTIL={self.until:%Y%m%d}")
        return ";".join(parts)

    def dates(self, starts_on: date) -> Iterator[date]:
        """Every due date from ``starts_on`` on, ascending, each once."""
        days: tuple[int | None, ...] = self.month_days
        if not days:
            days = (None if self.frequency is Frequency.WEEKLY else starts_on.day,)
        months: list[tuple[int, ...] | None] = [self.months or None]
        if self.frequency is Frequency.YEARLY:
            # One stream a month: the position that finds the last day counts within the whole year otherwise.
            months = [(month,) for month in self.months or (starts_on.month,)]
        streams = [self._stream(starts_on, in_months, day) for in_months in months for day in days]
        return islice(_without_repeats(merge(*streams)), self.count)

    def _stream(self, starts_on: date, months: tuple[int, ...] | None, day: int | None) -> Iterator[date]:
        clamped = day is not None and day > 28
        moments = rrule.rrule(
            _FREQUENCIES[self.frequency],
            dtstart=datetime.combine(starts_on, time.min),
            interval=self.interval,
            bymonth=months,
            bymonthday=range(28, day + 1) if clamped and day else day,
            bysetpos=-1 if clamped else None,
            until=None if self.until is None else datetime.combine(self.until, time.min),
        )
        return (moment.date() for moment in moments)


def parse_recurrence(text: str, *, path: tuple[str | int, ...] = ()) -> Recurrence:
    """Rule of an RRULE value (with or without ``RRULE:``). Raises ``Refused`` with every reason (RRULE_*)."""
    value = text.strip().upper().removeprefix("RRULE:")
    if not 0 < len(value) <= LONGEST:
        raise Refused(Reason("RRULE_LENGTH", path, {"limit": LONGEST}))
    reader = _Parts(value, path)
    recurrence = Recurrence(
        reader.frequency(),
        reader.number("INTERVAL", MAX_INTERVAL) or 1,
        reader.numbers("BYMONTH", 1, 12),
        reader.numbers("BYMONTHDAY", -28, 31),
        reader.number("COUNT", MAX_COUNT),
        reader.until(),
    )
    reader.check(recurrence)
    return recurrence


def next_date(recurrence: Recurrence, starts_on: date, *, after: date) -> date | None:
    """First due date later than ``after``, or ``None`` when the rule has ended."""
    return next((on for on in recurrence.dates(starts_on) if on > after), None)


def dates_between(recurrence: Recurrence, starts_on: date, first: date, last: date) -> tuple[date, ...]:
    """Due dates from ``first`` to ``last``, both included."""
    found = []
    for on in recurrence.dates(starts_on):
        if on > last:
            break
        if on >= first:
            found.append(on)
    return tuple(found)


class _Parts:
    """The parts of one rule, read one by one while problems are collected."""

    def __init__(self, value: str, path: tuple[str | int, ...]) -> None:
        self._path = path
        self._reasons: list[Reason] = []
        self._parts: dict[str, str] = {}
        for part in value.rstrip(";").split(";"):
            name, _, content = part.partition("=")
            if name not in _PARTS:
                self._report("RRULE_PART", name, ", ".join(_PARTS))
            elif name in self._parts:
                self._report("RRULE_PART_TWICE", name, "1")
            else:
                self._parts[name] = content

    def frequency(self) -> Frequency:
        value = self._parts.get("FREQ", "")
        if value not in Frequency.__members__:
            self._report("RRULE_VALUE", f"FREQ={value}", ", ".join(Frequency))
            return Frequency.YEARLY
        return Frequency(value)

    def number(self, name: str, highest: int) -> int | None:
        if name not in self._parts:
            return None
        value = self._parts[name]
        if not re.fullmatch("[0-9]{1,4}", value) or not 1 <= int(value) <= highest:
            self._report("RRULE_VALUE", f"{name}={value}", f"1-{highest}")
            return None
        return int(value)

    def numbers(self, name: str, lowest: int, highest: int) -> tuple[int, ...]:
        if name not in self._parts:
            return ()
        values = self._parts[name].split(",")
        if not all(re.fullmatch("[+-]?[0-9]{1,2}", v) and lowest <= int(v) <= highest and int(v) for v in values):
            self._report("RRULE_VALUE", f"{name}={self._parts[name]}", f"{lowest}..{highest}")
            return ()
        return tuple(sorted({int(value) for value in values}))

    def until(self) -> date | None:
        if "UNTIL" not in self._parts:
            return None
        value = self._parts["UNTIL"]
        found = _UNTIL.fullmatch(value)
        day = found["day"] if found else ""
        try:
            if found and found["utc"]:
                return local_date(datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC))
            return datetime.strptime(day, "%Y%m%d").date()  # noqa: DTZ007 - a floating date of RFC 5545
        except (ValueError, OverflowError):
            self._report("RRULE_VALUE", f"UNTIL={value}", "YYYYMMDD")
            return None

    def check(self, recurrence: Recurrence) -> None:
        """Combinations the RFC forbids; then raise what was found."""
        if "COUNT" in self._parts and "UNTIL" in self._parts:
            self._report("RRULE_TOGETHER", "COUNT, UNTIL", "COUNT | UNTIL")
        if recurrence.frequency is Frequency.WEEKLY and "BYMONTHDAY" in self._parts:
            self._report("RRULE_TOGETHER", "FREQ=WEEKLY, BYMONTHDAY", "FREQ=MONTHLY")
        if recurrence.frequency is Frequency.YEARLY and "BYMONTHDAY" in self._parts and "BYMONTH" not in self._parts:
            self._report("RRULE_TOGETHER", "FREQ=YEARLY, BYMONTHDAY", "BYMONTH")
        if self._reasons:
            raise Refused(*self._reasons)

    def _report(self, code: str, found: str, expected: str) -> None:
        self._reasons.append(Reason(code, self._path, {"found": found[:40], "expected": expected}))


def _without_repeats(dates: Iterator[date]) -> Iterator[date]:
    last = None
    for on in dates:
        if on != last:
            yield on
        last = on
