"""Who may see what, in plain Python: written from the matrix of roles, without a look at policies or bindings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from hub.core.principal import Principal, RoleName
from hub.db import models
from tests.isolation.rules import (
    alerts,
    bankruptcy,
    bodies,
    campaign,
    consequences,
    evasion,
    exchange,
    funds,
    inquiry,
    integrity,
    orders,
    punishment,
    shared,
)
from tests.support.rows import Content, Row
from tests.support.world import World

OFFICE, GOVERNMENT, AUDITOR = RoleName.JOINT_MEETING_OFFICE, RoleName.GOVERNMENT_OFFICE, RoleName.AUDITOR
CREDIT, SUPERIOR, PORTAL = RoleName.CREDIT_OFFICE, RoleName.SUPERIOR_DEPARTMENT, RoleName.PORTAL
ADMINISTRATOR = RoleName.ADMINISTRATOR
COMMITTEE, EVALUATOR = RoleName.POLITICAL_LEGAL_COMMITTEE, RoleName.THIRD_PARTY_EVALUATOR

WHOLE_LISTS = {OFFICE, GOVERNMENT, AUDITOR, CREDIT}
WHOLE_LINKAGE = WHOLE_MEETINGS = {OFFICE, GOVERNMENT, AUDITOR}
AT_HOME = set(RoleName) - {PORTAL, EVALUATOR}
WHOLE_CREDIT = {CREDIT, AUDITOR}
WHOLE_SUPERVISION = {OFFICE, GOVERNMENT, CREDIT, AUDITOR, COMMITTEE}
PUBLIC_BODIES = {OFFICE, GOVERNMENT, COMMITTEE} | WHOLE_CREDIT
SOURCES = {AUDITOR, ADMINISTRATOR}

CONTENT: dict[type[Any], set[str]] = {
    models.DoubleListItem: {"content", "deliverables", "kpis", "unresolved", "dispute_note", "decision_note"},
    models.ItemConfirmation: {"dispute"},
    models.ItemAdjustment: {"reason", "decision_note"},
    models.JointMeeting: {"chair_delegation", "cancel_reason", "minutes_text"},
    models.Resolution: {"text"},
    models.LinkageTask: {"content", "report", "return_reason"},
    models.LinkageMatter: {"content", "decision_note"},
    models.CoordinationRequest: {"dispute_summary", "outcome"},
    models.SupervisionNotice: {
        "facts",
        "demand",
        "extension_reason",
        "reply",
        "reply_evidence",
        "return_reason",
        "close_reason",
    },
    models.AwardRestriction: {"reason", "lift_reason"},
}
"""What a superior does not see of a row that only a subordinate of its is party to."""
CLEARED: dict[type[Any], set[str]] = {
    models.Responsibility: {"leader", "person"},
    models.Subject: {"identity_masked"},
    models.DishonestyRecord: {"legal_representative", "case_facts", "conduct"},
    models.SupervisionNotice: {"responsible_leader", "responsible_person"},
    models.NoticeRecipient: {"received_by"},
    models.NoticeSignature: {"signed_by"},
    models.Interview: {"attendee", "minutes", "cancel_reason"},
    models.Referral: {"content"},
    models.ReferralReceipt: {"received_by"},
    models.PeriodicReport: {"signed_by"},
    models.CreditRepair: {"decision_reason", "objection", "end_reason"},
    models.CreditObjection: {"grounds", "decision"},
    models.ListingRemark: {"note"},
}
"""What needs the clearance of a member unit (L2)."""
OWN: dict[type[Any], Callable[[Oracle, Row], bool]] = {}
"""Whose own a row is, so that it shows its content to a superior too."""
MASKS: dict[type[Any], Callable[[Oracle, Row], set[str]]] = {}
"""What a row shows to some of those who see it."""

AGGREGATES: dict[type[Any], tuple[type[Any], str, set[RoleName], tuple[str, ...]]] = {
    models.DoubleListItem: (
        models.DoubleListItemParty,
        "item_id",
        WHOLE_LISTS,
        ("lead_organization_id", "proposer_organization_id"),
    ),
    models.JointMeeting: (models.JointMeetingParty, "meeting_id", WHOLE_MEETINGS, ()),
    models.LinkageTask: (models.LinkageTaskParty, "task_id", WHOLE_LINKAGE, ("lead_organization_id",)),
    models.LinkageMatter: (models.LinkageMatterParty, "matter_id", WHOLE_LINKAGE, ("proposer_id",)),
    models.CoordinationRequest: (
        models.CoordinationRequestParty,
        "request_id",
        WHOLE_LINKAGE,
        ("from_organization_id",),
    ),
}

LISTED = {"LISTED", "PUBLISHED", "CORRECTION_PENDING", "RECONSIDERING", "DELETE_DUE"}
"""What others see of a listing of a public body: neither what precedes its entry into the list nor what follows it."""


@dataclass
class Oracle:
    """Answers for one caller. ``parties`` maps aggregate ids to the organisations in their audience."""

    world: World
    content: Content
    caller: str
    own: UUID = field(init=False)
    unit: str = field(init=False)
    """Key of the caller's organisation, of which it may be one client of several."""

    def __post_init__(self) -> None:
        principal: Principal = self.world[self.caller]
        self.principal = principal
        self.unit = ".".join(self.caller.split(".")[:2])
        self.own = self.world.organizations[self.unit]
        self.superior = principal.has_role(SUPERIOR)
        below = {
            "city.court": ["county.court"],
            "city.police": ["county.police", "county.court"],
            "city.highcourt": ["county.court"],
            "city.justice": ["county.office", "neighbour.office"],
        }
        self.below = {self.world.organizations[key] for key in below.get(self.unit, []) if self.superior}
        self.parties: dict[UUID, set[UUID]] = defaultdict(set)
        self.listed: dict[UUID, set[UUID]] = defaultdict(set)
        for party, key, _, _ in AGGREGATES.values():
            for row in self.content.of(party):
                self.parties[row[key]].add(row["organization_id"])
                if party is models.DoubleListItemParty:
                    self.listed[row["list_id"]].add(row["organization_id"])
        self.mirrored: dict[UUID, set[UUID]] = defaultdict(set)
        for party, key in ((models.CaseListEntryParty, "entry_id"), (models.DishonestyRecordParty, "record_id")):
            for row in self.content.of(party):
                self.mirrored[row[key]].add(row["organization_id"])
        self.supervised: dict[UUID, set[UUID]] = defaultdict(set)
        for party, key in ((models.SupervisionNoticeParty, "notice_id"), (models.PeriodicReportParty, "report_id")):
            for row in self.content.of(party):
                self.supervised[row[key]].add(row["organization_id"])
        self.rows = {
            row["id"]: (model, row) for model, rows in self.content.rows.items() for row in rows if "id" in row
        }
        members = {"government", "court", "office", "police", "finance", "civil"}
        self.bodies = {
            self.world.bodies[county]
            for county in self.world.bodies
            if self.unit in {f"{county}.{unit}" for unit in members}
        }

    def personal(self, model: type[Any], row: Row) -> set[str]:
        """A natural person's name is masked for everybody; an amount is for the parties."""
        if model is models.Subject and row["kind"] == "NATURAL":
            return {"name"}
        if model is models.CaseListEntry and self.own not in self.mirrored[row["id"]]:
            return {"claim_amount_fen"}
        return MASKS[model](self, row) if model in MASKS else set()

    def covers(self, roles: set[RoleName], row: Row) -> bool:
        return any(
            function.role in roles and row["jurisdiction_path"].startswith(function.path)
            for function in self.principal.functions
        )

    def sees_content(self, model: type[Any], row: Row) -> bool:
        """In its own right, not through a subordinate."""
        _, _, roles, own = AGGREGATES[model]
        return (
            self.covers(roles, row)
            or any(row[column] == self.own for column in own)
            or self.own in self.parties[row["id"]]
        )

    def sees(self, model: type[Any], row: Row) -> bool:
        if model in AGGREGATES:
            return self.sees_content(model, row) or bool(self.parties[row["id"]] & self.below)
        rule = RULES.get(model)
        return rule(self, row) if rule else True

    def at(self, key: UUID) -> tuple[type[Any], Row]:
        return self.rows[key]

    def masked(self, model: type[Any], row: Row) -> set[str]:
        """Columns of a visible row whose values the caller must not learn."""
        personal = self.personal(model, row)
        if not self.superior:
            return personal
        hidden = CLEARED.get(model, set()) | personal
        owner = {models.ItemConfirmation: "item_id", models.ItemAdjustment: "item_id", models.Resolution: "meeting_id"}
        if model in AGGREGATES:
            return hidden if self.sees_content(model, row) else hidden | CONTENT[model]
        if model in OWN:
            return hidden if OWN[model](self, row) else hidden | CONTENT[model]
        if model is models.SupervisionNotice:
            mine = row["issuer_id"] == self.own or self.own in self.supervised[row["id"]]
            return hidden if mine else hidden | CONTENT[model]
        if model is models.AwardRestriction:
            mine = self.own in (row["organization_id"], row["issuer_id"])
            return hidden if mine else hidden | CONTENT[model]
        if model in owner:
            above, parent = self.at(row[owner[model]])
            own = row.get("lead_organization_id") == self.own or self.sees_content(above, parent)
            return hidden if own else hidden | CONTENT[model]
        return hidden


