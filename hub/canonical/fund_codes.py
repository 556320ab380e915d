"""Codes of fund clues (资金线索) and performance plans (履行计划)."""

from __future__ import annotations

from enum import StrEnum


class FundClueStatus(StrEnum):
    REQUESTED = "REQUESTED"
    ASSIGNED = "ASSIGNED"
    PUSHED = "PUSHED"
    NO_CLUE = "NO_CLUE"
    DECLINED = "DECLINED"
    RECEIVED = "RECEIVED"
    VERIFIED = "VERIFIED"
    USED = "USED"
    UNUSABLE = "UNUSABLE"
    OUTCOME_REPORTED = "OUTCOME_REPORTED"
    WITHDRAWN = "WITHDRAWN"
    CLOSED = "CLOSED"


class ClueMoney(StrEnum):
    """What money a clue is about."""

    BUDGET_APPROPRIATION = "BUDGET_APPROPRIATION"
    SPECIAL_FUND = "SPECIAL_FUND"
    PAYMENT_PENDING = "PAYMENT_PENDING"
    ACCOUNT = "ACCOUNT"
    OTHER = "OTHER"


class FundUsability(StrEnum):
    """Whether the money may be executed against; earmarked money may not be spent otherwise."""

    YES = "YES"
    NO = "NO"
    RESTRICTED = "RESTRICTED"


class ClueDecline(StrEnum):
    CONFIDENTIAL = "CONFIDENTIAL"
    EARMARKED = "EARMARKED"
    NOT_COMPETENT = "NOT_COMPETENT"
    OTHER = "OTHER"


class PerformancePlanStatus(StrEnum):
    """CONFIRMED: the court has fixed it and finance is asked to enter it into the budget."""

    DRAFT = "DRAFT"
    REJECTED = "REJECTED"
    CONFIRMED = "CONFIRMED"
    BUDGETED = "BUDGETED"
    PAYING = "PAYING"
    DEFAULTED = "DEFAULTED"
    PAID = "PAID"
    ENDED = "ENDED"
