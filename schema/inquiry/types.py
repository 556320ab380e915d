"""Execution queries as their parties see them: that they were asked and answered. What was found is not of these types:
it leaves the hub through ``readExecutionResults`` alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import strawberry
from sqlalchemy import select

from hub.access.scopes import Scope
from hub.canonical.execution_codes import (
    AnswerCode,
    ExecutionOrderStatus,
    ExecutionQueryStatus,
    LegalDocumentKind,
    OfficerCapacity,
    QueryPurpose,
    QueryType,
    QueryUrgency,
    ReturnReason,
)
from hub.core.clock import local_date
from hub.core.ids import encode_node_id
from hub.core.principal import Clearance
from hub.core.texts import Text
from hub.db import models
from hub.inquiry.availability import order_events, query_events
from schema.binding.declare import node, part, said
from schema.binding.fields import children, column, python, relation
from schema.binding.orders import ascending
from schema.cases.queries import LegalCase
from schema.linkage.computed import AvailableEvent, Possible, Rows, events_of
from schema.nodes import Node
from schema.organizations.types import Organization
from schema.subjects.types import Subject

if TYPE_CHECKING:
    from hub.db.session import ReadSession
    from schema.operation import HubContext

QUERY, ORDER, OFFICER = models.ExecutionQuery, models.ExecutionOrder, models.ExecutionOfficer
DOCUMENT = models.ExecutionDocument
READ = (Scope.EXECQUERY_READ,)
_EVENTS = ("当前可办理的事件", "events possible now")


def _ids(rows: Rows) -> list[UUID]:
    return [UUID(row["id"]) for row in rows]


async def _query_events(
    context: HubContext, session: ReadSession, rows: list[models.ExecutionQuery]
) -> Mapping[UUID, Possible]:
    return await query_events(session, context.principal, rows, local_date(context.now))


async def _order_events(
    context: HubContext, session: ReadSession, rows: list[models.ExecutionOrder]
) -> Mapping[UUID, Possible]:
    return await order_events(session, context.principal, rows, local_date(context.now))


@strawberry.type(description=str(Text("向一个单位查询的一类信息", "one type of question to one holder")))
class ExecutionAsk:
    holder_organization_id: strawberry.ID = said("协助查询单位标识", "id of the holder")
    query_type: QueryType = said("查询类型", "what is asked")


async def _asks(context: HubContext, rows: Rows) -> list[list[ExecutionAsk]]:
    async with context.reading() as session:
        found = dict((await session.execute(select(QUERY.id, QUERY.asks).where(QUERY.id.in_(_ids(rows))))).tuples())
    return [[_ask(ask) for ask in found.get(key, ())] for key in _ids(rows)]


def _ask(ask: Mapping[str, str]) -> ExecutionAsk:
    holder = strawberry.ID(encode_node_id("OR", UUID(ask["holder"])))
    return ExecutionAsk(holder_organization_id=holder, query_type=QueryType(ask["type"]))


@node("EF", "执行人员", "execution officer", model=OFFICER, scopes=READ)
class ExecutionOfficer(Node):
    client_id: str = column(OFFICER.client_id, "办案所用客户端", "client the officer works with")
    certificate_number: str = column(OFFICER.certificate_number, "执行公务证编号", "number of the certificate")
    capacity: OfficerCapacity = column(OFFICER.capacity, "职责", "capacity")
    valid_to: date = column(OFFICER.valid_to, "证件有效期至", "certificate valid to")
    suspended_at: datetime | None = column(OFFICER.suspended_at, "因查阅过量停用的时间", "stopped at")
    version: int = column(OFFICER.version, "版本", "version")


@part("查控法律文书", "legal document of a query", model=DOCUMENT, scopes=READ)
class ExecutionDocument:
    kind: LegalDocumentKind = column(DOCUMENT.kind, "文书种类", "kind")
    document_number: str = column(DOCUMENT.document_number, "文号", "document number")
    filename: str = column(DOCUMENT.filename, "文件名", "file name")
    digest: str = column(DOCUMENT.digest, "内容的SHA-256", "SHA-256 of the content, hex")
    seal_serial: str = column(DOCUMENT.seal_serial, "印章编号，已验", "number of the seal, verified")


@node("EO", "协助查询", "holder's part of an execution query", model=ORDER, scopes=READ)
class ExecutionOrder(Node):
    order_number: str = column(ORDER.order_number, "请求单号", "number of the order, in the holder's form")
    case_number: str = column(ORDER.case_number, "案号", "case number")
    query_type: QueryType = column(ORDER.query_type, "查询类型", "what is asked")
    round: int = column(ORDER.round, "第几次查询", "which asking this is")
    status: ExecutionOrderStatus = column(ORDER.status, "状态", "state")
    court: Organization = relation(ORDER.court_id, "请求法院", "court that asks")
    holder: Organization = relation(ORDER.holder_id, "协助查询单位", "holder")
    due_on: date = column(ORDER.due_on, "反馈期限", "answer due on")
    due_at: datetime = column(ORDER.due_at, "反馈期限届满时刻", "answer due at")
    due_provisional: bool = column(ORDER.due_provisional, "期限待定", "whether the deadline is provisional")
    urge_count: int = column(ORDER.urge_count, "催办次数", "times urged")
    return_reason: ReturnReason | None = column(ORDER.return_reason, "退回原因", "why it was returned")
    return_note: str | None = column(ORDER.return_note, "退回说明", "what the holder said of it", level=Clearance.L2)
    objection: str | None = column(ORDER.objection, "异议理由", "grounds of an objection", level=Clearance.L2)
    objection_due_on: date | None = column(ORDER.objection_due_on, "异议答复期限", "objection to be decided by")
    objection_decision: str | None = column(
        ORDER.objection_decision, "异议决定", "decision on the objection", level=Clearance.L2
    )
    answer_code: AnswerCode | None = column(ORDER.answer_code, "反馈结果", "result; null while the holder is silent")
    as_of: date | None = column(ORDER.as_of, "数据截至日期", "data as of")
    answered_at: datetime | None = column(ORDER.answered_at, "反馈时间", "answered at")
    item_count: int | None = column(ORDER.item_count, "明细条数", "number of items")
    result_digest: str | None = column(ORDER.result_digest, "结果摘要", "SHA-256 of the answer, kept after purging")
    version: int = column(ORDER.version, "版本", "version")
    available_events: list[AvailableEvent] = python(events_of(ORDER, _order_events), *_EVENTS, needs=(ORDER.id,))


@node("EQ", "网络查控", "execution query", model=QUERY, scopes=READ)
class ExecutionQuery(Node):
    inquiry_number: str = column(QUERY.inquiry_number, "查询请求单号", "number of the query")
    status: ExecutionQueryStatus = column(QUERY.status, "状态", "state")
    court: Organization = relation(QUERY.court_id, "请求法院", "court that asks")
    case: LegalCase | None = relation(QUERY.case_id, "执行案件", "case")
    case_number: str = column(QUERY.case_number, "案号", "case number")
    subject: Subject | None = relation(QUERY.subject_id, "被查询人", "target")
    purpose_code: QueryPurpose = column(QUERY.purpose_code, "用途类别", "kind of purpose")
    purpose_text: str | None = column(QUERY.purpose_text, "用途说明", "purpose", level=Clearance.L2)
    urgency: QueryUrgency = column(QUERY.urgency, "紧急程度", "urgency")
    asks: list[ExecutionAsk] = python(_asks, "协助查询单位及类型", "holders and questions", needs=(QUERY.id,))
    requester: ExecutionOfficer | None = relation(QUERY.requester_id, "申请人员", "officer who asked")
    approver: ExecutionOfficer | None = relation(QUERY.approver_id, "审批人员", "officer who approved")
    decided_at: datetime | None = column(QUERY.decided_at, "审批时间", "approved at")
    approval_due_at: datetime | None = column(QUERY.approval_due_at, "补批截止时刻", "to be approved by")
    expires_on: date = column(QUERY.expires_on, "有效期至", "stands open until")
    round: int = column(QUERY.round, "第几次查询", "times asked")
    next_round_on: date | None = column(QUERY.next_round_on, "下次查询日期", "asked again on")
    access_count: int = column(QUERY.access_count, "结果查阅次数", "times its results were read")
    closed_at: datetime | None = column(QUERY.closed_at, "办结时间", "closed at")
    purge_on: date | None = column(QUERY.purge_on, "结果销毁日期", "results purged on")
    version: int = column(QUERY.version, "版本", "version")
    orders: list[ExecutionOrder] = children(
        ORDER.query_id, "各单位办理情况", "holders' parts", order=ascending("按轮次", "by round", ORDER.round, ORDER.id)
    )
    documents: list[ExecutionDocument] = children(
        DOCUMENT.query_id, "法律文书", "documents", order=ascending("按上传次序", "as uploaded", DOCUMENT.id)
    )
    available_events: list[AvailableEvent] = python(events_of(QUERY, _query_events), *_EVENTS, needs=(QUERY.id,))
