"""Code lists of joint punishment: measures, whom they meet, how they end; overdue lists."""

from __future__ import annotations

from enum import StrEnum


class PunishmentField(StrEnum):
    """Fields and measures of joint punishment the notices name."""

    GOVERNMENT_PROCUREMENT = "GOVERNMENT_PROCUREMENT"
    TENDERING = "TENDERING"
    ADMINISTRATIVE_APPROVAL = "ADMINISTRATIVE_APPROVAL"
    GOVERNMENT_SUPPORT = "GOVERNMENT_SUPPORT"
    FINANCING = "FINANCING"
    MARKET_ACCESS = "MARKET_ACCESS"
    QUALIFICATION = "QUALIFICATION"
    INTERVIEW = "INTERVIEW"
    AWARD = "AWARD"
    RECORD = "RECORD"
    INVESTMENT_APPROVAL = "INVESTMENT_APPROVAL"
    SUBSIDY = "SUBSIDY"
    CONSUMPTION = "CONSUMPTION"


class MeasureCatalogueVersion(StrEnum):
    """Catalogues that come with the product; a pack names the one in force."""

    V2016_1 = "2016.1"
    V2021_1 = "2021.1"


class MeasureLevel(StrEnum):
    MANDATORY = "MANDATORY"
    DISCRETIONARY = "DISCRETIONARY"


class MeasureTarget(StrEnum):
    """Whom a measure meets: the listed unit, or a person who answers for it."""

    UNIT = "UNIT"
    LEGAL_REPRESENTATIVE = "LEGAL_REPRESENTATIVE"
    PRINCIPAL = "PRINCIPAL"
    DIRECTLY_RESPONSIBLE = "DIRECTLY_RESPONSIBLE"
    ACTUAL_CONTROLLER = "ACTUAL_CONTROLLER"
    FINANCE_HEAD = "FINANCE_HEAD"


class MeasureStatus(StrEnum):
    MATCHED = "MATCHED"
    PROPOSED = "PROPOSED"
    DROPPED = "DROPPED"
    ORDERED = "ORDERED"
    DECLINED = "DECLINED"
    IN_FORCE = "IN_FORCE"
    EXEMPTED = "EXEMPTED"
    LIFTING = "LIFTING"
    LIFTED = "LIFTED"
    VERIFIED_LIFTED = "VERIFIED_LIFTED"
    ANNULLED = "ANNULLED"


class MeasureEnding(StrEnum):
    """What of the listing ended a measure: it was deleted, revoked, or averted."""

    DELETED = "DELETED"
    REVOKED = "REVOKED"
    AVERTED = "AVERTED"


DRAFTED = (MeasureStatus.MATCHED, MeasureStatus.PROPOSED)
"""Not ordered yet: only those who decide know of it."""
BINDING = (MeasureStatus.ORDERED, MeasureStatus.IN_FORCE, MeasureStatus.EXEMPTED)
"""Ordered, and not asked to be lifted."""
CARRIED = (
    MeasureStatus.MATCHED,
    MeasureStatus.PROPOSED,
    MeasureStatus.ORDERED,
    MeasureStatus.IN_FORCE,
    MeasureStatus.EXEMPTED,
    MeasureStatus.LIFTING,
)
"""Somebody has yet to do something about it, or goes on doing it."""
SETTLED = (
    MeasureStatus.DROPPED,
    MeasureStatus.DECLINED,
    MeasureStatus.VERIFIED_LIFTED,
    MeasureStatus.ANNULLED,
)
"""Nothing of it burdens anybody any more, and that is on record."""


class OverdueListStatus(StrEnum):
    COMPILED = "COMPILED"
    SUBMITTED_TO_GOVERNMENT = "SUBMITTED_TO_GOVERNMENT"
    APPROVED = "APPROVED"
    RETURNED = "RETURNED"
    DELIVERED = "DELIVERED"
    MEASURES_REPORTED = "MEASURES_REPORTED"
    CLOSED = "CLOSED"


APPROVED_LISTS = (
    OverdueListStatus.APPROVED,
    OverdueListStatus.DELIVERED,
    OverdueListStatus.MEASURES_REPORTED,
    OverdueListStatus.CLOSED,
)


class OverdueListCapacity(StrEnum):
    ISSUER = "ISSUER"
    COURT = "COURT"
    IMPLEMENTER = "IMPLEMENTER"
