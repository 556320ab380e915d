"""Tables, one aggregate a file."""

from hub.db.models.addresses import (
    AddressChange,
    AddressFeed,
    AddressReading,
    RegisteredEnterprise,
    ServiceAddress,
)
from hub.db.models.audit import AuditEvent
from hub.db.models.auth import (
    ClientQuota,
    ConnectionLease,
    OAuthClient,
    RevokedToken,
    SigningKey,
    TrustedDocument,
    UsedAssertion,
    UsedSignature,
)
from hub.db.models.bankruptcy import BankruptcyCoordination, BankruptcyMatter, StabilityPlan
from hub.db.models.bodies import BodyMembership, CoordinationBody, Liaison, MembershipChange, Responsibility
from hub.db.models.broadcast import Broadcast, BroadcastRow
from hub.db.models.bulk import BulkLinkUse, BulkOperation
from hub.db.models.campaign import (
    Campaign,
    CampaignCase,
    CampaignFigure,
    CampaignParticipant,
    CampaignRecovery,
)
from hub.db.models.case_tags import CaseTag, CaseTagging
from hub.db.models.cases import CaseListEntry, CaseListEntryParty, LegalCase
from hub.db.models.checks import (
    CheckDisposition,
    CheckedSubject,
    CheckUsage,
    Interception,
    StandingListing,
    StandingMeasure,
    SubjectCheck,
)
from hub.db.models.clues import FundClue, FundClueItem
from hub.db.models.consequences import AssessmentItem, Circular, JudicialSuggestion, JudicialSuggestionParty
from hub.db.models.control import AssetControl, ControlOrder
from hub.db.models.coordination import CoordinationRequest, CoordinationRequestParty
from hub.db.models.credit import DishonestyClock, DishonestyRecord, DishonestyRecordParty, DishonestyStep
from hub.db.models.delivery import Delivery, DeliveryLane, EventReader, WebhookEndpoint, WebhookSecret
from hub.db.models.double_list import (
    DoubleList,
    DoubleListItem,
    DoubleListItemParty,
    ItemAdjustment,
    ItemConfirmation,
    ProgressReport,
)
from hub.db.models.evaluation import EvaluationExtract, IntegrityEngagement, IntegrityEvaluation
from hub.db.models.evasion import EvasionClue, EvasionClueEvidence, EvasionClueStep
from hub.db.models.evidence import (
    EvidenceKey,
    ExchangeEntry,
    ExchangeLink,
    ExchangePending,
    ExchangeSeal,
    ExchangeStamp,
)
from hub.db.models.execution import (
    CourtSeal,
    ExecutionDocument,
    ExecutionOfficer,
    ExecutionOrder,
    ExecutionQuery,
    ExecutionRead,
    ExecutionResult,
)
from hub.db.models.feeds import FeedPosition, FeedRow
from hub.db.models.following import (
    AwardRestriction,
    Interview,
    PeriodicReport,
    PeriodicReportParty,
    Referral,
    ReferralReceipt,
)
from hub.db.models.funds import FundAccount, FundDisbursement, ReliefApplicant
from hub.db.models.holding import HolderAnswer
from hub.db.models.inbox import (
    ConnectorState,
    DataQualityIssue,
    InboxBatch,
    InboxMessage,
    InboxRefusal,
    Reconciliation,
    SnapshotKey,
)
from hub.db.models.integrity import IntegrityPerson, IntegrityRecord, IntegrityRevision
from hub.db.models.lookout import LookoutHit, LookoutOrder
from hub.db.models.marriage import MarriageBatch, MarriageItem
from hub.db.models.meetings import (
    AgendaItem,
    JointMeeting,
    JointMeetingParty,
    MeetingAttendance,
    Resolution,
)
from hub.db.models.notification import Notification, NotificationCause
from hub.db.models.objection import CreditObjection, ListingRemark
from hub.db.models.organizations import (
    Court,
    Jurisdiction,
    Organization,
    OrganizationAlias,
    OrganizationFunction,
    OrganizationGroup,
    OrganizationGroupMember,
    OrganizationSuperior,
)
from hub.db.models.outbox import EventEpoch, IdempotencyRecord, OutboxEvent
from hub.db.models.plans import BudgetArrangement, PerformancePlan, PlanEdition, PlanInstalment, PlanPayment
from hub.db.models.policy import CalendarYearRow, PolicyPackRow
from hub.db.models.publicity import IntegrityComplainant, IntegrityComplaint, PublicityItem
from hub.db.models.punishment import (
    JointPunishmentMeasure,
    MeasureAssignment,
    MeasureInterception,
    OverdueList,
    OverdueListEntry,
    OverdueListParty,
    PunishmentFeedback,
)
from hub.db.models.repair import CreditRepair, CreditRepairClock, PublicationStop
from hub.db.models.restriction import (
    ConsumptionRestriction,
    ConsumptionRestrictionParty,
    RestrictedPerson,
    RestrictionStep,
    StandingRestriction,
)
from hub.db.models.scheduling import ScheduledTick
from hub.db.models.subjects import OrganizationName, Subject, SubjectAlias, SubjectMatch, SubjectTransfer
from hub.db.models.supervision import (
    CaseReport,
    DocumentSeries,
    NoticeRecipient,
    NoticeSignature,
    OfficialDocument,
    SupervisionNotice,
    SupervisionNoticeParty,
)
from hub.db.models.tasks import Alert, LinkageMatter, LinkageMatterParty, LinkageTask, LinkageTaskParty
from hub.db.models.tenant_keys import KeyUse, TenantKey
from hub.db.models.usage import FieldUsage

