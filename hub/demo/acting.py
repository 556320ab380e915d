"""Who acts in the demonstration's year, and when: the real units of work at past instants, never later than now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from hub.access.scopes import Scope
from hub.canonical.codes import MembershipRole
from hub.core.clock import SHANGHAI, local_date
from hub.core.principal import Clearance, Function, Principal, RoleName
from hub.demo.world import DemoWorld
from hub.organizations.register.matching import Ids
from hub.workflow.unit import Unit

SUBJECT = "demo"
OFFICE_ROLES = (RoleName.JOINT_MEETING_OFFICE, RoleName.MEMBER_DEPARTMENT)
_EVERY_SCOPE = frozenset(scope.value for scope in Scope)


@dataclass
class Acting:
    unit: Unit
    world: DemoWorld
    entered: Ids
    now: datetime

    def of(self, unit_key: str, code: str, at: datetime, *roles: RoleName) -> Unit:
        """The unit of work of an organisation at an instant, capped at now."""
        key = self.id_of(self.world.present(unit_key))
        path = "".join(f"{each}/" for each in self.world.path(code))
        functions = tuple(Function(role, path) for role in roles or (RoleName.MEMBER_DEPARTMENT,))
        principal = Principal(SUBJECT, key, functions, _EVERY_SCOPE, Clearance.L3)
        return Unit(self.unit.session, principal, min(at, self.now), self.unit.policy, self.unit.keyring)

    def office(self, code: str, at: datetime) -> Unit:
        holder = next(unit for unit in self.world.units if unit.holds(RoleName.JOINT_MEETING_OFFICE, code))
        return self.of(holder.key, code, at, *OFFICE_ROLES)

    def convenor(self, body_key: str, code: str, at: datetime) -> Unit:
        body = next(body for body in self.world.bodies if body.key == body_key)
        seat = body.current(MembershipRole.CONVENOR)[0]
        return self.of(seat.acting or seat.organization, code, at, RoleName.GOVERNMENT_OFFICE)

    def instant(self, day: date, hour: int = 9, minute: int = 0) -> datetime:
        return min(datetime.combine(day, time(hour, minute), SHANGHAI), self.now)

    def past(self, day: date) -> bool:
        return day <= local_date(self.now)

    def ids(self, keys: tuple[str, ...]) -> tuple[UUID, ...]:
        return tuple(dict.fromkeys(self.id_of(self.world.present(key)) for key in keys))

    def id_of(self, key: str) -> UUID:
        """Id of the row of a unit, by its key in the data files."""
        return UUID(self.entered.units[key])
