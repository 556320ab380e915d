"""What an import would change: the difference between a folder's register and what stands."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Generic, TypeVar

from hub.organizations.register.entries import Body, Group, Jurisdiction, Liaison, Membership, Register, Unit
from hub.organizations.register.matching import Ids
from hub.organizations.register.standing import Standing
from hub.policy.pack import PolicyPack

Entry = TypeVar("Entry", Jurisdiction, Unit, Group)


@dataclass(frozen=True, slots=True)
class Changed(Generic[Entry]):
    before: Entry
    after: Entry

    def fields(self) -> list[tuple[str, Any, Any]]:
        """Name, value before, value after of every field that differs."""
        names = [each.name for each in fields(self.after)]
        values = [(name, getattr(self.before, name), getattr(self.after, name)) for name in names]
        return [each for each in values if each[1] != each[2]]

    def differs(self, *names: str) -> bool:
        return any(name in names for name, _, _ in self.fields())


@dataclass(frozen=True, slots=True)
class Delta(Generic[Entry]):
    """``missing`` entries stand in a jurisdiction of the folder and not in the folder; they are left alone."""

    added: tuple[Entry, ...] = ()
    changed: tuple[Changed[Entry], ...] = ()
    missing: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Differences:
    """Of a body that stands, left to the workflow of membership changes and to the units' naming of liaisons."""

    body: Body
    seats_wanted: tuple[Membership, ...]
    seats_unknown: tuple[Membership, ...]
    liaisons: tuple[Liaison, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Keys are ids. ``merged`` is the register as it would stand, as far as wordings and superiors go."""

    standing: Standing
    merged: Register
    ids: Ids
    jurisdictions: Delta[Jurisdiction]
    units: Delta[Unit]
    groups: Delta[Group]
    bodies: tuple[Body, ...]
    missing_bodies: tuple[Body, ...]
    liaisons: tuple[Liaison, ...]
    differences: tuple[Differences, ...]
    packs: tuple[PolicyPack, ...]
    """Shipped for a new jurisdiction: installed with it."""
    offered: tuple[PolicyPack, ...]
    """Shipped for a jurisdiction that stands without them: the operator's decision."""

    @property
    def changes_something(self) -> bool:
        deltas = (self.jurisdictions, self.units, self.groups)
        return any(d.added or d.changed for d in deltas) or bool(self.bodies or self.liaisons)
