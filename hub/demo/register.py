"""The register of the demonstration: jurisdictions, units, collective wordings, clients, bodies, liaisons.

Entries refer to each other by the keys of the data files.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hub.access.scopes import Scope
from hub.canonical.codes import BodyKind, JurisdictionLevel, MembershipRole, OrganizationKind, OrganizationLevel
from hub.core.principal import RoleName


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """``code`` has six digits (GB/T 2260; zones synthetic), nine (township) or twelve (village)."""

    code: str
    name: str
    short_name: str
    level: JurisdictionLevel
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class UnitFunction:
    """A role of a unit in a jurisdiction, which need not be its own."""

    role: RoleName
    jurisdiction: str


@dataclass(frozen=True, slots=True)
class Unit:
    """An organisation. ``parent`` is the administrative superior, ``business_superior`` the guiding line.

    ``short_name`` is the wording the notice uses. A former unit ends with ``valid_to`` (its last day) and names its
    ``successor``. ``court_code`` is a court's character code in case numbers (法〔2015〕137号).
    """

    key: str
    uscc: str
    name: str
    short_name: str
    kind: OrganizationKind
    level: OrganizationLevel
    jurisdiction: str
    government_subject: bool
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    business_superior: str | None = None
    vertically_managed: bool = False
    court_code: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str | None = None
    functions: tuple[UnitFunction, ...] = ()

    @property
    def wordings(self) -> tuple[str, ...]:
        """Name, short name and aliases, each once."""
        return tuple(dict.fromkeys((self.name, self.short_name, *self.aliases)))

    def holds(self, role: RoleName, jurisdiction: str) -> bool:
        return UnitFunction(role, jurisdiction) in self.functions


@dataclass(frozen=True, slots=True)
class Group:
    """A collective wording of a jurisdiction, such as 各乡镇(街道), and the units it stands for."""

    name: str
    jurisdiction: str
    members: tuple[str, ...]
    aliases: tuple[str, ...] = ()

    @property
    def wordings(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.name, *self.aliases)))


@dataclass(frozen=True, slots=True)
class Client:
    """An OAuth client: one organisation, roles it holds in ``jurisdiction``, scopes within those roles."""

    client_id: str
    organization: str
    jurisdiction: str
    roles: tuple[RoleName, ...]
    scopes: tuple[Scope, ...]


@dataclass(frozen=True, slots=True)
class Membership:
    """A post in a body. ``acting`` records the decisions of a holder who has no system (a mayor)."""

    organization: str
    role: MembershipRole
    post: str
    valid_from: date
    acting: str | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """联席会议 or 领导小组 of a jurisdiction."""

    key: str
    jurisdiction: str
    kind: BodyKind
    name: str
    memberships: tuple[Membership, ...]

    def current(self, *roles: MembershipRole) -> tuple[Membership, ...]:
        """Memberships without an end, of the given roles (of any role when none is given)."""
        return tuple(m for m in self.memberships if m.valid_to is None and (not roles or m.role in roles))


@dataclass(frozen=True, slots=True)
class Liaison:
    """联络员. ``person_name`` is a placeholder made of the post, ``phone`` an artificial number."""

    organization: str
    body: str
    person_name: str
    post: str
    phone: str
    primary: bool = True
