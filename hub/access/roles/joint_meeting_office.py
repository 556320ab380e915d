"""联席会议办公室 (joint-meeting office).

Runs the mechanism of its jurisdiction: collects, reviews, convenes, tracks. Sees every linkage row there and below.
"""

from __future__ import annotations

from hub.access.role import Introspection, Role
from hub.access.scopes import Scope
from hub.core.areas import Area, Reach
from hub.core.principal import Clearance, RoleName
from hub.core.texts import Text

JOINT_MEETING_OFFICE = Role(
    name=RoleName.JOINT_MEETING_OFFICE,
    title=Text("联席会议办公室", "joint-meeting office"),
    basis="驻政〔2022〕59号 一(三)1; 四(三)",
    clearance=Clearance.L3,
    scopes=frozenset(
        {
            Scope.ORGANIZATION_READ,
            Scope.BULK_EXPORT,
            Scope.WEBHOOK_MANAGE,
            Scope.ORGANIZATION_MANAGE,
            Scope.MEMBER_PROPOSE,
            Scope.MEMBER_MANAGE,
            Scope.MEMBER_APPROVE,
            Scope.DOUBLELIST_READ,
            Scope.DOUBLELIST_PROPOSE,
            Scope.DOUBLELIST_REVIEW,
            Scope.DOUBLELIST_APPROVE,
            Scope.MEETING_READ,
            Scope.MEETING_MANAGE,
            Scope.TASK_READ,
            Scope.TASK_REPORT,
            Scope.COORDINATION_READ,
            Scope.COORDINATION_WRITE,
            Scope.CASE_READ,
            Scope.DISHONESTY_READ,
            Scope.MEASURE_READ,
            Scope.OVERDUE_APPROVE,
            Scope.NOTICE_READ,
            Scope.NOTICE_ISSUE,
            Scope.NOTICE_SIGN,
            Scope.NOTICE_REPLY,
            Scope.REFERRAL_SEND,
            Scope.BANKRUPTCY_READ,
            Scope.BANKRUPTCY_HANDLE,
            Scope.CAMPAIGN_READ,
            Scope.FUND_READ,
            Scope.EVASION_OVERSEE,
            Scope.PLAN_READ,
            Scope.POLICY_READ,
            Scope.INTEGRITY_READ,
            Scope.PUBLICITY_PROPOSE,
            Scope.PUBLICITY_REVIEW,
            Scope.STATS_READ,
            Scope.SUGGESTION_READ,
            Scope.SUGGESTION_REPLY,
        }
    ),
    reads={
        Area.HOME: Reach.JURISDICTION,
        Area.DOUBLE_LIST: Reach.JURISDICTION,
        Area.LINKAGE: Reach.JURISDICTION,
        Area.MEETING: Reach.JURISDICTION,
        Area.POLICY: Reach.JURISDICTION,
        Area.GOVERNMENT_CREDIT: Reach.JURISDICTION,
        Area.SUPERVISION: Reach.JURISDICTION,
        Area.SUGGESTION: Reach.JURISDICTION,
    },
    writes={
        Area.GOVERNMENT_CREDIT: Reach.JURISDICTION,
        Area.ORGANIZATION: Reach.JURISDICTION,
        Area.DOUBLE_LIST: Reach.JURISDICTION,
        Area.LINKAGE: Reach.JURISDICTION,
        Area.MEETING: Reach.JURISDICTION,
        Area.SUPERVISION: Reach.JURISDICTION,
    },
    introspection=Introspection.IN_DEVELOPMENT,
)
