"""Periodic reports that the two packs call for within a year from a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from hub.core.texts import label_text
from hub.policy.calendar import WorkingCalendar
from hub.policy.deadlines import Deadline
from hub.policy.pack import PolicyPack
from hub.policy.periods import PeriodSpan, period_of
from hub.simulation.moves import Move, PolicyMoveKind
from hub.supervision.periodic.compiling import DUTIES, Duty

HORIZON = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class _Due:
    span: PeriodSpan
    deadline: Deadline


def moved_duties(before: PolicyPack, after: PolicyPack, calendar: WorkingCalendar, today: date) -> Iterator[Move]:
    """Reports that are due on another day, no more, or for the first time. What falls due before the changed pack takes
    effect stays as it is; what fell due before today is history."""
    from_ = max(today, after.effective_from)
    for duty in DUTIES:
        old, new = (_called_for(pack, duty, calendar, from_) for pack in (before, after))
        for code in sorted({**old, **new}, key=lambda code: (*_order(code, old, new), code)):
            was, will = old.get(code), new.get(code)
            if was is not None and will is not None and was.deadline.due_on == will.deadline.due_on:
                continue
            shown = will or was
            assert shown is not None
            kind = label_text(f"PeriodicReportKind.{duty.kind.value}").zh
            yield Move(
                kind=PolicyMoveKind.DUTY,
                key=duty.rule,
                title=f"{shown.span.text.zh}{kind}",
                old_due_on=None if was is None else was.deadline.due_on,
                new_due_on=None if will is None else will.deadline.due_on,
                old_clause=before.basis(duty.rule).clause if was is not None else None,
                new_clause=after.basis(duty.rule).clause if will is not None else None,
                provisional=shown.deadline.provisional,
                period=code,
            )


def _order(code: str, old: dict[str, _Due], new: dict[str, _Due]) -> tuple[date]:
    return ((new.get(code) or old[code]).deadline.due_on,)


def _called_for(pack: PolicyPack, duty: Duty, calendar: WorkingCalendar, from_: date) -> dict[str, _Due]:
    if pack.find_rule(duty.rule) is None:
        return {}
    span = period_of(from_, pack.period_rule(duty.rule).period).previous
    found: dict[str, _Due] = {}
    while span.start <= from_ + HORIZON:
        deadline = pack.deadline(duty.rule, span.start, calendar)
        if from_ <= deadline.due_on <= from_ + HORIZON:
            found[span.code] = _Due(span, deadline)
        span = period_of(span.end + timedelta(days=1), span.period)
    return found
