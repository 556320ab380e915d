"""Code lists of supervision: notices, who receives them, what courts report, what follows."""

from __future__ import annotations

from enum import StrEnum


class NoticeKind(StrEnum):
    """提醒函, 督促函, 交办单, 督办单."""

    REMINDER_LETTER = "REMINDER_LETTER"
    URGING_LETTER = "URGING_LETTER"
    ASSIGNMENT_ORDER = "ASSIGNMENT_ORDER"
    SUPERVISION_ORDER = "SUPERVISION_ORDER"


class NoticeStatus(StrEnum):
    """Where a notice stands; from DELIVERED on as the unit it is addressed to has brought it."""

    DRAFT = "DRAFT"
    PENDING_SIGNOFF = "PENDING_SIGNOFF"
    ISSUED = "ISSUED"
    DELIVERED = "DELIVERED"
    SIGNED = "SIGNED"
    IN_HANDLING = "IN_HANDLING"
    EXTENSION_PENDING = "EXTENSION_PENDING"
    REPLIED = "REPLIED"
    ESCALATED = "ESCALATED"
    CLOSED_SATISFIED = "CLOSED_SATISFIED"
    CLOSED_UNRESOLVED = "CLOSED_UNRESOLVED"
    WITHDRAWN = "WITHDRAWN"


NOTICE_DRAFTS = (NoticeStatus.DRAFT, NoticeStatus.PENDING_SIGNOFF)
NOTICE_TERMINAL = (NoticeStatus.CLOSED_SATISFIED, NoticeStatus.CLOSED_UNRESOLVED, NoticeStatus.WITHDRAWN)
NOTICE_RUNNING = (
    NoticeStatus.ISSUED,
    NoticeStatus.DELIVERED,
    NoticeStatus.SIGNED,
    NoticeStatus.IN_HANDLING,
    NoticeStatus.EXTENSION_PENDING,
    NoticeStatus.ESCALATED,
)
"""States in which the clock of the unit addressed runs."""


class RecipientRole(StrEnum):
    """SUBJECT must act; SUPERIOR answers for the subject; CC is told."""

    SUBJECT = "SUBJECT"
    SUPERIOR = "SUPERIOR"
    CC = "CC"


class NoticeCapacity(StrEnum):
    """Why an organisation is party to a notice."""

    ISSUER = "ISSUER"
    CO_ISSUER = "CO_ISSUER"
    SIGNATORY = "SIGNATORY"
    SUBJECT = "SUBJECT"
    SUPERIOR = "SUPERIOR"
    CC = "CC"


class NoticeTrigger(StrEnum):
    """What a notice was drafted upon: a person's decision, or a rule of the policy pack."""

    MANUAL = "MANUAL"
    CASE_FILED = "CASE_FILED"
    CASE_LOST = "CASE_LOST"
    LISTED = "LISTED"


class NoticeSigner(StrEnum):
    """Whose leader signs a notice."""

    ISSUER = "ISSUER"
    GOVERNMENT = "GOVERNMENT"


class CaseReportKind(StrEnum):
    """What a court reports of a case against a public body: filed, lost with effect, not performed in time."""

    FILED = "FILED"
    LOST = "LOST"
    OVERDUE = "OVERDUE"


class ReferralKind(StrEnum):
    """问责线索 to 纪委监委; 政务失信记录 to the organisation department."""

    ACCOUNTABILITY_CLUE = "ACCOUNTABILITY_CLUE"
    RECORD = "RECORD"


class InterviewStatus(StrEnum):
    PLANNED = "PLANNED"
    HELD = "HELD"
    CANCELLED = "CANCELLED"


class PeriodicReportKind(StrEnum):
    """政府失信治理情况通报; 失信被执行人定期推送; 执行案件分类月报."""

    GOVERNANCE_CIRCULAR = "GOVERNANCE_CIRCULAR"
    DISHONESTY_PUSH = "DISHONESTY_PUSH"
    EXECUTION_REPORT = "EXECUTION_REPORT"


class PeriodicReportStatus(StrEnum):
    COMPILED = "COMPILED"
    ISSUED = "ISSUED"


class SuggestionCategory(StrEnum):
    """What a judicial suggestion is about."""

    DISHONEST_BODY = "DISHONEST_BODY"
    COMPREHENSIVE = "COMPREHENSIVE"
    APPEARANCE = "APPEARANCE"
    JUDGMENT_REFUSAL = "JUDGMENT_REFUSAL"
    OTHER = "OTHER"


class SuggestionStatus(StrEnum):
    DRAFT = "DRAFT"
    CONSULTED = "CONSULTED"
    SENT = "SENT"
    RECEIVED = "RECEIVED"
    REPLIED = "REPLIED"
    CLOSED = "CLOSED"
    WITHDRAWN = "WITHDRAWN"


SUGGESTION_RUNNING = (SuggestionStatus.SENT, SuggestionStatus.RECEIVED)
"""States in which the time to reply runs."""


class SuggestionAdoption(StrEnum):
    """How far the suggestions were taken up."""

    ADOPTED = "ADOPTED"
    PARTLY = "PARTLY"
    NOT = "NOT"


class SuggestionCapacity(StrEnum):
    """ADDRESSEE replies; COPIED is told."""

    COURT = "COURT"
    ADDRESSEE = "ADDRESSEE"
    COPIED = "COPIED"


class AssessmentScheme(StrEnum):
    """平安建设考核; 目标（绩效）考核."""

    PINGAN = "PINGAN"
    PERFORMANCE = "PERFORMANCE"


class AssessmentStatus(StrEnum):
    """PROPOSED by rule; ENTERED once a person has given it its points."""

    PROPOSED = "PROPOSED"
    ENTERED = "ENTERED"
    DROPPED = "DROPPED"
    CANCELLED = "CANCELLED"
