"""Who acts in the demonstration's year, and when: the real units of work at past instants, never later than now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from hub.access.scopes import Scope
from hub.canonical.codes import MembershipRole
from hub.core.clock import SHANGHAI, local_date
from hub.core.principal import Clearance, Function, Principal, RoleName
from hub.demo.registering import Keys, Registering
from hub.demo.world import DemoWorld
from hub.workflow.unit import Unit

SUBJECT = "demo"
OFFICE_ROLES = (RoleName.JOINT_MEETING_OFFICE, RoleName.MEMBER_DEPARTMENT)
_EVERY_SCOPE = frozenset(scope.value for scope in Scope)


@dataclass
class Acting:
    unit: Unit
    registering: Registering
    now: datetime

    @property
    def keys(self) -> Keys:
        return self.registering.keys

    @property
    def world(self) -> DemoWorld:
        return self.registering.world

    def of(self, unit_key: str, code: str, at: datetime, *roles: RoleName) -> Unit:
        """The unit of work of an organisation at an instant, capped at now."""
        key = self.keys.unit(self.registering.world.present(unit_key))
        path = self.registering.path(code)
        functions = tuple(Function(role, path) for role in roles or (RoleName.MEMBER_DEPARTMENT,))
        principal = Principal(SUBJECT, key, functions, _EVERY_SCOPE, Clearance.L3)
        return Unit(self.unit.session, principal, min(at, self.now), self.unit.policy, self.unit.keyring)

    def office(self, code: str, at: datetime) -> Unit:
        world = self.registering.world
        holder = next(unit for unit in world.units if unit.holds(RoleName.JOINT_MEETING_OFFICE, code))
        return self.of(holder.key, code, at, *OFFICE_ROLES)

    def convenor(self, body_key: str, code: str, at: datetime) -> Unit:
        body = next(body for body in self.registering.world.bodies if body.key == body_key)
        seat = body.current(MembershipRole.CONVENOR)[0]
        return self.of(seat.acting or seat.organization, code, at, RoleName.GOVERNMENT_OFFICE)

    def instant(self, day: date, hour: int = 9, minute: int = 0) -> datetime:
        return min(datetime.combine(day, time(hour, minute), SHANGHAI), self.now)

    def past(self, day: date) -> bool:
        return day <= local_date(self.now)

    def ids(self, keys: tuple[str, ...]) -> tuple[UUID, ...]:
        present = self.registering.world.present
        return tuple(dict.fromkeys(self.keys.unit(present(key)) for key in keys))
