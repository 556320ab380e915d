"""Who is finance, and whether a public body is the debtor of an open execution case."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.core.errors import Reason
from hub.db.models import LegalCase, Subject
from hub.inquiry.submitting import case_problems
from hub.inquiry.targets import is_obligor
from hub.organizations.named import unit_named
from hub.policy.pack import PolicyPack

FINANCE = "finance.authority"


async def finance_of(session: AsyncSession, pack: PolicyPack, jurisdiction_id: UUID) -> UUID:
    """The finance department that the pack names. Raises ``Refused`` (FINANCE_UNKNOWN)."""
    return await unit_named(session, pack, FINANCE, jurisdiction_id, "FINANCE_UNKNOWN")


async def obligor_problems(session: AsyncSession, case: LegalCase, subject: Subject | None) -> list[Reason]:
    """CASE_NOT_OPEN, CASE_NOT_EXECUTION, TARGET_NOT_OBLIGOR, DEBTOR_NOT_PUBLIC."""
    found = list(case_problems(case))
    if subject is None or not await is_obligor(session, case.id, subject.id):
        found.append(Reason("TARGET_NOT_OBLIGOR", ("subjectId",)))
    elif not subject.government_subject or subject.organization_id is None:
        found.append(Reason("DEBTOR_NOT_PUBLIC", ("subjectId",)))
    return found


async def debtor_problems(session: AsyncSession, case: LegalCase, debtor_id: UUID) -> Iterator[Reason]:
    """Whether the body is a debtor of the case, under any name that the court told of it."""
    subjects = await session.scalars(select(Subject).where(Subject.organization_id == debtor_id))
    listed = [await is_obligor(session, case.id, subject.id) for subject in subjects]
    return iter((*case_problems(case), *(() if any(listed) else (Reason("TARGET_NOT_OBLIGOR", ("caseId",)),))))
