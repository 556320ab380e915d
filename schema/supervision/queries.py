"""Root fields of supervision."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import strawberry

from hub.access.scopes import Scope
from hub.canonical.supervision_codes import CaseReportKind, NoticeKind, NoticeStatus
from schema.binding.conditions import (
    argument,
    at_least,
    at_most,
    equals,
    holds,
    is_node,
    matches,
    one_of,
    own_rows,
)
from schema.binding.declare import filter_input, query
from schema.binding.fields import Connection, connection, one
from schema.binding.orders import ascending, descending, only
from schema.cases.queries import CASE_NUMBER, accept_case_number
from schema.organizations.queries import in_jurisdiction
from schema.supervision import consequences as _consequences  # noqa: F401 - declares suggestions and assessments
from schema.supervision import following as _following  # noqa: F401 - declares what follows
from schema.supervision import periodic as _periodic  # noqa: F401 - declares periodic reports
from schema.supervision.notices import NOTICE, READ, REPORT, CaseReport, SupervisionNotice, notice_overdue

_CODE = ("区划代码，含下级", "jurisdiction code, with those below")


@filter_input("督办函件查询条件", "conditions on supervision notices")
class SupervisionNoticeFilter:
    mine: bool | None = own_rows("仅本单位发出或收到的", "only what the caller's organisation sent or received")
    kind: list[NoticeKind] | None = one_of(NOTICE.kind, "种类", "kinds")
    status: list[NoticeStatus] | None = one_of(NOTICE.status, "状态", "states")
    issuer_id: strawberry.ID | None = is_node(NOTICE.issuer_id, "OR", "发文单位标识", "id of the issuer")
    subject_id: strawberry.ID | None = is_node(NOTICE.subject_id, "OR", "主送单位标识", "id of the unit addressed")
    case_number: str | None = replace(equals(NOTICE.case_number, *CASE_NUMBER), accept=accept_case_number)
    document_no: str | None = equals(NOTICE.document_no, "发文字号", "document number")
    due_from: date | None = at_least(NOTICE.due_sort, "期限不早于", "due on or after")
    due_to: date | None = at_most(NOTICE.due_sort, "期限不晚于", "due on or before")
    overdue: bool | None = holds(notice_overdue, "是否逾期", "whether overdue")
    jurisdiction_code: str | None = matches(in_jurisdiction, *_CODE)


@filter_input("法院通报查询条件", "conditions on what courts reported")
class CaseReportFilter:
    kind: list[CaseReportKind] | None = one_of(REPORT.kind, "通报事项", "what is reported")
    organization_id: strawberry.ID | None = is_node(
        REPORT.organization_id, "OR", "涉案政务主体标识", "id of the public body"
    )
    jurisdiction_code: str | None = matches(in_jurisdiction, *_CODE)


@query
class SupervisionQueries:
    supervision_notices: Connection[SupervisionNotice] = connection(
        "督办函件：发文、收文单位各见本单位的，期限近者在前",
        "supervision notices: issuers and recipients see their own, the earliest due first",
        orders=only(ascending("按期限", "by due date", NOTICE.due_sort)),
        filtered_by=SupervisionNoticeFilter,
        scopes=READ,
    )
    supervision_notice: SupervisionNotice | None = one(
        "按标识读取督办函件",
        "a supervision notice by its id",
        by={"id": argument(strawberry.ID, is_node(NOTICE.id, "SN", "标识", "id"))},
        scopes=READ,
    )
    case_reports: Connection[CaseReport] = connection(
        "法院通报的涉政府案件，最新在前",
        "cases against public bodies as courts reported them, latest first",
        orders=only(descending("最新在前", "latest first", REPORT.created_at)),
        filtered_by=CaseReportFilter,
        scopes=(Scope.NOTICE_READ,),
    )
