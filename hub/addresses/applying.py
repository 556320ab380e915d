"""Changes of the register are taken in: the enterprise, its names, and what addresses follow from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.addresses.keeping import Addressee, made
from hub.canonical.addresses import (
    OF_THE_REGISTER,
    EnterpriseTold,
    RegistrationStatus,
    ServiceAddressKind,
    ServiceAddressStatus,
)
from hub.core.ids import new_id
from hub.db.models import Jurisdiction, RegisteredEnterprise, ServiceAddress
from hub.db.tenant_keys import TenantKeys
from hub.workflow.rows import placed_in

K, S = ServiceAddressKind, ServiceAddressStatus


@dataclass(frozen=True, slots=True)
class Register:
    """The source, its authority and place, and the moment of this round."""

    source: str
    provider_id: UUID
    place: Jurisdiction
    keys: TenantKeys
    today: date
    at: datetime


async def apply(session: AsyncSession, register: Register, told: EnterpriseTold) -> bool:
    """Whether it was newer than what is held. An older sequence changes nothing."""
    of = (RegisteredEnterprise.tenant_id == register.place.tenant_id, RegisteredEnterprise.uscc == told.uscc)
    row = await session.scalar(select(RegisteredEnterprise).where(*of).with_for_update())
    if row is not None and row.sequence >= told.sequence:
        return False
    if row is None:
        row = RegisteredEnterprise(id=new_id(), uscc=told.uscc, former_names=[], **placed_in(register.place))
        session.add(row)
    elif row.name != told.name:
        row.former_names = [{"name": row.name, "until": told.changed_on.isoformat()}, *row.former_names]
    known = {each["name"] for each in row.former_names}
    row.former_names = [
        *row.former_names,
        *({"name": name, "until": until.isoformat()} for name, until in told.former_names if name not in known),
    ]
    row.name, row.status, row.sequence = told.name, told.status, told.sequence
    row.changed_on, row.source = told.changed_on, register.source
    for kind, value in _values(told).items():
        await _address(session, register, told, kind, value)
    await session.flush()
    return True


def _values(told: EnterpriseTold) -> dict[ServiceAddressKind, str | None]:
    """What the register says of each kind; nothing stands for an enterprise that is gone."""
    gone = told.status is RegistrationStatus.DEREGISTERED
    return {
        K.REGISTERED_DOMICILE: None if gone else told.domicile,
        K.ANNUAL_REPORT_ADDRESS: None if gone else told.report_address,
        K.E_MAIL: None if gone else told.report_email,
    }


async def _address(
    session: AsyncSession, register: Register, told: EnterpriseTold, kind: ServiceAddressKind, value: str | None
) -> None:
    """The address of a kind as of now. An e-mail address is only declared: it serves once it is committed to."""
    whose = Addressee(told.uscc, None)
    replaced = [ServiceAddress.source == register.source]
    if kind in OF_THE_REGISTER:
        replaced.append(ServiceAddress.status == S.ACTIVE)
    found = await session.scalars(
        select(ServiceAddress)
        .where(
            ServiceAddress.tenant_id == register.place.tenant_id,
            whose.condition,
            ServiceAddress.kind == kind,
            or_(*replaced),
            ServiceAddress.status != S.CHANGED,
        )
        .order_by(ServiceAddress.received_at.desc(), ServiceAddress.id.desc())
        .with_for_update()
    )
    rows = found.all()
    index = None if value is None else register.keys.index(f"address:{value}")
    if rows and rows[0].value_index == index:
        rows[0].as_of = told.changed_on
        return
    for old in rows:
        old.status, old.status_since, old.effective_to = S.CHANGED, register.at, told.changed_on
        old.version += 1
    await session.flush()
    if value is None:
        return
    row = made(
        register.keys,
        whose,
        kind,
        value,
        status=S.DECLARED,
        status_since=register.at,
        provider_id=register.provider_id,
        source=register.source,
        as_of=told.changed_on,
        received_at=register.at,
        effective_from=told.changed_on,
        **placed_in(register.place),
    )
    if kind is not K.E_MAIL:
        row.status = S.ACTIVE
    session.add(row)
