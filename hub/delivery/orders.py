"""Orders that a holder's system answers: what it is to be told anew, and answers that nobody could use."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from hub.canonical.codes import DeliveryStatus
from hub.canonical.control_codes import ControlOrderStatus, LookoutStatus
from hub.canonical.execution_codes import ExecutionOrderStatus
from hub.canonical.holding import AnswerOutcome
from hub.core.errors import Reason
from hub.core.ids import new_id
from hub.db.models import (
    AssetControl,
    ControlOrder,
    Delivery,
    ExecutionOrder,
    HolderAnswer,
    LookoutOrder,
    WebhookEndpoint,
)
from hub.db.session import SystemSession
from hub.delivery.lanes import open_lanes

SENT, CONTROL_SENT, LOOKOUT_SENT = "execorder.sent", "controlorder.sent", "lookout.sent"
ASKED = {ExecutionOrder: SENT, ControlOrder: CONTROL_SENT, LookoutOrder: LOOKOUT_SENT}
"""The event by which an order is asked for."""
Order = ExecutionOrder | ControlOrder | LookoutOrder
OPEN = (ExecutionOrderStatus.DISPATCHED, ExecutionOrderStatus.ACCEPTED)
OPEN_CONTROL = (ControlOrderStatus.DISPATCHED, ControlOrderStatus.ACCEPTED)
OPEN_LOOKOUT = (LookoutStatus.SENT, LookoutStatus.ACTIVE, LookoutStatus.WITHDRAWING)
_PORTION = 5_000


async def queue_open(session: SystemSession, holder: WebhookEndpoint, at: datetime) -> int:
    """Deliver every order that waits for the holder's answer; how many."""
    row = ExecutionOrder
    waiting = queries_of(holder).where(row.status.in_(OPEN)).order_by(row.due_at, row.id)
    found: list[Order] = list(await session.scalars(waiting))
    if CONTROL_SENT in holder.event_types:
        control = ControlOrder
        waits = controls_of(holder).where(control.status.in_(OPEN_CONTROL)).order_by(control.due_at, control.id)
        found += await session.scalars(waits)
    if LOOKOUT_SENT in holder.event_types:
        sent = lookouts_of(holder).where(LookoutOrder.status == LookoutStatus.SENT)
        found += await session.scalars(sent.order_by(LookoutOrder.sent_at, LookoutOrder.id))
    for start in range(0, len(found), _PORTION):
        rows = [_delivery(holder, each, at) for each in found[start : start + _PORTION]]
        await session.execute(insert(Delivery), rows)
        await open_lanes(session, ((holder.id, each["key"]) for each in rows), at=at)
    return len(found)


def queries_of(holder: WebhookEndpoint) -> Select[ExecutionOrder]:
    """Orders of queries that the holder's system answers."""
    row = ExecutionOrder
    return select(row).where(row.holder_id == holder.organization_id, row.query_type.in_(holder.query_types or ()))


def controls_of(holder: WebhookEndpoint) -> Select[ControlOrder]:
    """Orders about assets that such a query found."""
    row = ControlOrder
    mine = select(row).join(AssetControl, AssetControl.id == row.control_id)
    return mine.where(row.holder_id == holder.organization_id, AssetControl.query_type.in_(holder.query_types or ()))


def lookouts_of(holder: WebhookEndpoint) -> Select[LookoutOrder]:
    """Lookouts of the unit whose system it is."""
    return select(LookoutOrder).where(LookoutOrder.police_id == holder.organization_id)


def number_of(order: Order) -> str:
    """The number under which its holder knows an order."""
    return order.lookout_number if isinstance(order, LookoutOrder) else order.order_number


async def was_told(session: SystemSession, holder: WebhookEndpoint, order: Order) -> bool:
    """Whether the order itself reached the holder's system."""
    told = select(Delivery.id).where(
        Delivery.endpoint_id == holder.id,
        Delivery.object_id == order.id,
        Delivery.event_type.in_(ASKED.values()),
        Delivery.status == DeliveryStatus.DELIVERED,
    )
    return bool(await session.scalar(select(told.exists())))


async def holder_alarms(session: SystemSession) -> list[Reason]:
    """Holders whose answer could not be taken while its order still waits, or of whom nothing could be made out since
    the last that could."""
    held, later = HolderAnswer, aliased(HolderAnswer)
    applied = (later.endpoint_id == held.endpoint_id, later.outcome == AnswerOutcome.APPLIED)
    mute = and_(
        held.order_number.is_(None),
        ~select(later.id).where(*applied, later.received_at > held.received_at).exists(),
    )
    query, control, lookout = ExecutionOrder, ControlOrder, LookoutOrder
    of_query = (query.order_number == held.order_number, query.holder_id == held.organization_id)
    of_control = (control.order_number == held.order_number, control.holder_id == held.organization_id)
    of_lookout = (lookout.lookout_number == held.order_number, lookout.police_id == held.organization_id)
    waits = or_(
        select(query.id).where(*of_query, query.status.in_(OPEN)).exists(),
        select(control.id).where(*of_control, control.status.in_(OPEN_CONTROL)).exists(),
        select(lookout.id).where(*of_lookout, lookout.status.in_(OPEN_LOOKOUT)).exists(),
    )
    counted = (
        select(held.endpoint_id, func.count())
        .where(held.outcome == AnswerOutcome.QUARANTINED, held.content_sealed.is_not(None), or_(mute, waits))
        .group_by(held.endpoint_id)
        .order_by(held.endpoint_id)
    )
    found = await session.execute(counted)
    return [Reason("ALARM_ANSWERS_ASIDE", params={"endpoint": str(key), "answers": count}) for key, count in found]


def _delivery(holder: WebhookEndpoint, order: Order, at: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "tenant_id": order.tenant_id,
        "endpoint_id": holder.id,
        "organization_id": holder.organization_id,
        "jurisdiction_path": holder.jurisdiction_path,
        "event_id": new_id(),
        "event_type": ASKED[type(order)],
        "schema_version": 1,
        "key": f"{type(order).__name__}:{order.id}",
        "object_id": order.id,
        "ids": {"id": str(order.id), "version": order.version},
        "epoch": 0,
        "transaction_id": 0,
        "number": order.version,
        "event_at": at,
        "status": DeliveryStatus.WAITING,
        "attempts": 0,
        "created_at": at,
    }