def _told_of(oracle: Oracle, party: type[Any], key: str, row: Row) -> bool:
    """A subordinate of the caller is told of; what it told as a court does not count."""
    return any(
        each[key] == row["id"] and each["capacity"] == "SUBJECT" and each["organization_id"] in oracle.below
        for each in oracle.content.of(party)
    )


def _oversees(oracle: Oracle, row: Row) -> bool:
    """A superior court and what a court below it told."""
    return oracle.unit.endswith("court") and row["court_id"] in oracle.below


def _entry(oracle: Oracle, row: Row) -> bool:
    return (
        _oversees(oracle, row)
        or oracle.covers(WHOLE_CREDIT, row)
        or oracle.own in oracle.mirrored[row["id"]]
        or (row["government_subject"] and oracle.covers(PUBLIC_BODIES, row))
        or _told_of(oracle, models.CaseListEntryParty, "entry_id", row)
    )


def _listing(oracle: Oracle, row: Row) -> bool:
    if _oversees(oracle, row) or oracle.covers(WHOLE_CREDIT, row) or oracle.own in oracle.mirrored[row["id"]]:
        return True
    public = (row["government_subject"] and oracle.covers(PUBLIC_BODIES, row)) or _told_of(
        oracle, models.DishonestyRecordParty, "record_id", row
    )
    return row["status"] in LISTED and public


