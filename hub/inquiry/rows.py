"""Rows of queries and orders: found for their caller, placed, and in what capacity the caller meets them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.execution_codes import OfficerCapacity
from hub.core.errors import NotFound
from hub.core.workflow import Actor
from hub.db.models import ExecutionOfficer, ExecutionOrder, ExecutionQuery
from hub.workflow.unit import Unit


async def locked_query(unit: Unit, key: UUID, *, path: str = "id") -> ExecutionQuery:
    """The query for update. Raises ``NotFound`` for whoever cannot see it."""
    row: ExecutionQuery | None = await unit.session.scalar(
        select(ExecutionQuery).where(ExecutionQuery.id == key).with_for_update()
    )
    if row is None:
        raise NotFound(path=(path,))
    return row


async def locked_order(unit: Unit, key: UUID, *, path: str = "id") -> ExecutionOrder:
    """The order for update. Raises ``NotFound`` for whoever cannot see it."""
    row: ExecutionOrder | None = await unit.session.scalar(
        select(ExecutionOrder).where(ExecutionOrder.id == key).with_for_update()
    )
    if row is None:
        raise NotFound(path=(path,))
    return row


def placed(row: Any) -> dict[str, Any]:
    """Tenant and jurisdiction columns for a row that belongs to ``row``."""
    return {
        "tenant_id": row.tenant_id,
        "jurisdiction_id": row.jurisdiction_id,
        "jurisdiction_path": row.jurisdiction_path,
    }


def court_actors(today: date, query: ExecutionQuery | None, officer: ExecutionOfficer | None) -> frozenset[Actor]:
    """In what capacities an officer meets a query; none once his certificate has expired or he was stopped."""
    if query is None or officer is None or officer.court_id != query.court_id:
        return frozenset()
    if officer.valid_to < today or officer.suspended_at is not None:
        return frozenset()
    held = {
        Actor.REQUESTER: officer.id == query.requester_id or officer.id in query.co_handler_ids,
        Actor.APPROVER: officer.capacity is OfficerCapacity.APPROVER,
        Actor.COMMAND: officer.capacity is OfficerCapacity.COMMAND,
    }
    return frozenset(actor for actor, holds in held.items() if holds)


async def settle(session: AsyncSession, query_id: UUID, at: datetime) -> None:
    """Let the query's state follow from its orders."""
    await session.flush()
    await session.execute(select(func.settle_execution_query(query_id, at)))
