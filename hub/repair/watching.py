"""Periods of repairs that run out: a closing not pushed is warned of and then alarmed, what is late is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import select

from hub.alerts.raising import Raised, raise_alert
from hub.canonical.codes import AlertKind, AlertSeverity
from hub.canonical.repair_codes import RepairClock
from hub.core.texts import label_text
from hub.db.models import CreditRepair, CreditRepairClock
from hub.workflow.unit import Unit

K = RepairClock
_WARNED = "closure.push.alert"
_OF_COURT = (K.CLOSURE_PUSH, K.VERIFICATION, K.DELETION, K.RESTORATION)
_OF_OFFICE = (K.MATERIALS, K.SHIELDING)
WATCHED = (*_OF_COURT, *_OF_OFFICE)
"""Publicity is nobody's duty: it ends with the repair."""


async def tell_of_clocks(unit: Unit) -> int:
    """Raise what is due; how many alerts are new."""
    found = await unit.session.execute(
        select(CreditRepair, CreditRepairClock)
        .join(CreditRepairClock, CreditRepairClock.repair_id == CreditRepair.id)
        .where(
            CreditRepairClock.met_on.is_(None),
            CreditRepairClock.provisional.is_(False),
            CreditRepairClock.kind.in_(WATCHED),
            (CreditRepairClock.due_on < unit.today) | (CreditRepairClock.kind == K.CLOSURE_PUSH),
        )
        .order_by(CreditRepairClock.due_on, CreditRepair.id)
    )
    together: defaultdict[tuple[CreditRepair, date], list[CreditRepairClock]] = defaultdict(list)
    for repair, clock in found:
        together[repair, clock.due_on].append(clock)
    raised = 0
    for (repair, _), clocks in together.items():
        pack = await unit.policy.pack(unit.session, repair.jurisdiction_id, unit.today)
        for alert in _alerts(repair, clocks, pack.days(_WARNED), unit.today):
            what = "、".join(label_text(f"RepairClock.{clock.kind.value}").zh for clock in clocks)
            raised += await raise_alert(unit.session, repair, f"{repair.case_number} {what}", alert, unit.at)
    return raised


def _alerts(
    repair: CreditRepair, clocks: list[CreditRepairClock], warned: tuple[int, ...], today: date
) -> Iterator[Raised]:
    """A closing is warned of on the days after it that the pack names; whatever is past its day is an alarm."""
    first, clause = clocks[0], "；".join(dict.fromkeys(clock.clause for clock in clocks))
    if first.due_on < today:
        yield Raised(
            kind=AlertKind.OVERDUE,
            severity=AlertSeverity.SEVERE,
            due_on=first.due_on,
            offset=1,
            clause=clause,
            units=(repair.court_id,) if any(clock.kind in _OF_COURT for clock in clocks) else (),
            to_credit_office=True,
        )
        return
    passed = [days for days in warned if first.anchor_on + timedelta(days=days) <= today]
    if passed:
        yield Raised(
            kind=AlertKind.DUE_TODAY if first.due_on == today else AlertKind.DUE_SOON,
            severity=AlertSeverity.WARNING,
            due_on=first.due_on,
            offset=(first.anchor_on + timedelta(days=max(passed)) - first.due_on).days,
            clause=clause,
            units=(repair.court_id,),
        )
