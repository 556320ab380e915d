"""成员单位 (member department). Sees its own items, meetings, tasks and requests, and nobody else's."""

from __future__ import annotations

from hub.access.role import Introspection, Role
from hub.access.scopes import Scope
from hub.core.areas import Area, Reach
from hub.core.principal import Clearance, RoleName
from hub.core.texts import Text

MEMBER_DEPARTMENT = Role(
    name=RoleName.MEMBER_DEPARTMENT,
    title=Text("成员单位", "member department"),
    basis="驻政〔2022〕59号 一(二), 二(二)",
    clearance=Clearance.L2,
    scopes=frozenset(
        {
            Scope.ORGANIZATION_READ,
            Scope.BULK_EXPORT,
            Scope.WEBHOOK_MANAGE,
            Scope.MEMBER_PROPOSE,
            Scope.DOUBLELIST_READ,
            Scope.DOUBLELIST_PROPOSE,
            Scope.MEETING_READ,
            Scope.TASK_READ,
            Scope.TASK_REPORT,
            Scope.COORDINATION_READ,
            Scope.COORDINATION_WRITE,
            Scope.CASE_READ,
            Scope.DISHONESTY_READ,
            Scope.MEASURE_READ,
            Scope.MEASURE_IMPLEMENT,
            Scope.DISHONESTY_CHECK,
            Scope.REPAIR_APPLY,
            Scope.NOTICE_READ,
            Scope.NOTICE_REPLY,
            Scope.EXECQUERY_READ,
            Scope.EXECQUERY_RESPOND,
            Scope.CAMPAIGN_READ,
            Scope.CAMPAIGN_ORGANISE,
            Scope.CAMPAIGN_SUBMIT,
            Scope.MARRIAGE_READ,
            Scope.MARRIAGE_RECEIVE,
            Scope.ADDRESS_READ,
            Scope.ADDRESS_PROVIDE,
            Scope.LOOKOUT_RESPOND,
            Scope.BANKRUPTCY_READ,
            Scope.BANKRUPTCY_HANDLE,
            Scope.FUND_READ,
            Scope.FUND_DECIDE,
            Scope.EVASION_READ,
            Scope.EVASION_HANDLE,
            Scope.CLUE_READ,
            Scope.CLUE_PUSH,
            Scope.PLAN_READ,
            Scope.PLAN_WRITE,
            Scope.PLAN_BUDGET,
            Scope.POLICY_READ,
            Scope.INTEGRITY_READ,
            Scope.INTEGRITY_CONTEST,
            Scope.PUBLICITY_PROPOSE,
            Scope.STATS_READ,
            Scope.SUGGESTION_READ,
            Scope.SUGGESTION_REPLY,
        }
    ),
    reads={
        Area.HOME: Reach.JURISDICTION,
        Area.CHECK: Reach.JURISDICTION,
        Area.DOUBLE_LIST: Reach.PARTY,
        Area.LINKAGE: Reach.PARTY,
        Area.MEETING: Reach.PARTY,
        Area.GOVERNMENT_CREDIT: Reach.PARTY,
        Area.SUPERVISION: Reach.PARTY,
        Area.EXECUTION: Reach.PARTY,
    },
    writes={
        Area.EXECUTION: Reach.PARTY,
        Area.DOUBLE_LIST: Reach.PARTY,
        Area.LINKAGE: Reach.PARTY,
        Area.MEETING: Reach.PARTY,
    },
    introspection=Introspection.IN_DEVELOPMENT,
)
