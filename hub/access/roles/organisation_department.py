"""组织部 (organisation department).

Receives what is pushed to it, and browses nothing: it is outside the rules of government data.
"""

from __future__ import annotations

from hub.access.role import Role
from hub.access.scopes import Scope
from hub.core.principal import Clearance, RoleName
from hub.core.texts import Text

ORGANISATION_DEPARTMENT = Role(
    name=RoleName.ORGANISATION_DEPARTMENT,
    title=Text("组织部", "organisation department"),
    basis="黑市诚信办发〔2023〕3号 三（三）; 新信用发〔2018〕6号 二（六）",
    clearance=Clearance.L2,
    scopes=frozenset({Scope.REFERRAL_RECEIVE, Scope.WEBHOOK_MANAGE, Scope.SUGGESTION_READ, Scope.SUGGESTION_REPLY}),
)
