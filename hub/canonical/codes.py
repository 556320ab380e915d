"""Shared code lists. Stored as text with a CHECK made from these enums; values are the field's standard terms."""

from __future__ import annotations

from enum import StrEnum


class JurisdictionLevel(StrEnum):
    PROVINCE = "PROVINCE"
    PREFECTURE = "PREFECTURE"
    COUNTY = "COUNTY"
    TOWNSHIP = "TOWNSHIP"
    VILLAGE = "VILLAGE"
    ZONE = "ZONE"


class OrganizationLevel(StrEnum):
    CENTRAL = "CENTRAL"
    PROVINCE = "PROVINCE"
    CITY = "CITY"
    COUNTY = "COUNTY"
    TOWNSHIP = "TOWNSHIP"
    VILLAGE = "VILLAGE"


class OrganizationKind(StrEnum):
    GOVERNMENT = "GOVERNMENT"
    GOV_DEPARTMENT = "GOV_DEPARTMENT"
    COURT = "COURT"
    PROCURATORATE = "PROCURATORATE"
    PARTY_ORGAN = "PARTY_ORGAN"
    SUPERVISORY = "SUPERVISORY"
    PUBLIC_INSTITUTION = "PUBLIC_INSTITUTION"
    TOWNSHIP_GOV = "TOWNSHIP_GOV"
    SUBDISTRICT = "SUBDISTRICT"
    VILLAGE_COMMITTEE = "VILLAGE_COMMITTEE"
    RESIDENT_COMMITTEE = "RESIDENT_COMMITTEE"
    VILLAGE_COLLECTIVE = "VILLAGE_COLLECTIVE"
    SOE = "SOE"
    STATE_CAPITAL_ENTERPRISE = "STATE_CAPITAL_ENTERPRISE"
    FINANCIAL_INSTITUTION = "FINANCIAL_INSTITUTION"
    TELECOM_OPERATOR = "TELECOM_OPERATOR"
    MASS_ORG = "MASS_ORG"
    ENTERPRISE = "ENTERPRISE"
    MEDIATION_ORG = "MEDIATION_ORG"
    ADMIN_COMMITTEE = "ADMIN_COMMITTEE"


class CourtLevel(StrEnum):
    BASIC = "BASIC"
    INTERMEDIATE = "INTERMEDIATE"
    HIGH = "HIGH"
    SUPREME = "SUPREME"


class SuperiorKind(StrEnum):
    ADMINISTRATIVE = "ADMINISTRATIVE"
    BUSINESS = "BUSINESS"


class BodyKind(StrEnum):
    JOINT_MEETING = "JOINT_MEETING"
    LEADING_GROUP = "LEADING_GROUP"
    SPECIAL_OFFICE = "SPECIAL_OFFICE"
    CENTER = "CENTER"


class MembershipRole(StrEnum):
    CONVENOR = "CONVENOR"
    EXECUTIVE_DEPUTY_CONVENOR = "EXECUTIVE_DEPUTY_CONVENOR"
    DEPUTY_CONVENOR = "DEPUTY_CONVENOR"
    MEMBER = "MEMBER"
    OFFICE = "OFFICE"


HEADS = (MembershipRole.CONVENOR, MembershipRole.EXECUTIVE_DEPUTY_CONVENOR)
"""Posts of the heads of government; whoever holds only these is no member unit."""


class MembershipChangeKind(StrEnum):
    ADD = "ADD"
    REMOVE = "REMOVE"
    CHANGE_POST = "CHANGE_POST"


class MembershipChangeStatus(StrEnum):
    PROPOSED = "PROPOSED"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    EFFECTIVE = "EFFECTIVE"
    WITHDRAWN = "WITHDRAWN"


class ListSide(StrEnum):
    GOVERNMENT_LED = "GOVERNMENT_LED"
    COURT_LED = "COURT_LED"


