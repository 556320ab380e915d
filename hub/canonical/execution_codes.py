"""Code lists of execution queries (网络查控)."""

from __future__ import annotations

from enum import StrEnum


class OfficerCapacity(StrEnum):
    """What a registered officer of a court may do: ask, approve, or watch over all queries of the court."""

    OFFICER = "OFFICER"
    APPROVER = "APPROVER"
    COMMAND = "COMMAND"


class QueryType(StrEnum):
    """What is asked of a holder."""

    PERSON_IDENTITY = "PERSON_IDENTITY"
    HUKOU = "HUKOU"
    RESIDENCE = "RESIDENCE"
    HOTEL = "HOTEL"
    EXIT_ENTRY = "EXIT_ENTRY"
    MARRIAGE = "MARRIAGE"
    SOCIAL_SECURITY = "SOCIAL_SECURITY"
    PROVIDENT_FUND = "PROVIDENT_FUND"
    REAL_ESTATE = "REAL_ESTATE"
    VEHICLE = "VEHICLE"
    AGRI_MACHINE = "AGRI_MACHINE"
    VESSEL = "VESSEL"
    BUSINESS_REG = "BUSINESS_REG"
    EQUITY = "EQUITY"
    BANK_ACCOUNT = "BANK_ACCOUNT"
    SECURITIES = "SECURITIES"
    INSURANCE = "INSURANCE"
    TAX_INVOICE = "TAX_INVOICE"
    TELECOM_NUMBER = "TELECOM_NUMBER"
    PLATFORM_ACCOUNT = "PLATFORM_ACCOUNT"


class QueryPurpose(StrEnum):
    LOCATE_PERSON = "LOCATE_PERSON"
    LOCATE_ASSET = "LOCATE_ASSET"
    VERIFY_REPORT = "VERIFY_REPORT"
    CONTROL_ASSET = "CONTROL_ASSET"


class QueryUrgency(StrEnum):
    NORMAL = "NORMAL"
    EMERGENCY = "EMERGENCY"


class LegalDocumentKind(StrEnum):
    """Documents that a holder may ask to see."""

    INQUIRY_NOTICE = "INQUIRY_NOTICE"
    EXECUTION_RULING = "EXECUTION_RULING"
    EXECUTION_NOTICE = "EXECUTION_NOTICE"


class ExecutionQueryStatus(StrEnum):
    PENDING_APPROVAL = "PENDING_APPROVAL"
    REJECTED = "REJECTED"
    CANCELLED = "CANCELLED"
    DISPATCHED = "DISPATCHED"
    PARTIALLY_ANSWERED = "PARTIALLY_ANSWERED"
    ANSWERED = "ANSWERED"
    USED = "USED"
    CLOSED = "CLOSED"
    PURGED = "PURGED"


class ExecutionOrderStatus(StrEnum):
    """Where one holder's part of a query stands."""

    DISPATCHED = "DISPATCHED"
    ACCEPTED = "ACCEPTED"
    ANSWERED = "ANSWERED"
    RETURNED = "RETURNED"
    OBJECTED = "OBJECTED"
    CANCELLED = "CANCELLED"


class AnswerCode(StrEnum):
    """What a holder answers. 查无开户信息 is NOT_FOUND: an answer, unlike silence."""

    FOUND = "FOUND"
    NOT_FOUND = "NOT_FOUND"
    NO_SUCH_SUBJECT = "NO_SUCH_SUBJECT"
    PARTIAL = "PARTIAL"
    REFUSED = "REFUSED"
    ERROR = "ERROR"


class ReturnReason(StrEnum):
    """Why a holder returns an order (退回原因)."""

    SEAL_MISSING = "SEAL_MISSING"
    DOCUMENT_UNREADABLE = "DOCUMENT_UNREADABLE"
    DOCUMENT_MISMATCH = "DOCUMENT_MISMATCH"
    SUBJECT_UNCLEAR = "SUBJECT_UNCLEAR"
    NOT_COMPETENT = "NOT_COMPETENT"
    OTHER = "OTHER"
