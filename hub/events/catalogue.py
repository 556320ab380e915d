"""What can be told of outside: families of events, each about the rows of one table, and the committed schema of each.

A schema names every type of its family; a test keeps them equal to the tables of the workflows. An event that the hub
publishes with another ``schemaVersion`` gets a schema of its own beside the old one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from hub.access.scopes import Scope
from hub.core.areas import Area
from hub.db import models
from hub.db.base import Base
from hub.events.audience import Topic

TEST = "webhook.test"
"""Type of an event that tells of nothing but that it arrives."""
TEST_FAMILY = "webhook"
ALL = ".*"


@dataclass(frozen=True, slots=True)
class Family:
    """``scopes``: any one of which a client needs to read the rows; ``tag`` begins the opaque ids of their type."""

    name: str
    tag: str
    scopes: tuple[Scope, ...]
    topic: Topic


def _family(
    name: str,
    tag: str,
    scopes: tuple[Scope, ...],
    area: Area,
    model: type[Base],
    *,
    party: tuple[type[Base], str] | None = None,
    own: tuple[str, ...] = (),
) -> Family:
    tables = Base.metadata.tables
    party_table = tables[party[0].__tablename__] if party else None
    topic = Topic(f"{name}.", tables[model.__tablename__], area, party_table, party[1] if party else "", own)
    return Family(name, tag, scopes, topic)


_ITEM, _TASK, _EVASION = (Scope.DOUBLELIST_READ,), (Scope.TASK_READ,), (Scope.EVASION_READ,)
_LISTINGS = (Scope.CASE_READ, Scope.DISHONESTY_READ)
_INQUIRY, _CAMPAIGN, _MARRIAGE = (Scope.EXECQUERY_READ,), (Scope.CAMPAIGN_READ,), (Scope.MARRIAGE_READ,)
_LISTED = (models.DoubleListItemParty, "list_id")

FAMILIES: dict[str, Family] = {
    family.name: family
    for family in (
        _family("doublelist", "DL", _ITEM, Area.HOME, models.DoubleList, party=_LISTED),
        _family(
            "doublelistitem",
            "DI",
            _ITEM,
            Area.DOUBLE_LIST,
            models.DoubleListItem,
            party=(models.DoubleListItemParty, "item_id"),
            own=("lead_organization_id", "proposer_organization_id"),
        ),
        _family(
            "task",
            "LT",
            _TASK,
            Area.LINKAGE,
            models.LinkageTask,
            party=(models.LinkageTaskParty, "task_id"),
            own=("lead_organization_id",),
        ),
        _family(
            "matter",
            "LM",
            _ITEM,
            Area.LINKAGE,
            models.LinkageMatter,
            party=(models.LinkageMatterParty, "matter_id"),
            own=("proposer_id",),
        ),
        _family(
            "meeting",
            "JM",
            (Scope.MEETING_READ,),
            Area.MEETING,
            models.JointMeeting,
            party=(models.JointMeetingParty, "meeting_id"),
        ),
        _family(
            "coordination",
            "CR",
            (Scope.COORDINATION_READ,),
            Area.LINKAGE,
            models.CoordinationRequest,
            party=(models.CoordinationRequestParty, "request_id"),
            own=("from_organization_id",),
        ),
        _family("execquery", "EQ", _INQUIRY, Area.EXECUTION, models.ExecutionQuery, own=("court_id",)),
        _family("assetcontrol", "AC", _INQUIRY, Area.EXECUTION, models.AssetControl, own=("court_id", "holder_id")),
        _family("controlorder", "CO", _INQUIRY, Area.EXECUTION, models.ControlOrder, own=("court_id", "holder_id")),
        _family("lookout", "LO", _INQUIRY, Area.EXECUTION, models.LookoutOrder, own=("court_id", "police_id")),
        _family("lookouthit", "LH", _INQUIRY, Area.EXECUTION, models.LookoutHit, own=("court_id", "police_id")),
        _family("casetag", "TG", _LISTINGS, Area.CREDIT, models.CaseTag, own=("court_id",)),
        _family("evasionclue", "EL", _EVASION, Area.EXECUTION, models.EvasionClue, own=("court_id", "police_id")),
        _family("fundclue", "FC", (Scope.CLUE_READ,), Area.EXECUTION, models.FundClue, own=("court_id", "finance_id")),
        _family(
            "performanceplan",
            "PF",
            (Scope.PLAN_READ,),
            Area.LINKAGE,
            models.PerformancePlan,
            own=("court_id", "finance_id", "debtor_id"),
        ),
        _family("execorder", "EO", _INQUIRY, Area.EXECUTION, models.ExecutionOrder, own=("holder_id", "court_id")),
        _family("campaign", "CZ", _CAMPAIGN, Area.AUDIT, models.Campaign, own=("office_id",)),
        _family("campaignround", "CQ", _CAMPAIGN, Area.AUDIT, models.CampaignRound, own=("office_id", "court_id")),
        _family("marriagebatch", "MB", _MARRIAGE, Area.AUDIT, models.MarriageBatch, own=("court_id", "receiver_id")),
        _family(
            "serviceaddress",
            "SA",
            (Scope.ADDRESS_READ,),
            Area.AUDIT,
            models.ServiceAddress,
            own=("provider_id", "registrar_id", "reporter_id"),
        ),
        _family("addresschange", "AD", (Scope.ADDRESS_READ,), Area.AUDIT, models.AddressChange, own=("court_id",)),
        _family(
            "memberchange",
            "MC",
            (Scope.ORGANIZATION_READ,),
            Area.MEETING,
            models.MembershipChange,
            own=("organization_id", "proposer_id"),
        ),
        _family(
            "caselist",
            "CE",
            (Scope.CASE_READ,),
            Area.GOVERNMENT_CREDIT,
            models.CaseListEntry,
            party=(models.CaseListEntryParty, "entry_id"),
        ),
        _family(
            "dishonesty",
            "DR",
            (Scope.DISHONESTY_READ,),
            Area.GOVERNMENT_CREDIT,
            models.DishonestyRecord,
            party=(models.DishonestyRecordParty, "record_id"),
        ),
        _family(
            "restriction",
            "CP",
            (Scope.DISHONESTY_READ,),
            Area.CREDIT,
            models.ConsumptionRestriction,
            party=(models.ConsumptionRestrictionParty, "restriction_id"),
        ),
        _family(
            "creditrepair",
            "CX",
            (Scope.DISHONESTY_READ,),
            Area.CREDIT,
            models.CreditRepair,
            own=("court_id", "organization_id"),
        ),
        _family(
            "creditobjection",
            "CJ",
            (Scope.DISHONESTY_READ,),
            Area.CREDIT,
            models.CreditObjection,
            own=("court_id", "organization_id"),
        ),
        _family(
            "listingremark",
            "LR",
            (Scope.DISHONESTY_READ,),
            Area.CREDIT,
            models.ListingRemark,
            own=("court_id",),
        ),
        _family(
            "check",
            "CS",
            (Scope.DISHONESTY_CHECK,),
            Area.HOME,
            models.CheckedSubject,
            own=("organization_id",),
        ),
        _family(
            "notice",
            "SN",
            (Scope.NOTICE_READ,),
            Area.SUPERVISION,
            models.SupervisionNotice,
            party=(models.SupervisionNoticeParty, "notice_id"),
            own=("issuer_id",),
        ),
        _family(
            "measure",
            "JP",
            (Scope.MEASURE_READ,),
            Area.CREDIT,
            models.JointPunishmentMeasure,
            own=("implementer_id", "court_id", "subject_organization_id"),
        ),
        _family(
            "overduelist",
            "OL",
            (Scope.MEASURE_READ,),
            Area.GOVERNMENT_CREDIT,
            models.OverdueList,
            party=(models.OverdueListParty, "list_id"),
            own=("issuer_id",),
        ),
        _family("casereport", "GR", (Scope.NOTICE_READ,), Area.SUPERVISION, models.CaseReport, own=("court_id",)),
        _family(
            "interview",
            "IV",
            (Scope.NOTICE_READ,),
            Area.SUPERVISION,
            models.Interview,
            own=("organization_id", "interviewer_id"),
        ),
        _family(
            "suggestion",
            "JS",
            (Scope.SUGGESTION_READ,),
            Area.SUGGESTION,
            models.JudicialSuggestion,
            party=(models.JudicialSuggestionParty, "suggestion_id"),
            own=("court_id",),
        ),
        _family(
            "assessment",
            "AM",
            (Scope.NOTICE_READ,),
            Area.SUPERVISION,
            models.AssessmentItem,
            own=("organization_id", "assessor_id"),
        ),
        _family(
            "circular",
            "CU",
            (Scope.NOTICE_READ,),
            Area.SUPERVISION,
            models.Circular,
            own=("organization_id", "issuer_id"),
        ),
        _family(
            "evaluation",
            "EG",
            (Scope.EVALUATION_READ,),
            Area.CREDIT,
            models.IntegrityEngagement,
            own=("commissioner_id", "evaluator_id"),
        ),
        _family(
            "integrity",
            "GI",
            (Scope.INTEGRITY_READ,),
            Area.GOVERNMENT_CREDIT,
            models.IntegrityRecord,
            own=("organization_id", "recorder_id"),
        ),
        _family(
            "integrityperson",
            "GI",
            (Scope.INTEGRITY_READ,),
            Area.CREDIT,
            models.IntegrityRecord,
            own=("organization_id", "recorder_id"),
        ),
        _family(
            "bankruptcy",
            "BC",
            (Scope.BANKRUPTCY_READ,),
            Area.LINKAGE,
            models.BankruptcyCoordination,
            own=("court_id",),
        ),
        _family(
            "bankruptcymatter",
            "BM",
            (Scope.BANKRUPTCY_READ,),
            Area.LINKAGE,
            models.BankruptcyMatter,
            own=("court_id", "owner_id"),
        ),
        _family(
            "stabilityplan",
            "SP",
            (Scope.BANKRUPTCY_READ,),
            Area.LINKAGE,
            models.StabilityPlan,
            own=("proposer_id", "responsible_id"),
        ),
        _family(
            "fundaccount",
            "FA",
            (Scope.FUND_READ,),
            Area.LINKAGE,
            models.FundAccount,
            own=("holder_id",),
        ),
        _family(
            "funddisbursement",
            "FD",
            (Scope.FUND_READ,),
            Area.LINKAGE,
            models.FundDisbursement,
            own=("court_id", "holder_id"),
        ),
        _family(
            "publicationstop",
            "PS",
            (Scope.DISHONESTY_READ,),
            Area.CREDIT,
            models.PublicationStop,
            own=("court_id", "publisher_id"),
        ),
        _family(
            "complaint",
            "GC",
            (Scope.INTEGRITY_READ,),
            Area.CREDIT,
            models.IntegrityComplaint,
            own=("organization_id", "receiver_id"),
        ),
        _family(
            "publicity",
            "PI",
            (Scope.PUBLICITY_PROPOSE, Scope.PUBLICITY_REVIEW, Scope.PORTAL_PUBLIC),
            Area.CREDIT,
            models.PublicityItem,
            own=("proposer_id",),
        ),
        _family(
            "referral",
            "RR",
            (Scope.REFERRAL_RECEIVE, Scope.REFERRAL_SEND, Scope.AUDIT_READ),
            Area.AUDIT,
            models.ReferralReceipt,
            own=("receiver_id", "sender_id"),
        ),
        _family(
            "report",
            "PE",
            (Scope.NOTICE_READ,),
            Area.SUPERVISION,
            models.PeriodicReport,
            party=(models.PeriodicReportParty, "report_id"),
            own=("issuer_id",),
        ),
        _family("alert", "AL", (*_ITEM, *_TASK), Area.DOUBLE_LIST, models.Alert, own=("organization_id",)),
    )
}


def family_of(event_type: str) -> Family | None:
    """The family of an event type, by what stands before its point; None for what is not told outside."""
    return FAMILIES.get(event_type.partition(".")[0])


@cache
def schema(family: str, version: int = 1) -> dict[str, Any]:
    """The committed JSON Schema (2020-12) of a family's events. Raises ``FileNotFoundError``."""
    text = files("hub.events").joinpath("schemas", f"{family}.v{version}.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


@cache
def event_types() -> frozenset[str]:
    """Every type that can be subscribed to."""
    return frozenset(each for name in FAMILIES for each in schema(name)["properties"]["type"]["enum"])


def is_known(wanted: str) -> bool:
    """Whether it is a type, or a whole family: ``task.*``."""
    return wanted in event_types() or (wanted.endswith(ALL) and wanted.removesuffix(ALL) in FAMILIES)


def matches(wanted: Iterable[str], event_type: str) -> bool:
    """Whether one of the types or families wanted holds the type."""
    whole = event_type.partition(".")[0] + ALL
    return any(each in (event_type, whole) for each in wanted)
