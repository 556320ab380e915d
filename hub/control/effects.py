"""What else an event of a control order does, to the order, to its control and to the queue of the asset."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.control_codes import AssetControlStatus, ControlResult
from hub.canonical.execution_codes import QueryUrgency
from hub.control.chain import ENDED, apply, end, next_in_line, take_effect
from hub.core.texts import Text
from hub.core.workflow import Effect
from hub.db.models import AssetControl, ControlOrder
from hub.events.outbox import publish
from hub.inquiry.dispatching import set_deadline
from hub.inquiry.officers import acting_officer
from hub.workflow.firing import Firing
from hub.workflow.unit import Unit


def contact_context(key: object) -> str:
    return f"control_order|return_contact_sealed|{key}"


async def send(unit: Unit, order: ControlOrder, control: AssetControl) -> None:
    """The holder sees the order from now on, and has the time that the policy gives it."""
    order.sent_at = unit.at
    control.sent_at = control.sent_at or unit.at
    pack = await unit.policy.pack(unit.session, order.jurisdiction_id, unit.today)
    key = "control.answer_emergency" if order.urgency is QueryUrgency.EMERGENCY else "control.answer"
    set_deadline(order, pack.deadline(key, unit.today, await unit.policy.calendar(unit.session)))
    await unit.session.flush()
    await tell(unit.session, order, type_="controlorder.sent")


async def tell(session: AsyncSession, row: Any, *, type_: str) -> None:
    ids = {"id": str(row.id), "version": row.version}
    await publish(session, tenant_id=row.tenant_id, type_=type_, key=f"{type(row).__name__}:{row.id}", ids=ids)


async def told_anew(session: AsyncSession, control: AssetControl, at: Any) -> None:
    """The control has another state: its version grows, and whoever may read it hears of it."""
    control.version += 1
    control.status_since = control.updated_at = at
    await session.flush()
    await tell(session, control, type_="assetcontrol.moved")


async def neighbours(session: AsyncSession, control: AssetControl) -> Sequence[AssetControl]:
    """Every other control of the asset that stands, locked, whichever court's: its holder knows them all."""
    found = await session.scalars(
        select(AssetControl)
        .where(
            AssetControl.tenant_id == control.tenant_id,
            AssetControl.asset_index == control.asset_index,
            AssetControl.status.not_in(ENDED),
            AssetControl.id != control.id,
        )
        .order_by(AssetControl.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found.all()


async def give_way(session: AsyncSession, others: Sequence[AssetControl], at: Any, today: Any) -> AssetControl | None:
    """Let the next of the queue take effect; which it was."""
    following = next_in_line(others)
    if following is not None:
        take_effect(following, today)
        await told_anew(session, following, at)
    return following


async def _approve(firing: Firing) -> None:
    unit, order = firing.unit, firing.row
    order.approver_id, order.decided_at, order.approval_due_at = (await acting_officer(unit)).id, unit.at, None
    if order.sent_at is None:
        await send(unit, order, firing.facts.control)


async def _withdraw(firing: Firing) -> None:
    unit, order = firing.unit, firing.row
    order.decision_note, order.approval_due_at = getattr(firing.payload, "reason", None), None
    await undo(unit.session, firing.facts.control, order, unit.at, unit.today)
    if order.sent_at is not None:
        await tell(unit.session, order, type_="controlorder.withdrawn")


async def undo(session: AsyncSession, control: AssetControl, order: ControlOrder, at: Any, today: Any) -> None:
    """A control that only this order asked for is none."""
    if control.status is AssetControlStatus.REQUESTED and control.control_number == order.order_number:
        end(control, AssetControlStatus.CANCELLED, today)
        await told_anew(session, control, at)


async def _answer(firing: Firing) -> None:
    unit, order, facts = firing.unit, firing.row, firing.facts
    control: AssetControl = facts.control
    before = control.status
    left = apply(order, control, firing.payload, unit.today)
    order.answered_at = unit.at
    if firing.payload.result is ControlResult.QUEUED:
        control.queue_number = await unit.session.scalar(text("select nextval('control_queue')"))
    await unit.session.flush()
    control.over_controlled = await _is_over(unit, control)
    if control.status != before or order.action == "RENEW":
        await told_anew(unit.session, control, unit.at)
    if left:
        await give_way(unit.session, facts.others, unit.at, unit.today)


async def _is_over(unit: Unit, control: AssetControl) -> bool:
    """More than was asked for, or more in the whole case than is claimed in it."""
    pack = await unit.policy.pack(unit.session, control.jurisdiction_id, unit.today)
    tolerated = pack.number("control.excess_percent")
    beyond = await unit.session.scalar(select(func.is_controlled_beyond_claim(control.id, tolerated)))
    return bool(control.amount_excess) or bool(beyond)


async def _return(firing: Firing) -> None:
    order, given = firing.row, firing.payload
    order.return_reason, order.return_note = given.reason, given.note
    order.return_contact_sealed = firing.facts.keys.seal(given.contact, context=contact_context(order.id))
    order.approval_due_at = None
    await undo(firing.unit.session, firing.facts.control, order, firing.unit.at, firing.unit.today)


APPROVE = Effect("dispatch", Text("发送协助单位", "send to the holder"), _approve)
WITHDRAW = Effect("withdraw", Text("撤回", "withdraw"), _withdraw)
ANSWER = Effect("apply", Text("登记控制结果，轮候递进", "keep the result, let the queue move up"), _answer)
RETURN = Effect("return", Text("记录退回原因", "keep the reason"), _return)
