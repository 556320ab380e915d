"""Deadline rules as values: what a policy pack, a statute or a list says about when something is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hub.core.texts import Text
from hub.policy.periods import Period
from hub.policy.recurrence import Recurrence

MAX_COUNT = 3660
"""Longest count of a rule, in its unit."""


class Unit(StrEnum):
    NATURAL_DAY = "NATURAL_DAY"
    WORKING_DAY = "WORKING_DAY"
    MONTH = "MONTH"
    YEAR = "YEAR"


class Start(StrEnum):
    """Whether the day of the anchor counts. Periods of procedure start on the next day (民事诉讼法 第八十五条)."""

    NEXT_DAY = "NEXT_DAY"
    SAME_DAY = "SAME_DAY"


class Direction(StrEnum):
    AFTER = "AFTER"
    BEFORE = "BEFORE"


class Roll(StrEnum):
    """What happens when the last day is a rest day."""

    NONE = "NONE"
    NEXT_WORKING_DAY = "NEXT_WORKING_DAY"
    PREVIOUS_WORKING_DAY = "PREVIOUS_WORKING_DAY"


class PeriodEnd(StrEnum):
    """The three readings of 每月月底前一个工作日."""

    LAST_WORKING_DAY = "LAST_WORKING_DAY"
    WORKING_DAY_BEFORE_LAST_WORKING_DAY = "WORKING_DAY_BEFORE_LAST_WORKING_DAY"
    WORKING_DAY_BEFORE_LAST_CALENDAR_DAY = "WORKING_DAY_BEFORE_LAST_CALENDAR_DAY"


class Anchor(StrEnum):
    """The event a count starts from."""

    ITEM_DUE = "ITEM_DUE"
    OCCURRENCE = "OCCURRENCE"
    PERIOD_END = "PERIOD_END"
    LIST_SUBMITTED = "LIST_SUBMITTED"
    COORDINATION_SENT = "COORDINATION_SENT"
    COORDINATION_ESCALATED = "COORDINATION_ESCALATED"
    COMPLETION_APPLIED = "COMPLETION_APPLIED"
    REPORT_SUBMITTED = "REPORT_SUBMITTED"
    CHANGE_PROPOSED = "CHANGE_PROPOSED"
    MEETING_PLANNED = "MEETING_PLANNED"
    MEETING_HELD = "MEETING_HELD"
    CASE_FILED = "CASE_FILED"
    CASE_CLOSED = "CASE_CLOSED"
    HEARING = "HEARING"
    JUDGMENT_EFFECTIVE = "JUDGMENT_EFFECTIVE"
    DOCUMENT_SERVED = "DOCUMENT_SERVED"
    PUBLISHED = "PUBLISHED"
    RECEIVED = "RECEIVED"
    ACCEPTED = "ACCEPTED"
    APPLIED = "APPLIED"
    DECIDED = "DECIDED"
    PERIOD_EXPIRED = "PERIOD_EXPIRED"
    CHANGE_OCCURRED = "CHANGE_OCCURRED"
    CONTROL_STARTED = "CONTROL_STARTED"
    LISTING_PLANNED = "LISTING_PLANNED"
    LISTING_DECIDED = "LISTING_DECIDED"
    DELETION_GROUND = "DELETION_GROUND"
    DELIVERED = "DELIVERED"


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """``n`` units after (or before) an event.

    With ``NEXT_DAY`` the first day counted is the one after the anchor, so five natural days end five dates later;
    with ``SAME_DAY`` the anchor is the first day, and ``n`` is at least 1. A month or year without the day of the
    anchor ends with its last day.
    """

    n: int
    unit: Unit
    anchor: Anchor
    start: Start = Start.NEXT_DAY
    roll: Roll = Roll.NONE
    direction: Direction = Direction.AFTER

    def __post_init__(self) -> None:
        least = 1 if self.start is Start.SAME_DAY else 0
        if not least <= self.n <= MAX_COUNT:
            raise ValueError(f"n must lie in {least}..{MAX_COUNT}")


@dataclass(frozen=True, slots=True)
class PeriodRule:
    """``n`` units after the end of a period: the fifth of the month after a quarter is ``n=5`` natural days."""

    period: Period
    n: int
    unit: Unit = Unit.NATURAL_DAY
    roll: Roll = Roll.NONE

    @property
    def count(self) -> DeadlineRule:
        """The count from the last day of the period."""
        return DeadlineRule(self.n, self.unit, Anchor.PERIOD_END, roll=self.roll)

    def __post_init__(self) -> None:
        if not 1 <= self.n <= MAX_COUNT:
            raise ValueError(f"n must lie in 1..{MAX_COUNT}")


@dataclass(frozen=True, slots=True)
class PeriodEndRule:
    """Due within a period, at its end, by one of the readings."""

    period: Period
    reading: PeriodEnd


@dataclass(frozen=True, slots=True)
class OccurrenceRule:
    """The next date of a recurrence that starts on a day."""

    recurrence: Recurrence
    starts_on: date
    roll: Roll = Roll.NONE


Rule = DeadlineRule | PeriodRule | PeriodEndRule | OccurrenceRule


class Origin(StrEnum):
    """Where a value comes from: the local notice, a national rule, or the product where both are silent."""

    NOTICE = "NOTICE"
    LAW = "LAW"
    DEFAULT = "DEFAULT"


@dataclass(frozen=True, slots=True)
class Basis:
    """What a deadline rests on. ``clause`` is absent only when the value is the product's own."""

    key: str
    origin: Origin
    clause: str | None = None
    note: Text | None = None
    jurisdiction_code: str | None = None
    pack_version: str | None = None
