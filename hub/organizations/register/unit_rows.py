"""Rows of units: the organisation, its wordings, functions, superiors, and what a court has beyond."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from hub.canonical.codes import CourtLevel
from hub.core.clock import local_date
from hub.core.ids import new_id
from hub.db import models
from hub.db.session import SystemSession
from hub.organizations.register.entries import Unit, UnitFunction
from hub.organizations.register.pinyin import syllables
from hub.organizations.register.plan import Changed, Plan
from hub.organizations.register.superiors import closure

_LINES = {"parent": "parent_id", "business_superior": "business_superior_id", "successor": "successor_id"}


@dataclass(frozen=True, slots=True)
class UnitRows:
    session: SystemSession
    plan: Plan
    places: Mapping[str, UUID]
    at: datetime
    since: date

    async def write(self) -> None:
        added, changed = self.plan.units.added, self.plan.units.changed
        await self._insert(models.Organization, [self._unit(unit) for unit in added])
        for each in changed:
            table = models.Organization
            await self.session.execute(
                update(table)
                .where(table.id == UUID(each.after.key))
                .values(**self._columns(each.after), version=table.version + 1, updated_at=self.at)
            )
        await self._lines([*added, *(each.after for each in changed if each.differs(*_LINES))])
        await self._wordings([(unit, ()) for unit in added])
        await self._wordings([(each.after, each.before.wordings) for each in changed])
        await self._functions()
        await self._superiors()
        await self._courts()

    def _unit(self, unit: Unit) -> dict[str, Any]:
        return {"id": UUID(unit.key), **self._columns(unit)}

    def _columns(self, unit: Unit) -> dict[str, Any]:
        path = "".join(f"{code}/" for code in self.plan.merged.path(unit.jurisdiction))
        return {
            "uscc": unit.uscc,
            "name": unit.name,
            "short_name": unit.short_name,
            "sort_key": " ".join(syllables(unit.name))[:400],
            "kind": unit.kind,
            "level": unit.level,
            "jurisdiction_id": self.places[unit.jurisdiction],
            "jurisdiction_path": path,
            "vertically_managed": unit.vertically_managed,
            "government_subject": unit.government_subject,
            "valid_from": unit.valid_from,
            "valid_to": unit.valid_to,
        }

    async def _lines(self, units: Sequence[Unit]) -> None:
        """Superiors and successors once every unit is there: they may point at each other."""
        table = models.Organization
        for unit in units:
            found = {column: getattr(unit, line) for line, column in _LINES.items()}
            keys = {column: UUID(key) if key else None for column, key in found.items()}
            await self.session.execute(update(table).where(table.id == UUID(unit.key)).values(**keys))

    async def _wordings(self, units: Sequence[tuple[Unit, Sequence[str]]]) -> None:
        table = models.OrganizationAlias
        for unit, before in units:
            key = UUID(unit.key)
            gone = set(before) - set(unit.wordings)
            if gone:
                await self.session.execute(
                    delete(table).where(table.organization_id == key, table.alias.in_(sorted(gone)))
                )
            new = [wording for wording in unit.wordings if wording not in before]
            await self._insert(table, [{"id": new_id(), "organization_id": key, "alias": each} for each in new])

    async def _functions(self) -> None:
        rows = [self._function(unit, function) for unit in self.plan.units.added for function in unit.functions]
        for each in self.plan.units.changed:
            held = set(each.before.functions)
            rows += [self._function(each.after, f, since=self.since) for f in each.after.functions if f not in held]
            for function in held - set(each.after.functions):
                await self._end(each, function)
        await self._insert(models.OrganizationFunction, rows)

    def _function(self, unit: Unit, function: UnitFunction, since: date | None = None) -> dict[str, Any]:
        return {
            "id": new_id(),
            "organization_id": UUID(unit.key),
            "jurisdiction_id": self.places[function.jurisdiction],
            "role": function.role,
            "valid_from": since or unit.valid_from or self.since,
        }

    async def _end(self, unit: Changed[Unit], function: UnitFunction) -> None:
        """A function ends with its unit; taken away, it has ended yesterday, so that it gives no right any more."""
        table = models.OrganizationFunction
        last = unit.after.valid_to or local_date(self.at) - timedelta(days=1)
        row = (
            table.organization_id == UUID(unit.after.key),
            table.jurisdiction_id == self.places[function.jurisdiction],
            table.role == function.role,
            table.valid_to.is_(None),
        )
        await self.session.execute(delete(table).where(*row, table.valid_from > last))
        await self.session.execute(update(table).where(*row).values(valid_to=last))

    async def _superiors(self) -> None:
        """The closure of both lines, where any of them has changed."""
        if not self.plan.units.added and not any(
            each.differs("parent", "business_superior") for each in self.plan.units.changed
        ):
            return
        table = models.OrganizationSuperior
        columns = (table.organization_id, table.superior_id, table.kind, table.depth)
        standing = {tuple(row) for row in await self.session.execute(select(*columns))}
        wanted = closure(self.plan.merged.units)
        for organization, superior, kind, _ in standing - wanted:
            await self.session.execute(
                delete(table).where(
                    table.organization_id == organization, table.superior_id == superior, table.kind == kind
                )
            )
        names = [column.key for column in columns]
        await self._insert(table, [dict(zip(names, row, strict=True)) for row in sorted(wanted - standing)])

    async def _courts(self) -> None:
        table = models.Court
        moved = [each.after for each in self.plan.units.changed if each.differs("court_code", "name")]
        await self.session.execute(delete(table).where(table.organization_id.in_([UUID(unit.key) for unit in moved])))
        await self._insert(
            table,
            [
                {"organization_id": UUID(u.key), "court_code": u.court_code, "court_level": _court_level(u)}
                for u in (*self.plan.units.added, *moved)
                if u.court_code is not None
            ],
        )

    async def _insert(self, model: type[Any], rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            await self.session.execute(insert(model), rows)


def _court_level(unit: Unit) -> CourtLevel:
    if "最高" in unit.name:
        return CourtLevel.SUPREME
    if "高级" in unit.name:
        return CourtLevel.HIGH
    return CourtLevel.INTERMEDIATE if "中级" in unit.name else CourtLevel.BASIC
