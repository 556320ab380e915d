"""Tags of cases and clues to evading enforcement: docs/execution-linkage.md. A tag is seen with its case; a clue is
between its court and its police, and its debtor never sees one about itself, whatever other roles it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hub.db import models
from tests.isolation.rules.inquiry import audits, parents
from tests.isolation.rules.reach import of

if TYPE_CHECKING:
    from tests.isolation.oracle import Oracle
    from tests.support.rows import Row


def _between(oracle: Oracle, row: Row) -> bool:
    return oracle.own in (row["court_id"], row["police_id"]) and oracle.own != row["debtor_id"]


def _clue(oracle: Oracle, row: Row) -> bool:
    return _between(oracle, row) or (audits(oracle, row) and oracle.own != row["debtor_id"])


def _said(oracle: Oracle, row: Row) -> bool:
    """What either side said is for the two alone."""
    return any(_between(oracle, clue) for clue in parents(oracle, models.EvasionClue, row["clue_id"]))


RULES: dict[type[Any], Any] = {
    models.CaseTag: of(models.LegalCase, "case_id"),
    models.CaseTagging: lambda oracle, row: row["court_id"] == oracle.own,
    models.EvasionClue: _clue,
    models.EvasionClueStep: _said,
    models.EvasionClueEvidence: _said,
}
CLEARED = {
    models.CaseTag: {"ground", "withdrawal_reason"},
    models.CaseTagging: {"ground"},
    models.EvasionClue: {"signed_by", "received_by"},
}
MASKS = {models.EvasionClue: lambda oracle, row: set() if _between(oracle, row) else {"conducts"}}
CHANGES = {
    models.CaseTag: lambda oracle, row: row["court_id"] == oracle.own,
    models.EvasionClue: _between,
}
NEVER = {models.CaseTagging, models.EvasionClueStep, models.EvasionClueEvidence}
LISTS = {"caseTags": models.CaseTag, "evasionClues": models.EvasionClue}
PATHS = (
    """{ caseTags(first: 100) { nodes { label clause ground withdrawalReason } }
    caseListEntries(filter: {tags: [LIVELIHOOD, ENFORCEMENT_EVASION]}, first: 50) { totalCount nodes { id } } }""",
    "{ caseListEntries(first: 50) { nodes { case { tags { label status } taggings { kinds ground late } } } } }",
    """{ evasionClues(first: 50) { totalCount nodes { caseNumber conducts signedBy receivedBy steps { event }
        evidence { digest kind } availableEvents { event } } } }""",
)
