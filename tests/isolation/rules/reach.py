"""Whose the credit side is by role: domain §4.1 and §4.4."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from hub.core.principal import RoleName as R

if TYPE_CHECKING:
    from tests.isolation.oracle import Oracle
    from tests.support.rows import Row

Rule = Callable[["Oracle", "Row"], bool]

WHOLE_CREDIT = {R.CREDIT_OFFICE, R.AUDITOR}
"""Every listing of the place, and all that is done about it."""
OVERSEERS = {R.JOINT_MEETING_OFFICE, R.GOVERNMENT_OFFICE, R.POLITICAL_LEGAL_COMMITTEE, R.AUDITOR}
"""What public bodies of the place owe and were told."""
GOVERNORS = OVERSEERS - {R.POLITICAL_LEGAL_COMMITTEE}
"""Meetings and what is coordinated between units of the place."""
SUPERVISORS = OVERSEERS | {R.CREDIT_OFFICE}
"""Notices to public bodies of the place, and what follows when they are not heeded."""
PUBLIC_BODIES = OVERSEERS | WHOLE_CREDIT
CHECKERS = {R.MEMBER_DEPARTMENT, R.CREDIT_OFFICE}
"""Who checks subjects before it licenses, pays or awards."""
AT_HOME = set(R) - {
    R.PORTAL,
    R.THIRD_PARTY_EVALUATOR,
    R.DISCIPLINE_SUPERVISION,
    R.ORGANISATION_DEPARTMENT,
}
"""Whoever is at work in the place."""


def own(*columns: str) -> Rule:
    """One's own by any of the columns."""
    return lambda oracle, row: oracle.own in [row[column] for column in columns]


def own_or(roles: set[R], *columns: str) -> Rule:
    """One's own by any of the columns, or of the roles' place."""
    mine = own(*columns)
    return lambda oracle, row: mine(oracle, row) or oracle.covers(roles, row)


def of(model: type[Any], key: str) -> Rule:
    """Seen with the row of ``model`` that it hangs on."""

    def rule(oracle: Oracle, row: Row) -> bool:
        return any(each["id"] == row[key] and oracle.sees(model, each) for each in oracle.content.of(model))

    return rule


def within_tenant(oracle: Oracle, root: str) -> bool:
    """What a check finds is known everywhere in the tenant."""
    return any(each.role in CHECKERS and each.path.split("/")[0] == root for each in oracle.principal.functions)
