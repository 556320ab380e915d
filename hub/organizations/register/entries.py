"""The register as one value: jurisdictions, units, collective wordings, bodies, liaisons.

Entries refer to each other by keys: those of the files, or the ids of the rows once they are matched with what stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from hub.canonical.characters import round_brackets
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

    ``short_name`` is the wording notices use. An office without legal personality has no ``uscc``. A former unit ends
    with ``valid_to`` (its last day) and names its ``successor``. ``court_code`` is a court's character code in case
    numbers (法〔2015〕137号).
    """

    key: str
    name: str
    short_name: str
    kind: OrganizationKind
    level: OrganizationLevel
    jurisdiction: str
    government_subject: bool
    uscc: str | None = None
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

    def tidy(self) -> Unit:
        """Aliases and functions in one order, names not among the aliases: two equal units compare as equal."""
        aliases = tuple(sorted({*self.aliases} - {self.name, self.short_name}))
        functions = sorted(self.functions, key=lambda function: (function.role, function.jurisdiction))
        return replace(self, aliases=aliases, functions=tuple(functions))

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
    """联络员. Without ``phone`` the number that stands is kept (L3: an export leaves it out)."""

    organization: str
    body: str
    person_name: str
    post: str
    phone: str | None = None
    primary: bool = True


@dataclass(frozen=True)
class Register:
    """Everything of a folder, or everything that stands."""

    jurisdictions: tuple[Jurisdiction, ...] = ()
    units: tuple[Unit, ...] = ()
    groups: tuple[Group, ...] = ()
    bodies: tuple[Body, ...] = ()
    liaisons: tuple[Liaison, ...] = ()

    def unit(self, key: str) -> Unit:
        """The unit of a key. Raises ``KeyError``."""
        return self.units_by_key[key]

    @cached_property
    def units_by_key(self) -> dict[str, Unit]:
        return {unit.key: unit for unit in self.units}

    @cached_property
    def _parents(self) -> dict[str, str | None]:
        return {each.code: each.parent for each in self.jurisdictions}

    def path(self, code: str) -> tuple[str, ...]:
        """Codes from the province down to ``code``. Raises ``KeyError`` on an unknown code."""
        path = [code]
        while (parent := self._parents[path[-1]]) is not None:
            path.append(parent)
        return tuple(reversed(path))

    def local_units(self, code: str) -> Iterator[Unit]:
        """Units of a jurisdiction and below, and those from elsewhere that hold a function in it."""
        inside = {each.code for each in self.jurisdictions if code in self.path(each.code)}
        for unit in self.units:
            if unit.jurisdiction in inside or any(f.jurisdiction == code for f in unit.functions):
                yield unit

    def present(self, key: str) -> str:
        """Key of the unit that stands for ``key`` today: itself, or the last of its successors."""
        while (successor := self.units_by_key[key].successor) is not None:
            key = successor
        return key

    def named(self, code: str, wording: str) -> tuple[str, ...]:
        """Units of a jurisdiction that a wording of a notice stands for, former ones by their successors.

        One key for a unit, all members for a collective wording, nothing for a wording the register does not know.
        """
        wanted = round_brackets(wording)
        for group in self.groups:
            if group.jurisdiction == code and wanted in map(round_brackets, group.wordings):
                return group.members
        found = (unit.key for unit in self.local_units(code) if wanted in map(round_brackets, unit.wordings))
        return tuple(dict.fromkeys(map(self.present, found)))
