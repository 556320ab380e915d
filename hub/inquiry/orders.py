"""Events of a holder's part, decided by its table; and what the holder gets to see of what is asked of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target as AuditTarget
from hub.core.errors import NotFound
from hub.core.payload import required
from hub.core.workflow import Actor
from hub.db.models import ExecutionDocument, ExecutionOrder, ExecutionQuery, ExecutionResult
from hub.db.tenant_keys import tenant_keys
from hub.inquiry.documents import document_context
from hub.inquiry.officers import find_officer
from hub.inquiry.order_effects import result_context
from hub.inquiry.order_workflow import COURSE, ORDER, OrderFacts
from hub.inquiry.rows import court_actors
from hub.inquiry.targets import Target, target_context
from hub.workflow.firing import fire
from hub.workflow.rows import locked
from hub.workflow.unit import Unit


@dataclass(frozen=True, slots=True)
class OrderOpening:
    """查看查询内容 (opening what is asked)."""

    order_id: UUID = required("协助查询标识", "id of the order", node="EO")


@dataclass(frozen=True, slots=True)
class Opened:
    """What a holder has to know to answer. ``answer`` is its own, once it gave one and until it is purged."""

    order_number: str
    target: Target
    documents: tuple[dict[str, Any], ...]
    answer: dict[str, Any] | None


async def fire_order(
    unit: Unit, order_id: UUID, event: str, payload: object, *, expected_version: int | None = None
) -> ExecutionOrder:
    """Move an order. Raises ``NotFound``, ``Denied`` or ``Refused`` with every reason."""
    row: ExecutionOrder = await locked(unit, ExecutionOrder, order_id)
    facts = OrderFacts(row, await tenant_keys(unit.session, unit.keyring, row.tenant_id, unit.at), unit.today)
    await fire(
        unit,
        ORDER,
        COURSE,
        row,
        event,
        payload,
        actors=await _actors(unit, row),
        facts=facts,
        expected_version=expected_version,
    )
    return row


async def _actors(unit: Unit, row: ExecutionOrder) -> frozenset[Actor]:
    if row.holder_id == unit.principal.organization_id:
        return frozenset({Actor.HOLDER})
    query = await unit.session.scalar(select(ExecutionQuery).where(ExecutionQuery.id == row.query_id))
    return court_actors(unit.today, query, await find_officer(unit.session, unit.principal))


async def open_order(unit: Unit, order_id: UUID) -> Opened:
    """Give the holder its question, with a trace first. Raises ``NotFound`` for whoever is not the holder."""
    row = await unit.session.scalar(
        select(ExecutionOrder).where(ExecutionOrder.id == order_id, ExecutionOrder.holder_id == unit.organization_id)
    )
    if row is None or row.target_sealed is None:
        raise NotFound(path=("orderId",))
    target = AuditTarget("ExecutionOrder", row.id, row.jurisdiction_path)
    await unit.audit(AuditAction.EXECUTION_ORDER_OPENED, target)
    keys = await tenant_keys(unit.session, unit.keyring, row.tenant_id, unit.at)
    result = await unit.session.scalar(select(ExecutionResult).where(ExecutionResult.id == row.id))
    documents = await unit.session.scalars(
        select(ExecutionDocument).where(ExecutionDocument.query_id == row.query_id).order_by(ExecutionDocument.id)
    )
    return Opened(
        row.order_number,
        Target.parse(keys.open(row.target_sealed, context=target_context(row.id))),
        tuple(_document(each, keys) for each in documents),
        None if result is None else json.loads(keys.open(result.content_sealed, context=result_context(row.id))),
    )


def _document(row: ExecutionDocument, keys: Any) -> dict[str, Any]:
    sealed = row.content_sealed
    return {
        "kind": row.kind,
        "document_number": row.document_number,
        "filename": row.filename,
        "digest": row.digest,
        "content": None if sealed is None else keys.open(sealed, context=document_context(row.id)),
    }
