"""Periods in the life of a listing that run out: whoever must act is told before a grace ends, and of what is late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from sqlalchemy import select

from hub.alerts.raising import Raised, raise_alert
from hub.canonical.codes import AlertKind, AlertSeverity
from hub.canonical.exchange_codes import ListingClock
from hub.core.clock import local_date
from hub.core.texts import label_text
from hub.db.models import DishonestyClock, DishonestyRecord
from hub.db.session import SystemSession
from hub.policy.store import PolicyStore

WATCHED = (
    ListingClock.GRACE,
    ListingClock.TERM,
    ListingClock.OBJECTION,
    ListingClock.RECONSIDERATION,
    ListingClock.DELETION,
)
"""A bar on re-listing ends by itself and is nobody's duty."""
_BEFORE = "dishonesty.grace.alert"


async def tell_of_late_listings(session: SystemSession, store: PolicyStore, at: datetime) -> int:
    """Raise what is due; how many alerts are new. A court that is late is told with its credit office; a grace that is
    about to end is told to its court alone, as nobody else may know of it."""
    today, raised = local_date(at), 0
    found = await session.execute(
        select(DishonestyRecord, DishonestyClock)
        .join(DishonestyClock, DishonestyClock.record_id == DishonestyRecord.id)
        .where(
            DishonestyClock.met_on.is_(None),
            DishonestyClock.provisional.is_(False),
            DishonestyClock.kind.in_(WATCHED),
            (DishonestyClock.due_on < today) | (DishonestyClock.kind == ListingClock.GRACE),
        )
        .order_by(DishonestyClock.due_on, DishonestyRecord.id)
    )
    together: defaultdict[tuple[DishonestyRecord, date], list[DishonestyClock]] = defaultdict(list)
    for record, clock in found:
        together[record, clock.due_on].append(clock)
    for (record, due_on), clocks in together.items():
        pack = await store.pack(session, record.jurisdiction_id, today)
        for alert in _alerts(record, clocks, pack.days(_BEFORE), (due_on - today).days):
            what = "、".join(label_text(f"ListingClock.{clock.kind.value}").zh for clock in clocks)
            raised += await raise_alert(session, record, f"{record.case_number} {what}", alert, at)
    return raised


def _alerts(
    record: DishonestyRecord, clocks: Sequence[DishonestyClock], before: tuple[int, ...], left: int
) -> Iterator[Raised]:
    clause = "；".join(dict.fromkeys(clock.clause for clock in clocks))
    grace = [clock for clock in clocks if clock.kind is ListingClock.GRACE]
    if left < 0:
        yield Raised(
            kind=AlertKind.OVERDUE,
            severity=AlertSeverity.SEVERE,
            due_on=clocks[0].due_on,
            offset=1,
            clause=clause,
            units=(record.court_id,),
            to_credit_office=True,
        )
    elif grace and (reached := [days for days in before if days >= left]):
        yield Raised(
            kind=AlertKind.DUE_TODAY if left == 0 else AlertKind.DUE_SOON,
            severity=AlertSeverity.WARNING,
            due_on=clocks[0].due_on,
            offset=-min(reached),
            clause=clause,
            units=(record.court_id,),
        )
