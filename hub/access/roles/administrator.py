"""系统管理员 (administrator). Keeps clients, connectors, policies, calendars; sees no business row.

Sees how connectors stand and why messages wait, never their content.
"""

from __future__ import annotations

from hub.access.role import Introspection, Role
from hub.access.scopes import Scope
from hub.core.areas import Area, Reach
from hub.core.principal import Clearance, RoleName
from hub.core.texts import Text

ADMINISTRATOR = Role(
    name=RoleName.ADMINISTRATOR,
    title=Text("系统管理员", "administrator"),
    basis="GB/T 22239-2019 8.1.10 运维管理",
    clearance=Clearance.L0,
    scopes=frozenset(
        {
            Scope.ADMIN_POLICY,
            Scope.ADMIN_CONNECTOR,
            Scope.ORGANIZATION_READ,
            Scope.ORGANIZATION_MANAGE,
            Scope.EXCHANGE_READ,
            Scope.EXCHANGE_REPLAY,
            Scope.POLICY_READ,
        }
    ),
    reads={
        Area.HOME: Reach.JURISDICTION,
        Area.POLICY: Reach.JURISDICTION,
        Area.EXCHANGE: Reach.JURISDICTION,
        Area.DELIVERY: Reach.JURISDICTION,
    },
    writes={
        Area.ORGANIZATION: Reach.JURISDICTION,
        Area.POLICY: Reach.JURISDICTION,
        Area.EXCHANGE: Reach.JURISDICTION,
    },
    introspection=Introspection.ALWAYS,
)
