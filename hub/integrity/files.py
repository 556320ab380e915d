"""Integrity files (诚信档案): what is recorded of a body, or, narrowly, of one who answers for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.access.coverage import row_scope
from hub.canonical.integrity_codes import INTEGRITY_STANDING, CreditGrade, IntegrityCategory
from hub.core.areas import Area
from hub.core.principal import Principal
from hub.db.models import (
    AwardRestriction,
    IntegrityEvaluation,
    IntegrityPerson,
    IntegrityRecord,
    Organization,
    OrganizationSuperior,
)

MOST = 500


@dataclass(frozen=True, slots=True)
class File:
    """``records``: as many as the caller may read, the latest first; ``restricted``: years without awards."""

    organization: Organization
    person: IntegrityPerson | None
    records: Sequence[IntegrityRecord]
    restricted: Sequence[int]
    evaluation: IntegrityEvaluation | None = None

    @property
    def standing(self) -> int:
        return sum(row.status in INTEGRITY_STANDING for row in self.records)

    @property
    def grade(self) -> CreditGrade | None:
        """By the latest evaluation; the lowest while the body stands on the court's list, and as before when it has
        left it (汉川市人民法院工作方案 二（四）). None where it was never evaluated."""
        if self.evaluation is None:
            return None
        listed = any(category is IntegrityCategory.DISHONEST_DEBTOR for category, _ in self.categories)
        return CreditGrade.D if listed else self.evaluation.grade

    @property
    def categories(self) -> list[tuple[IntegrityCategory, int]]:
        """Categories with how many standing records each has."""
        found = [row.category for row in self.records if row.status in INTEGRITY_STANDING]
        return [(category, found.count(category)) for category in IntegrityCategory if category in found]


async def organization_file(session: AsyncSession, principal: Principal, organization_id: UUID) -> File | None:
    """The file of a body; None for whoever is neither the body, nor its superior, nor oversees its place."""
    body = await session.scalar(select(Organization).where(Organization.id == organization_id))
    if body is None or not await _reads(session, principal, body):
        return None
    award = AwardRestriction
    years = select(award.year).where(award.organization_id == body.id, award.lifted_at.is_(None)).distinct()
    rows = await _records(session, IntegrityRecord.organization_id == body.id, IntegrityRecord.person_id.is_(None))
    return File(body, None, rows, sorted(await session.scalars(years)), await _evaluation(session, body.id))


async def _evaluation(session: AsyncSession, body: UUID) -> IntegrityEvaluation | None:
    """The latest that was attached."""
    kept = IntegrityEvaluation
    wanted = select(kept).where(kept.organization_id == body, kept.attached_at.is_not(None))
    found: IntegrityEvaluation | None = await session.scalar(wanted.order_by(kept.attached_at.desc()).limit(1))
    return found


async def _reads(session: AsyncSession, principal: Principal, body: Organization) -> bool:
    scope = row_scope(principal)
    if body.id == principal.organization_id or scope.covers(Area.GOVERNMENT_CREDIT, body.jurisdiction_path):
        return True
    above = select(OrganizationSuperior.superior_id).where(
        OrganizationSuperior.organization_id == body.id, OrganizationSuperior.superior_id == principal.organization_id
    )
    return scope.superior and await session.scalar(above.limit(1)) is not None


async def person_file(session: AsyncSession, person_id: UUID) -> File | None:
    """The file of a person who answers for a body, whoever recorded it; row security says for whom there is one, and
    how much of it."""
    person = await session.scalar(select(IntegrityPerson).where(IntegrityPerson.id == person_id))
    if person is None:
        return None
    body = (await session.scalars(select(Organization).where(Organization.id == person.organization_id))).one()
    same = select(IntegrityPerson.id).where(
        IntegrityPerson.organization_id == person.organization_id, IntegrityPerson.name_key == person.name_key
    )
    return File(body, person, await _records(session, IntegrityRecord.person_id.in_(same)), ())


async def _records(session: AsyncSession, *conditions: object) -> Sequence[IntegrityRecord]:
    wanted = select(IntegrityRecord).where(*conditions)  # type: ignore[arg-type]
    rows = await session.scalars(
        wanted.order_by(IntegrityRecord.occurred_on.desc(), IntegrityRecord.id.desc()).limit(MOST)
    )
    return rows.all()
