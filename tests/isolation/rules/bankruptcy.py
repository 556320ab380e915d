"""Bankruptcies and funds: docs/bankruptcy.md. A unit sees the case and its own matters, never the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hub.core.principal import RoleName
from hub.db import models
from tests.isolation.rules.funds import oversees
from tests.isolation.rules.inquiry import parents

if TYPE_CHECKING:
    from tests.isolation.oracle import Oracle
    from tests.support.rows import Row


def _owns(oracle: Oracle, row: Row) -> bool:
    return any(
        matter["coordination_id"] == row["id"] and matter["owner_id"] == oracle.own
        for matter in oracle.content.of(models.BankruptcyMatter)
    )


def _case(oracle: Oracle, row: Row) -> bool:
    return row["court_id"] == oracle.own or _owns(oracle, row) or oversees(oracle, row)


def _matter(oracle: Oracle, row: Row) -> bool:
    return oracle.own in (row["court_id"], row["owner_id"]) or oversees(oracle, row)


def _stability(oracle: Oracle, row: Row) -> bool:
    """The body that answers for it, and whoever sees the matter."""
    matters = parents(oracle, models.BankruptcyMatter, row["matter_id"])
    return row["responsible_id"] == oracle.own or any(_matter(oracle, matter) for matter in matters)


def _account(oracle: Oracle, row: Row) -> bool:
    """Who keeps it, the courts of the place, which apply, and the overseers."""
    return row["holder_id"] == oracle.own or oracle.covers({RoleName.COURT}, row) or oversees(oracle, row)


def _payment(oracle: Oracle, row: Row) -> bool:
    return oracle.own in (row["court_id"], row["holder_id"]) or oversees(oracle, row)


def _applicant(oracle: Oracle, row: Row) -> bool:
    """Court and holder alone: neither who approves, nor the overseers, nor the auditor."""
    return oracle.own in (row["court_id"], row["holder_id"])


RULES = {
    models.BankruptcyCoordination: _case,
    models.BankruptcyMatter: _matter,
    models.StabilityPlan: _stability,
    models.FundAccount: _account,
    models.FundDisbursement: _payment,
    models.ReliefApplicant: _applicant,
}
LISTS = {
    "bankruptcyCoordinations": models.BankruptcyCoordination,
    "bankruptcyMatters": models.BankruptcyMatter,
    "fundAccounts": models.FundAccount,
    "fundDisbursements": models.FundDisbursement,
}
PATHS = (
    '{ fundFigures(jurisdictionCode: "410800", year: 2026) { balance appliedCount approvedCount } }',
    "{ bankruptcyCoordinations(first: 100) { nodes { shamReview matters { content result plans { riskStudy } } } } }",
    "{ bankruptcyMatters(first: 100) { nodes { method urgeNote plans { plan returnReason responsible { name } } } } }",
    "{ fundDisbursements(first: 100) { nodes { grounds amount account { balance } coordination { measures } } } }",
)
