"""政法委 (political and legal affairs committee).

Enters dishonesty into the assessment of 平安建设, circulates units, urges them; sees listings of public bodies alone.
"""

from __future__ import annotations

from hub.access.role import Introspection, Role
from hub.access.scopes import Scope
from hub.core.areas import Area, Reach
from hub.core.principal import Clearance, RoleName
from hub.core.texts import Text

POLITICAL_LEGAL_COMMITTEE = Role(
    name=RoleName.POLITICAL_LEGAL_COMMITTEE,
    title=Text("政法委", "political and legal affairs committee"),
    basis="汉川市人民法院工作方案 二（二）、三（二）",
    clearance=Clearance.L2,
    scopes=frozenset(
        {
            Scope.ORGANIZATION_READ,
            Scope.WEBHOOK_MANAGE,
            Scope.DISHONESTY_READ,
            Scope.NOTICE_READ,
            Scope.NOTICE_ISSUE,
            Scope.NOTICE_SIGN,
            Scope.ASSESSMENT_ENTER,
            Scope.SUGGESTION_READ,
            Scope.POLICY_READ,
            Scope.STATS_READ,
        }
    ),
    reads={
        Area.HOME: Reach.JURISDICTION,
        Area.GOVERNMENT_CREDIT: Reach.JURISDICTION,
        Area.SUPERVISION: Reach.JURISDICTION,
        Area.SUGGESTION: Reach.JURISDICTION,
    },
    introspection=Introspection.IN_DEVELOPMENT,
)
