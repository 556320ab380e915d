"""The register as it stands in the database, in the form of a folder's; keys are the ids of the rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.db import models
from hub.organizations.register.entries import Body, Group, Jurisdiction, Liaison, Membership, Register, Unit
from hub.organizations.register.entries import UnitFunction as Function


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands. Liaisons are those of today, without their numbers."""

    register: Register = Register()
    jurisdictions: Mapping[str, UUID] = field(default_factory=dict)
    """Ids by code."""
    packs: frozenset[tuple[str, str]] = frozenset()
    """Jurisdiction code and version of every policy pack."""
    liaison_rows: tuple[models.Liaison, ...] = ()
    """The rows behind the liaisons, in the same order."""


async def read_standing(session: AsyncSession) -> Standing:
    """Everything that stands. The order of entries means nothing."""
    places = {
        row.id: row for row in await session.scalars(select(models.Jurisdiction).order_by(models.Jurisdiction.id))
    }
    codes = {key: row.code for key, row in places.items()}
    liaisons = tuple(
        await session.scalars(
            select(models.Liaison).where(models.Liaison.valid_to.is_(None)).order_by(models.Liaison.id)
        )
    )
    packs = await session.execute(select(models.PolicyPackRow.jurisdiction_id, models.PolicyPackRow.version))
    return Standing(
        register=Register(
            jurisdictions=tuple(_jurisdiction(row, codes) for row in places.values()),
            units=await _units(session, codes),
            groups=await _groups(session, codes),
            bodies=await _bodies(session, codes),
            liaisons=tuple(_liaison(row) for row in liaisons),
        ),
        jurisdictions={code: key for key, code in codes.items()},
        packs=frozenset((codes[key], version) for key, version in packs.tuples()),
        liaison_rows=liaisons,
    )


def _jurisdiction(row: models.Jurisdiction, codes: Mapping[UUID, str]) -> Jurisdiction:
    parent = None if row.parent_id is None else codes[row.parent_id]
    return Jurisdiction(row.code, row.name, row.short_name, row.level, parent)


async def _units(session: AsyncSession, codes: Mapping[UUID, str]) -> tuple[Unit, ...]:
    aliases, functions = await _aliases(session), await _functions(session, codes)
    court = models.Court
    courts = dict((await session.execute(select(court.organization_id, court.court_code))).tuples().all())
    rows = await session.scalars(select(models.Organization).order_by(models.Organization.id))
    return tuple(_unit(row, codes, aliases[row.id], functions[row.id], court_code=courts.get(row.id)) for row in rows)


async def _aliases(session: AsyncSession) -> defaultdict[UUID, list[str]]:
    table = models.OrganizationAlias
    found: defaultdict[UUID, list[str]] = defaultdict(list)
    for key, alias in (await session.execute(select(table.organization_id, table.alias))).tuples():
        found[key].append(alias)
    return found


async def _functions(session: AsyncSession, codes: Mapping[UUID, str]) -> defaultdict[UUID, list[Function]]:
    """Those without an end."""
    table = models.OrganizationFunction
    columns = select(table.organization_id, table.role, table.jurisdiction_id).where(table.valid_to.is_(None))
    found: defaultdict[UUID, list[Function]] = defaultdict(list)
    for key, role, place in (await session.execute(columns)).tuples():
        found[key].append(Function(role, codes[place]))
    return found


def _unit(
    row: models.Organization,
    codes: Mapping[UUID, str],
    aliases: Sequence[str],
    functions: Sequence[Function],
    *,
    court_code: str | None,
) -> Unit:
    unit = Unit(
        key=str(row.id),
        uscc=row.uscc,
        name=row.name,
        short_name=row.short_name,
        aliases=tuple(aliases),
        kind=row.kind,
        level=row.level,
        jurisdiction=codes[row.jurisdiction_id],
        parent=_key(row.parent_id),
        business_superior=_key(row.business_superior_id),
        vertically_managed=row.vertically_managed,
        government_subject=row.government_subject,
        court_code=court_code,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        successor=_key(row.successor_id),
        functions=tuple(functions),
    )
    return unit.tidy()


async def _groups(session: AsyncSession, codes: Mapping[UUID, str]) -> tuple[Group, ...]:
    members: defaultdict[UUID, list[str]] = defaultdict(list)
    table = models.OrganizationGroupMember
    for group, unit in (await session.execute(select(table.group_id, table.organization_id))).tuples():
        members[group].append(str(unit))
    rows = await session.scalars(select(models.OrganizationGroup).order_by(models.OrganizationGroup.id))
    return tuple(Group(row.name, codes[row.jurisdiction_id], tuple(sorted(members[row.id]))) for row in rows)


async def _bodies(session: AsyncSession, codes: Mapping[UUID, str]) -> tuple[Body, ...]:
    seats: defaultdict[UUID, list[Membership]] = defaultdict(list)
    for row in await session.scalars(select(models.BodyMembership).order_by(models.BodyMembership.id)):
        acting = _key(row.acting_organization_id)
        seat = Membership(str(row.organization_id), row.role, row.post, row.valid_from, acting, row.valid_to)
        seats[row.body_id].append(seat)
    rows = await session.scalars(select(models.CoordinationBody).order_by(models.CoordinationBody.id))
    return tuple(
        Body(str(row.id), codes[row.jurisdiction_id], row.kind, row.name, tuple(seats[row.id])) for row in rows
    )


def _liaison(row: models.Liaison) -> Liaison:
    return Liaison(str(row.organization_id), str(row.body_id), row.person_name, row.post, None, row.is_primary)


def _key(id_: UUID | None) -> str | None:
    return None if id_ is None else str(id_)
