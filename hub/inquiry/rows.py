"""In what capacity a caller meets a query, and where a query stands by its orders."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.execution_codes import OfficerCapacity
from hub.core.workflow import Actor
from hub.db.models import ExecutionOfficer


class Asked(Protocol):
    """What an officer of a court asked: a query, a control, a lookout."""

    court_id: Any
    requester_id: Any
    co_handler_ids: Any


def court_actors(today: date, query: Asked | None, officer: ExecutionOfficer | None) -> frozenset[Actor]:
    """In what capacities an officer meets what was asked; none once his certificate has expired or he was stopped."""
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
