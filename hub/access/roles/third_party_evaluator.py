"""第三方评价机构 (third-party evaluator).

Scores bodies that it knows by pseudonym alone, and reads nothing else.
"""

from __future__ import annotations

from hub.access.role import Role
from hub.access.scopes import Scope
from hub.core.principal import Clearance, RoleName
from hub.core.texts import Text

THIRD_PARTY_EVALUATOR = Role(
    name=RoleName.THIRD_PARTY_EVALUATOR,
    title=Text("第三方评价机构", "third-party evaluator"),
    basis="黑市诚信办发〔2023〕3号 二（四）4",
    clearance=Clearance.L1,
    scopes=frozenset({Scope.EVALUATION_READ, Scope.EVALUATION_SCORE}),
)
