"""Joint meetings, resolutions, the tasks that follow, matters and coordination requests."""

from __future__ import annotations

from datetime import date, datetime

from hub.access.scopes import Scope
from hub.canonical.codes import (
    AlertKind,
    AlertSeverity,
    CoordinationStatus,
    MatterStatus,
    MeetingKind,
    MeetingStatus,
    MembershipRole,
    RoutePath,
    TaskOrigin,
    TaskStatus,
)
from hub.core.areas import Area
from hub.db import models
from schema.binding.declare import audience, node, part
from schema.binding.fields import any_node, children, column, expression, python, record, relation, relations
from schema.binding.orders import ascending
from schema.linkage.alert_titles import alert_title
from schema.linkage.computed import AvailableEvent, matter_events, meeting_events, request_events, task_events
from schema.linkage.items import DoubleList, DoubleListItem, Responsibility
from schema.linkage.overdue import task_overdue
from schema.linkage.parts import DueExplanation
from schema.nodes import Node
from schema.organizations.types import CoordinationBody, Jurisdiction, Organization

MEETING_READ, TASK_READ = (Scope.MEETING_READ,), (Scope.TASK_READ,)
ITEM_READ, COORDINATION_READ = (Scope.DOUBLELIST_READ,), (Scope.COORDINATION_READ,)
MEETING, AGENDA, ATTENDANCE, RESOLUTION = (
    models.JointMeeting,
    models.AgendaItem,
    models.MeetingAttendance,
    models.Resolution,
)
TASK, MATTER, REQUEST, ALERT = (
    models.LinkageTask,
    models.LinkageMatter,
    models.CoordinationRequest,
    models.Alert,
)
MEETING_PARTY, TASK_PARTY = models.JointMeetingParty, models.LinkageTaskParty
MATTER_PARTY, REQUEST_PARTY = models.LinkageMatterParty, models.CoordinationRequestParty


@part("议题", "agenda item", model=AGENDA, scopes=MEETING_READ)
class AgendaItem:
    position: int = column(AGENDA.position, "次序", "position")
    title: str = column(AGENDA.title, "议题", "title")
    proposer: Organization = relation(AGENDA.proposer_id, "提出单位", "proposer")
    linked_list: DoubleList | None = relation(AGENDA.linked_list_id, "提请审定的双清单", "double list to approve")
    linked_matter: LinkageMatter | None = relation(AGENDA.linked_matter_id, "提请审议的联动事项", "matter to decide")


@part("出席情况", "attendance", model=ATTENDANCE, scopes=MEETING_READ)
class MeetingAttendance:
    organization: Organization = relation(ATTENDANCE.organization_id, "单位", "unit")
    post: str = column(ATTENDANCE.post, "职务", "post")
    present: bool = column(ATTENDANCE.present, "是否到会", "whether present")
    substitute: bool = column(ATTENDANCE.substitute, "是否代会", "whether a substitute came")


@node(
    "RS",
    "议定事项",
    "resolution",
    model=RESOLUTION,
    scopes=MEETING_READ,
    audience=audience(
        Area.MEETING,
        party=MEETING_PARTY,
        key=MEETING_PARTY.meeting_id,
        row_key=RESOLUTION.meeting_id,
        own=(RESOLUTION.lead_organization_id,),
    ),
)
class Resolution(Node):
    number: int = column(RESOLUTION.number, "序号", "number")
    text: str | None = column(RESOLUTION.text, "议定内容", "what was resolved", content=True)
    meeting: JointMeeting | None = relation(RESOLUTION.meeting_id, "会议", "meeting")
    lead_organization: Organization = relation(RESOLUTION.lead_organization_id, "牵头单位", "lead unit")
    cooperating_organizations: list[Organization] = relations(
        RESOLUTION.cooperating_organization_ids, "配合单位", "cooperating units"
    )
    due_on: date | None = column(RESOLUTION.due_on, "完成时限", "due date")
    status: TaskStatus = column(RESOLUTION.status, "状态", "state")
    task: LinkageTask | None = relation(RESOLUTION.task_id, "转办任务", "task that follows")
    approved_list: DoubleList | None = relation(RESOLUTION.approved_list_id, "审定的双清单", "double list it approves")
    version: int = column(RESOLUTION.version, "版本", "version")


