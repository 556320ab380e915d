"""An address is declared to a court or to the register; events of an address, decided by its table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.addresses.commands import AddressDraft
from hub.addresses.keeping import (
    Addressee,
    addressee_problems,
    made,
    registrar_of,
    take_place,
    value_problems,
)
from hub.addresses.workflow import ADDRESS, COURSE, AddressFacts
from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.addresses import OF_THE_REGISTER, ServiceAddressStatus
from hub.canonical.codes import OrganizationKind
from hub.core.errors import Denied, Reason, refuse_if
from hub.core.payload import find_problems
from hub.core.principal import Principal
from hub.core.workflow import Actor, Availability
from hub.db.models import AddressReading, Organization, ServiceAddress
from hub.db.tenant_keys import tenant_keys
from hub.workflow.firing import announce, fire
from hub.workflow.rows import home_jurisdiction, locked, placed_in
from hub.workflow.unit import Unit

S = ServiceAddressStatus
DECLARED = "declared"


async def declare_address(unit: Unit, draft: AddressDraft) -> UUID:
    """Keep an address. What the register itself says stands at once; anything else once it is committed to.

    Raises ``Denied`` for whoever is neither a court nor the register, ``Refused`` with every reason.
    """
    place = await home_jurisdiction(unit.session, unit.organization_id)
    pack = await unit.policy.pack(unit.session, place.id, unit.today)
    kind = await unit.session.scalar(select(Organization.kind).where(Organization.id == unit.organization_id))
    registrar = kind is not OrganizationKind.COURT
    if registrar and await registrar_of(unit.session, pack, place.id) != unit.organization_id:
        raise Denied(Reason("FORBIDDEN"), audit_note="neither a court nor the register")
    refuse_if((*find_problems(draft), *_problems(draft, unit.today, registrar=registrar)))
    keys = await tenant_keys(unit.session, unit.keyring, place.tenant_id, unit.at)
    whose = Addressee.of(unit.keyring, draft.uscc, draft.citizen_id, unit.today)
    row = made(
        keys,
        whose,
        draft.kind,
        draft.value.strip(),
        status=S.DECLARED,
        status_since=unit.at,
        provider_id=unit.organization_id,
        source=DECLARED,
        as_of=unit.today,
        received_at=unit.at,
        effective_from=draft.effective_from,
        **placed_in(place),
    )
    unit.session.add(row)
    if draft.kind in OF_THE_REGISTER:
        await take_place(unit.session, row, unit.today, unit.at)
        row.status = S.ACTIVE
    await unit.session.flush()
    target = Target("ServiceAddress", row.id, row.jurisdiction_path)
    await unit.audit(AuditAction.ADDRESS_DECLARED, target, kind=row.kind.value)
    await announce(unit, COURSE, row, "declared")
    return row.id


def _problems(draft: AddressDraft, today: date, *, registrar: bool) -> Iterable[Reason]:
    yield from addressee_problems(draft.uscc, draft.citizen_id, today)
    yield from value_problems(draft.kind, draft.value)
    if draft.kind in OF_THE_REGISTER:
        if not registrar or draft.uscc is None:
            yield Reason("ADDRESS_OF_THE_REGISTER", ("kind",))
        if draft.effective_from > today:
            yield Reason("ADDRESS_NOT_EFFECTIVE", ("effectiveFrom",))


async def fire_address(
    unit: Unit, address_id: UUID, event: str, payload: object, *, expected_version: int | None = None
) -> ServiceAddress:
    """Move an address. Raises ``NotFound``, ``Denied`` or ``Refused`` with every reason."""
    row: ServiceAddress = await locked(unit, ServiceAddress, address_id)
    actors = await _actors(unit.session, [row], unit.principal)
    facts = AddressFacts(row, unit.today)
    await fire(
        unit,
        ADDRESS,
        COURSE,
        row,
        event,
        payload,
        actors=actors[row.id],
        facts=facts,
        expected_version=expected_version,
    )
    return row


async def address_events(
    session: AsyncSession, principal: Principal, rows: Sequence[ServiceAddress], today: date
) -> Mapping[UUID, tuple[Availability, ...]]:
    actors = await _actors(session, rows, principal)
    return {
        row.id: ADDRESS.available(
            row.status, actors=actors[row.id], scopes=principal.scopes, facts=AddressFacts(row, today)
        )
        for row in rows
    }


async def _actors(
    session: AsyncSession, rows: Sequence[ServiceAddress], principal: Principal
) -> dict[UUID, frozenset[Actor]]:
    """Who declared it; the register it was referred to; a court that read it in a case."""
    own = principal.organization_id
    read = await session.scalars(
        select(AddressReading.address_id).where(
            AddressReading.address_id.in_([row.id for row in rows]), AddressReading.court_id == own
        )
    )
    reading = set(read)
    found = {}
    for row in rows:
        held = {
            Actor.PROPOSER: row.provider_id == own,
            Actor.HOLDER: row.registrar_id == own,
            Actor.COURT: row.id in reading,
        }
        found[row.id] = frozenset(actor for actor, holds in held.items() if holds)
    return found
