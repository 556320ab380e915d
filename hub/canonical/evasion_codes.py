"""Code lists of cases tagged by their courts, and of clues to refusing or evading enforcement (拒执线索)."""

from __future__ import annotations

from enum import StrEnum


class CaseTagKind(StrEnum):
    """LIVELIHOOD 涉民生, ADMINISTRATIVE_ORGAN 涉行政机关, ENFORCEMENT_EVASION 规避执行 (驻政〔2022〕59号 二（一）5)."""

    LIVELIHOOD = "LIVELIHOOD"
    ADMINISTRATIVE_ORGAN = "ADMINISTRATIVE_ORGAN"
    ENFORCEMENT_EVASION = "ENFORCEMENT_EVASION"


class CaseTagStatus(StrEnum):
    ACTIVE = "ACTIVE"
    WITHDRAWN = "WITHDRAWN"


class CaseTagOrigin(StrEnum):
    """MESSAGE: by the court's own system; HUB: by the court in the hub."""

    MESSAGE = "MESSAGE"
    HUB = "HUB"


class EvasionClueStatus(StrEnum):
    """A clue on its way: SENT and RECEIVED wait for the police, RETURNED for the court's further material, ACCEPTED for
    whether a criminal case is filed."""

    SENT = "SENT"
    RECEIVED = "RECEIVED"
    RETURNED = "RETURNED"
    ACCEPTED = "ACCEPTED"
    NOT_ACCEPTED = "NOT_ACCEPTED"
    FILED = "FILED"
    NOT_FILED = "NOT_FILED"
    WITHDRAWN = "WITHDRAWN"
    CLOSED = "CLOSED"


class EvasionConduct(StrEnum):
    """What the debtor is suspected of."""

    CONCEALING_ASSETS = "CONCEALING_ASSETS"
    FALSE_REPORT = "FALSE_REPORT"
    RESTRICTION_BREACHED = "RESTRICTION_BREACHED"
    FALSE_EVIDENCE = "FALSE_EVIDENCE"
    FALSE_SUIT = "FALSE_SUIT"
    REFUSING_DELIVERY = "REFUSING_DELIVERY"
    OBSTRUCTION = "OBSTRUCTION"
    OTHER = "OTHER"


class ClueRefusal(StrEnum):
    """Why the police do not take a clue up, or file no criminal case."""

    NO_CRIMINAL_FACT = "NO_CRIMINAL_FACT"
    MINOR = "MINOR"
    NOT_COMPETENT = "NOT_COMPETENT"
    PERFORMED = "PERFORMED"
    OTHER = "OTHER"


class ClueEvidenceKind(StrEnum):
    TRANSFER_LETTER = "TRANSFER_LETTER"
    EXECUTION_BASIS = "EXECUTION_BASIS"
    PROPERTY_REPORT = "PROPERTY_REPORT"
    TRANSACTION_RECORD = "TRANSACTION_RECORD"
    STATEMENT = "STATEMENT"
    OTHER = "OTHER"