class LinkageArea(StrEnum):
    LAW_GOVERNMENT = "LAW_GOVERNMENT"
    ENFORCEMENT_SUPERVISION = "ENFORCEMENT_SUPERVISION"
    BUSINESS_ENVIRONMENT = "BUSINESS_ENVIRONMENT"
    BANKRUPTCY = "BANKRUPTCY"
    EXECUTION = "EXECUTION"
    MAJOR_RISK = "MAJOR_RISK"
    DIVERSIFIED_RESOLUTION = "DIVERSIFIED_RESOLUTION"
    DATA_SHARING = "DATA_SHARING"
    OTHER = "OTHER"


class DeadlineKind(StrEnum):
    FIXED = "FIXED"
    LONG_TERM = "LONG_TERM"
    RECURRING = "RECURRING"


class DoubleListStatus(StrEnum):
    DRAFTING = "DRAFTING"
    UNDER_REVIEW = "UNDER_REVIEW"
    SUBMITTED_TO_MEETING = "SUBMITTED_TO_MEETING"
    APPROVED = "APPROVED"
    IN_FORCE = "IN_FORCE"
    CLOSED = "CLOSED"


class ItemStatus(StrEnum):
    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    UNDER_REVIEW = "UNDER_REVIEW"
    IN_COORDINATION = "IN_COORDINATION"
    PENDING_APPROVAL = "PENDING_APPROVAL"
    APPROVED = "APPROVED"
    IN_PROGRESS = "IN_PROGRESS"
    ADJUSTMENT_PENDING = "ADJUSTMENT_PENDING"
    PENDING_ACCEPTANCE = "PENDING_ACCEPTANCE"
    COMPLETED = "COMPLETED"
    SUSPENDED = "SUSPENDED"
    CANCELLED = "CANCELLED"
    CARRIED_OVER = "CARRIED_OVER"


ITEM_TERMINAL = frozenset({ItemStatus.COMPLETED, ItemStatus.CANCELLED, ItemStatus.CARRIED_OVER})
"""An item in one of these states can no longer be overdue."""


class PartyCapacity(StrEnum):
    """In what capacity an organisation is party to an aggregate."""

    LEAD = "LEAD"
    COOPERATING = "COOPERATING"
    PROPOSER = "PROPOSER"
    ATTENDEE = "ATTENDEE"
    REQUESTER = "REQUESTER"
    COUNTERPART = "COUNTERPART"


class MeetingKind(StrEnum):
    PLENARY = "PLENARY"
    SPECIAL = "SPECIAL"
    COORDINATION = "COORDINATION"
    SYMPOSIUM = "SYMPOSIUM"
    RISK_ANALYSIS = "RISK_ANALYSIS"
    CASE_ANALYSIS = "CASE_ANALYSIS"
    REGULAR = "REGULAR"


class MeetingStatus(StrEnum):
    PLANNED = "PLANNED"
    COLLECTING_AGENDA = "COLLECTING_AGENDA"
    NOTICE_ISSUED = "NOTICE_ISSUED"
    HELD = "HELD"
    MINUTES_DRAFT = "MINUTES_DRAFT"
    MINUTES_REVIEW = "MINUTES_REVIEW"
    MINUTES_ISSUED = "MINUTES_ISSUED"
    FOLLOW_UP = "FOLLOW_UP"
    CLOSED = "CLOSED"
    CANCELLED = "CANCELLED"


MEETING_HELD = frozenset(
    {
        MeetingStatus.HELD,
        MeetingStatus.MINUTES_DRAFT,
        MeetingStatus.MINUTES_REVIEW,
        MeetingStatus.MINUTES_ISSUED,
        MeetingStatus.FOLLOW_UP,
        MeetingStatus.CLOSED,
    }
)
"""States a meeting can only be in after it was held."""


