"""Double lists and their items."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from hub.access.scopes import Scope
from hub.canonical.codes import (
    AdjustmentStatus,
    DeadlineKind,
    DoubleListStatus,
    ItemStatus,
    LinkageArea,
    ListSide,
)
from hub.core.areas import Area
from hub.core.principal import Clearance
from hub.db import models
from schema.binding.declare import audience, node, part
from schema.binding.fields import (
    Connection,
    children,
    column,
    connection,
    expression,
    python,
    record,
    records,
    relation,
    relations,
)
from schema.binding.orders import ascending, descending, only
from schema.linkage.computed import AvailableEvent, item_events, list_events
from schema.linkage.overdue import item_overdue
from schema.linkage.parts import DueExplanation, Kpi, KpiValue, Unresolved
from schema.nodes import Node
from schema.organizations.types import CoordinationBody, Jurisdiction, Organization

if TYPE_CHECKING:
    from schema.linkage.meetings import Resolution

READ = (Scope.DOUBLELIST_READ,)
LIST, ITEM, REPORT = models.DoubleList, models.DoubleListItem, models.ProgressReport
CONFIRMATION, ADJUSTMENT, RESPONSIBILITY = models.ItemConfirmation, models.ItemAdjustment, models.Responsibility
PARTY = models.DoubleListItemParty

MINE = audience(
    Area.DOUBLE_LIST,
    party=PARTY,
    key=PARTY.item_id,
    shared=(
        (ITEM.due_sort, PARTY.due_sort),
        (ITEM.list_id, PARTY.list_id),
        (ITEM.jurisdiction_path, PARTY.jurisdiction_path),
    ),
)


@node("PR", "进展报告", "progress report", model=REPORT, scopes=READ)
class ProgressReport(Node):
    organization: Organization = relation(REPORT.organization_id, "报告单位", "reporting unit")
    recorded_by: Organization = relation(REPORT.recorded_by_id, "录入单位，代录时为办公室", "unit that recorded it")
    period: str | None = column(REPORT.period, "所属期间", "period")
    text: str = column(REPORT.text, "进展情况", "progress")
    progress_percent: int | None = column(REPORT.progress_percent, "进度百分比", "percent done")
    kpi_values: list[KpiValue] = records(REPORT.kpi_values, "指标完成值", "KPI values")
    reported_at: datetime = column(REPORT.reported_at, "报告时间", "reported at")


@part(
    "协调确认或异议",
    "agreement or dispute in coordination",
    model=CONFIRMATION,
    scopes=READ,
    audience=audience(Area.DOUBLE_LIST, party=PARTY, key=PARTY.item_id, row_key=CONFIRMATION.item_id),
)
class ItemConfirmation:
    organization: Organization = relation(CONFIRMATION.organization_id, "单位", "unit")
    confirmed: bool = column(CONFIRMATION.confirmed, "是否确认", "whether it agrees")
    dispute: str | None = column(CONFIRMATION.dispute, "异议内容", "what it disputes", content=True)
    said_at: datetime = column(CONFIRMATION.updated_at, "表示时间", "said at")


@part(
    "调整申请",
    "requested adjustment",
    model=ADJUSTMENT,
    scopes=READ,
    audience=audience(Area.DOUBLE_LIST, party=PARTY, key=PARTY.item_id, row_key=ADJUSTMENT.item_id),
)
class ItemAdjustment:
    reason: str | None = column(ADJUSTMENT.reason, "理由", "reason", content=True)
    needs_convenor: bool = column(ADJUSTMENT.needs_convenor, "是否须召集人决定", "whether the convenor decides")
    status: AdjustmentStatus = column(ADJUSTMENT.status, "状态", "state")
    requested_by: Organization = relation(ADJUSTMENT.requested_by_id, "申请单位", "requested by")
    requested_at: datetime = column(ADJUSTMENT.created_at, "申请时间", "requested at")
    decided_by: Organization | None = relation(ADJUSTMENT.decided_by_id, "决定单位", "decided by")
    decided_at: datetime | None = column(ADJUSTMENT.decided_at, "决定时间", "decided at")
    decision_note: str | None = column(ADJUSTMENT.decision_note, "决定说明", "note on the decision", content=True)


@node("RE", "责任到岗到人", "named responsibility", model=RESPONSIBILITY, scopes=READ)
class Responsibility(Node):
    organization: Organization = relation(RESPONSIBILITY.organization_id, "单位", "unit")
    leader: str | None = column(RESPONSIBILITY.leader, "责任领导", "responsible leader", level=Clearance.L2)
    division: str | None = column(RESPONSIBILITY.division, "责任科室", "responsible division")
    person: str | None = column(RESPONSIBILITY.person, "责任人", "responsible person", level=Clearance.L2)
    post: str | None = column(RESPONSIBILITY.post, "岗位", "post")
    version: int = column(RESPONSIBILITY.version, "版本", "version")


@node("DI", "双清单事项", "double-list item", model=ITEM, scopes=READ, audience=MINE)
class DoubleListItem(Node):
    code: str = column(ITEM.code, "编号", "code within the jurisdiction and year")
    year: int = column(ITEM.year, "年度", "year")
    double_list: DoubleList | None = relation(ITEM.list_id, "所属双清单", "its list")
    jurisdiction: Jurisdiction = relation(ITEM.jurisdiction_id, "区划", "jurisdiction")
    side: ListSide = column(ITEM.side, "清单类别", "side of the double list")
    area: LinkageArea = column(ITEM.area, "联动领域", "linkage area")
    title: str = column(ITEM.title, "标题", "title")
    content: str | None = column(ITEM.content, "内容", "content", content=True)
    status: ItemStatus = column(ITEM.status, "状态", "state")
    lead_organization: Organization | None = relation(ITEM.lead_organization_id, "牵头单位", "lead unit")
    cooperating_organizations: list[Organization] = relations(
        ITEM.cooperating_organization_ids, "配合单位", "cooperating units"
    )
    proposer_organization: Organization = relation(ITEM.proposer_organization_id, "申报单位", "proposer")
    deadline_kind: DeadlineKind | None = column(ITEM.deadline_kind, "时限类别", "kind of deadline")
    due_on: date | None = column(ITEM.due_on, "完成时限", "due date")
    due_provisional: bool = column(ITEM.due_provisional, "时限是否暂定", "whether the due date is provisional")
    recurrence: str | None = column(ITEM.recurrence, "重复规则（RFC 5545）", "recurrence rule")
    due_explanation: DueExplanation | None = record(ITEM.deadline_basis, "时限依据", "why it is due then")
    next_report_on: date | None = column(ITEM.next_report_on, "下次报告时限", "next report due")
    report_explanation: DueExplanation | None = record(ITEM.report_basis, "报告时限依据", "why the report is due then")
    overdue: bool = expression(
        item_overdue, "是否逾期，由时限推算", "whether overdue, derived", uses=(ITEM.status, ITEM.due_at)
    )
    progress_percent: int = column(ITEM.progress_percent, "进度百分比", "percent done")
    deliverables: list[str] | None = column(ITEM.deliverables, "成果形式", "deliverables", content=True)
    kpis: list[Kpi] | None = records(ITEM.kpis, "考核指标", "KPIs", content=True)
    source_clause: str | None = column(ITEM.source_clause, "依据条款", "source clause")
    source_document_no: str | None = column(ITEM.source_document_no, "依据文号", "document it comes from")
    notice_item_no: str | None = column(ITEM.notice_item_no, "通知中的序号", "number in the notice")
    unresolved: list[Unresolved] | None = records(
        ITEM.unresolved, "导入时未识别的内容", "what the import left open", content=True
    )
    dispute_note: str | None = column(ITEM.dispute_note, "分歧说明", "note on a dispute", content=True)
    decision_note: str | None = column(ITEM.decision_note, "决定说明", "note on the last decision", content=True)
    resolution: Resolution | None = relation(ITEM.resolution_id, "审定的议定事项", "resolution that approved it")
    carried_from: DoubleListItem | None = relation(ITEM.carried_from_id, "结转自", "carried over from")
    completed_at: datetime | None = column(ITEM.completed_at, "办结时间", "completed at")
    updated_at: datetime = column(ITEM.updated_at, "更新时间", "last changed at")
    version: int = column(ITEM.version, "版本", "version")
    progress_reports: Connection[ProgressReport] = connection(
        "进展报告，最新在前",
        "progress reports, latest first",
        on=REPORT.item_id,
        orders=only(descending("按报告时间倒序", "latest first", REPORT.reported_at)),
    )
    confirmations: list[ItemConfirmation] = children(
        CONFIRMATION.item_id,
        "协调意见",
        "what the units said",
        order=ascending("按时间", "by time", CONFIRMATION.created_at),
    )
    adjustments: list[ItemAdjustment] = children(
        ADJUSTMENT.item_id, "调整申请", "adjustments", order=ascending("按时间", "by time", ADJUSTMENT.created_at)
    )
    responsibilities: list[Responsibility] = children(
        RESPONSIBILITY.target_id,
        "责任到人",
        "who answers",
        order=ascending("按时间", "by time", RESPONSIBILITY.created_at),
    )
    available_events: list[AvailableEvent] = python(
        item_events, "当前可办理的事件", "events possible now", needs=(ITEM.id,)
    )


@node("DL", "年度双清单", "double list of a year", model=LIST, scopes=READ)
class DoubleList(Node):
    year: int = column(LIST.year, "年度", "year")
    jurisdiction: Jurisdiction = relation(LIST.jurisdiction_id, "区划", "jurisdiction")
    body: CoordinationBody | None = relation(LIST.body_id, "协调机构", "coordination body")
    status: DoubleListStatus = column(LIST.status, "状态", "state")
    revision: int = column(LIST.revision, "修订次数", "number of revisions")
    approved_at: datetime | None = column(LIST.approved_at, "审定时间", "approved at")
    version: int = column(LIST.version, "版本", "version")
    items: Connection[DoubleListItem] = connection(
        "清单事项", "its items", on=ITEM.list_id, orders=only(ascending("按编号", "by code", ITEM.code))
    )
    available_events: list[AvailableEvent] = python(
        list_events, "当前可办理的事件", "events possible now", needs=(LIST.id,)
    )
