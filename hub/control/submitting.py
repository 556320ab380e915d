"""A control order is taken in: everything that must hold is checked at once, then it waits for approval, or goes out at
once where it cannot wait."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target as AuditTarget
from hub.canonical.control_codes import AssetClass, ControlAction, ControlOrderStatus
from hub.canonical.execution_codes import QueryType, QueryUrgency
from hub.control.assets import ALWAYS, is_money, longest
from hub.control.beginning import beginning_problems, begun, double_problems, found
from hub.control.chain import ACTIVE, remaining, state_problems
from hub.control.commands import FOLLOWING, ControlDraft, amount_of
from hub.control.effects import send
from hub.control.orders import LETTING_GO, ruling_context
from hub.control.workflow import COURSE, WAITING
from hub.core.errors import NotFound, Reason, refuse_if
from hub.core.ids import new_id
from hub.core.payload import find_problems
from hub.db.models import (
    AssetControl,
    ControlOrder,
    ExecutionOfficer,
    LegalCase,
)
from hub.db.tenant_keys import TenantKeys, tenant_keys
from hub.inquiry.approving import document_columns
from hub.inquiry.dispatching import place_of
from hub.inquiry.documents import document_problems
from hub.inquiry.numbers import order_number
from hub.inquiry.officers import acting_officer
from hub.inquiry.purposes import purpose_problems
from hub.inquiry.standing import standing_problems
from hub.inquiry.submitting import case_problems
from hub.policy.pack import PolicyPack
from hub.workflow.firing import announce
from hub.workflow.rows import within
from hub.workflow.unit import Unit


async def submit(unit: Unit, draft: ControlDraft) -> UUID:
    """Take an order in. Raises ``Denied`` (OFFICER_*, FORBIDDEN), ``NotFound``, ``Refused`` with every reason."""
    officer = await acting_officer(unit)
    control: AssetControl | None
    early = find_problems(draft)
    refuse_if(tuple(reason for reason in early if reason.code in ("ORIGINAL_MISSING", "ASSET_MISSING")))
    if draft.original_number is not None:
        control = await _original(unit, officer, draft.original_number)
        problems = await _following_problems(unit, draft, control)
    else:
        item = await found(unit, officer, draft)
        problems = tuple(beginning_problems(item))
        control = await begun(unit, draft, officer, item) if not problems else None
        if control is not None:
            problems = await double_problems(unit, control)
    if control is None:
        refuse_if((*early, *problems))
        raise NotFound(path=("orderId",))
    pack = await unit.policy.pack(unit.session, control.jurisdiction_id, unit.today)
    refuse_if(
        (
            *early,
            *problems,
            *_measure_problems(draft, control, pack),
            *purpose_problems(draft.purpose_text, pack, ("purposeText",)),
            *await _case_problems(unit, draft, control),
            *await _ruling_problems(unit, draft, control),
        )
    )
    return await _keep(unit, draft, officer, control, pack)


async def _original(unit: Unit, officer: ExecutionOfficer, number: str) -> AssetControl:
    """The control that a number began or changed. Whoever else's it is, the answer is that there is none."""
    row: AssetControl | None = await unit.session.scalar(
        select(AssetControl)
        .join(ControlOrder, ControlOrder.control_id == AssetControl.id)
        .where(ControlOrder.order_number == number, AssetControl.court_id == officer.court_id)
        .with_for_update(of=AssetControl)
    )
    if row is None:
        raise NotFound(path=("originalNumber",))
    return row


async def _following_problems(unit: Unit, draft: ControlDraft, control: AssetControl) -> tuple[Reason, ...]:
    waiting = select(ControlOrder.id).where(
        ControlOrder.control_id == control.id,
        ControlOrder.status.in_((ControlOrderStatus.PENDING_APPROVAL, *WAITING)),
    )
    if await unit.session.scalar(select(waiting.exists())):
        return (Reason("CONTROL_BUSY", ("originalNumber",)),)
    if draft.action not in (*FOLLOWING, ControlAction.TRANSFER, ControlAction.WITHDRAW_INCOME):
        return (Reason("CONTROL_STATE", ("action",)),)
    return tuple(state_problems(control, draft.action))


