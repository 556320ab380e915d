"""Orders that a holder's system is to be told anew: one registered late, or one that lost what it had."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from hub.canonical.codes import DeliveryStatus
from hub.canonical.execution_codes import ExecutionOrderStatus
from hub.core.ids import new_id
from hub.db.models import Delivery, ExecutionOrder, WebhookEndpoint
from hub.db.session import SystemSession
from hub.delivery.lanes import open_lanes

SENT = "execorder.sent"
OPEN = (ExecutionOrderStatus.DISPATCHED, ExecutionOrderStatus.ACCEPTED)
_PORTION = 5_000


async def queue_open(session: SystemSession, holder: WebhookEndpoint, at: datetime) -> int:
    """Deliver every order that waits for the holder's answer; how many."""
    row = ExecutionOrder
    of = (row.holder_id == holder.organization_id, row.query_type.in_(holder.query_types or ()), row.status.in_(OPEN))
    found = (await session.scalars(select(row).where(*of).order_by(row.due_at, row.id))).all()
    for start in range(0, len(found), _PORTION):
        rows = [_delivery(holder, each, at) for each in found[start : start + _PORTION]]
        await session.execute(insert(Delivery), rows)
        await open_lanes(session, ((holder.id, each["key"]) for each in rows), at=at)
    return len(found)


def _delivery(holder: WebhookEndpoint, order: ExecutionOrder, at: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "tenant_id": order.tenant_id,
        "endpoint_id": holder.id,
        "organization_id": holder.organization_id,
        "jurisdiction_path": holder.jurisdiction_path,
        "event_id": new_id(),
        "event_type": SENT,
        "schema_version": 1,
        "key": f"ExecutionOrder:{order.id}",
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
