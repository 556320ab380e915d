"""Which units a named body may be: each with a confidence in percent and the reason, the likeliest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.exchange_codes import CandidateReason
from hub.db.models import Organization, OrganizationAlias, OrganizationName
from hub.subjects.succession import present_unit
from hub.subjects.units import plain_name

MOST = 5
LEAST = 0.3
"""Similarity (pg_trgm) below which names are held to be strangers."""
R = CandidateReason
CONFIDENCE = {R.SAME_NAME: 95, R.OTHER_NAME: 85, R.FORMER_NAME: 75, R.SUCCESSOR: 70}
FAR = 10
"""Taken off where the unit is of another jurisdiction than the source."""


@dataclass(frozen=True, slots=True)
class Candidate:
    unit: Organization
    confidence: int
    reason: CandidateReason


async def candidates(session: AsyncSession, name: str, path: str) -> Sequence[Candidate]:
    """Units of the tenant that the body of this name may be, told by a source at home at ``path``."""
    wanted, tenant = plain_name(name), path.partition("/")[0] + "/"
    alike = func.similarity(Organization.name, wanted)
    rows = await session.execute(
        select(Organization, OrganizationAlias.alias, OrganizationName, alike)
        .outerjoin(
            OrganizationAlias,
            (OrganizationAlias.organization_id == Organization.id) & (OrganizationAlias.alias == wanted),
        )
        .outerjoin(
            OrganizationName,
            (OrganizationName.organization_id == Organization.id) & (OrganizationName.name == wanted),
        )
        .where(
            Organization.jurisdiction_path.startswith(tenant),
            or_(
                Organization.name == wanted,
                Organization.short_name == wanted,
                OrganizationAlias.alias.is_not(None),
                OrganizationName.id.is_not(None),
                alike >= LEAST,
            ),
        )
    )
    found = [_judged(unit, alias, named, likeness, wanted) for unit, alias, named, likeness in rows]
    best: dict[UUID, Candidate] = {}
    for each in await _present(session, found):
        far = 0 if each.unit.jurisdiction_path.startswith(path) else FAR
        said = Candidate(each.unit, max(each.confidence - far, 1), each.reason)
        if said.unit.id not in best or best[said.unit.id].confidence < said.confidence:
            best[said.unit.id] = said
    return sorted(best.values(), key=lambda each: (-each.confidence, each.unit.name))[:MOST]


def _judged(
    unit: Organization, alias: str | None, named: OrganizationName | None, likeness: float, wanted: str
) -> Candidate:
    if unit.name == wanted:
        reason = R.SAME_NAME
    elif named is not None:
        reason = R.OTHER_NAME if named.valid_to is None else R.FORMER_NAME
    elif alias is not None or unit.short_name == wanted:
        reason = R.OTHER_NAME
    else:
        return Candidate(unit, round(likeness * 60), R.SIMILAR_NAME)
    return Candidate(unit, CONFIDENCE[reason], reason)


async def _present(session: AsyncSession, found: Sequence[Candidate]) -> list[Candidate]:
    """A unit that has ended gives way to its successor; one without is no candidate."""
    ended = select(Organization.id, Organization.successor_id).where(Organization.valid_to.is_not(None))
    successors = dict((await session.execute(ended)).tuples().all())
    now = {each.unit.id: present_unit(successors, each.unit.id) for each in found}
    rows = await session.scalars(select(Organization).where(Organization.id.in_(now.values())))
    units = {row.id: row for row in rows if row.valid_to is None}
    return [
        each
        if now[each.unit.id] == each.unit.id
        else Candidate(units[now[each.unit.id]], min(each.confidence, CONFIDENCE[R.SUCCESSOR]), R.SUCCESSOR)
        for each in found
        if now[each.unit.id] in units
    ]
