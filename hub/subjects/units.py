"""Which unit of the hub a body is: by its code, else by a person's word, else by a name only one unit bears."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.characters import round_brackets
from hub.canonical.codes import OrganizationKind
from hub.canonical.exchange_codes import MatchConfidence, OrganizationNameKind, SubjectMatchStatus
from hub.core.ids import new_id
from hub.db.bulk import among, upsert_rows
from hub.db.models import Organization, OrganizationAlias, OrganizationName, SubjectMatch
from hub.subjects.home import Home


@dataclass(frozen=True, slots=True)
class UnitFound:
    id: UUID
    uscc: str | None
    kind: OrganizationKind
    government: bool
    confidence: MatchConfidence


async def units_by_code(session: AsyncSession, codes: Iterable[str]) -> dict[str, UnitFound]:
    """Units by the codes they bear, or bore before if no other bears them."""
    wanted = set(codes)
    rows = await session.scalars(select(Organization).where(among(Organization.uscc, wanted)))
    found = {row.uscc: _found(row, MatchConfidence.EXACT_ID) for row in rows if row.uscc is not None}
    if not wanted - found.keys():
        return found
    former: defaultdict[str, list[Organization]] = defaultdict(list)
    aliases = await session.execute(
        select(OrganizationAlias.alias, Organization)
        .join(Organization, Organization.id == OrganizationAlias.organization_id)
        .where(among(OrganizationAlias.alias, wanted - found.keys()))
    )
    for alias, unit in aliases.tuples():
        former[alias].append(unit)
    kept = {code: _found(units[0], MatchConfidence.EXACT_ID) for code, units in former.items() if len(units) == 1}
    return found | kept


async def units_by_name(session: AsyncSession, home: Home, names: set[str]) -> dict[str, UnitFound]:
    """Units by the name they were told of. A full name counts within the tenant, a short or former one only in the
    source's own jurisdiction; a name that several bear is nobody's."""
    found = await _decided(session, home, names)
    left = names - found.keys()
    if not left:
        return found
    bearers: defaultdict[str, dict[UUID, Organization]] = defaultdict(dict)
    tenant = home.path.partition("/")[0] + "/"
    rows = await session.execute(
        select(Organization, OrganizationAlias.alias)
        .outerjoin(OrganizationAlias, OrganizationAlias.organization_id == Organization.id)
        .where(
            Organization.jurisdiction_path.startswith(tenant),
            Organization.valid_to.is_(None),
            or_(Organization.name.in_(left), Organization.short_name.in_(left), OrganizationAlias.alias.in_(left)),
        )
    )
    for unit, alias in rows:
        local = unit.jurisdiction_path.startswith(home.path)
        for name in (unit.name, *((unit.short_name, alias) if local else ())):
            if name in left:
                bearers[name][unit.id] = unit
    for name, unit in await _named(session, home, left):
        bearers[name][unit.id] = unit
    for name, units in bearers.items():
        if len(units) == 1:
            found[name] = _found(next(iter(units.values())), MatchConfidence.NAME)
    return found


async def _named(session: AsyncSession, home: Home, names: set[str]) -> list[tuple[str, Organization]]:
    """Living units by a recorded name that they bear now; a name of former days is for a person to recognise."""
    named = OrganizationName
    rows = await session.execute(
        select(named.name, Organization)
        .join(Organization, Organization.id == named.organization_id)
        .where(
            named.name.in_(names),
            named.tenant_id == home.tenant_id,
            named.kind != OrganizationNameKind.FORMER,
            named.valid_to.is_(None),
            Organization.valid_to.is_(None),
            Organization.jurisdiction_path.startswith(home.path),
        )
    )
    return list(rows.tuples())


async def _decided(session: AsyncSession, home: Home, names: set[str]) -> dict[str, UnitFound]:
    rows = await session.execute(
        select(SubjectMatch.name, Organization)
        .join(Organization, Organization.id == SubjectMatch.matched_organization_id)
        .where(
            SubjectMatch.source == home.source,
            SubjectMatch.status == SubjectMatchStatus.MATCHED,
            SubjectMatch.name.in_(names),
        )
    )
    return {name: _found(unit, MatchConfidence.MANUAL) for name, unit in rows}


async def open_matches(session: AsyncSession, home: Home, names: Sequence[str]) -> dict[str, UUID]:
    """Put names into the queue of those that a person has to recognise, each once; the ids of their places there."""
    values = {"tenant_id": home.tenant_id, "status": SubjectMatchStatus.OPEN, "version": 1, **home.provided}
    rows = [{"id": new_id(), "name": name, **values} for name in names]
    await upsert_rows(
        session, SubjectMatch, rows, key=("source", "name"), changes=lambda _new, _old: {"updated_at": func.now()}
    )
    found = await session.execute(
        select(SubjectMatch.name, SubjectMatch.id).where(
            SubjectMatch.source == home.source, among(SubjectMatch.name, names)
        )
    )
    return dict(found.tuples().all())


def plain_name(name: str) -> str:
    """A name without white space, its brackets full width: what names are compared by."""
    return round_brackets(name)


def _found(unit: Organization, confidence: MatchConfidence) -> UnitFound:
    return UnitFound(unit.id, unit.uscc, unit.kind, unit.government_subject, confidence)
