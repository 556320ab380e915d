"""From a principal to the row scope the database is told, and the scopes its roles allow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from hub.access.role import Introspection, Role
from hub.access.roles import ROLES
from hub.access.scopes import Scope
from hub.core.areas import Area, Reach, RowScope
from hub.core.principal import Clearance, Principal, RoleName


def row_scope(principal: Principal) -> RowScope:
    """Paths covered whole per area, from every role the caller holds; deny by default."""
    return RowScope(
        subject=principal.subject,
        organization_id=principal.organization_id,
        superior=principal.has_role(RoleName.SUPERIOR_DEPARTMENT),
        reads=_covered(principal, lambda role: role.reads),
        writes=_covered(principal, lambda role: role.writes),
    )


def _covered(principal: Principal, reaches: Callable[[Role], Mapping[Area, Reach]]) -> dict[Area, tuple[str, ...]]:
    paths: defaultdict[Area, set[str]] = defaultdict(set)
    for function in principal.functions:
        for area, reach in reaches(ROLES[function.role]).items():
            if reach is Reach.JURISDICTION:
                paths[area].add(function.path)
    return {area: tuple(sorted(covered)) for area, covered in paths.items()}


def grantable_scopes(roles: Iterable[RoleName]) -> frozenset[Scope]:
    """The most a client of an organisation with these roles may be given."""
    return frozenset(scope for role in roles for scope in ROLES[role].scopes)


def clearance_of(roles: Iterable[RoleName]) -> Clearance:
    """Highest sensitivity level any of the roles reads in full."""
    return max((ROLES[role].clearance for role in roles), default=Clearance.L0)


def may_introspect(principal: Principal, *, production: bool) -> bool:
    """Whether one of the caller's roles may read the schema in such an installation."""
    needed = Introspection.ALWAYS if production else Introspection.IN_DEVELOPMENT
    return any(ROLES[function.role].introspection >= needed for function in principal.functions)
