"""The words of what goes to a holder's system, made anew at every attempt: of an order that was withdrawn or answered
meanwhile nothing is said. Each time that the question itself goes out leaves a trace first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target as AuditTarget
from hub.audit.recorder import record
from hub.canonical.connector import Outgoing
from hub.canonical.control_codes import ControlOrderStatus
from hub.canonical.execution_codes import ExecutionOrderStatus
from hub.control.workflow import WAITING as CONTROL_WAITING
from hub.core.clock import Clock
from hub.core.keyring import KeyRing
from hub.db.models import (
    ControlOrder,
    Delivery,
    ExecutionDocument,
    ExecutionOfficer,
    ExecutionOrder,
    ExecutionQuery,
    LookoutOrder,
    Organization,
    WebhookEndpoint,
)
from hub.db.session import SystemSession
from hub.db.tenant_keys import TenantKeys, tenant_keys
from hub.delivery.orders import CONTROL_SENT, SENT, Order, was_told
from hub.holders.controls import control_words
from hub.holders.lookouts import lookout_words
from hub.holders.naming import CONTROL_URGED, OVERRULED, URGED, region_of, system_of, told_of
from hub.inquiry.documents import document_context
from hub.inquiry.order_workflow import WAITING
from hub.inquiry.targets import Target, target_context


@dataclass(frozen=True, slots=True)
class OrderContents:
    """One per worker process."""

    keyring: KeyRing
    clock: Clock

    async def __call__(
        self, session: SystemSession, endpoint: WebhookEndpoint, deliveries: Sequence[Delivery]
    ) -> Mapping[UUID, Outgoing]:
        ids = {each.object_id for each in deliveries}
        queries = await session.scalars(select(ExecutionOrder).where(ExecutionOrder.id.in_(ids)))
        controls = await session.scalars(select(ControlOrder).where(ControlOrder.id.in_(ids)))
        lookouts = await session.scalars(select(LookoutOrder).where(LookoutOrder.id.in_(ids)))
        orders: dict[UUID, Order] = {row.id: row for row in (*queries, *controls, *lookouts)}
        said = {}
        for delivery in deliveries:
            order = orders.get(delivery.object_id)
            if order is not None:
                said[delivery.id] = await self._of(session, endpoint, delivery, order)
        return {key: outgoing for key, outgoing in said.items() if outgoing is not None}

    async def _of(
        self, session: SystemSession, endpoint: WebhookEndpoint, delivery: Delivery, order: Order
    ) -> Outgoing | None:
        """Nothing of what is another unit's."""
        if isinstance(order, LookoutOrder):
            own = order.police_id == endpoint.organization_id
            return await lookout_words(session, self.keyring, endpoint, delivery, order, self.clock()) if own else None
        if order.holder_id != endpoint.organization_id:
            return None
        if isinstance(order, ExecutionOrder):
            return await self._of_query(session, endpoint, delivery, order)
        return await self._of_control(session, endpoint, delivery, order)

    async def _of_control(
        self, session: SystemSession, endpoint: WebhookEndpoint, delivery: Delivery, order: ControlOrder
    ) -> Outgoing | None:
        key, body, waits = str(delivery.event_id), {"number": order.order_number}, order.status in CONTROL_WAITING
        if delivery.event_type == CONTROL_SENT:
            return await control_words(session, self.keyring, endpoint, key, order, self.clock()) if waits else None
        if delivery.event_type == CONTROL_URGED:
            return Outgoing(key, "control.urge", body) if waits else None
        withdrawn = order.status is ControlOrderStatus.CANCELLED and await was_told(session, endpoint, order)
        return Outgoing(key, "control.withdraw", body) if withdrawn else None

    async def _of_query(
        self, session: SystemSession, endpoint: WebhookEndpoint, delivery: Delivery, order: ExecutionOrder
    ) -> Outgoing | None:
        key, body = str(delivery.event_id), {"number": order.order_number}
        if delivery.event_type in (SENT, OVERRULED):
            return await self._question(session, endpoint, key, order) if order.status in WAITING else None
        if delivery.event_type == URGED:
            return Outgoing(key, "holder.urge", body) if order.status in WAITING else None
        withdrawn = order.status is ExecutionOrderStatus.CANCELLED and await was_told(session, endpoint, order)
        return Outgoing(key, "holder.withdraw", body) if withdrawn else None

    async def _question(
        self, session: SystemSession, endpoint: WebhookEndpoint, key: str, order: ExecutionOrder
    ) -> Outgoing | None:
        if order.target_sealed is None:
            return None
        at = self.clock()
        about = AuditTarget("ExecutionOrder", order.id, order.jurisdiction_path)
        await record(session, system_of(endpoint), AuditAction.EXECUTION_ORDER_OPENED, at=at, target=about)
        keys = await tenant_keys(session, self.keyring, order.tenant_id, at)
        target = Target.parse(keys.open(order.target_sealed, context=target_context(order.id)))
        documents = await _documents(session, order, keys)
        body = {
            "number": order.order_number,
            "query_type": order.query_type.value,
            "region": region_of(order),
            "due_on": order.due_on.isoformat(),
            "digests": [each["sha256"] for each in documents],
        }
        private = {**await _asker(session, order), **told_of(target), "documents": documents}
        return Outgoing(key, "holder.ask", body, private=private)


async def _asker(session: SystemSession, order: ExecutionOrder) -> dict[str, Any]:
    """Who asks, in which case, what for."""
    row = await session.execute(
        select(ExecutionQuery, ExecutionOfficer.certificate_number, Organization.name)
        .join(ExecutionOfficer, ExecutionOfficer.id == ExecutionQuery.requester_id)
        .join(Organization, Organization.id == ExecutionQuery.court_id)
        .where(ExecutionQuery.id == order.query_id)
    )
    query, certificate, court = row.tuples().one()
    return {
        "court": court,
        "case_number": query.case_number,
        "purpose": query.purpose_code.value,
        "purpose_text": query.purpose_text,
        "urgency": query.urgency.value,
        "officer": {"certificate": certificate},
    }


async def _documents(session: SystemSession, order: ExecutionOrder, keys: TenantKeys) -> list[dict[str, str]]:
    rows = await session.scalars(
        select(ExecutionDocument).where(ExecutionDocument.query_id == order.query_id).order_by(ExecutionDocument.id)
    )
    return [
        {
            "kind": row.kind.value,
            "document_number": row.document_number,
            "filename": row.filename,
            "sha256": row.digest,
            "content": keys.open(row.content_sealed, context=document_context(row.id)),
        }
        for row in rows
        if row.content_sealed is not None
    ]