class TaskOrigin(StrEnum):
    DOUBLE_LIST = "DOUBLE_LIST"
    RESOLUTION = "RESOLUTION"
    MATTER = "MATTER"
    ISSUE = "ISSUE"
    NOTICE = "NOTICE"


class TaskStatus(StrEnum):
    """States of a resolution's task; a resolution shows the state of its task."""

    OPEN = "OPEN"
    ASSIGNED = "ASSIGNED"
    IN_PROGRESS = "IN_PROGRESS"
    REPORTED = "REPORTED"
    VERIFIED = "VERIFIED"
    CANCELLED = "CANCELLED"


TASK_TERMINAL = frozenset({TaskStatus.VERIFIED, TaskStatus.CANCELLED})


class MatterStatus(StrEnum):
    PROPOSED = "PROPOSED"
    UNDER_REVIEW = "UNDER_REVIEW"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    IN_PROGRESS = "IN_PROGRESS"
    COMPLETED = "COMPLETED"
    WITHDRAWN = "WITHDRAWN"


class CoordinationStatus(StrEnum):
    """Direct contact first; escalation to the office when it fails."""

    IN_DIRECT_CONTACT = "IN_DIRECT_CONTACT"
    ESCALATED = "ESCALATED"
    COORDINATING = "COORDINATING"
    RESOLVED = "RESOLVED"
    CLOSED = "CLOSED"
    WITHDRAWN = "WITHDRAWN"


class RoutePath(StrEnum):
    """Contact paths: same level, across levels, unit to the court hearing the case."""

    HORIZONTAL = "HORIZONTAL"
    VERTICAL = "VERTICAL"
    POINT_TO_POINT = "POINT_TO_POINT"


class AdjustmentStatus(StrEnum):
    REQUESTED = "REQUESTED"
    APPROVED = "APPROVED"
    DENIED = "DENIED"


class AlertKind(StrEnum):
    DUE_SOON = "DUE_SOON"
    DUE_TODAY = "DUE_TODAY"
    OVERDUE = "OVERDUE"
    ESCALATED = "ESCALATED"
    REPORT_DUE = "REPORT_DUE"
    REPORT_OVERDUE = "REPORT_OVERDUE"
    DEADLINE_PROVISIONAL = "DEADLINE_PROVISIONAL"
    PLENARY_MISSING = "PLENARY_MISSING"
    LIAISON_MISSING = "LIAISON_MISSING"
    CONFIRMATION_OVERDUE = "CONFIRMATION_OVERDUE"
    SETTLEMENT_OVERDUE = "SETTLEMENT_OVERDUE"
    ACCEPTANCE_OVERDUE = "ACCEPTANCE_OVERDUE"
    REVIEW_OVERDUE = "REVIEW_OVERDUE"
    NOTICE_OVERDUE = "NOTICE_OVERDUE"
    MINUTES_OVERDUE = "MINUTES_OVERDUE"
    QUERY_UNANSWERED = "QUERY_UNANSWERED"
    OBJECTION_OVERDUE = "OBJECTION_OVERDUE"
    APPROVAL_LAPSED = "APPROVAL_LAPSED"
    READS_STOPPED = "READS_STOPPED"
    CONTROL_UNANSWERED = "CONTROL_UNANSWERED"
    CONTROL_EXPIRING = "CONTROL_EXPIRING"
    CONTROL_EXPIRED = "CONTROL_EXPIRED"
    CONTROL_EXCESS = "CONTROL_EXCESS"
    LOOKOUT_HIT = "LOOKOUT_HIT"
    LOOKOUT_HIT_LATE = "LOOKOUT_HIT_LATE"
    LOOKOUT_HIT_WAITING = "LOOKOUT_HIT_WAITING"
    LOOKOUT_NOT_WITHDRAWN = "LOOKOUT_NOT_WITHDRAWN"
    LOOKOUT_EXPIRED = "LOOKOUT_EXPIRED"
    EVASION_CLUE_OVERDUE = "EVASION_CLUE_OVERDUE"
    FUND_CLUE_OVERDUE = "FUND_CLUE_OVERDUE"
    FUND_CLUE_UNVERIFIED = "FUND_CLUE_UNVERIFIED"
    PLAN_NOT_BUDGETED = "PLAN_NOT_BUDGETED"
    PLAN_INSTALMENT_MISSED = "PLAN_INSTALMENT_MISSED"
    BODY_LISTED = "BODY_LISTED"
    COMPLAINT_OVERDUE = "COMPLAINT_OVERDUE"
    BANKRUPTCY_URGED = "BANKRUPTCY_URGED"
    RESIDUAL_PUNISHMENT = "RESIDUAL_PUNISHMENT"
    MEASURE_ORPHANED = "MEASURE_ORPHANED"


