"""What else an event of a lookout or of a hit does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from hub.core.texts import Text
from hub.core.workflow import Effect
from hub.db.models import LookoutOrder
from hub.events.outbox import publish
from hub.inquiry.officers import acting_officer
from hub.policy.pack import PolicyPack
from hub.workflow.firing import Firing
from hub.workflow.unit import Unit


def contact_context(key: object) -> str:
    return f"lookout_order|return_contact_sealed|{key}"


async def tell_police(session: AsyncSession, row: LookoutOrder, *, type_: str) -> None:
    """The police learn of their work by an event, and see no more than that by it."""
    ids = {"id": str(row.id), "version": row.version}
    await publish(session, tenant_id=row.tenant_id, type_=type_, key=f"LookoutOrder:{row.id}", ids=ids)


async def send(unit: Unit, row: LookoutOrder) -> None:
    row.sent_at = unit.at
    await unit.session.flush()
    await tell_police(unit.session, row, type_="lookout.sent")


def ask_back(row: LookoutOrder, pack: PolicyPack, at: Any, reason: str) -> None:
    """The police have to confirm within the minutes of the policy that nobody looks out any more."""
    row.withdrawal_reason, row.withdrawal_asked_at = reason, at
    row.withdrawal_due_at = at + timedelta(minutes=pack.number("lookout.withdrawal_minutes"))


async def _approve(firing: Firing) -> None:
    unit, row = firing.unit, firing.row
    row.approver_id, row.decided_at, row.approval_due_at = (await acting_officer(unit)).id, unit.at, None
    if row.sent_at is None:
        await send(unit, row)


async def _cancel(firing: Firing) -> None:
    firing.row.decision_note, firing.row.ended_at = firing.payload.reason, firing.unit.at


async def _withdraw(firing: Firing) -> None:
    unit, row = firing.unit, firing.row
    pack = await unit.policy.pack(unit.session, row.jurisdiction_id, unit.today)
    ask_back(row, pack, unit.at, firing.payload.reason)
    if firing.transition.event == "reject":
        row.approval_due_at = None


async def _activate(firing: Firing) -> None:
    firing.row.activated_at = firing.unit.at


async def _confirm(firing: Firing) -> None:
    firing.row.withdrawal_confirmed_at = firing.row.ended_at = firing.unit.at


async def _close(firing: Firing) -> None:
    firing.row.ended_at = firing.unit.at


async def _return(firing: Firing) -> None:
    row, given = firing.row, firing.payload
    row.return_reason, row.return_note, row.ended_at = given.reason, given.note, firing.unit.at
    row.return_contact_sealed = firing.facts.keys.seal(given.contact, context=contact_context(row.id))
    row.approval_due_at = None


async def _dispatch(firing: Firing) -> None:
    firing.row.dispatched_at = firing.unit.at


async def _arrive(firing: Firing) -> None:
    firing.row.arrived_at = firing.unit.at


async def _conclude(firing: Firing) -> None:
    row, given = firing.row, firing.payload
    row.concluded_at, row.outcome, row.outcome_note = firing.unit.at, given.outcome, given.note


APPROVE = Effect("dispatch", Text("发送公安机关", "send to the police"), _approve)
CANCEL = Effect("cancel", Text("记录理由", "keep the reason"), _cancel)
WITHDRAW = Effect("withdraw", Text("起算撤控确认时限", "start the clock of the confirmation"), _withdraw)
ACTIVATE = Effect("activate", Text("记录布控时间", "keep when the watch began"), _activate)
CONFIRM = Effect("confirm", Text("记录撤控时间", "keep when the watch ended"), _confirm)
CLOSE = Effect("close", Text("记录办结时间", "keep when it ended"), _close)
RETURN = Effect("return", Text("记录退回原因", "keep the reason"), _return)
DISPATCH = Effect("dispatch", Text("记录出警时间", "keep when the court set out"), _dispatch)
ARRIVE = Effect("arrive", Text("记录到场时间", "keep when the court arrived"), _arrive)
CONCLUDE = Effect("conclude", Text("记录处置结果", "keep the outcome"), _conclude)
