"""The OAuth clients of the demonstration, and the rules they keep."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hub.access.coverage import grantable_scopes
from hub.access.scopes import Scope
from hub.core.errors import Reason
from hub.core.principal import RoleName
from hub.organizations.register.entries import Register, Unit


@dataclass(frozen=True, slots=True)
class Client:
    """An OAuth client: one organisation, roles it holds in ``jurisdiction``, scopes within those roles."""

    client_id: str
    organization: str
    jurisdiction: str
    roles: tuple[RoleName, ...]
    scopes: tuple[Scope, ...]


def find_client_problems(clients: tuple[Client, ...], register: Register) -> Iterator[Reason]:
    """Roles its unit does not hold, scopes beyond its roles, units that have ended. References must be sound."""
    units = register.units_by_key
    superiors = {key for unit in register.units for key in (unit.parent, unit.business_superior)}
    for client in clients:
        yield from _client(client, units[client.organization], superior=client.organization in superiors)


def _client(client: Client, unit: Unit, *, superior: bool) -> Iterator[Reason]:
    place = ("clients", client.client_id)
    if unit.valid_to is not None:
        yield Reason("REGISTER_UNIT_ENDED", place, {"value": unit.name})
    for role in client.roles:
        held = superior if role is RoleName.SUPERIOR_DEPARTMENT else unit.holds(role, client.jurisdiction)
        if not held:
            yield Reason("DEMO_ROLE_NOT_HELD", (*place, "roles"), {"value": role})
    for scope in client.scopes:
        if scope not in grantable_scopes(client.roles):
            yield Reason("DEMO_SCOPE_NOT_GRANTABLE", (*place, "scopes"), {"value": scope})