class AlertSeverity(StrEnum):
    INFO = "INFO"
    WARNING = "WARNING"
    SEVERE = "SEVERE"


class LedgerKind(StrEnum):
    """工作落实台账 and 重点问题事项清单."""

    IMPLEMENTATION = "IMPLEMENTATION"
    KEY_ISSUES = "KEY_ISSUES"


class BulkStatus(StrEnum):
    """Where a bulk export stands."""

    CREATED = "CREATED"
    RUNNING = "RUNNING"
    COMPLETED = "COMPLETED"
    CANCELLED = "CANCELLED"
    FAILED = "FAILED"
    EXPIRED = "EXPIRED"


class Channel(StrEnum):
    """How a destination is spoken to."""

    WEBHOOK = "WEBHOOK"
    BANK = "BANK"
    EMAIL = "EMAIL"
    SMS = "SMS"
    HOLDER = "HOLDER"


class BroadcastKind(StrEnum):
    """Whether a broadcast holds what changed, or everything there is, which takes the place of all before it."""

    DELTA = "DELTA"
    SNAPSHOT = "SNAPSHOT"


class Acknowledgement(StrEnum):
    """What a receiver says of a broadcast: all of it is in use, or some rows could not be taken."""

    ACCEPTED = "ACCEPTED"
    REFUSED = "REFUSED"


class EndpointStatus(StrEnum):
    """Whether a webhook endpoint is delivered to. What happens while it is PAUSED waits; while DISABLED it does not.

    DELETED is for good: its secrets are gone.
    """

    ACTIVE = "ACTIVE"
    PAUSED = "PAUSED"
    DISABLED = "DISABLED"
    DELETED = "DELETED"


SERVED = (EndpointStatus.ACTIVE, EndpointStatus.PAUSED)
"""States in which what happens is delivered, now or once it is resumed."""


class EndpointReason(StrEnum):
    """Why an endpoint is not delivered to."""

    OWNER = "OWNER"
    FAILING = "FAILING"
    GONE = "GONE"
    CLIENT_DISABLED = "CLIENT_DISABLED"


class DeliveryStatus(StrEnum):
    """Where a delivery stands. DEAD ones were given up and can be replayed; WITHDRAWN ones were never the receiver's to
    see any more."""

    WAITING = "WAITING"
    DELIVERED = "DELIVERED"
    DEAD = "DEAD"
    WITHDRAWN = "WITHDRAWN"


class DeliveryFault(StrEnum):
    """Why an attempt failed."""

    ADDRESS = "ADDRESS"
    UNREACHABLE = "UNREACHABLE"
    CERTIFICATE = "CERTIFICATE"
    TIMEOUT = "TIMEOUT"
    GARBLED = "GARBLED"
    REDIRECT = "REDIRECT"
    STATUS = "STATUS"
    THROTTLED = "THROTTLED"
    GONE = "GONE"


class TickStatus(StrEnum):
    """Where a scheduled tick stands; SKIPPED by the misfire policy of its job."""

    DUE = "DUE"
    DONE = "DONE"
    FAILED = "FAILED"
    SKIPPED = "SKIPPED"