def _mirror_party(oracle: Oracle, row: Row) -> bool:
    return (
        row["organization_id"] == oracle.own
        or oracle.covers(WHOLE_CREDIT, row)
        or (row["capacity"] == "SUBJECT" and row["organization_id"] in oracle.below)
    )


def _told_in(column: str) -> Callable[[Oracle, Row], bool]:
    """Seen with an entry or a listing that names it."""
    return lambda oracle, row: any(
        each[column] == row["id"] and oracle.sees(model, each)
        for model in (models.CaseListEntry, models.DishonestyRecord)
        for each in oracle.content.of(model)
    )


def _source(oracle: Oracle, row: Row) -> bool:
    return row["organization_id"] == oracle.own or oracle.covers(SOURCES, row)


def _match(oracle: Oracle, row: Row) -> bool:
    return row["organization_id"] == oracle.own or oracle.covers(WHOLE_CREDIT, row)


def _party_row(oracle: Oracle, row: Row) -> bool:
    key = next(each for each in row if each.endswith("_id") and each not in {"organization_id", "tenant_id", "list_id"})
    return oracle.sees(*oracle.at(row[key]))


def _list(oracle: Oracle, row: Row) -> bool:
    told = oracle.listed[row["id"]]
    return oracle.covers(AT_HOME, row) or oracle.own in told or bool(told & oracle.below)


def _report(oracle: Oracle, row: Row) -> bool:
    return (
        oracle.covers(WHOLE_LISTS, row)
        or row["organization_id"] == oracle.own
        or oracle.own in oracle.parties[row["item_id"]]
    )


def _of(key: str) -> Callable[[Oracle, Row], bool]:
    """Seen with what it hangs on."""
    return lambda oracle, row: oracle.sees(*oracle.at(row[key]))


def _resolution(oracle: Oracle, row: Row) -> bool:
    return row["lead_organization_id"] == oracle.own or oracle.sees(*oracle.at(row["meeting_id"]))


def _responsibility(oracle: Oracle, row: Row) -> bool:
    return row["organization_id"] == oracle.own or oracle.sees(*oracle.at(row["target_id"]))


def _alert(oracle: Oracle, row: Row) -> bool:
    """About an item whoever covers the lists, about a task whoever covers the work; one's own in any case."""
    roles = WHOLE_LISTS if row["target_kind"] == "DoubleListItem" else WHOLE_LINKAGE
    return oracle.covers(roles, row) or row["organization_id"] == oracle.own


def _change(oracle: Oracle, row: Row) -> bool:
    return oracle.covers(WHOLE_MEETINGS, row) or oracle.own in (row["proposer_id"], row["organization_id"])


def _liaison(oracle: Oracle, row: Row) -> bool:
    return oracle.covers(AT_HOME, row) or row["organization_id"] == oracle.own or row["body_id"] in oracle.bodies


def _notice(oracle: Oracle, row: Row) -> bool:
    """A draft is its issuers'; once issued its recipients', its overseers', and the subject's superior's."""
    if row["issuer_id"] == oracle.own or oracle.own in oracle.supervised[row["id"]]:
        return True
    issued = row["issued_at"] is not None
    return issued and (oracle.covers(WHOLE_SUPERVISION, row) or row["subject_id"] in oracle.below)


