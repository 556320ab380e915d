"""Holders that are silent are urged, courts that owe a decision are told; a silent holder never counts as an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

import structlog
from sqlalchemy import or_, select

from hub.alerts.raising import Raised, raise_alert
from hub.audit.catalogue import AuditAction
from hub.canonical.codes import AlertKind, AlertSeverity
from hub.canonical.execution_codes import ExecutionOrderStatus
from hub.core.clock import end_of_day
from hub.core.errors import Refused
from hub.db.models import ExecutionOrder
from hub.inquiry.order_workflow import WAITING
from hub.inquiry.sweep import PORTION, WORKER, Sweep
from hub.policy.rule_data import recompute

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
    found = await sweep.session.scalars(
        select(of.model).where(of.model.status.in_(of.waiting), of.model.due_provisional).limit(PORTION)
    )
    calendar, changed = await sweep.policy.calendar(sweep.session), 0
    for order in found:
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
    """Urge every holder on the days after its deadline that the policy names, once a day; how many were urged."""
    midnight = end_of_day(sweep.today - timedelta(days=1))
    row = of.model
    found = await sweep.session.scalars(
        select(row)
        .where(
            row.status.in_(of.waiting),
            row.due_at < sweep.at,
            ~row.due_provisional,
            or_(row.urged_at.is_(None), row.urged_at < midnight),
        )
        .order_by(row.due_at)
        .with_for_update(skip_locked=True)
    )
    return sum([await _urge(sweep, order, of) for order in found])


async def _urge(sweep: Sweep, order: Any, of: Urged) -> int:
    pack = await sweep.pack(order.jurisdiction_id)
    late = (sweep.today - order.due_on).days - 1
    passed = [day for day in pack.days("inquiry.urge_days") if day <= late]
    if not passed:
        return 0
    alert = Raised(
        kind=of.kind,
        severity=AlertSeverity.WARNING if passed[-1] == 0 else AlertSeverity.SEVERE,
        due_on=order.due_on,
        offset=passed[-1],
        clause=pack.basis(of.rule).clause,
        units=(order.holder_id, order.court_id),
    )
    if not await raise_alert(sweep.session, order, order.order_number, alert, sweep.at, by=WORKER):
        return 0
    order.urge_count += 1
    order.urged_at = sweep.at
    sweep.move(order, order.status)
    await sweep.trace(of.action, order, type_=of.type_, days=passed[-1])
    return 1


async def watch_objections(sweep: Sweep) -> int:
    """Tell courts of objections whose days have run out; how many alerts are new."""
    found = await sweep.session.scalars(
        select(ExecutionOrder).where(
            ExecutionOrder.status == ExecutionOrderStatus.OBJECTED, ExecutionOrder.objection_due_on < sweep.today
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
