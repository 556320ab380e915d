"""Code lists of the integrity of public bodies."""

from __future__ import annotations

from enum import StrEnum


class ClearanceUnit(StrEnum):
    """What 清零进度 counts: bodies that stand on the list, or their cases."""

    BODY = "BODY"
    CASE = "CASE"


class IntegrityCategory(StrEnum):
    """What a record is about (发改财金〔2023〕1103号): breach of contract, arrears, a listing of the court, a head of a
    body who did not appear in court, or another dishonesty of a public body."""

    CONTRACT_DEFAULT = "CONTRACT_DEFAULT"
    ARREARS = "ARREARS"
    DISHONEST_DEBTOR = "DISHONEST_DEBTOR"
    APPEARANCE_FAILURE = "APPEARANCE_FAILURE"
    OTHER = "OTHER"


class IntegrityStatus(StrEnum):
    """Where a record stands. RECTIFIED: performed, or struck off the court's list; WITHDRAWN: it was wrong; EXPIRED:
    kept as long as the pack says, and in no file any more."""

    RECORDED = "RECORDED"
    CONTESTED = "CONTESTED"
    RECTIFIED = "RECTIFIED"
    WITHDRAWN = "WITHDRAWN"
    EXPIRED = "EXPIRED"


INTEGRITY_STANDING = (IntegrityStatus.RECORDED, IntegrityStatus.CONTESTED)
"""States in which a record counts against its body."""


class EngagementStatus(StrEnum):
    """OPEN: with the evaluator; RETURNED: every body scored; ATTACHED: scores are in the files; ENDED: called off."""

    OPEN = "OPEN"
    RETURNED = "RETURNED"
    ATTACHED = "ATTACHED"
    ENDED = "ENDED"


class CreditGrade(StrEnum):
    A = "A"
    B = "B"
    C = "C"
    D = "D"


class ComplaintStatus(StrEnum):
    """Where a complaint stands. REJECTED: not to be handled; HANDED: with the body complained of."""

    REGISTERED = "REGISTERED"
    REJECTED = "REJECTED"
    HANDED = "HANDED"
    ANSWERED = "ANSWERED"
    VERIFIED = "VERIFIED"
    CLOSED = "CLOSED"


class PublicityKind(StrEnum):
    """典型案例, 整改正面案例, 新闻发布会."""

    TYPICAL_CASE = "TYPICAL_CASE"
    RECTIFIED_CASE = "RECTIFIED_CASE"
    PRESS_CONFERENCE = "PRESS_CONFERENCE"


class PublicityStatus(StrEnum):
    """Where an item stands on its way to the public."""

    PROPOSED = "PROPOSED"
    REVIEWED = "REVIEWED"
    APPROVED = "APPROVED"
    PUBLISHED = "PUBLISHED"
    WITHDRAWN = "WITHDRAWN"


class PublicityApprover(StrEnum):
    """Who lets an item out."""

    CREDIT_OFFICE = "CREDIT_OFFICE"
    OFFICE = "OFFICE"
    GOVERNMENT = "GOVERNMENT"
    COURT = "COURT"