@node(
    "JM",
    "联席会议",
    "joint meeting",
    model=MEETING,
    scopes=MEETING_READ,
    audience=audience(
        Area.MEETING,
        party=MEETING_PARTY,
        key=MEETING_PARTY.meeting_id,
        shared=(
            (MEETING.planned_at, MEETING_PARTY.planned_at),
            (MEETING.jurisdiction_path, MEETING_PARTY.jurisdiction_path),
        ),
    ),
)
class JointMeeting(Node):
    body: CoordinationBody | None = relation(MEETING.body_id, "协调机构", "coordination body")
    jurisdiction: Jurisdiction = relation(MEETING.jurisdiction_id, "区划", "jurisdiction")
    kind: MeetingKind = column(MEETING.kind, "会议类别", "kind")
    title: str = column(MEETING.title, "会议名称", "title")
    planned_at: datetime = column(MEETING.planned_at, "拟召开时间", "planned time")
    place: str | None = column(MEETING.place, "地点", "place")
    status: MeetingStatus = column(MEETING.status, "状态", "state")
    chair_role: MembershipRole | None = column(MEETING.chair_role, "主持人身份", "role of the chair")
    chair_organization: Organization | None = relation(MEETING.chair_organization_id, "主持单位", "unit of the chair")
    chair_delegation: str | None = column(
        MEETING.chair_delegation, "委托主持的依据", "delegation of the chair", content=True
    )
    held_at: datetime | None = column(MEETING.held_at, "召开时间", "held at")
    cancel_reason: str | None = column(MEETING.cancel_reason, "取消理由", "why it was cancelled", content=True)
    minutes_text: str | None = column(MEETING.minutes_text, "纪要正文", "text of the minutes", content=True)
    minutes_document_no: str | None = column(MEETING.minutes_document_no, "纪要文号", "number of the minutes")
    minutes_signed_by: str | None = column(MEETING.minutes_signed_by, "签发人职务", "signed by (post)")
    minutes_issued_at: datetime | None = column(MEETING.minutes_issued_at, "印发时间", "minutes issued at")
    version: int = column(MEETING.version, "版本", "version")
    agenda: list[AgendaItem] = children(
        AGENDA.meeting_id, "议题", "agenda", order=ascending("按次序", "by position", AGENDA.position)
    )
    attendance: list[MeetingAttendance] = children(
        ATTENDANCE.meeting_id,
        "出席情况",
        "attendance",
        order=ascending("按登记先后", "by entry", ATTENDANCE.created_at),
    )
    resolutions: list[Resolution] = children(
        RESOLUTION.meeting_id, "议定事项", "resolutions", order=ascending("按序号", "by number", RESOLUTION.number)
    )
    available_events: list[AvailableEvent] = python(
        meeting_events, "当前可办理的事件", "events possible now", needs=(MEETING.id,)
    )


@node(
    "LT",
    "联动任务",
    "linkage task",
    model=TASK,
    scopes=TASK_READ,
    audience=audience(
        Area.LINKAGE,
        party=TASK_PARTY,
        key=TASK_PARTY.task_id,
        shared=((TASK.due_sort, TASK_PARTY.due_sort), (TASK.jurisdiction_path, TASK_PARTY.jurisdiction_path)),
    ),
)
class LinkageTask(Node):
    origin: TaskOrigin = column(TASK.origin, "来源", "origin")
    jurisdiction: Jurisdiction = relation(TASK.jurisdiction_id, "区划", "jurisdiction")
    title: str = column(TASK.title, "标题", "title")
    content: str | None = column(TASK.content, "内容", "content", content=True)
    lead_organization: Organization = relation(TASK.lead_organization_id, "牵头单位", "lead unit")
    cooperating_organizations: list[Organization] = relations(
        TASK.cooperating_organization_ids, "配合单位", "cooperating units"
    )
    due_on: date | None = column(TASK.due_on, "完成时限", "due date")
    due_provisional: bool = column(TASK.due_provisional, "时限是否暂定", "whether the due date is provisional")
    due_explanation: DueExplanation | None = record(TASK.deadline_basis, "时限依据", "why it is due then")
    overdue: bool = expression(
        task_overdue, "是否逾期，由时限推算", "whether overdue, derived", uses=(TASK.status, TASK.due_at)
    )
    status: TaskStatus = column(TASK.status, "状态", "state")
    urge_count: int = column(TASK.urge_count, "催办次数", "times urged")
    report: str | None = column(TASK.report, "落实情况", "what was reported", content=True)
    return_reason: str | None = column(TASK.return_reason, "退回理由", "why it was returned", content=True)
    updated_at: datetime = column(TASK.updated_at, "更新时间", "last changed at")
    version: int = column(TASK.version, "版本", "version")
    responsibilities: list[Responsibility] = children(
        models.Responsibility.target_id,
        "责任到人",
        "who answers",
        order=ascending("按时间", "by time", models.Responsibility.created_at),
        scopes=ITEM_READ,
    )
    available_events: list[AvailableEvent] = python(
        task_events, "当前可办理的事件", "events possible now", needs=(TASK.id,)
    )