def _periodic(oracle: Oracle, row: Row) -> bool:
    if row["issuer_id"] == oracle.own or oracle.own in oracle.supervised[row["id"]]:
        return True
    return row["issued_at"] is not None and oracle.covers(WHOLE_SUPERVISION, row)


def _document(oracle: Oracle, row: Row) -> bool:
    """A superior learns of a notice to its subordinate, not what it says."""
    model, target = oracle.at(row["target_id"])
    if not oracle.sees(model, target):
        return False
    told = oracle.own in oracle.supervised[row["target_id"]]
    return told or model is models.PeriodicReport or oracle.covers(WHOLE_SUPERVISION, target)


def _award(oracle: Oracle, row: Row) -> bool:
    mine = oracle.own in (row["organization_id"], row["issuer_id"])
    return mine or oracle.covers(WHOLE_SUPERVISION, row) or row["organization_id"] in oracle.below


def _interview(oracle: Oracle, row: Row) -> bool:
    mine = oracle.own in (row["organization_id"], row["interviewer_id"])
    return mine or oracle.covers(WHOLE_SUPERVISION, row)


def _membership(oracle: Oracle, row: Row) -> bool:
    return oracle.covers(AT_HOME, row) or row["organization_id"] == oracle.own


RULES: dict[type[Any], Callable[[Oracle, Row], bool]] = {
    models.DoubleList: _list,
    models.ProgressReport: _report,
    models.ItemConfirmation: _of("item_id"),
    models.ItemAdjustment: _of("item_id"),
    models.AgendaItem: _of("meeting_id"),
    models.MeetingAttendance: _of("meeting_id"),
    models.Resolution: _resolution,
    models.Responsibility: _responsibility,
    models.Alert: _alert,
    models.MembershipChange: _change,
    models.Liaison: _liaison,
    models.BodyMembership: _membership,
    models.AuditEvent: lambda oracle, row: oracle.covers({AUDITOR}, row),
    models.CaseListEntry: _entry,
    models.DishonestyRecord: _listing,
    models.CaseListEntryParty: _mirror_party,
    models.DishonestyRecordParty: _mirror_party,
    models.LegalCase: _told_in("case_id"),
    models.Subject: _told_in("subject_id"),
    models.SubjectAlias: _of("subject_id"),
    models.SubjectMatch: _match,
    models.SupervisionNotice: _notice,
    models.SupervisionNoticeParty: _of("notice_id"),
    models.NoticeRecipient: _of("notice_id"),
    models.NoticeSignature: _of("notice_id"),
    models.OfficialDocument: _document,
    models.CaseReport: lambda oracle, row: row["court_id"] == oracle.own or oracle.covers(WHOLE_SUPERVISION, row),
    models.AwardRestriction: _award,
    models.Interview: _interview,
    models.Referral: lambda oracle, row: row["receiver_id"] == oracle.own,
    models.ReferralReceipt: lambda oracle, row: (
        oracle.own in (row["sender_id"], row["receiver_id"]) or oracle.covers({AUDITOR}, row)
    ),
    models.PeriodicReport: _periodic,
    models.PeriodicReportParty: _of("report_id"),
    **dict.fromkeys(
        (models.CreditRepair, models.CreditObjection),
        lambda oracle, row: oracle.own in (row["court_id"], row["organization_id"]) or oracle.covers(WHOLE_CREDIT, row),
    ),
    models.CreditRepairClock: _of("repair_id"),
    models.ListingRemark: lambda oracle, row: row["court_id"] == oracle.own or oracle.covers(WHOLE_CREDIT, row),
    **dict.fromkeys(
        (
            models.InboxBatch,
            models.InboxMessage,
            models.Reconciliation,
            models.DataQualityIssue,
            models.ConnectorState,
            models.FeedRow,
        ),
        _source,
    ),
    **dict.fromkeys((party for party, _, _, _ in AGGREGATES.values()), _party_row),
}
RULES |= bodies.RULES
RULES |= inquiry.RULES
RULES |= orders.RULES
RULES |= shared.RULES
RULES |= funds.RULES
RULES |= bankruptcy.RULES
RULES |= campaign.RULES
RULES |= alerts.RULES
MASKS |= funds.MASKS
for module in (integrity, punishment, consequences, exchange, evasion):
    RULES |= module.RULES
    CLEARED |= module.CLEARED
for module in (punishment, consequences):
    CONTENT |= module.CONTENT
    OWN |= module.OWN
for module in (integrity, exchange, evasion):
    MASKS |= module.MASKS