__all__ = [
    "AddressChange",
    "AddressFeed",
    "AddressReading",
    "AgendaItem",
    "Alert",
    "AssessmentItem",
    "AssetControl",
    "AuditEvent",
    "AwardRestriction",
    "BankruptcyCoordination",
    "BankruptcyMatter",
    "BodyMembership",
    "Broadcast",
    "BroadcastRow",
    "BudgetArrangement",
    "BulkLinkUse",
    "BulkOperation",
    "CalendarYearRow",
    "Campaign",
    "CampaignCase",
    "CampaignFigure",
    "CampaignParticipant",
    "CampaignRecovery",
    "CaseListEntry",
    "CaseListEntryParty",
    "CaseReport",
    "CaseTag",
    "CaseTagging",
    "CheckDisposition",
    "CheckUsage",
    "CheckedSubject",
    "Circular",
    "ClientQuota",
    "ConnectionLease",
    "ConnectorState",
    "ConsumptionRestriction",
    "ConsumptionRestrictionParty",
    "ControlOrder",
    "CoordinationBody",
    "CoordinationRequest",
    "CoordinationRequestParty",
    "Court",
    "CourtSeal",
    "CreditObjection",
    "CreditRepair",
    "CreditRepairClock",
    "DataQualityIssue",
    "Delivery",
    "DeliveryLane",
    "DishonestyClock",
    "DishonestyRecord",
    "DishonestyRecordParty",
    "DishonestyStep",
    "DocumentSeries",
    "DoubleList",
    "DoubleListItem",
    "DoubleListItemParty",
    "EvaluationExtract",
    "EvasionClue",
    "EvasionClueEvidence",
    "EvasionClueStep",
    "EventEpoch",
    "EventReader",
    "EvidenceKey",
    "ExchangeEntry",
    "ExchangeLink",
    "ExchangePending",
    "ExchangeSeal",
    "ExchangeStamp",
    "ExecutionDocument",
    "ExecutionOfficer",
    "ExecutionOrder",
    "ExecutionQuery",
    "ExecutionRead",
    "ExecutionResult",
    "FeedPosition",
    "FeedRow",
    "FieldUsage",
    "FundAccount",
    "FundClue",
    "FundClueItem",
    "FundDisbursement",
    "HolderAnswer",
    "IdempotencyRecord",
    "InboxBatch",
    "InboxMessage",
    "InboxRefusal",
    "IntegrityComplainant",
    "IntegrityComplaint",
    "IntegrityEngagement",
    "IntegrityEvaluation",
    "IntegrityPerson",
    "IntegrityRecord",
    "IntegrityRevision",
    "Interception",
    "Interview",
    "ItemAdjustment",
    "ItemConfirmation",
    "JointMeeting",
    "JointMeetingParty",
    "JointPunishmentMeasure",
    "JudicialSuggestion",
    "JudicialSuggestionParty",
    "Jurisdiction",
    "KeyUse",
    "LegalCase",
    "Liaison",
    "LinkageMatter",
    "LinkageMatterParty",
    "LinkageTask",
    "LinkageTaskParty",
    "ListingRemark",
    "LookoutHit",
    "LookoutOrder",
    "MarriageBatch",
    "MarriageItem",
    "MeasureAssignment",
    "MeasureInterception",
    "MeetingAttendance",
    "MembershipChange",
    "NoticeRecipient",
    "NoticeSignature",
    "Notification",
    "NotificationCause",
    "OAuthClient",
    "OfficialDocument",
    "Organization",
    "OrganizationAlias",
    "OrganizationFunction",
    "OrganizationGroup",
    "OrganizationGroupMember",
    "OrganizationName",
    "OrganizationSuperior",
    "OutboxEvent",
    "OverdueList",
    "OverdueListEntry",
    "OverdueListParty",
    "PerformancePlan",
    "PeriodicReport",
    "PeriodicReportParty",
    "PlanEdition",
    "PlanInstalment",
    "PlanPayment",
    "PolicyPackRow",
    "ProgressReport",
    "PublicationStop",
    "PublicityItem",
    "PunishmentFeedback",
    "Reconciliation",
    "Referral",
    "ReferralReceipt",
    "RegisteredEnterprise",
    "ReliefApplicant",
    "Resolution",
    "Responsibility",
    "RestrictedPerson",
    "RestrictionStep",
    "RevokedToken",
    "ScheduledTick",
    "ServiceAddress",
    "SigningKey",
    "SnapshotKey",
    "StabilityPlan",
    "StandingListing",
    "StandingMeasure",
    "StandingRestriction",
    "Subject",
    "SubjectAlias",
    "SubjectCheck",
    "SubjectMatch",
    "SubjectTransfer",
    "SupervisionNotice",
    "SupervisionNoticeParty",
    "TenantKey",
    "TrustedDocument",
    "UsedAssertion",
    "UsedSignature",
    "WebhookEndpoint",
    "WebhookSecret",
]
