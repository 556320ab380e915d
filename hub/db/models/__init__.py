"""Tables, one aggregate a file."""

from hub.db.models.audit import AuditEvent
from hub.db.models.auth import (
    ClientQuota,
    ConnectionLease,
    OAuthClient,
    RevokedToken,
    SigningKey,
    TrustedDocument,
    UsedAssertion,
)
from hub.db.models.bodies import BodyMembership, CoordinationBody, Liaison, MembershipChange, Responsibility
from hub.db.models.bulk import BulkLinkUse, BulkOperation
from hub.db.models.cases import CaseListEntry, CaseListEntryParty, LegalCase
from hub.db.models.coordination import CoordinationRequest, CoordinationRequestParty
from hub.db.models.credit import DishonestyRecord, DishonestyRecordParty
from hub.db.models.delivery import Delivery, DeliveryLane, EventReader, WebhookEndpoint, WebhookSecret
from hub.db.models.double_list import (
    DoubleList,
    DoubleListItem,
    DoubleListItemParty,
    ItemAdjustment,
    ItemConfirmation,
    ProgressReport,
)
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
from hub.db.models.inbox import (
    ConnectorState,
    DataQualityIssue,
    InboxBatch,
    InboxMessage,
    InboxRefusal,
    Reconciliation,
    SnapshotKey,
)
from hub.db.models.meetings import (
    AgendaItem,
    JointMeeting,
    JointMeetingParty,
    MeetingAttendance,
    Resolution,
)
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
from hub.db.models.policy import CalendarYearRow, PolicyPackRow
from hub.db.models.scheduling import ScheduledTick
from hub.db.models.subjects import Subject, SubjectAlias, SubjectMatch
from hub.db.models.tasks import Alert, LinkageMatter, LinkageMatterParty, LinkageTask, LinkageTaskParty
from hub.db.models.tenant_keys import KeyUse, TenantKey
from hub.db.models.usage import FieldUsage

__all__ = [
    "AgendaItem",
    "Alert",
    "AuditEvent",
    "BodyMembership",
    "BulkLinkUse",
    "BulkOperation",
    "CalendarYearRow",
    "CaseListEntry",
    "CaseListEntryParty",
    "ClientQuota",
    "ConnectionLease",
    "ConnectorState",
    "CoordinationBody",
    "CoordinationRequest",
    "CoordinationRequestParty",
    "Court",
    "CourtSeal",
    "DataQualityIssue",
    "Delivery",
    "DeliveryLane",
    "DishonestyRecord",
    "DishonestyRecordParty",
    "DoubleList",
    "DoubleListItem",
    "DoubleListItemParty",
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
    "FieldUsage",
    "IdempotencyRecord",
    "InboxBatch",
    "InboxMessage",
    "InboxRefusal",
    "ItemAdjustment",
    "ItemConfirmation",
    "JointMeeting",
    "JointMeetingParty",
    "Jurisdiction",
    "KeyUse",
    "LegalCase",
    "Liaison",
    "LinkageMatter",
    "LinkageMatterParty",
    "LinkageTask",
    "LinkageTaskParty",
    "MeetingAttendance",
    "MembershipChange",
    "OAuthClient",
    "Organization",
    "OrganizationAlias",
    "OrganizationFunction",
    "OrganizationGroup",
    "OrganizationGroupMember",
    "OrganizationSuperior",
    "OutboxEvent",
    "PolicyPackRow",
    "ProgressReport",
    "Reconciliation",
    "Resolution",
    "Responsibility",
    "RevokedToken",
    "ScheduledTick",
    "SigningKey",
    "SnapshotKey",
    "Subject",
    "SubjectAlias",
    "SubjectMatch",
    "TenantKey",
    "TrustedDocument",
    "UsedAssertion",
    "WebhookEndpoint",
    "WebhookSecret",
]
