"""Code lists of what systems exchange: lists, listings, subjects, messages, connectors."""

from __future__ import annotations

from enum import StrEnum


class CaseListKind(StrEnum):
    """The lists a court shares: three of public bodies, and its orders that restrict consumption (限制消费令)."""

    DISHONEST = "DISHONEST"
    PENDING = "PENDING"
    TERMINATED_THIS_EXECUTION = "TERMINATED_THIS_EXECUTION"
    CONSUMPTION_RESTRICTION = "CONSUMPTION_RESTRICTION"


FED_LISTS = (CaseListKind.DISHONEST, CaseListKind.PENDING, CaseListKind.TERMINATED_THIS_EXECUTION)
"""The lists that go on to credit platforms and into circulars: an order that restricts is not one of them."""


class AssociatedRole(StrEnum):
    """As what a person is restricted beside a unit (限制消费规定 art. 3). FINANCE_HEAD is not in the rule: it takes an
    order that names the person."""

    LEGAL_REPRESENTATIVE = "LEGAL_REPRESENTATIVE"
    PRINCIPAL = "PRINCIPAL"
    DIRECTLY_RESPONSIBLE = "DIRECTLY_RESPONSIBLE"
    ACTUAL_CONTROLLER = "ACTUAL_CONTROLLER"
    FINANCE_HEAD = "FINANCE_HEAD"


class CaseProcedure(StrEnum):
    CIVIL = "CIVIL"
    ADMINISTRATIVE = "ADMINISTRATIVE"
    EXECUTION = "EXECUTION"
    NON_LITIGATION_EXECUTION = "NON_LITIGATION_EXECUTION"
    BANKRUPTCY = "BANKRUPTCY"
    PRESERVATION = "PRESERVATION"
    PRE_FILING_MEDIATION = "PRE_FILING_MEDIATION"


class CasePartyRole(StrEnum):
    PLAINTIFF = "PLAINTIFF"
    DEFENDANT = "DEFENDANT"
    THIRD_PARTY = "THIRD_PARTY"
    APPLICANT = "APPLICANT"
    JUDGMENT_DEBTOR = "JUDGMENT_DEBTOR"
    RESPONDENT = "RESPONDENT"


class Confidentiality(StrEnum):
    """What a court says of a case. STATE_SECRET never enters the hub; the others but NORMAL enter as a shell."""

    NORMAL = "NORMAL"
    JUVENILE = "JUVENILE"
    PRIVACY = "PRIVACY"
    COMMERCIAL = "COMMERCIAL"
    STATE_SECRET = "STATE_SECRET"  # noqa: S105 - a class of cases


class MirrorCapacity(StrEnum):
    """Why a mirrored row is an organisation's own: it told it, or it is told of."""

    SOURCE = "SOURCE"
    SUBJECT = "SUBJECT"


class MirrorStatus(StrEnum):
    """Whether the source still holds what it told us."""

    ACTIVE = "ACTIVE"
    ENDED = "ENDED"


class DishonestyStatus(StrEnum):
    """Life of a listing as its court tells it; the hub never moves it itself. EXEC_FILED: nothing was told yet."""

    EXEC_FILED = "EXEC_FILED"
    NOTICE_SERVED = "NOTICE_SERVED"
    PRE_LISTING_NOTICED = "PRE_LISTING_NOTICED"
    DECIDED = "DECIDED"
    IN_GRACE = "IN_GRACE"
    AVERTED = "AVERTED"
    LISTED = "LISTED"
    PUBLISHED = "PUBLISHED"
    CORRECTION_PENDING = "CORRECTION_PENDING"
    RECONSIDERING = "RECONSIDERING"
    DELETE_DUE = "DELETE_DUE"
    DELETED_SHIELDED = "DELETED_SHIELDED"
    REPAIRED = "REPAIRED"
    REVOKED = "REVOKED"
    ARCHIVED = "ARCHIVED"


STANDING = (
    DishonestyStatus.LISTED,
    DishonestyStatus.PUBLISHED,
    DishonestyStatus.CORRECTION_PENDING,
    DishonestyStatus.RECONSIDERING,
    DishonestyStatus.DELETE_DUE,
)
"""States in which a listing stands: others may know of it, a check finds it, measures may rest on it."""
GONE = (
    DishonestyStatus.AVERTED,
    DishonestyStatus.DELETED_SHIELDED,
    DishonestyStatus.REPAIRED,
    DishonestyStatus.REVOKED,
    DishonestyStatus.ARCHIVED,
)
"""States in which the court holds nothing of it any more."""
ENDED: dict[CaseListKind, DishonestyStatus | MirrorStatus] = {
    **dict.fromkeys(CaseListKind, MirrorStatus.ENDED),
    CaseListKind.DISHONEST: DishonestyStatus.DELETED_SHIELDED,
}
"""Status of a row of each list that is gone, where no more is told of why."""


