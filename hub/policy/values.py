"""Kinds of parameter values: reading them from plain data, and writing them back."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hub.core.errors import Reason
from hub.core.texts import Text
from hub.policy.fields import Path, read_bilingual, read_integer, read_list, show_value
from hub.policy.periods import Period
from hub.policy.rule_data import read_rule, rule_to_plain
from hub.policy.rules import DeadlineRule, OccurrenceRule, PeriodEnd, PeriodEndRule, PeriodRule

MAX_DAYS = 20
_LEAP_YEAR = 2024


class ValueKind(StrEnum):
    INTEGER = "INTEGER"
    DAYS = "DAYS"
    FLAG = "FLAG"
    TEXT = "TEXT"
    CHOICE = "CHOICE"
    CODES = "CODES"
    RULE = "RULE"
    MONTH_DAY = "MONTH_DAY"


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of every year; 29 February falls on the 28th where there is none."""

    month: int
    day: int

    def __str__(self) -> str:
        return f"{self.month:02}-{self.day:02}"

    def in_year(self, year: int) -> date:
        return date(year, self.month, min(self.day, monthrange(year, self.month)[1]))


PackRule = DeadlineRule | PeriodRule | PeriodEndRule
Value = int | bool | str | Text | MonthDay | tuple[int, ...] | tuple[str, ...] | PackRule
"""What a parameter may hold; ``None`` besides where the parameter is optional."""


@dataclass(frozen=True, slots=True)
class Domain:
    """The values a parameter may take: bounds for numbers, ``choices`` for codes and for the period of a rule."""

    kind: ValueKind
    lowest: int = 0
    highest: int = 3660
    choices: tuple[str, ...] = ()


def read_value(data: object, domain: Domain, path: Path, reasons: list[Reason]) -> Value:
    """A value from plain data; problems go to ``reasons`` and a placeholder is returned."""
    match domain.kind:
        case ValueKind.INTEGER:
            return read_integer(data, domain.lowest, domain.highest, path, reasons)
        case ValueKind.DAYS:
            return _read_days(data, domain, path, reasons)
        case ValueKind.FLAG:
            return _read_flag(data, path, reasons)
        case ValueKind.TEXT:
            return read_bilingual(data, path, reasons)
        case ValueKind.CHOICE:
            return _read_code(data, domain.choices, path, reasons)
        case ValueKind.CODES:
            return _read_codes(data, domain.choices, path, reasons)
        case ValueKind.RULE:
            return _read_deadline_rule(data, domain.choices, path, reasons)
        case ValueKind.MONTH_DAY:
            return _read_month_day(data, path, reasons)


def value_to_plain(value: Value | None) -> object:
    """A value as plain data that ``read_value`` reads back."""
    match value:
        case Text():
            return {"zh": value.zh, "en": value.en}
        case MonthDay():
            return str(value)
        case tuple():
            return list(value)
        case DeadlineRule() | PeriodRule() | PeriodEndRule():
            return rule_to_plain(value)
    return value


def _read_days(data: object, domain: Domain, path: Path, reasons: list[Reason]) -> tuple[int, ...]:
    """Day counts, ascending, each once."""
    entries = read_list(data, path, reasons)
    days = [
        read_integer(entry, domain.lowest, domain.highest, (*path, index), reasons)
        for index, entry in enumerate(entries[:MAX_DAYS])
    ]
    if len(entries) > MAX_DAYS:
        reasons.append(Reason("VALUE_RANGE", path, {"value": len(entries), "expected": f"0-{MAX_DAYS}"}))
    if len(set(days)) < len(days):
        reasons.append(Reason("VALUE_REPEATED", path, {"value": ", ".join(map(str, days))}))
    return tuple(sorted(days))


def _read_flag(data: object, path: Path, reasons: list[Reason]) -> bool:
    if isinstance(data, bool):
        return data
    reasons.append(Reason("VALUE_TYPE", path, {"value": show_value(data), "expected": "true, false"}))
    return False


def _read_code(data: object, choices: Sequence[str], path: Path, reasons: list[Reason]) -> str:
    if isinstance(data, str) and data in choices:
        return data
    reasons.append(Reason("VALUE_CHOICE", path, {"value": show_value(data), "expected": ", ".join(choices)}))
    return choices[0]


def _read_codes(data: object, choices: Sequence[str], path: Path, reasons: list[Reason]) -> tuple[str, ...]:
    """Codes in the order given, each once."""
    entries = read_list(data, path, reasons)
    codes = [_read_code(entry, choices, (*path, index), reasons) for index, entry in enumerate(entries[:MAX_DAYS])]
    if len(set(map(str, entries))) < len(entries):
        reasons.append(Reason("VALUE_REPEATED", path, {"value": ", ".join(map(show_value, entries))[:80]}))
    return tuple(codes)


def _read_deadline_rule(data: object, periods: Sequence[str], path: Path, reasons: list[Reason]) -> PackRule:
    """A rule; a recurrence belongs to an item, never to a pack. Where ``periods`` are given, one of them."""
    rule = read_rule(data, path, reasons)
    if isinstance(rule, OccurrenceRule):
        reasons.append(Reason("KEY_UNKNOWN", (*path, "rrule"), {"key": "rrule", "expected": "n, period"}))
        return PeriodEndRule(Period.YEAR, PeriodEnd.LAST_WORKING_DAY)
    period = None if isinstance(rule, DeadlineRule) else rule.period.value
    if periods and period not in periods:
        params = {"value": period or "n", "expected": ", ".join(periods)}
        reasons.append(Reason("VALUE_CHOICE", (*path, "period"), params))
    return rule


def _read_month_day(data: object, path: Path, reasons: list[Reason]) -> MonthDay:
    """``MM-DD``."""
    try:
        parsed = date.fromisoformat(f"{_LEAP_YEAR}-{data}") if isinstance(data, str) and len(data) == 5 else None
    except ValueError:
        parsed = None
    if parsed is None:
        reasons.append(Reason("VALUE_TYPE", path, {"value": show_value(data), "expected": "MM-DD"}))
        return MonthDay(1, 1)
    return MonthDay(parsed.month, parsed.day)
