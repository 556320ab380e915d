"""Who asks in every measurement: a member department of a county, one of a hundred units."""

from __future__ import annotations

from bench.double_lists import county_path, unit_id
from hub.access.coverage import clearance_of, grantable_scopes
from hub.core.principal import Function, Principal, RoleName

UNIT = 37
CLIENT = "bench"


def caller() -> Principal:
    roles = (RoleName.MEMBER_DEPARTMENT,)
    return Principal(
        subject=CLIENT,
        organization_id=unit_id(UNIT),
        functions=(Function(RoleName.MEMBER_DEPARTMENT, county_path(UNIT)),),
        scopes=frozenset(scope.value for scope in grantable_scopes(roles)),
        clearance=clearance_of(roles),
    )