@node(
    "LM",
    "联动事项",
    "linkage matter",
    model=MATTER,
    scopes=ITEM_READ,
    audience=audience(
        Area.LINKAGE,
        party=MATTER_PARTY,
        key=MATTER_PARTY.matter_id,
        shared=((MATTER.jurisdiction_path, MATTER_PARTY.jurisdiction_path),),
    ),
)
class LinkageMatter(Node):
    title: str = column(MATTER.title, "标题", "title")
    content: str | None = column(MATTER.content, "内容", "content", content=True)
    jurisdiction: Jurisdiction = relation(MATTER.jurisdiction_id, "区划", "jurisdiction")
    proposer: Organization = relation(MATTER.proposer_id, "申报单位", "proposer")
    lead_organization: Organization = relation(MATTER.lead_organization_id, "牵头单位", "lead unit")
    cooperating_organizations: list[Organization] = relations(
        MATTER.cooperating_organization_ids, "配合单位", "cooperating units"
    )
    due_on: date | None = column(MATTER.due_on, "完成时限", "due date")
    status: MatterStatus = column(MATTER.status, "状态", "state")
    decision_note: str | None = column(MATTER.decision_note, "决定说明", "note on the decision", content=True)
    resolution: Resolution | None = relation(
        MATTER.resolution_id, "同意该事项的议定事项", "resolution that approves it", scopes=MEETING_READ
    )
    task: LinkageTask | None = relation(MATTER.task_id, "转办任务", "task that follows", scopes=TASK_READ)
    created_at: datetime = column(MATTER.created_at, "申报时间", "proposed at")
    version: int = column(MATTER.version, "版本", "version")
    available_events: list[AvailableEvent] = python(
        matter_events, "当前可办理的事件", "events possible now", needs=(MATTER.id,)
    )


@node(
    "CR",
    "协调请求",
    "coordination request",
    model=REQUEST,
    scopes=COORDINATION_READ,
    audience=audience(
        Area.LINKAGE,
        party=REQUEST_PARTY,
        key=REQUEST_PARTY.request_id,
        shared=((REQUEST.jurisdiction_path, REQUEST_PARTY.jurisdiction_path),),
    ),
)
class CoordinationRequest(Node):
    subject: str = column(REQUEST.subject, "事由", "subject")
    jurisdiction: Jurisdiction = relation(REQUEST.jurisdiction_id, "区划", "jurisdiction")
    from_organization: Organization = relation(REQUEST.from_organization_id, "发起单位", "requesting unit")
    counterpart_organizations: list[Organization] = relations(
        REQUEST.counterpart_organization_ids, "对接单位", "units to coordinate with"
    )
    route: RoutePath = column(REQUEST.route, "联系路径", "contact path")
    attempted_direct_contact: bool = column(
        REQUEST.attempted_direct_contact, "是否已直接对接", "whether they talked first"
    )
    dispute_summary: str | None = column(REQUEST.dispute_summary, "分歧情况", "summary of the dispute", content=True)
    outcome: str | None = column(REQUEST.outcome, "协调结果", "outcome", content=True)
    item: DoubleListItem | None = relation(REQUEST.item_id, "相关清单事项", "related item", scopes=ITEM_READ)
    meeting: JointMeeting | None = relation(REQUEST.meeting_id, "提交的会议", "meeting it goes to", scopes=MEETING_READ)
    status: CoordinationStatus = column(REQUEST.status, "状态", "state")
    created_at: datetime = column(REQUEST.created_at, "发起时间", "opened at")
    version: int = column(REQUEST.version, "版本", "version")
    available_events: list[AvailableEvent] = python(
        request_events, "当前可办理的事件", "events possible now", needs=(REQUEST.id,)
    )


@node(
    "AL",
    "预警",
    "alert",
    model=ALERT,
    scopes=(Scope.DOUBLELIST_READ, Scope.TASK_READ),
    audience=audience(Area.DOUBLE_LIST, own=(ALERT.organization_id,)),
)
class Alert(Node):
    kind: AlertKind = column(ALERT.kind, "预警类别", "kind")
    severity: AlertSeverity = column(ALERT.severity, "预警程度", "severity")
    title: str = expression(
        alert_title,
        "所涉事项标题；没有读取该类事项的授权范围时不显示",
        "title of what it is about; not shown to who lacks the scope to read such",
        uses=(ALERT.title, ALERT.target_kind),
    )
    organization: Organization = relation(ALERT.organization_id, "接收单位", "unit told")
    due_on: date | None = column(ALERT.due_on, "时限", "due date")
    offset_days: int = column(ALERT.offset_days, "距时限天数，负数为提前", "days after the due date, negative before")
    clause: str | None = column(ALERT.clause, "依据条款", "clause")
    raised_at: datetime = column(ALERT.raised_at, "预警时间", "raised at")
    target: Node | None = any_node(
        ALERT.target_kind,
        ALERT.target_id,
        {
            "DoubleListItem": "DoubleListItem",
            "LinkageTask": "LinkageTask",
            "JointMeeting": "JointMeeting",
            "CoordinationRequest": "CoordinationRequest",
            "CoordinationBody": "CoordinationBody",
            "SupervisionNotice": "SupervisionNotice",
            "PeriodicReport": "PeriodicReport",
            "DishonestyRecord": "DishonestyRecord",
            "CreditRepair": "CreditRepair",
            "CreditObjection": "CreditObjection",
            "JointPunishmentMeasure": "JointPunishmentMeasure",
        },
        "所涉事项",
        "what it is about",
    )
