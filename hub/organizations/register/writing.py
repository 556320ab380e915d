"""Writes a plan in the caller's transaction: what is new, what has changed, what has ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from hub.core.ids import new_id
from hub.core.keyring import KeyRing
from hub.db import models
from hub.db.session import SystemSession
from hub.organizations.liaisons import seal_phone
from hub.organizations.register.entries import Body, Group, Jurisdiction
from hub.organizations.register.plan import Changed, Plan
from hub.organizations.register.unit_rows import UnitRows
from hub.policy.importing import pack_row


@dataclass(frozen=True, slots=True)
class Writing:
    """Writes one plan. New functions and liaisons count from ``since`` where the folder says nothing."""

    session: SystemSession
    plan: Plan
    at: datetime
    since: date
    places: dict[str, UUID] = field(default_factory=dict)
    """Ids of the jurisdictions by code, the new ones too."""

    async def write(self, keyring: KeyRing) -> None:
        await self._jurisdictions()
        await UnitRows(self.session, self.plan, self.places, self.at, self.since).write()
        await self._groups()
        await self._insert(
            models.PolicyPackRow, [pack_row(pack, self.places[pack.jurisdiction_code]) for pack in self.plan.packs]
        )
        for body in self.plan.bodies:
            await self._body(body)
        await self._liaisons(keyring)

    def placed(self, code: str) -> dict[str, Any]:
        return {
            "tenant_id": self.places[self._tenant(code)],
            "jurisdiction_id": self.places[code],
            "jurisdiction_path": path_of(self.plan, code),
        }

    def _tenant(self, code: str) -> str:
        """The prefecture, or the county that stands directly below the province."""
        path = self.plan.merged.path(code)
        return path[1] if len(path) > 1 else path[0]

    async def _jurisdictions(self) -> None:
        self.places.update(self.plan.standing.jurisdictions)
        added = sorted(self.plan.jurisdictions.added, key=lambda each: len(self.plan.merged.path(each.code)))
        self.places.update({each.code: new_id() for each in added})
        for each in added:
            await self._insert(models.Jurisdiction, [self._place(each)])
        for changed in self.plan.jurisdictions.changed:
            after = changed.after
            await self.session.execute(
                update(models.Jurisdiction)
                .where(models.Jurisdiction.code == after.code)
                .values(name=after.name, short_name=after.short_name, level=after.level, updated_at=self.at)
            )

    def _place(self, each: Jurisdiction) -> dict[str, Any]:
        return {
            "id": self.places[each.code],
            "code": each.code,
            "name": each.name,
            "short_name": each.short_name,
            "level": each.level,
            "parent_id": self.places.get(each.parent or ""),
            "tenant_id": self.places[self._tenant(each.code)],
            "path": path_of(self.plan, each.code),
        }

    async def _groups(self) -> None:
        table, members = models.OrganizationGroup, models.OrganizationGroupMember
        for group in self.plan.groups.added:
            key, place = new_id(), self.places[group.jurisdiction]
            await self._insert(table, [{"id": key, "jurisdiction_id": place, "name": group.name}])
            await self._insert(members, [{"group_id": key, "organization_id": UUID(each)} for each in group.members])
        for changed in self.plan.groups.changed:
            await self._members(changed)

    async def _members(self, changed: Changed[Group]) -> None:
        table, members = models.OrganizationGroup, models.OrganizationGroupMember
        group = changed.after
        named = select(table.id).where(
            table.jurisdiction_id == self.places[group.jurisdiction], table.name == group.name
        )
        key = (await self.session.scalars(named)).one()
        before, after = set(changed.before.members), set(group.members)
        gone = [UUID(each) for each in before - after]
        await self.session.execute(delete(members).where(members.group_id == key, members.organization_id.in_(gone)))
        new = sorted(after - before)
        await self._insert(members, [{"group_id": key, "organization_id": UUID(each)} for each in new])

    async def _body(self, body: Body) -> None:
        placed = self.placed(body.jurisdiction)
        key = UUID(body.key)
        await self._insert(models.CoordinationBody, [{"id": key, "kind": body.kind, "name": body.name, **placed}])
        seats = [
            {
                "id": new_id(),
                "body_id": key,
                "organization_id": UUID(seat.organization),
                "acting_organization_id": UUID(seat.acting) if seat.acting else None,
                "role": seat.role,
                "post": seat.post,
                "valid_from": seat.valid_from,
                "valid_to": seat.valid_to,
                **placed,
            }
            for seat in body.memberships
        ]
        await self._insert(models.BodyMembership, seats)

    async def _liaisons(self, keyring: KeyRing) -> None:
        homes = {body.key: body.jurisdiction for body in self.plan.merged.bodies}
        for each in self.plan.liaisons:
            row = models.Liaison(
                id=new_id(),
                body_id=UUID(each.body),
                organization_id=UUID(each.organization),
                person_name=each.person_name,
                post=each.post,
                is_primary=each.primary,
                valid_from=self.since,
                **self.placed(homes[each.body]),
            )
            if each.phone is not None:
                seal_phone(row, each.phone, keyring)
            self.session.add(row)
        await self.session.flush()

    async def _insert(self, model: type[Any], rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            await self.session.execute(insert(model), rows)


def path_of(plan: Plan, code: str) -> str:
    """Path of a jurisdiction: the codes from the root, each ended by a slash."""
    return "".join(f"{each}/" for each in plan.merged.path(code))
