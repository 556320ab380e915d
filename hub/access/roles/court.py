"""人民法院 (court). Sees and works the linkage rows it is party to, as any member unit; other courts are strangers.

What it tells of its cases stays its own: it sees it whole, mends and replays what did not go through.
"""

from __future__ import annotations

from hub.access.role import Introspection, Role
from hub.access.scopes import Scope
from hub.core.areas import Area, Reach
from hub.core.principal import Clearance, RoleName
from hub.core.texts import Text

COURT = Role(
    name=RoleName.COURT,
    title=Text("人民法院", "court"),
    basis="温政办〔2021〕13号 二; 驻政〔2022〕59号 二(二)",
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
            Scope.CASE_REPORT,
            Scope.CASE_TAG,
            Scope.REPAIR_HANDLE,
            Scope.NOTICE_READ,
            Scope.NOTICE_ISSUE,
            Scope.NOTICE_SIGN,
            Scope.NOTICE_REPLY,
            Scope.REFERRAL_SEND,
            Scope.SUBJECT_MATCH,
            Scope.EXCHANGE_READ,
            Scope.EXCHANGE_MEND,
            Scope.EXCHANGE_REPLAY,
            Scope.EXECQUERY_READ,
            Scope.EXECQUERY_SUBMIT,
            Scope.EXECQUERY_APPROVE,
            Scope.EXECQUERY_READ_RESULT,
            Scope.EXECQUERY_OVERSEE,
            Scope.EXECQUERY_MANAGE,
            Scope.CAMPAIGN_READ,
            Scope.CAMPAIGN_SUBMIT,
            Scope.CAMPAIGN_RECOVER,
            Scope.MARRIAGE_READ,
            Scope.MARRIAGE_PUSH,
            Scope.ADDRESS_READ,
            Scope.ADDRESS_PROVIDE,
            Scope.ADDRESS_REPORT,
            Scope.CONTROL_WRITE,
            Scope.LOOKOUT_SEND,
            Scope.BANKRUPTCY_READ,
            Scope.BANKRUPTCY_SUBMIT,
            Scope.FUND_READ,
            Scope.FUND_APPLY,
            Scope.EVASION_READ,
            Scope.EVASION_REFER,
            Scope.EVASION_OVERSEE,
            Scope.CLUE_READ,
            Scope.CLUE_REQUEST,
            Scope.PLAN_READ,
            Scope.PLAN_WRITE,
            Scope.POLICY_READ,
            Scope.INTEGRITY_READ,
            Scope.INTEGRITY_RECORD,
            Scope.PUBLICITY_PROPOSE,
            Scope.PUBLICITY_REVIEW,
            Scope.STATS_READ,
            Scope.SUGGESTION_READ,
            Scope.SUGGESTION_ISSUE,
        }
    ),
    reads={
        Area.HOME: Reach.JURISDICTION,
        Area.DOUBLE_LIST: Reach.PARTY,
        Area.LINKAGE: Reach.PARTY,
        Area.MEETING: Reach.PARTY,
        Area.GOVERNMENT_CREDIT: Reach.PARTY,
        Area.EXCHANGE: Reach.PARTY,
        Area.SUPERVISION: Reach.PARTY,
        Area.EXECUTION: Reach.PARTY,
    },
    writes={
        Area.DOUBLE_LIST: Reach.PARTY,
        Area.LINKAGE: Reach.PARTY,
        Area.MEETING: Reach.PARTY,
        Area.EXCHANGE: Reach.PARTY,
        Area.EXECUTION: Reach.PARTY,
    },
    introspection=Introspection.IN_DEVELOPMENT,
)
