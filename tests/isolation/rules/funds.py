"""Fund clues and performance plans: docs/fund-clues-and-plans.md. A debtor never sees a clue about itself, whatever
other roles it has, nor any trace of it in a log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from hub.canonical.fund_codes import PerformancePlanStatus
from hub.core.principal import RoleName
from hub.db import models
from tests.isolation.rules.inquiry import audits, parents

if TYPE_CHECKING:
    from tests.isolation.oracle import Oracle
    from tests.support.rows import Row

OVERSEERS = {RoleName.JOINT_MEETING_OFFICE, RoleName.GOVERNMENT_OFFICE, RoleName.AUDITOR}
"""Who oversees linkage in a place."""
UNFIXED = {PerformancePlanStatus.DRAFT, PerformancePlanStatus.REJECTED}


def oversees(oracle: Oracle, row: Row) -> bool:
    return oracle.covers(OVERSEERS, row)


def _between(oracle: Oracle, row: Row) -> bool:
    return oracle.own in (row["court_id"], row["finance_id"]) and oracle.own != row["debtor_id"]


def _clue(oracle: Oracle, row: Row) -> bool:
    return _between(oracle, row) or (audits(oracle, row) and oracle.own != row["debtor_id"])


def _clue_item(oracle: Oracle, row: Row) -> bool:
    return any(_between(oracle, clue) for clue in parents(oracle, models.FundClue, row["clue_id"]))


def _about_the_caller(oracle: Oracle, key: UUID | None) -> bool:
    clues = (*parents(oracle, models.FundClue, key), *parents(oracle, models.EvasionClue, key))
    return any(clue["debtor_id"] == oracle.own for clue in clues)


def _logged(oracle: Oracle, row: Row) -> bool:
    return audits(oracle, row) and not _about_the_caller(oracle, row["target_id"])


def _exchanged(oracle: Oracle, row: Row) -> bool:
    return row["organization_id"] == oracle.own or _logged(oracle, row)


def _plan(oracle: Oracle, row: Row) -> bool:
    """Finance once the court has fixed it."""
    asked = row["finance_id"] == oracle.own and row["status"] not in UNFIXED
    return asked or oracle.own in (row["court_id"], row["debtor_id"]) or oversees(oracle, row)


def _of_plan(oracle: Oracle, row: Row) -> bool:
    return any(_plan(oracle, plan) for plan in parents(oracle, models.PerformancePlan, row["plan_id"]))


RULES: dict[type[Any], Any] = {
    models.FundClue: _clue,
    models.FundClueItem: _clue_item,
    models.AuditEvent: _logged,
    models.ExchangeEntry: _exchanged,
    models.PerformancePlan: _plan,
    **dict.fromkeys(
        (models.PlanInstalment, models.PlanPayment, models.BudgetArrangement, models.PlanEdition), _of_plan
    ),
}
MASKS = {
    models.FundClue: lambda oracle, row: set() if _between(oracle, row) else {"answer_note", "outcome_note"},
}
"""How a clue moved is for the auditor, what the two said of it is not."""
LISTS = {
    "fundClues": models.FundClue,
    "performancePlans": models.PerformancePlan,
    "exchangeMessages": models.ExchangeEntry,
}
PATHS = (
    "{ fundClues(first: 100) { nodes { purposeText answerNote outcomeNote clues { amount note budgetItem } } } }",
    "{ performancePlans(first: 100) { nodes { amount note instalments { amount } payments { voucher } } } }",
    "{ performancePlans(first: 100) { nodes { arrangements { budgetItem } editions { reason } } } }",
    "{ exchangeMessages(first: 100) { totalCount nodes { operation targetKey correlationId } } }",
)
