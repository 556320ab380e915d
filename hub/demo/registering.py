"""Reference rows of the demonstration: jurisdictions, organisations, courts, bodies, liaisons, policy packs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from pypinyin import lazy_pinyin
from sqlalchemy import insert

from hub.canonical.codes import CourtLevel, SuperiorKind
from hub.core.clock import local_date
from hub.core.ids import new_id
from hub.core.keyring import KeyRing
from hub.db import models
from hub.db.session import SystemSession
from hub.demo.register import Unit
from hub.demo.world import DemoWorld
from hub.organizations.liaisons import seal_phone
from hub.policy.loader import load_shipped_packs
from hub.policy.pack import pack_to_plain


@dataclass
class Keys:
    """Keys of rows by the names of the data files."""

    jurisdictions: dict[str, UUID] = field(default_factory=dict)
    units: dict[str, UUID] = field(default_factory=dict)
    bodies: dict[str, UUID] = field(default_factory=dict)

    def unit(self, key: str) -> UUID:
        return self.units[key]


@dataclass(frozen=True, slots=True)
class Registering:
    """Writes the reference rows of one world in one transaction."""

    session: SystemSession
    world: DemoWorld
    keys: Keys
    at: datetime

    async def write(self, keyring: KeyRing) -> None:
        await self._jurisdictions()
        await self._units()
        await self._relations()
        await self._groups()
        await self._packs()
        await self._bodies()
        await self._liaisons(keyring)

    def path(self, code: str) -> str:
        return "".join(f"{each}/" for each in self.world.path(code))

    def placed(self, code: str) -> dict[str, Any]:
        return {
            "tenant_id": self.keys.jurisdictions[self.tenant_code(code)],
            "jurisdiction_id": self.keys.jurisdictions[code],
            "jurisdiction_path": self.path(code),
        }

    def tenant_code(self, code: str) -> str:
        """The prefecture, or the county that stands directly below the province."""
        path = self.world.path(code)
        return path[1] if len(path) > 1 else path[0]

    async def _jurisdictions(self) -> None:
        for each in sorted(self.world.jurisdictions, key=lambda j: len(self.world.path(j.code))):
            self.keys.jurisdictions[each.code] = new_id()
            await self._insert(
                models.Jurisdiction,
                [
                    {
                        "id": self.keys.jurisdictions[each.code],
                        "code": each.code,
                        "name": each.name,
                        "short_name": each.short_name,
                        "level": each.level,
                        "parent_id": self.keys.jurisdictions.get(each.parent or ""),
                        "tenant_id": self.keys.jurisdictions[self.tenant_code(each.code)],
                        "path": self.path(each.code),
                    }
                ],
            )

    async def _units(self) -> None:
        self.keys.units.update({unit.key: new_id() for unit in self.world.units})
        pending = list(self.world.units)
        written: set[str] = set()
        while pending:
            ready = [unit for unit in pending if {*self._points_to(unit)} <= written]
            await self._insert(models.Organization, [self._unit(unit) for unit in ready])
            written |= {unit.key for unit in ready}
            pending = [unit for unit in pending if unit.key not in written]

    @staticmethod
    def _points_to(unit: Unit) -> list[str]:
        return [key for key in (unit.parent, unit.business_superior, unit.successor) if key is not None]

    def _unit(self, unit: Unit) -> dict[str, Any]:
        units = self.keys.units
        return {
            "id": units[unit.key],
            "uscc": unit.uscc,
            "name": unit.name,
            "short_name": unit.short_name,
            "sort_key": " ".join(lazy_pinyin(unit.name))[:400],
            "kind": unit.kind,
            "level": unit.level,
            "jurisdiction_id": self.keys.jurisdictions[unit.jurisdiction],
            "jurisdiction_path": self.path(unit.jurisdiction),
            "parent_id": units[unit.parent] if unit.parent else None,
            "business_superior_id": units[unit.business_superior] if unit.business_superior else None,
            "vertically_managed": unit.vertically_managed,
            "government_subject": unit.government_subject,
            "valid_from": unit.valid_from,
            "valid_to": unit.valid_to,
            "successor_id": units[unit.successor] if unit.successor else None,
        }

    async def _relations(self) -> None:
        today = local_date(self.at)
        units = self.world.units_by_key()
        names, functions, superiors, courts = [], [], [], []
        for unit in self.world.units:
            key = self.keys.units[unit.key]
            names += [{"id": new_id(), "organization_id": key, "alias": alias} for alias in unit.wordings]
            functions += [
                {
                    "id": new_id(),
                    "organization_id": key,
                    "jurisdiction_id": self.keys.jurisdictions[function.jurisdiction],
                    "role": function.role,
                    "valid_from": unit.valid_from or today.replace(month=1, day=1),
                    "valid_to": unit.valid_to,
                }
                for function in unit.functions
            ]
            superiors += [*self._closure(unit, units, "parent"), *self._closure(unit, units, "business_superior")]
            if unit.court_code is not None:
                courts.append(
                    {"organization_id": key, "court_code": unit.court_code, "court_level": _court_level(unit)}
                )
        await self._insert(models.OrganizationAlias, names)
        await self._insert(models.OrganizationFunction, functions)
        await self._insert(models.OrganizationSuperior, superiors)
        await self._insert(models.Court, courts)

    def _closure(self, unit: Unit, units: Mapping[str, Unit], line: str) -> list[dict[str, Any]]:
        kind = SuperiorKind.ADMINISTRATIVE if line == "parent" else SuperiorKind.BUSINESS
        found: list[dict[str, Any]] = []
        above: str | None = getattr(unit, line)
        while above is not None:
            found.append(
                {
                    "organization_id": self.keys.units[unit.key],
                    "superior_id": self.keys.units[above],
                    "kind": kind,
                    "depth": len(found) + 1,
                }
            )
            above = getattr(units[above], line)
        return found

    async def _groups(self) -> None:
        groups, members = [], []
        for group in self.world.groups:
            for wording in group.wordings:
                key = new_id()
                groups.append(
                    {"id": key, "jurisdiction_id": self.keys.jurisdictions[group.jurisdiction], "name": wording}
                )
                members += [{"group_id": key, "organization_id": self.keys.units[each]} for each in group.members]
        await self._insert(models.OrganizationGroup, groups)
        await self._insert(models.OrganizationGroupMember, members)

    async def _packs(self) -> None:
        rows = [
            {
                "id": new_id(),
                "jurisdiction_id": self.keys.jurisdictions[pack.jurisdiction_code],
                "version": pack.version,
                "document_no": pack.document_no,
                "effective_from": pack.effective_from,
                "effective_to": pack.effective_to,
                "content": pack_to_plain(pack),
            }
            for pack in load_shipped_packs()
            if pack.jurisdiction_code in self.keys.jurisdictions
        ]
        await self._insert(models.PolicyPackRow, rows)

    async def _bodies(self) -> None:
        memberships = []
        for body in self.world.bodies:
            key = self.keys.bodies[body.key] = new_id()
            placed = self.placed(body.jurisdiction)
            await self._insert(models.CoordinationBody, [{"id": key, "kind": body.kind, "name": body.name, **placed}])
            memberships += [
                {
                    "id": new_id(),
                    "body_id": key,
                    "organization_id": self.keys.units[seat.organization],
                    "acting_organization_id": self.keys.units[seat.acting] if seat.acting else None,
                    "role": seat.role,
                    "post": seat.post,
                    "valid_from": seat.valid_from,
                    "valid_to": seat.valid_to,
                    **placed,
                }
                for seat in body.memberships
            ]
        await self._insert(models.BodyMembership, memberships)

    async def _liaisons(self, keyring: KeyRing) -> None:
        bodies = {body.key: body for body in self.world.bodies}
        for each in self.world.liaisons:
            row = models.Liaison(
                id=new_id(),
                body_id=self.keys.bodies[each.body],
                organization_id=self.keys.units[each.organization],
                person_name=each.person_name,
                post=each.post,
                is_primary=each.primary,
                valid_from=local_date(self.at).replace(month=1, day=1),
                **self.placed(bodies[each.body].jurisdiction),
            )
            seal_phone(row, each.phone, keyring)
            self.session.add(row)
        await self.session.flush()

    async def _insert(self, model: type[Any], rows: list[dict[str, Any]]) -> None:
        if rows:
            await self.session.execute(insert(model), rows)


def _court_level(unit: Unit) -> CourtLevel:
    if "最高" in unit.name:
        return CourtLevel.SUPREME
    if "高级" in unit.name:
        return CourtLevel.HIGH
    return CourtLevel.INTERMEDIATE if "中级" in unit.name else CourtLevel.BASIC
