"""Judicial suggestions, assessments, circulars: docs/integrity.md, "What dishonesty weighs"; domain §4.4."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hub.db import models
from tests.isolation.rules.reach import OVERSEERS, SUPERVISORS, own, own_or

if TYPE_CHECKING:
    from tests.isolation.oracle import Oracle
    from tests.support.rows import Row


def _suggestion(oracle: Oracle, row: Row) -> bool:
    """Its court's alone until it is sent; then also its addressee, the copied, and overseers. The body that it is about
    is told nothing; the credit office knows figures alone."""
    parties = oracle.content.of(models.JudicialSuggestionParty)
    told = any(each["suggestion_id"] == row["id"] and each["organization_id"] == oracle.own for each in parties)
    overseen = row["sent_at"] is not None and oracle.covers(OVERSEERS, row)
    return told or overseen or row["court_id"] == oracle.own


def _item(oracle: Oracle, row: Row) -> bool:
    """Nobody but the assessor before it is entered; then the unit, its superior and who supervises it."""
    supervised = own_or(SUPERVISORS, "organization_id")(oracle, row) or row["organization_id"] in oracle.below
    return row["assessor_id"] == oracle.own or (row["entered_at"] is not None and supervised)


def _circular(oracle: Oracle, row: Row) -> bool:
    return own_or(SUPERVISORS, "issuer_id", "organization_id")(oracle, row) or row["organization_id"] in oracle.below


RULES: dict[type[Any], Any] = {
    models.JudicialSuggestion: _suggestion,
    models.JudicialSuggestionParty: own("organization_id"),
    models.AssessmentItem: _item,
    models.Circular: _circular,
}
CONTENT = {models.AssessmentItem: {"reason"}, models.Circular: {"content"}}
OWN = {
    models.AssessmentItem: own("organization_id", "assessor_id"),
    models.Circular: own("organization_id", "issuer_id"),
}
CLEARED = {
    models.JudicialSuggestion: {"signed_by", "received_by"},
    models.AssessmentItem: {"decided_by"},
    models.Circular: {"signed_by"},
}
LISTS = {
    "judicialSuggestions": models.JudicialSuggestion,
    "assessmentItems": models.AssessmentItem,
    "circulars": models.Circular,
}
PATHS = (
    "{ judicialSuggestions(first: 100) { nodes { title problems suggestions consultation reply outcome signedBy } } }",
    """{ assessmentItems(first: 50) { nodes { points reason decidedBy caseNumber } }
    circulars(first: 50) { nodes { title content signedBy item { reason points } } } }""",
)
