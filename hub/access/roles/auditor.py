"""审计监督 (auditor). Reads everything of its jurisdiction and the audit log; changes nothing."""

from __future__ import annotations

from hub.access.role import Introspection, Role
from hub.access.scopes import Scope
from hub.core.areas import Area, Reach
from hub.core.principal import Clearance, RoleName
from hub.core.texts import Text

AUDITOR = Role(
    name=RoleName.AUDITOR,
    title=Text("审计监督", "auditor"),
    basis="GB/T 22239-2019 8.1.4.3 安全审计",
    clearance=Clearance.L2,
    scopes=frozenset(
        {
            Scope.ORGANIZATION_READ,
            Scope.BULK_EXPORT,
            Scope.DOUBLELIST_READ,
            Scope.MEETING_READ,
            Scope.TASK_READ,
            Scope.COORDINATION_READ,
            Scope.CASE_READ,
            Scope.DISHONESTY_READ,
            Scope.MEASURE_READ,
            Scope.NOTICE_READ,
            Scope.EXCHANGE_READ,
            Scope.MARRIAGE_READ,
            Scope.ADDRESS_READ,
            Scope.BANKRUPTCY_READ,
            Scope.FUND_READ,
            Scope.EVASION_READ,
            Scope.EVASION_OVERSEE,
            Scope.CAMPAIGN_READ,
            Scope.CLUE_READ,
            Scope.PLAN_READ,
            Scope.POLICY_READ,
            Scope.EXECQUERY_READ,
            Scope.EXECQUERY_OVERSEE,
            Scope.AUDIT_READ,
            Scope.INTEGRITY_READ,
            Scope.STATS_READ,
            Scope.SUGGESTION_READ,
        }
    ),
    reads={
        Area.HOME: Reach.JURISDICTION,
        Area.DOUBLE_LIST: Reach.JURISDICTION,
        Area.LINKAGE: Reach.JURISDICTION,
        Area.MEETING: Reach.JURISDICTION,
        Area.AUDIT: Reach.JURISDICTION,
        Area.POLICY: Reach.JURISDICTION,
        Area.CREDIT: Reach.JURISDICTION,
        Area.GOVERNMENT_CREDIT: Reach.JURISDICTION,
        Area.EXCHANGE: Reach.JURISDICTION,
        Area.SUPERVISION: Reach.JURISDICTION,
        Area.SUGGESTION: Reach.JURISDICTION,
        Area.EXECUTION: Reach.JURISDICTION,
    },
    introspection=Introspection.IN_DEVELOPMENT,
)
