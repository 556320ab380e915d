"""纪委监委 (discipline inspection and supervision).

Receives what is pushed to it, and browses nothing: it is outside the rules of government data.
"""

from __future__ import annotations

from hub.access.role import Role
from hub.access.scopes import Scope
from hub.core.principal import Clearance, RoleName
from hub.core.texts import Text

DISCIPLINE_SUPERVISION = Role(
    name=RoleName.DISCIPLINE_SUPERVISION,
    title=Text("纪委监委", "discipline inspection and supervision"),
    basis="黑市诚信办发〔2023〕3号 三（三）; 汉川市人民法院工作方案 二（三）、三（二）",
    clearance=Clearance.L2,
    scopes=frozenset({Scope.REFERRAL_RECEIVE, Scope.WEBHOOK_MANAGE, Scope.SUGGESTION_READ, Scope.SUGGESTION_REPLY}),
)
