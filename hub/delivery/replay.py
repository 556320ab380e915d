"""Deliveries that somebody asks for: a test of an endpoint, and what was given up or lost, once more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Text, cast, func, insert, select, update

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target, record
from hub.canonical.codes import SERVED, DeliveryStatus, EndpointStatus
from hub.core.errors import NotFound, Reason, Refused, refuse_if
from hub.core.ids import new_id
from hub.core.payload import find_problems, required
from hub.core.principal import Principal
from hub.db.models import Delivery, WebhookEndpoint
from hub.db.session import SystemSession
from hub.delivery.endpoints import owned
from hub.delivery.lanes import open_lanes
from hub.events.catalogue import TEST
from hub.workflow.unit import Unit

KIND = "Delivery"
OPERATOR = Principal(subject="system:operator", organization_id=None)
_ANEW: dict[str, Any] = {
    "status": DeliveryStatus.WAITING,
    "attempts": 0,
    "first_attempt_at": None,
    "next_attempt_at": None,
    "ended_at": None,
    "fault": None,
    "http_status": None,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookEndpointTest:
    """试投一个推送地址 (a test of an endpoint)."""

    webhook_endpoint_id: UUID = required("推送地址标识", "id of the endpoint", node="WH")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryReplay:
    """重放一个投递 (a delivery to replay)."""

    delivery_id: UUID = required("投递标识", "id of the delivery", node="DV")


async def send_test(unit: Unit, asked: WebhookEndpointTest) -> UUID:
    """An event that says nothing, signed and delivered like any other. Raises ``Refused`` (WEBHOOK_STATUS)."""
    refuse_if(find_problems(asked))
    where = ("webhookEndpointId",)
    endpoint = await owned(unit, asked.webhook_endpoint_id, status=(EndpointStatus.ACTIVE,), path=where)
    transaction = await unit.session.scalar(select(cast(cast(func.pg_current_xact_id(), Text), BigInteger)))
    key, lane = new_id(), f"{TEST}:{endpoint.id}"
    await unit.session.execute(
        insert(Delivery).values(
            id=key,
            tenant_id=endpoint.tenant_id,
            endpoint_id=endpoint.id,
            organization_id=endpoint.organization_id,
            jurisdiction_path=endpoint.jurisdiction_path,
            event_id=new_id(),
            event_type=TEST,
            schema_version=1,
            key=lane,
            object_id=endpoint.id,
            ids={"id": str(endpoint.id)},
            epoch=0,
            transaction_id=transaction,
            number=0,
            event_at=unit.at,
            status=DeliveryStatus.WAITING,
            attempts=0,
            created_at=unit.at,
        )
    )
    await open_lanes(unit.session, [(endpoint.id, lane)], at=unit.at)
    return key


async def replay(unit: Unit, asked: DeliveryReplay) -> UUID:
    """Deliver once more what was given up or has arrived, under the same ``webhook-id``: a receiver that has acted on
    it already does nothing. Raises ``NotFound``, ``Refused`` (DELIVERY_WAITING, DELIVERY_WITHDRAWN, WEBHOOK_STATUS)."""
    refuse_if(find_problems(asked))
    where = ("deliveryId",)
    row = await unit.session.scalar(select(Delivery).where(Delivery.id == asked.delivery_id))
    if row is None or row.organization_id != unit.organization_id:
        raise NotFound(path=where)
    await owned(unit, row.endpoint_id, status=SERVED, path=where)
    locked = select(Delivery).where(Delivery.id == row.id).with_for_update().execution_options(populate_existing=True)
    row = (await unit.session.scalars(locked)).one()
    if row.status is DeliveryStatus.WAITING:
        raise Refused(Reason("DELIVERY_WAITING", where))
    if row.status is DeliveryStatus.WITHDRAWN:
        raise Refused(Reason("DELIVERY_WITHDRAWN", where))
    await unit.session.execute(update(Delivery).where(Delivery.id == row.id).values(_ANEW))
    await open_lanes(unit.session, [(row.endpoint_id, row.key)], at=unit.at)
    await unit.audit(AuditAction.DELIVERY_REPLAYED, Target(KIND, row.id, row.jurisdiction_path))
    return row.id


async def replay_dead(session: SystemSession, *, endpoint_id: UUID | None, since: datetime | None, at: datetime) -> int:
    """By an operator: everything given up, of one endpoint or of all that are served, since an instant; how many."""
    served = select(WebhookEndpoint.id).where(WebhookEndpoint.status.in_(SERVED))
    statement = update(Delivery).where(Delivery.status == DeliveryStatus.DEAD, Delivery.endpoint_id.in_(served))
    if endpoint_id is not None:
        statement = statement.where(Delivery.endpoint_id == endpoint_id)
    if since is not None:
        statement = statement.where(Delivery.ended_at >= since)
    rows = await session.execute(
        statement.values(_ANEW)
        .returning(Delivery.id, Delivery.endpoint_id, Delivery.key, Delivery.jurisdiction_path)
        .execution_options(synchronize_session=False)
    )
    found = rows.tuples().all()
    await open_lanes(session, ((endpoint, key) for _, endpoint, key, _ in found), at=at)
    await _audit(session, [(key, path) for key, _, _, path in found], at)
    return len(found)


async def _audit(session: SystemSession, replayed: Sequence[tuple[UUID, str]], at: datetime) -> None:
    for key, path in replayed:
        await record(session, OPERATOR, AuditAction.DELIVERY_REPLAYED, at=at, target=Target(KIND, key, path))
