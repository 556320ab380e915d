"""Holders that are silent are urged, courts that owe a decision are told; a silent holder never counts as an answer."""

from __future__ import annotations

from datetime import timedelta

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


async def settle_deadlines(sweep: Sweep) -> int:
    """Deadlines that waited for a calendar are reckoned anew; how many changed. One that cannot be stays provisional
    and is logged, and does not hold up the others."""
    found = await sweep.session.scalars(
        select(ExecutionOrder).where(ExecutionOrder.status.in_(WAITING), ExecutionOrder.due_provisional).limit(PORTION)
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


async def urge(sweep: Sweep) -> int:
    """Urge every holder on the days after its deadline that the policy names, once a day; how many were urged."""
    midnight = end_of_day(sweep.today - timedelta(days=1))
    found = await sweep.session.scalars(
        select(ExecutionOrder)
        .where(
            ExecutionOrder.status.in_(WAITING),
            ExecutionOrder.due_at < sweep.at,
            ~ExecutionOrder.due_provisional,
            or_(ExecutionOrder.urged_at.is_(None), ExecutionOrder.urged_at < midnight),
        )
        .order_by(ExecutionOrder.due_at)
        .with_for_update(skip_locked=True)
    )
    return sum([await _urge(sweep, order) for order in found])


async def _urge(sweep: Sweep, order: ExecutionOrder) -> int:
    pack = await sweep.pack(order.jurisdiction_id)
    late = (sweep.today - order.due_on).days - 1
    passed = [day for day in pack.days("inquiry.urge_days") if day <= late]
    if not passed:
        return 0
    alert = Raised(
        kind=AlertKind.QUERY_UNANSWERED,
        severity=AlertSeverity.WARNING if passed[-1] == 0 else AlertSeverity.SEVERE,
        due_on=order.due_on,
        offset=passed[-1],
        clause=pack.basis("inquiry.answer").clause,
        units=(order.holder_id, order.court_id),
    )
    if not await raise_alert(sweep.session, order, order.order_number, alert, sweep.at, by=WORKER):
        return 0
    order.urge_count += 1
    order.urged_at = sweep.at
    sweep.move(order, order.status)
    await sweep.trace(AuditAction.EXECUTION_ORDER_TRANSITION, order, type_="execorder.urge", days=passed[-1])
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
