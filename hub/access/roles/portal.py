"""政务服务门户 (portal). Public names and statistics only; no linkage row."""

from __future__ import annotations

from hub.access.role import Role
from hub.access.scopes import Scope
from hub.core.principal import Clearance, RoleName
from hub.core.texts import Text

PORTAL = Role(
    name=RoleName.PORTAL,
    title=Text("政务服务门户", "portal"),
    basis="温政办〔2021〕13号 二(四)23",
    clearance=Clearance.L0,
    scopes=frozenset(
        {
            Scope.PORTAL_PUBLIC,
            Scope.STATS_READ,
        }
    ),
)
