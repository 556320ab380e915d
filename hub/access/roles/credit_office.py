"""信用办 (credit office). Reads the double list of its jurisdiction; meetings and tasks only where it takes part.

Reads every listing and case list of its jurisdiction, natural persons masked, and says which unit a body is.
Runs the credit platform: sees how its links stand, what came of their batches, and has messages looked at again.
"""

from __future__ import annotations

from hub.access.role import Introspection, Role
from hub.access.scopes import Scope
from hub.core.areas import Area, Reach
from hub.core.principal import Clearance, RoleName
from hub.core.texts import Text

CREDIT_OFFICE = Role(
    name=RoleName.CREDIT_OFFICE,
    title=Text("信用办", "credit office"),
    basis="川法政务诚信工作方案 三(二); 新信用发〔2018〕6号 二(五)",
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
            Scope.MEASURE_ORDER,
            Scope.MEASURE_IMPLEMENT,
            Scope.DISHONESTY_CHECK,
            Scope.REPAIR_APPLY,
            Scope.REPAIR_HANDLE,
            Scope.NOTICE_READ,
            Scope.NOTICE_ISSUE,
            Scope.NOTICE_SIGN,
            Scope.NOTICE_REPLY,
            Scope.REFERRAL_SEND,
            Scope.SUBJECT_MATCH,
            Scope.EXCHANGE_READ,
            Scope.EXCHANGE_REPLAY,
            Scope.BANKRUPTCY_READ,
            Scope.BANKRUPTCY_HANDLE,
            Scope.POLICY_READ,
            Scope.INTEGRITY_READ,
            Scope.INTEGRITY_RECORD,
            Scope.EVALUATION_READ,
            Scope.PUBLICITY_PROPOSE,
            Scope.PUBLICITY_REVIEW,
            Scope.STATS_READ,
        }
    ),
    reads={
        Area.HOME: Reach.JURISDICTION,
        Area.CHECK: Reach.JURISDICTION,
        Area.DOUBLE_LIST: Reach.JURISDICTION,
        Area.LINKAGE: Reach.PARTY,
        Area.MEETING: Reach.PARTY,
        Area.CREDIT: Reach.JURISDICTION,
        Area.GOVERNMENT_CREDIT: Reach.JURISDICTION,
        Area.EXCHANGE: Reach.PARTY,
        Area.SUPERVISION: Reach.JURISDICTION,
    },
    writes={
        Area.LINKAGE: Reach.PARTY,
        Area.MEETING: Reach.PARTY,
        Area.CREDIT: Reach.JURISDICTION,
        Area.EXCHANGE: Reach.PARTY,
    },
    introspection=Introspection.IN_DEVELOPMENT,
)
