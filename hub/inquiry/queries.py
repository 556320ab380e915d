"""Events of a query, decided by its table."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.execution_codes import ExecutionOrderStatus, ExecutionQueryStatus
from hub.core.errors import Reason
from hub.db.models import ExecutionOfficer, ExecutionOrder, ExecutionQuery, LegalCase
from hub.inquiry.commands import Correction
from hub.inquiry.documents import document_problems
from hub.inquiry.officers import find_officer
from hub.inquiry.rows import court_actors
from hub.inquiry.standing import standing_problems
from hub.inquiry.submitting import case_problems
from hub.inquiry.workflow import COURSE, QUERY, QueryFacts
from hub.workflow.firing import fire
from hub.workflow.rows import locked
from hub.workflow.unit import Unit


async def fire_query(
    unit: Unit, query_id: UUID, event: str, payload: object, *, expected_version: int | None = None
) -> ExecutionQuery:
    """Move a query. Raises ``NotFound``, ``Denied`` or ``Refused`` with every reason."""
    row: ExecutionQuery = await locked(unit, ExecutionQuery, query_id)
    officer = await find_officer(unit.session, unit.principal)
    documents: tuple[Reason, ...] = ()
    if isinstance(payload, Correction):
        documents = await document_problems(unit, payload.documents, row.case_id)
    facts = await query_facts(unit.session, row, officer, unit.today, documents)
    await fire(
        unit,
        QUERY,
        COURSE,
        row,
        event,
        payload,
        actors=court_actors(unit.today, row, officer),
        facts=facts,
        expected_version=expected_version,
    )
    return row


async def query_facts(
    session: AsyncSession,
    row: ExecutionQuery,
    officer: ExecutionOfficer | None,
    today: date,
    documents: tuple[Reason, ...] = (),
) -> QueryFacts:
    returned = select(ExecutionOrder.id).where(
        ExecutionOrder.query_id == row.id, ExecutionOrder.status == ExecutionOrderStatus.RETURNED
    )
    case = await session.scalar(select(LegalCase).where(LegalCase.id == row.case_id))
    return QueryFacts(
        row,
        None if officer is None else officer.id,
        bool(await session.scalar(select(returned.exists()))),
        () if case is None else tuple(case_problems(case)),
        documents,
        await standing_problems(session, row, today) if row.status is ExecutionQueryStatus.PENDING_APPROVAL else (),
    )
