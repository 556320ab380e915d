"""Code lists of bankruptcy coordination and of the funds that aid bankruptcies and relieve applicants."""

from __future__ import annotations

from enum import StrEnum


class BankruptcyStatus(StrEnum):
    """Where the coordination of one bankruptcy stands."""

    PROPOSED = "PROPOSED"
    REVIEWED = "REVIEWED"
    ASSIGNED = "ASSIGNED"
    IN_PROGRESS = "IN_PROGRESS"
    ALL_SETTLED = "ALL_SETTLED"
    CLOSED = "CLOSED"


class BankruptcyOutcome(StrEnum):
    """What the court decided: reorganisation plan approved (重整计划批准), settlement recognised (和解协议认可),
    declared bankrupt (宣告破产), proceedings ended."""

    PLAN_APPROVED = "PLAN_APPROVED"
    SETTLEMENT_RECOGNISED = "SETTLEMENT_RECOGNISED"
    LIQUIDATION = "LIQUIDATION"
    TERMINATED = "TERMINATED"


SAVED = (BankruptcyOutcome.PLAN_APPROVED, BankruptcyOutcome.SETTLEMENT_RECOGNISED)
"""Outcomes after which the debtor goes on, and its credit may be repaired."""


class BankruptcyMatterType(StrEnum):
    """What a bankruptcy needs of the government (温政办〔2021〕13号): its six matters, and those of other notices."""

    PETITION_STABILITY = "PETITION_STABILITY"
    EMPLOYEE_SETTLEMENT = "EMPLOYEE_SETTLEMENT"
    ASSET_REVITALISATION = "ASSET_REVITALISATION"
    REGISTRATION_CANCELLATION = "REGISTRATION_CANCELLATION"
    TAX_RELIEF = "TAX_RELIEF"
    CREDIT_REPAIR = "CREDIT_REPAIR"
    REAL_ESTATE = "REAL_ESTATE"
    INFORMATION_SHARING = "INFORMATION_SHARING"
    FINANCE = "FINANCE"
    CHANGE_REGISTRATION = "CHANGE_REGISTRATION"
    OTHER = "OTHER"


class BankruptcyMatterStatus(StrEnum):
    OPEN = "OPEN"
    ASSIGNED = "ASSIGNED"
    HANDLING = "HANDLING"
    FEEDBACK = "FEEDBACK"
    ACCEPTED = "ACCEPTED"
    CLOSED = "CLOSED"
    RETURNED = "RETURNED"
    WITHDRAWN = "WITHDRAWN"


MATTERS_SETTLED = (BankruptcyMatterStatus.CLOSED, BankruptcyMatterStatus.WITHDRAWN)
MATTERS_UNASSIGNED = (BankruptcyMatterStatus.OPEN, BankruptcyMatterStatus.RETURNED)


class PetitionRisk(StrEnum):
    """信访风险研判: how likely collective petitions are."""

    LOW = "LOW"
    MEDIUM = "MEDIUM"
    HIGH = "HIGH"


class StabilityStatus(StrEnum):
    SUBMITTED = "SUBMITTED"
    APPROVED = "APPROVED"
    RETURNED = "RETURNED"


class StabilityApprover(StrEnum):
    """Who approves a plan to keep a disposal of real estate peaceful."""

    GOVERNMENT = "GOVERNMENT"
    OFFICE = "OFFICE"


class FundKind(StrEnum):
    """破产援助资金 and 执行救助专项资金."""

    BANKRUPTCY_AID = "BANKRUPTCY_AID"
    EXECUTION_RELIEF = "EXECUTION_RELIEF"


class FundPurpose(StrEnum):
    """What is paid: of bankruptcy aid the administrator's fee or part of the wages, else relief of an applicant."""

    ADMINISTRATOR_FEE = "ADMINISTRATOR_FEE"
    EMPLOYEE_WAGES = "EMPLOYEE_WAGES"
    APPLICANT_RELIEF = "APPLICANT_RELIEF"


PURPOSES: dict[FundKind, tuple[FundPurpose, ...]] = {
    FundKind.BANKRUPTCY_AID: (FundPurpose.ADMINISTRATOR_FEE, FundPurpose.EMPLOYEE_WAGES),
    FundKind.EXECUTION_RELIEF: (FundPurpose.APPLICANT_RELIEF,),
}


class ReliefClaim(StrEnum):
    """What the applicant in hardship is owed: 劳动报酬, 交通事故, 人身损害, 赡养费、扶养费、抚养费, 其他."""

    WAGES = "WAGES"
    TRAFFIC_ACCIDENT = "TRAFFIC_ACCIDENT"
    PERSONAL_INJURY = "PERSONAL_INJURY"
    SUPPORT = "SUPPORT"
    OTHER = "OTHER"


class DisbursementStatus(StrEnum):
    """APPROVED sets the amount aside in its account; PAID keeps it, CANCELLED gives it back."""

    APPLIED = "APPLIED"
    APPROVED = "APPROVED"
    PAID = "PAID"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"
    CANCELLED = "CANCELLED"


class FundApprover(StrEnum):
    """Who approves a payment: the finance department that keeps the account, or the government."""

    FINANCE = "FINANCE"
    GOVERNMENT = "GOVERNMENT"
