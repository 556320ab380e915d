"""上级主管部门 (superior department).

Sees the governance columns (status, deadline, who leads) of its subordinates' rows, never their content. A court
above others sees besides what they told of their cases (审级监督).
"""

from __future__ import annotations

from hub.access.role import Introspection, Role
from hub.access.scopes import Scope
from hub.core.areas import Area, Reach
from hub.core.principal import Clearance, RoleName
from hub.core.texts import Text

SUPERIOR_DEPARTMENT = Role(
    name=RoleName.SUPERIOR_DEPARTMENT,
    title=Text("上级主管部门", "superior department"),
    basis="驻政〔2022〕59号 四(一) 纵向联系",
    clearance=Clearance.L1,
    scopes=frozenset(
        {
            Scope.ORGANIZATION_READ,
            Scope.BULK_EXPORT,
            Scope.WEBHOOK_MANAGE,
            Scope.DOUBLELIST_READ,
            Scope.MEETING_READ,
            Scope.TASK_READ,
            Scope.CASE_READ,
            Scope.DISHONESTY_READ,
            Scope.MEASURE_READ,
            Scope.NOTICE_READ,
            Scope.NOTICE_REPLY,
            Scope.POLICY_READ,
            Scope.INTEGRITY_READ,
            Scope.STATS_READ,
            Scope.SUGGESTION_READ,
            Scope.SUGGESTION_REPLY,
        }
    ),
    reads={
        Area.HOME: Reach.JURISDICTION,
        Area.DOUBLE_LIST: Reach.SUBORDINATE,
        Area.LINKAGE: Reach.SUBORDINATE,
        Area.MEETING: Reach.SUBORDINATE,
        Area.GOVERNMENT_CREDIT: Reach.SUBORDINATE,
        Area.SUPERVISION: Reach.SUBORDINATE,
    },
    introspection=Introspection.IN_DEVELOPMENT,
)
