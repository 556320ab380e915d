"""Everything that clocks do to controls: holders are urged, courts are warned before a control runs out, and what ran
out without anybody acting is an alarm."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select, update

from hub.alerts.raising import Raised, raise_alert
from hub.audit.catalogue import AuditAction
from hub.canonical.codes import AlertKind, AlertSeverity
from hub.canonical.control_codes import AssetClass, AssetControlStatus, ControlOrderStatus
from hub.control.assets import LIMITS
from hub.control.chain import ACTIVE, ENDED, end
from hub.control.effects import give_way, neighbours, tell, told_anew, undo
from hub.control.workflow import SENT, WAITING
from hub.core.clock import local_date
from hub.core.keyring import KeyRing
from hub.db.models import AssetControl, ControlOrder
from hub.db.session import SystemSession
from hub.inquiry.sweep import PORTION, WORKER, Sweep
from hub.inquiry.urging import Urged, settle_deadlines, urge
from hub.policy.store import PolicyStore
from hub.workflow.portions import each

ORDERS = Urged(
    model=ControlOrder,
    waiting=WAITING,
    kind=AlertKind.CONTROL_UNANSWERED,
    rule="control.answer",
    action=AuditAction.CONTROL_ORDER_TRANSITION,
    type_="controlorder.urge",
)


async def watch_controls(session: SystemSession, policy: PolicyStore, master: KeyRing, at: datetime) -> int:
    """Do all that is due at ``at``; how many changes."""
    sweep = Sweep(session, policy, master, at)
    done = await settle_deadlines(sweep, ORDERS) + await urge(sweep, ORDERS)
    return done + sum([await step(sweep) for step in (lapse, expire, warn, flag, purge)])


async def lapse(sweep: Sweep) -> int:
    """Emergencies nobody approved in time: what was not carried out yet is withdrawn; what was, is an alarm."""
    found = await sweep.session.scalars(
        select(ControlOrder)
        .where(ControlOrder.approval_due_at <= sweep.at, ControlOrder.status.in_(SENT))
        .limit(PORTION)
        .with_for_update(skip_locked=True)
    )
    due = found.all()
    for order in due:
        pack = await sweep.pack(order.jurisdiction_id)
        clause = pack.basis("inquiry.approval_minutes").clause
        await _alarm(sweep, order, AlertKind.APPROVAL_LAPSED, local_date(order.approval_due_at or sweep.at), clause)
        order.approval_due_at = None
        control = await _control(sweep, order)
        open_ = order.status in WAITING
        sweep.move(order, ControlOrderStatus.CANCELLED if open_ else order.status)
        if open_:
            await undo(sweep.session, control, order, sweep.at, sweep.today)
            await tell(sweep.session, order, type_="controlorder.withdrawn")
        await sweep.session.flush()
        await sweep.trace(AuditAction.CONTROL_ORDER_TRANSITION, order, type_="controlorder.lapse")
    return len(due)


async def expire(sweep: Sweep) -> int:
    """Controls whose last day has passed are over, and the next of the queue takes effect; how many."""
    found = await sweep.session.scalars(
        select(AssetControl)
        .where(AssetControl.status.in_(ACTIVE), AssetControl.ends_on < sweep.today)
        .order_by(AssetControl.ends_on, AssetControl.id)
        .limit(PORTION)
        .with_for_update(skip_locked=True)
    )
    due = found.all()
    for control in due:
        assert control.ends_on is not None
        await _alarm(sweep, control, AlertKind.CONTROL_EXPIRED, control.ends_on, await _clause(sweep, control))
        end(control, AssetControlStatus.EXPIRED, sweep.today)
        await told_anew(sweep.session, control, sweep.at)
        following = await give_way(sweep.session, await neighbours(sweep.session, control), sweep.at, sweep.today)
        await sweep.trace(
            AuditAction.ASSET_CONTROL_EXPIRED,
            control,
            type_="assetcontrol.expired",
            next=str(following.id) if following else None,
        )
    return len(due)


async def warn(sweep: Sweep) -> int:
    """Tell courts of controls that run out, on the days before that the policy names; how many alerts are new."""
    horizon = sweep.today + timedelta(days=366)
    found = await sweep.session.scalars(
        select(AssetControl).where(
            AssetControl.status.in_(ACTIVE), AssetControl.ends_on >= sweep.today, AssetControl.ends_on <= horizon
        )
    )
    raised = 0
    for control in found:
        assert control.ends_on is not None
        left = (control.ends_on - sweep.today).days
        days = (await sweep.pack(control.jurisdiction_id)).days("control.warn_days")
        reached = [day for day in days if left <= day]
        if not reached:
            continue
        nearest = min(reached)
        alert = Raised(
            kind=AlertKind.CONTROL_EXPIRING,
            severity=AlertSeverity.SEVERE if nearest == min(days) else AlertSeverity.WARNING,
            due_on=control.ends_on,
            offset=-nearest,
            clause=await _clause(sweep, control),
            units=(control.court_id,),
        )
        raised += await raise_alert(sweep.session, control, control.control_number, alert, sweep.at, by=WORKER)
    return raised


async def flag(sweep: Sweep) -> int:
    """Tell courts of controls that hold more than they may; how many alerts are new."""
    found = await sweep.session.scalars(
        select(AssetControl).where(AssetControl.over_controlled, AssetControl.status.in_(ACTIVE))
    )
    raised = 0
    for control in found:
        assert control.starts_on is not None
        clause = (await sweep.pack(control.jurisdiction_id)).basis("control.excess_percent").clause
        raised += await _alarm(sweep, control, AlertKind.CONTROL_EXCESS, control.starts_on, clause)
    return raised


async def purge(sweep: Sweep) -> int:
    """Destroy what controls were about once they have been over for the days that answers are kept; how many."""
    over = select(AssetControl).where(
        AssetControl.status.in_(ENDED), AssetControl.asset_sealed.is_not(None), AssetControl.ended_on < sweep.today
    )
    purged = 0
    async for control in each(sweep.session, over, AssetControl.id, size=PORTION):
        assert control.ended_on is not None
        days = (await sweep.pack(control.jurisdiction_id)).number("inquiry.kept_days")
        if control.ended_on + timedelta(days=days) > sweep.today:
            continue
        control.asset_sealed = None
        of = update(ControlOrder).where(ControlOrder.control_id == control.id)
        values = {"document_sealed": None, "return_contact_sealed": None}
        await sweep.session.execute(of.values(values).execution_options(synchronize_session=False))
        sweep.move(control, control.status)
        await sweep.session.flush()
        await sweep.trace(AuditAction.ASSET_CONTROL_PURGED, control, type_="assetcontrol.purged")
        purged += 1
    return purged


async def _control(sweep: Sweep, order: ControlOrder) -> AssetControl:
    of = select(AssetControl).where(AssetControl.id == order.control_id).with_for_update()
    return (await sweep.session.scalars(of)).one()


async def _clause(sweep: Sweep, control: AssetControl) -> str | None:
    return (await sweep.pack(control.jurisdiction_id)).basis(LIMITS[AssetClass(control.asset_class)]).clause


async def _alarm(
    sweep: Sweep, row: AssetControl | ControlOrder, kind: AlertKind, due_on: date, clause: str | None
) -> int:
    number = row.control_number if isinstance(row, AssetControl) else row.order_number
    alert = Raised(kind=kind, severity=AlertSeverity.SEVERE, due_on=due_on, clause=clause, units=(row.court_id,))
    return await raise_alert(sweep.session, row, number, alert, sweep.at, by=WORKER)
