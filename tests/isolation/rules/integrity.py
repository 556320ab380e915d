"""Integrity of public bodies: docs/integrity.md; domain §4.4, GovernmentIntegrityRecord of a body and of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hub.canonical.exchange_codes import Confidentiality
from hub.canonical.integrity_codes import EngagementStatus, IntegrityStatus, PublicityStatus
from hub.core.principal import Clearance, RoleName
from hub.db import models
from tests.isolation.rules.reach import PUBLIC_BODIES, WHOLE_CREDIT, of, own, own_or

if TYPE_CHECKING:
    from tests.isolation.oracle import Oracle
    from tests.support.rows import Row

TOLD = {"LISTED", "PUBLISHED", "CORRECTION_PENDING", "RECONSIDERING", "DELETE_DUE", "DELETED_SHIELDED", "REPAIRED"}
"""States of a listing in which its case may be told: neither before it stands, nor once it is averted or revoked."""


def _record(oracle: Oracle, row: Row) -> bool:
    """The body, who recorded it, credit office and auditor; whoever oversees public bodies and the body's superior see
    what stands or was put right, never a person's, never what a listing left behind. Past its time nobody."""
    if row["status"] is IntegrityStatus.EXPIRED:
        return False
    if own_or(WHOLE_CREDIT, "organization_id", "recorder_id")(oracle, row):
        return True
    standing = row["status"] in (IntegrityStatus.RECORDED, IntegrityStatus.CONTESTED)
    mended = row["status"] is IntegrityStatus.RECTIFIED and row["source_id"] is None
    overseen = oracle.covers(PUBLIC_BODIES, row) or row["organization_id"] in oracle.below
    return row["person_id"] is None and (standing or mended) and overseen


def _complaint(oracle: Oracle, row: Row) -> bool:
    """The receiver and the credit side; the body complained of from its handing over on."""
    handed = row["organization_id"] == oracle.own and row["handed_at"] is not None
    return handed or own_or(WHOLE_CREDIT, "receiver_id")(oracle, row)


def _tellable(oracle: Oracle, row: Row) -> bool:
    """Whether the case may be told to the public, whoever asks."""
    behind = oracle.content.backdrop
    listings = {each["id"]: each for each in behind.get(models.DishonestyRecord, [])}
    cases = {each["id"]: each for each in behind.get(models.LegalCase, [])}
    if row["record_id"] is None:
        return True
    listing = listings[row["record_id"]]
    normal = cases[listing["case_id"]]["confidentiality"] is Confidentiality.NORMAL
    return normal and listing["status"] in TOLD


def _publicity(oracle: Oracle, row: Row) -> bool:
    """Everybody what is published; who proposed it and who oversees public bodies the rest; courts of the place what
    waits for an approval."""
    waits = row["status"] in (PublicityStatus.REVIEWED, PublicityStatus.APPROVED)
    return (
        (row["status"] is PublicityStatus.PUBLISHED and _tellable(oracle, row))
        or own_or(PUBLIC_BODIES, "proposer_id")(oracle, row)
        or (waits and oracle.covers({RoleName.COURT}, row))
    )


def _extract(oracle: Oracle, row: Row) -> bool:
    """The evaluator while its engagement is open, and who commissioned it."""
    (engagement,) = (e for e in oracle.content.of(models.IntegrityEngagement) if e["id"] == row["engagement_id"])
    scored = row["evaluator_id"] == oracle.own and engagement["status"] is EngagementStatus.OPEN
    return scored or row["commissioner_id"] == oracle.own


def _evaluation(oracle: Oracle, row: Row) -> bool:
    """Which body a pseudonym stands for: who commissioned it; once attached the body and the credit side."""
    attached = row["attached_at"] is not None and own_or(WHOLE_CREDIT, "organization_id")(oracle, row)
    return attached or row["commissioner_id"] == oracle.own


def _unseen(oracle: Oracle, _row: Row) -> set[str]:
    """How an item of publicity came to be is for those inside."""
    inside = {"review_note", "clause", "withdraw_reason"} if oracle.principal.clearance < Clearance.L1 else set()
    return inside | ({"approved_by"} if oracle.principal.clearance < Clearance.L2 else set())


RULES: dict[type[Any], Any] = {
    models.IntegrityPerson: own_or(WHOLE_CREDIT, "organization_id", "recorder_id"),
    models.IntegrityRecord: _record,
    models.IntegrityRevision: of(models.IntegrityRecord, "record_id"),
    models.IntegrityComplaint: _complaint,
    models.IntegrityComplainant: own("receiver_id"),
    models.PublicityItem: _publicity,
    models.IntegrityEngagement: own("evaluator_id", "commissioner_id"),
    models.EvaluationExtract: _extract,
    models.IntegrityEvaluation: _evaluation,
}
CLEARED = {
    models.IntegrityPerson: {"name_masked", "post"},
    models.IntegrityRecord: {"causes", "facts", "contest_reason", "decision", "amount_fen", "evidence"},
    models.IntegrityRevision: {"facts", "reason"},
    models.IntegrityComplaint: {"summary", "demand", "answer", "return_reason", "finding", "outcome"},
}
MASKS = {models.PublicityItem: _unseen}
LISTS = {
    "integrityRecords": models.IntegrityRecord,
    "integrityComplaints": models.IntegrityComplaint,
    "publicityItems": models.PublicityItem,
    "integrityEngagements": models.IntegrityEngagement,
    "evaluationExtracts": models.EvaluationExtract,
}
PATHS = (
    """{ integrityRecords(first: 100) { nodes { facts causes amount evidence { name } contestReason decision
        person { name nameMasked post } revisions { title facts reason } } }
    integrityComplaints(first: 100) { nodes { summary demand answer finding outcome returnReason statement } } }""",
    "{ publicityItems(first: 100) { totalCount nodes { title content reviewNote approvedBy clause withdrawReason } } }",
    """{ evaluationExtracts(first: 100) { nodes { pseudonym score remark figures { band } } }
    integrityEngagements { nodes { note bodies standardVersion } } }""",
)