def _measure_problems(draft: ControlDraft, control: AssetControl, pack: PolicyPack) -> Iterator[Reason]:
    """The law's longest time, and amounts where money is meant and nowhere else."""
    money = is_money(control.asset_class)
    limit = longest(pack, AssetClass(control.asset_class))
    if draft.months is not None and draft.months > limit:
        yield Reason("MONTHS_INVALID", ("months",), {"limit": limit})
    if not money and draft.action not in ALWAYS:
        yield Reason("ACTION_ASSET", ("action",))
    needed = money and draft.action not in (*LETTING_GO, ControlAction.RENEW)
    if needed != (draft.amount is not None):
        yield Reason("AMOUNT_MISPLACED", ("amount",))
    if control.currency != draft.currency:
        yield Reason("CURRENCY_INVALID", ("currency",))
    left = remaining(control)
    if needed and control.status in ACTIVE and left is not None and _amount(draft) > left:
        yield Reason("AMOUNT_BEYOND", ("amount",))


def _amount(draft: ControlDraft) -> Any:
    try:
        return amount_of(draft.amount) or 0
    except ArithmeticError:
        return 0


async def _case_problems(unit: Unit, draft: ControlDraft, control: AssetControl) -> tuple[Reason, ...]:
    """Controls are begun and kept up in open cases against an obligor; letting go needs neither."""
    if draft.action in LETTING_GO:
        return ()
    case = await unit.session.scalar(select(LegalCase).where(LegalCase.id == control.case_id))
    wrong = () if case is None else tuple(case_problems(case))
    standing = await standing_problems(unit.session, control, unit.today)
    # Whoever asks now is in good standing; who asked first may have left.
    return (*wrong, *(reason for reason in standing if reason.code != "REQUESTER_INVALID"))


async def _ruling_problems(unit: Unit, draft: ControlDraft, control: AssetControl) -> tuple[Reason, ...]:
    found = await document_problems(unit, (draft.ruling,), control.case_id)
    return tuple(Reason(reason.code, ("ruling", *reason.path[2:]), reason.params) for reason in found)


async def _keep(
    unit: Unit, draft: ControlDraft, officer: ExecutionOfficer, control: AssetControl, pack: PolicyPack
) -> UUID:
    keys = await tenant_keys(unit.session, unit.keyring, control.tenant_id, unit.at)
    region, court_code = await place_of(unit.session, control.jurisdiction_id, control.court_id)
    kind = QueryType(control.query_type)
    number = await order_number(unit.session, region, unit.today, court_code, kind)
    if draft.original_number is None:
        control.control_number, control.amount_requested = number, amount_of(draft.amount)
        unit.session.add(control)
        await unit.session.flush()
    order = _order(unit, draft, officer, control, number, keys)
    if draft.urgency is QueryUrgency.EMERGENCY:
        minutes = pack.number("inquiry.approval_minutes")
        order.status, order.approval_due_at = ControlOrderStatus.DISPATCHED, unit.at + timedelta(minutes=minutes)
    unit.session.add(order)
    await unit.session.flush()
    if draft.urgency is QueryUrgency.EMERGENCY:
        await send(unit, order, control)
    about = AuditTarget("ControlOrder", order.id, order.jurisdiction_path)
    await unit.audit(
        AuditAction.CONTROL_ORDER_SUBMITTED, about, measure=draft.action.value, urgency=draft.urgency.value
    )
    await announce(unit, COURSE, order, "submitted")
    return order.id


def _order(
    unit: Unit, draft: ControlDraft, officer: ExecutionOfficer, control: AssetControl, number: str, keys: TenantKeys
) -> ControlOrder:
    key = new_id()
    return ControlOrder(
        id=key,
        control_id=control.id,
        court_id=control.court_id,
        holder_id=control.holder_id,
        case_id=control.case_id,
        case_number=control.case_number,
        subject_id=control.subject_id,
        target_index=control.target_index,
        purpose_text=draft.purpose_text,
        urgency=draft.urgency,
        requester_id=officer.id,
        co_handler_ids=[each for each in (control.requester_id, *control.co_handler_ids) if each != officer.id],
        order_number=number,
        original_number=draft.original_number,
        action=draft.action,
        status=ControlOrderStatus.PENDING_APPROVAL,
        status_since=unit.at,
        months=draft.months,
        currency=draft.currency,
        amount_requested=amount_of(draft.amount),
        due_on=unit.today,
        due_at=unit.at,
        due_provisional=False,
        urge_count=0,
        version=1,
        document_sealed=keys.seal(draft.ruling.content, context=ruling_context(key)),
        **document_columns(draft.ruling),
        **within(control),
    )
