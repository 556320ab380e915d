"""Which events a caller may fire on queries and orders now, and why not the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.core.principal import Principal
from hub.core.workflow import Actor, Availability
from hub.db.models import ExecutionOrder, ExecutionQuery
from hub.inquiry.officers import find_officer
from hub.inquiry.order_workflow import ORDER, OrderFacts
from hub.inquiry.queries import query_facts
from hub.inquiry.rows import court_actors
from hub.inquiry.workflow import QUERY

Possible = Mapping[UUID, tuple[Availability, ...]]


async def query_events(
    session: AsyncSession, principal: Principal, rows: Sequence[ExecutionQuery], today: date
) -> Possible:
    officer = await find_officer(session, principal)
    return {
        row.id: QUERY.available(
            row.status,
            actors=court_actors(today, row, officer),
            scopes=principal.scopes,
            facts=await query_facts(session, row, officer, today),
        )
        for row in rows
    }


async def order_events(
    session: AsyncSession, principal: Principal, rows: Sequence[ExecutionOrder], today: date
) -> Possible:
    officer = await find_officer(session, principal)
    found = await session.scalars(select(ExecutionQuery).where(ExecutionQuery.id.in_({row.query_id for row in rows})))
    queries = {query.id: query for query in found}
    own = principal.organization_id
    return {
        row.id: ORDER.available(
            row.status,
            actors=frozenset({Actor.HOLDER})
            if row.holder_id == own
            else court_actors(today, queries.get(row.query_id), officer),
            scopes=principal.scopes,
            facts=OrderFacts(row, None, today),
        )
        for row in rows
    }
