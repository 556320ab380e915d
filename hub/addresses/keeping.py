"""Keeping an address: whose it is, sealed, masked, and what it takes the place of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.addresses import ServiceAddressKind, mask_value
from hub.canonical.citizen_id import find_citizen_id_problems, parse_citizen_id
from hub.canonical.email_address import find_email_problems
from hub.canonical.phone import find_phone_problems
from hub.canonical.uscc import find_uscc_problems, parse_uscc
from hub.core.errors import Reason
from hub.core.ids import new_id
from hub.core.keyring import KeyRing
from hub.db.models import ServiceAddress
from hub.db.tenant_keys import TenantKeys
from hub.organizations.named import unit_named
from hub.policy.pack import PolicyPack
from hub.subjects.keys import citizen_key

REGISTRAR = "address.registrar"


@dataclass(frozen=True, slots=True)
class Addressee:
    """Exactly one of both. ``identity_hash`` is that of a subject."""

    uscc: str | None
    identity_hash: bytes | None

    @classmethod
    def of(cls, master: KeyRing, uscc: str | None, citizen_id: str | None, today: date) -> Addressee:
        """Of what was found sound."""
        if uscc is not None:
            return cls(parse_uscc(uscc).value, None)
        return cls(None, citizen_key(master, parse_citizen_id(citizen_id or "", today=today).value))

    @property
    def condition(self) -> ColumnElement[bool]:
        return ServiceAddress.uscc == self.uscc if self.uscc else ServiceAddress.identity_hash == self.identity_hash


def addressee_problems(uscc: str | None, citizen_id: str | None, today: date) -> tuple[Reason, ...]:
    """USCC_*, CITIZEN_ID_*."""
    found: tuple[Reason, ...] = ()
    if uscc is not None:
        found += find_uscc_problems(uscc, path=("uscc",))
    if citizen_id is not None:
        found += find_citizen_id_problems(citizen_id, today=today, path=("citizenId",))
    return found


def value_problems(kind: ServiceAddressKind, value: str) -> tuple[Reason, ...]:
    """EMAIL_*, PHONE_*, ADDRESS_SHORT."""
    if kind is ServiceAddressKind.E_MAIL:
        return find_email_problems(value.strip(), path=("value",))
    if kind is ServiceAddressKind.PHONE:
        return find_phone_problems(value, path=("value",))
    return () if sum(map(str.isalnum, value)) >= 6 else (Reason("ADDRESS_SHORT", ("value",)),)


def value_context(address_id: UUID) -> str:
    return f"service_address|value_sealed|{address_id}"


def made(keys: TenantKeys, whose: Addressee, kind: ServiceAddressKind, value: str, **columns: Any) -> ServiceAddress:
    """A row of an address, not yet of any session."""
    key = new_id()
    return ServiceAddress(
        id=key,
        uscc=whose.uscc,
        identity_hash=whose.identity_hash,
        kind=kind,
        value_sealed=keys.seal(value, context=value_context(key)),
        value_masked=mask_value(kind, value),
        value_index=keys.index(f"address:{value}"),
        version=1,
        told_version=0,
        **columns,
    )


async def take_place(session: AsyncSession, row: ServiceAddress, on: date, at: datetime) -> None:
    """Whatever stood in the place of the caller's address until now is changed, whoever had declared it."""
    await session.flush()
    await session.execute(select(func.take_place_of_address(row.id, on, at)))


async def registrar_of(session: AsyncSession, pack: PolicyPack, jurisdiction_id: UUID) -> UUID:
    """The market regulation authority of a jurisdiction, by the name the pack gives. Raises ``Refused``
    (REGISTRAR_UNKNOWN)."""
    return await unit_named(session, pack, REGISTRAR, jurisdiction_id, "REGISTRAR_UNKNOWN")
