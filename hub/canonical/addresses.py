"""Service addresses (送达地址): codes, the order a court uses them in, and what the register of enterprises tells.

Self-declared before the registered domicile before the address of the annual report; an e-mail address serves only
where the addressee committed to it (民事诉讼法 art. 90; 温政办〔2021〕13号 二（四）26).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from hub.canonical.connector import Taker

REFERRAL = "address.referral"
"""Kind of what the register is told of an address that failed."""


class ServiceAddressKind(StrEnum):
    SELF_DECLARED = "SELF_DECLARED"
    REGISTERED_DOMICILE = "REGISTERED_DOMICILE"
    ANNUAL_REPORT_ADDRESS = "ANNUAL_REPORT_ADDRESS"
    E_MAIL = "E_MAIL"
    PHONE = "PHONE"


class ServiceAddressStatus(StrEnum):
    DECLARED = "DECLARED"
    COMMITTED = "COMMITTED"
    ACTIVE = "ACTIVE"
    CHANGED = "CHANGED"
    INVALID = "INVALID"
    ABNORMAL_OPERATION_REFERRED = "ABNORMAL_OPERATION_REFERRED"


class RegistrationStatus(StrEnum):
    """Where an enterprise stands in the register."""

    NORMAL = "NORMAL"
    ABNORMAL_OPERATION = "ABNORMAL_OPERATION"
    REVOKED = "REVOKED"
    DEREGISTERED = "DEREGISTERED"


class ReferralOutcome(StrEnum):
    """What the register made of an address at which nobody could be served."""

    LISTED_ABNORMAL = "LISTED_ABNORMAL"
    ADDRESS_CHANGED = "ADDRESS_CHANGED"
    ADDRESS_CONFIRMED = "ADDRESS_CONFIRMED"


K = ServiceAddressKind
_ORDER = {K.SELF_DECLARED: 1, K.REGISTERED_DOMICILE: 2, K.ANNUAL_REPORT_ADDRESS: 3, K.E_MAIL: 4}
OF_THE_REGISTER = frozenset({K.REGISTERED_DOMICILE, K.ANNUAL_REPORT_ADDRESS})
"""Addresses that hold because the register says so; whoever is not there operates abnormally."""


class Usable(Protocol):
    """What decides whether and when an address is used."""

    @property
    def kind(self) -> ServiceAddressKind: ...
    @property
    def status(self) -> ServiceAddressStatus: ...
    @property
    def confirmed_by_commitment(self) -> bool: ...
    @property
    def effective_from(self) -> date: ...


A = TypeVar("A", bound=Usable)


def lawful_order(addresses: Iterable[A], on: date) -> list[A]:
    """The addresses that may be used on a day, first to be tried first; a telephone number is none."""

    def serves(address: A) -> bool:
        consented = address.kind is not K.E_MAIL or address.confirmed_by_commitment
        standing = address.status is ServiceAddressStatus.ACTIVE and address.effective_from <= on
        return address.kind in _ORDER and consented and standing

    return sorted(filter(serves, addresses), key=lambda address: _ORDER[address.kind])


_COUNTY = re.compile("^.{1,40}?[县区旗]|^.{1,20}?[市州]")


def mask_value(kind: ServiceAddressKind, value: str) -> str:
    """What others may read: an address to the county, a telephone number and an e-mail address by their ends."""
    if kind is K.PHONE:
        return f"{value[:3]}****{value[-4:]}" if len(value) > 8 else "****"
    if kind is K.E_MAIL:
        return f"{value[:1]}***@{value.partition('@')[2]}"
    county = _COUNTY.match(value)
    return f"{county.group() if county else ''}***"


@dataclass(frozen=True, slots=True)
class EnterpriseTold:
    """One enterprise as the register has it now. ``sequence`` orders changes; ``former_names`` with the last day."""

    uscc: str
    name: str
    status: RegistrationStatus
    domicile: str
    changed_on: date
    sequence: int
    report_address: str | None = None
    report_email: str | None = None
    former_names: tuple[tuple[str, date], ...] = ()


@dataclass(frozen=True, slots=True)
class ToldFaulty:
    """A change that could not be read: where it stands, and why, by code."""

    sequence: int
    code: str


@dataclass(frozen=True, slots=True)
class Delta:
    """Changes after a watermark, in their order, and the watermark that they lead to. ``more``: ask again."""

    watermark: int
    told: Sequence[EnterpriseTold]
    faulty: Sequence[ToldFaulty] = ()
    more: bool = False


class MarketRegister(Taker, Protocol):
    """The register of enterprises of the market regulation authority. Raises ``Unreachable``, ``Refused``."""

    def changes(self, after: int, *, number: str) -> Delta:
        """What changed after the watermark. ``number`` stays the same however often the question is put again."""
        ...
