"""Whether a query may still be put to holders: its target is an obligor yet, its asker an officer in good standing."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.core.errors import Reason
from hub.db.models import ExecutionOfficer, ExecutionQuery
from hub.inquiry.targets import is_obligor


async def standing_problems(session: AsyncSession, query: ExecutionQuery, today: date) -> tuple[Reason, ...]:
    """TARGET_NOT_OBLIGOR, REQUESTER_INVALID: why nothing more is asked."""
    reasons = []
    if not await is_obligor(session, query.case_id, query.subject_id):
        reasons.append(Reason("TARGET_NOT_OBLIGOR"))
    valid = select(ExecutionOfficer.id).where(
        ExecutionOfficer.id == query.requester_id,
        ExecutionOfficer.valid_to >= today,
        ExecutionOfficer.suspended_at.is_(None),
    )
    if not await session.scalar(select(valid.exists())):
        reasons.append(Reason("REQUESTER_INVALID"))
    return tuple(reasons)