class DeletionGround(StrEnum):
    """Why a listing is deleted: grounds 1 to 7 of 法释〔2017〕7号 art. 10, the end of its term, or early (art. 2)."""

    PERFORMED = "PERFORMED"
    SETTLEMENT_PERFORMED = "SETTLEMENT_PERFORMED"
    CREDITOR_REQUEST = "CREDITOR_REQUEST"
    NOTHING_FOUND = "NOTHING_FOUND"
    STAYED = "STAYED"
    NOT_ENFORCED = "NOT_ENFORCED"
    ENDED = "ENDED"
    TERM_EXPIRED = "TERM_EXPIRED"
    EARLY = "EARLY"


class ListingInitiative(StrEnum):
    """At whose instance a court lists."""

    CREDITOR = "CREDITOR"
    COURT = "COURT"


class ListingClock(StrEnum):
    """What is counted in the life of a listing."""

    GRACE = "GRACE"
    TERM = "TERM"
    OBJECTION = "OBJECTION"
    RECONSIDERATION = "RECONSIDERATION"
    DELETION = "DELETION"
    RELISTING_BAR = "RELISTING_BAR"


class CheckMode(StrEnum):
    """How a subject was matched: by its own number, or by a name that others may bear."""

    EXACT_ID = "EXACT_ID"
    NAME_ONLY = "NAME_ONLY"


class Disposition(StrEnum):
    """What a department's system does with a subject that was checked."""

    BLOCK = "BLOCK"
    WARN = "WARN"
    MANUAL = "MANUAL"
    PASS = "PASS"  # noqa: S105 - what becomes of a matter


class SubjectType(StrEnum):
    LEGAL = "LEGAL"
    NATURAL = "NATURAL"
    OTHER_ORG = "OTHER_ORG"


class MatchConfidence(StrEnum):
    """On what grounds a subject is held to be an organisation of the hub."""

    EXACT_ID = "EXACT_ID"
    NAME = "NAME"
    MANUAL = "MANUAL"
    NONE = "NONE"


class SubjectMatchStatus(StrEnum):
    OPEN = "OPEN"
    MATCHED = "MATCHED"


class OrganizationNameKind(StrEnum):
    """全称, 简称, 旧称."""

    FULL = "FULL"
    SHORT = "SHORT"
    FORMER = "FORMER"


class TransferReason(StrEnum):
    """Why a body is held to be another unit than before: a merger, its end, a person's word, or its reversal."""

    SUCCESSION = "SUCCESSION"
    SUCCESSION_ENDED = "SUCCESSION_ENDED"
    MATCHED = "MATCHED"
    MATCH_UNDONE = "MATCH_UNDONE"


class CandidateReason(StrEnum):
    """Why a unit may be the body that a source named."""

    SAME_NAME = "SAME_NAME"
    OTHER_NAME = "OTHER_NAME"
    FORMER_NAME = "FORMER_NAME"
    SUCCESSOR = "SUCCESSOR"
    SIMILAR_NAME = "SIMILAR_NAME"


class BatchKind(StrEnum):
    DELTA = "DELTA"
    SNAPSHOT = "SNAPSHOT"
    ZERO = "ZERO"


class BatchStatus(StrEnum):
    ACCEPTED = "ACCEPTED"
    REFUSED = "REFUSED"


class InboxStatus(StrEnum):
    RECEIVED = "RECEIVED"
    INVALID = "INVALID"
    NEEDS_INFORMATION = "NEEDS_INFORMATION"
    QUARANTINED = "QUARANTINED"
    APPLIED = "APPLIED"
    SUPERSEDED = "SUPERSEDED"


QUARANTINE = (InboxStatus.INVALID, InboxStatus.NEEDS_INFORMATION, InboxStatus.QUARANTINED)
"""States in which a message waits for a person."""


class ReconciliationOutcome(StrEnum):
    """HELD waits for a person, who has it RELEASED or REFUSED; a later snapshot leaves it OVERTAKEN."""

    EQUAL = "EQUAL"
    ENDED_MISSING = "ENDED_MISSING"
    HELD = "HELD"
    RELEASED = "RELEASED"
    REFUSED = "REFUSED"
    OVERTAKEN = "OVERTAKEN"


class SnapshotDecision(StrEnum):
    """What a person decides of a snapshot that was held."""

    RELEASE = "RELEASE"
    REFUSE = "REFUSE"


class IssueKind(StrEnum):
    BATCH_GAP = "BATCH_GAP"
    BATCH_REFUSED = "BATCH_REFUSED"
    MESSAGE_ID_REUSED = "MESSAGE_ID_REUSED"
    SNAPSHOT_SHRUNK = "SNAPSHOT_SHRUNK"
    SUBJECT_UNMATCHED = "SUBJECT_UNMATCHED"
    SOURCE_SILENT = "SOURCE_SILENT"
    FEED_REFUSED = "FEED_REFUSED"
    FEED_UNANSWERED = "FEED_UNANSWERED"
    TAGGED_BODY_UNMATCHED = "TAGGED_BODY_UNMATCHED"


class FeedState(StrEnum):
    """Of a row fed to a system: to be handed over, handed over, and what was said of it."""

    WAITING = "WAITING"
    SENT = "SENT"
    ACCEPTED = "ACCEPTED"
    REFUSED = "REFUSED"


class ConnectorCondition(StrEnum):
    WORKING = "WORKING"
    SILENT = "SILENT"
    FAILING = "FAILING"
