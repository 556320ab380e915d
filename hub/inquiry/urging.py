"""Holders that are silent are urged, courts that owe a decision are told; a silent holder never counts as an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, Date, Integer, Uuid, column, exists, or_, select, values

from hub.alerts.raising import Raised, raise_alert
from hub.audit.catalogue import AuditAction
from hub.canonical.codes import AlertKind, AlertSeverity
from hub.canonical.execution_codes import ExecutionOrderStatus
from hub.core.clock import end_of_day
from hub.core.errors import Refused
from hub.db.models import Alert, ExecutionOrder
from hub.inquiry.order_workflow import WAITING
from hub.inquiry.sweep import PORTION, WORKER, Sweep
from hub.policy.rule_data import recompute
from hub.workflow.portions import each

log = structlog.get_logger("hub.inquiry")


@dataclass(frozen=True, slots=True, kw_only=True)
class Urged:
    """Rows whose holders are urged: which wait, what is raised, by which rule, and what is told of it."""

    model: Any
    waiting: tuple[StrEnum, ...]
    kind: AlertKind
    rule: str
    action: AuditAction
    type_: str


ORDERS = Urged(
    model=ExecutionOrder,
    waiting=WAITING,
    kind=AlertKind.QUERY_UNANSWERED,
    rule="inquiry.answer",
    action=AuditAction.EXECUTION_ORDER_TRANSITION,
    type_="execorder.urge",
)


async def settle_deadlines(sweep: Sweep, of: Urged = ORDERS) -> int:
    """Deadlines that waited for a calendar are reckoned anew; how many changed. One that cannot be stays provisional
    and is logged, and does not hold up the others."""
    waiting = select(of.model).where(of.model.status.in_(of.waiting), of.model.due_provisional)
    calendar, changed = await sweep.policy.calendar(sweep.session), 0
    async for order in each(sweep.session, waiting, of.model.id, size=PORTION):
        try:
            deadline = recompute(order.deadline_basis or {}, calendar)
        except Refused as refused:
            log.warning("deadline not reckoned", row=str(order.id), code=refused.code)
            continue
        if not deadline.provisional:
            order.due_on, order.due_at, order.due_provisional = deadline.due_on, deadline.due_at, False
            changed += 1
    return changed


async def urge(sweep: Sweep, of: Urged = ORDERS) -> int:
    """Urge every holder on the days after its deadline that the policy names, once a day; how many were urged. One
    portion a run: the next run, a minute later, urges the next."""
    windows = await _windows(sweep, of)
    if not windows:
        return 0
    midnight, row = end_of_day(sweep.today - timedelta(days=1)), of.model
    passed = values(
        column("place", Uuid), column("day", Integer), column("first", Date), column("last", Date), name="w"
    )
    passed = passed.data(windows)
    found = await sweep.session.execute(
        select(row, passed.c.day)
        .join(passed, (passed.c.place == row.jurisdiction_id) & row.due_on.between(passed.c.first, passed.c.last))
        .where(
            row.status.in_(of.waiting),
            row.due_at < sweep.at,
            ~row.due_provisional,
            or_(row.urged_at.is_(None), row.urged_at < midnight),
            ~_told(row, of.kind, row.holder_id, row.due_on, passed.c.day),
        )
        .order_by(row.due_at)
        .limit(PORTION)
        .with_for_update(of=row, skip_locked=True)
    )
    return sum([await _urge(sweep, order, day, of) for order, day in found.tuples().all()])


async def _windows(sweep: Sweep, of: Urged) -> list[tuple[UUID, int, date, date]]:
    """For each jurisdiction with silent holders and each of its days of urging: that day, and which deadlines have
    passed it last."""
    row = of.model
    places = await sweep.session.scalars(
        select(row.jurisdiction_id).where(row.status.in_(of.waiting), row.due_at < sweep.at).distinct()
    )
    found = []
    for place in places:
        days = sorted((await sweep.pack(place)).days("inquiry.urge_days"))
        for day, following in zip(days, [*days[1:], None], strict=True):
            last = sweep.today - timedelta(days=day + 1)
            first = date.min if following is None else sweep.today - timedelta(days=following)
            found.append((place, day, first, last))
    return found


def _told(row: Any, kind: AlertKind, unit: Any, due_on: Any, offset: Any) -> ColumnElement[bool]:
    """Whether an alert about the row was raised before: what is told is not taken up every minute again."""
    return exists().where(
        Alert.target_id == row.id,
        Alert.organization_id == unit,
        Alert.kind == kind,
        Alert.due_on == due_on,
        Alert.offset_days == offset,
    )


async def _urge(sweep: Sweep, order: Any, day: int, of: Urged) -> int:
    pack = await sweep.pack(order.jurisdiction_id)
    alert = Raised(
        kind=of.kind,
        severity=AlertSeverity.WARNING if day == 0 else AlertSeverity.SEVERE,
        due_on=order.due_on,
        offset=day,
        clause=pack.basis(of.rule).clause,
        units=(order.holder_id, order.court_id),
    )
    if not await raise_alert(sweep.session, order, order.order_number, alert, sweep.at, by=WORKER):
        return 0
    order.urge_count += 1
    order.urged_at = sweep.at
    sweep.move(order, order.status)
    await sweep.trace(of.action, order, type_=of.type_, days=day)
    return 1


async def watch_objections(sweep: Sweep) -> int:
    """Tell courts of objections whose days have run out; how many alerts are new."""
    found = await sweep.session.scalars(
        select(ExecutionOrder).where(
            ExecutionOrder.status == ExecutionOrderStatus.OBJECTED,
            ExecutionOrder.objection_due_on < sweep.today,
            ~_told(
                ExecutionOrder, AlertKind.OBJECTION_OVERDUE, ExecutionOrder.court_id, ExecutionOrder.objection_due_on, 0
            ),
        )
    )
    raised = 0
    for order in found:
        clause = (await sweep.pack(order.jurisdiction_id)).basis("inquiry.objection").clause
        alert = Raised(
            kind=AlertKind.OBJECTION_OVERDUE,
            severity=AlertSeverity.SEVERE,
            due_on=order.objection_due_on,
            clause=clause,
            units=(order.court_id,),
        )
        raised += await raise_alert(sweep.session, order, order.order_number, alert, sweep.at, by=WORKER)
    return raised
