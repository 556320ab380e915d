"""Periodic reports: circulars, pushes and monthly reports with frozen numbers."""

from __future__ import annotations

from datetime import date, datetime

import strawberry

from hub.canonical.supervision_codes import PeriodicReportKind, PeriodicReportStatus
from hub.core.areas import Area
from hub.core.principal import Clearance
from hub.db import models
from schema.binding.conditions import argument, equals, is_node, matches, one_of
from schema.binding.declare import audience, filter_input, node, part, query
from schema.binding.fields import (
    Connection,
    children,
    column,
    connection,
    one,
    record,
    records,
    relation,
    relations,
    value,
)
from schema.binding.orders import ascending, descending, only
from schema.linkage.parts import DueExplanation
from schema.nodes import Node
from schema.organizations.queries import in_jurisdiction
from schema.organizations.types import Jurisdiction, Organization
from schema.supervision.notices import DOCUMENT, READ, OfficialDocument

REPORT, PARTY = models.PeriodicReport, models.PeriodicReportParty


@part("报告指标", "figure of a report", scopes=READ)
class ReportFigure:
    name: str = value("name", "指标", "what is counted")
    reached: int = value("value", "数值", "number")


@part("报告条目", "entry of a report", scopes=READ)
class ReportEntry:
    row: int = value("row", "序号", "number of the entry")
    unit: str = value("unit", "单位", "unit")
    category: str = value("category", "类别", "class")
    case_number: str = value("caseNumber", "案号", "case number")
    listed_on: date = value("listedOn", "列入日期", "listed on")
    case_facts: str | None = value("caseFacts", "基本案情", "facts of the case")
    execution_basis: str | None = value("executionBasis", "执行依据", "document executed")
    dishonest_conduct: str | None = value("dishonestConduct", "失信情形", "dishonest conduct")


@node(
    "PE",
    "定期报告",
    "periodic report",
    model=REPORT,
    scopes=READ,
    audience=audience(
        Area.SUPERVISION,
        party=PARTY,
        key=PARTY.report_id,
        own=(REPORT.issuer_id,),
        shared=((REPORT.due_on, PARTY.due_on), (REPORT.jurisdiction_path, PARTY.jurisdiction_path)),
    ),
)
class PeriodicReport(Node):
    kind: PeriodicReportKind = column(REPORT.kind, "种类", "kind")
    status: PeriodicReportStatus = column(REPORT.status, "状态", "state")
    jurisdiction: Jurisdiction = relation(REPORT.jurisdiction_id, "区划", "jurisdiction")
    issuer: Organization = relation(REPORT.issuer_id, "编制单位", "issuer")
    recipients: list[Organization] = relations(REPORT.recipient_ids, "报送对象", "recipients")
    title: str = column(REPORT.title, "标题", "title")
    period: str = column(REPORT.period, "所属期间", "period")
    period_from: date = column(REPORT.period_from, "期间起", "first day of the period")
    period_to: date = column(REPORT.period_to, "期间止", "last day of the period")
    edition: int = column(REPORT.edition, "版次，更正后加一", "edition; a correction is the next")
    cutoff_at: datetime = column(REPORT.cutoff_at, "数据截止时间", "its numbers stand as at")
    due_on: date = column(REPORT.due_on, "期限", "due date")
    due_explanation: DueExplanation | None = record(REPORT.deadline_basis, "期限依据", "why it is due then")
    figures: list[ReportFigure] = records(REPORT.figures, "指标", "figures")
    entries: list[ReportEntry] = records(REPORT.entries, "明细；零报告为空", "entries; none in a zero report")
    correction_reason: str | None = column(REPORT.correction_reason, "更正理由", "why it was corrected")
    signed_by: str | None = column(REPORT.signed_by, "签发人", "signed by", level=Clearance.L2)
    issued_at: datetime | None = column(REPORT.issued_at, "签发时间", "issued at")
    version: int = column(REPORT.version, "版本", "version")
    documents: list[OfficialDocument] = children(
        DOCUMENT.target_id, "正式文件", "documents", order=ascending("按时间", "by time", DOCUMENT.created_at)
    )


@filter_input("定期报告查询条件", "conditions on periodic reports")
class PeriodicReportFilter:
    kind: list[PeriodicReportKind] | None = one_of(REPORT.kind, "种类", "kinds")
    status: PeriodicReportStatus | None = equals(REPORT.status, "状态", "state")
    period: str | None = equals(REPORT.period, "所属期间，如 2026-11、2026Q4", "period, such as 2026-11 or 2026Q4")
    issuer_id: strawberry.ID | None = is_node(REPORT.issuer_id, "OR", "编制单位标识", "id of the issuer")
    jurisdiction_code: str | None = matches(in_jurisdiction, "区划代码，含下级", "jurisdiction code, with those below")


@query
class PeriodicQueries:
    periodic_reports: Connection[PeriodicReport] = connection(
        "定期报告：编制单位见本单位的，报送对象自签发起可见，期限最近的在前",
        "periodic reports: issuers see their own, recipients from the signature on; the latest due first",
        orders=only(descending("期限最近的在前", "latest due first", REPORT.due_on)),
        filtered_by=PeriodicReportFilter,
        scopes=READ,
    )
    periodic_report: PeriodicReport | None = one(
        "按标识读取定期报告",
        "a periodic report by its id",
        by={"id": argument(strawberry.ID, is_node(REPORT.id, "PE", "标识", "id"))},
        scopes=READ,
    )
