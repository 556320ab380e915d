"""Whether a query may still be put to holders: its target is an obligor yet, its asker an officer in good standing."""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.core.errors import Reason
from hub.db.models import ExecutionOfficer
from hub.inquiry.targets import is_obligor


class Standing(Protocol):
    """What an officer asked about an obligor of a case."""

    case_id: Any
    subject_id: Any
    requester_id: Any


async def standing_problems(session: AsyncSession, query: Standing, today: date) -> tuple[Reason, ...]:
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
