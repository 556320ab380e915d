"""Supervision notices with their recipients, signatures and documents; cases that courts report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, literal_column

from hub.access.scopes import Scope
from hub.canonical.supervision_codes import (
    NOTICE_RUNNING,
    CaseReportKind,
    NoticeKind,
    NoticeStatus,
    NoticeTrigger,
    RecipientRole,
)
from hub.core.areas import Area
from hub.core.principal import Clearance
from hub.db import models
from hub.supervision.facts import load_notice_facts, notice_actors
from hub.supervision.workflow import NOTICE as TABLE
from schema.binding.ambient import Ambient, Row
from schema.binding.declare import audience, node, part
from schema.binding.fields import children, column, expression, python, record, records, relation, relations, value
from schema.binding.orders import ascending
from schema.cases.queries import CASE_NUMBER
from schema.credit.queries import DishonestyRecord
from schema.linkage.computed import AvailableEvent, Possible, events_of
from schema.linkage.parts import DueExplanation
from schema.nodes import Node
from schema.organizations.types import Jurisdiction, Organization

if TYPE_CHECKING:
    from hub.db.session import ReadSession
    from schema.operation import HubContext

READ = (Scope.NOTICE_READ,)
NOTICE, PARTY, REPORT = models.SupervisionNotice, models.SupervisionNoticeParty, models.CaseReport
RECIPIENT, SIGNATURE, DOCUMENT = models.NoticeRecipient, models.NoticeSignature, models.OfficialDocument


def notice_overdue(row: Row, ambient: Ambient) -> ColumnElement[bool]:
    """A running notice whose due day has ended."""
    running = row.c.status.in_([state.value for state in NOTICE_RUNNING])
    return and_(running, func.coalesce(row.c.due_at <= ambient.now, literal_column("false")))


def _base64(row: Row, _: Ambient) -> Any:
    """In one line: PostgreSQL breaks it as MIME does."""
    return func.replace(func.encode(row.c.content, literal_column("'base64'")), literal_column("E'\\n'"), "")


async def _events(
    context: HubContext, session: ReadSession, rows: list[models.SupervisionNotice]
) -> Mapping[UUID, Possible]:
    principal = context.principal
    facts = await load_notice_facts(session, principal, context.services.policy, rows, context.now)
    return {
        row.id: TABLE.available(
            row.status,
            actors=notice_actors(principal, facts[row.id]),
            scopes=principal.scopes,
            facts=facts[row.id],
        )
        for row in rows
    }


@part("收文单位及其送达、签收", "a recipient with its delivery and receipt", model=RECIPIENT, scopes=READ)
class NoticeRecipient:
    organization: Organization = relation(RECIPIENT.organization_id, "单位", "unit")
    role: RecipientRole = column(RECIPIENT.role, "主送、抄送或上级", "addressed, copied or superior")
    delivered_at: datetime | None = column(RECIPIENT.delivered_at, "送达时间", "delivered at")
    receipt_at: datetime | None = column(RECIPIENT.receipt_at, "签收时间", "signed for at")
    received_by: str | None = column(RECIPIENT.received_by, "签收人", "who signed for it", level=Clearance.L2)


@part("签发", "signature of a leader", model=SIGNATURE, scopes=READ)
class NoticeSignature:
    organization: Organization = relation(SIGNATURE.organization_id, "单位", "unit")
    signed_by: str | None = column(SIGNATURE.signed_by, "签发人", "who signed", level=Clearance.L2)
    post: str = column(SIGNATURE.post, "签发人职务", "post of who signed")
    signed_at: datetime = column(SIGNATURE.signed_at, "签发时间", "signed at")


@part("正式文件", "document as issued", model=DOCUMENT, scopes=READ)
class OfficialDocument:
    file_name: str = column(DOCUMENT.file_name, "文件名", "file name")
    media_type: str = column(DOCUMENT.media_type, "媒体类型", "media type")
    version: int = column(DOCUMENT.version, "版本，更正后加一", "version; a correction is the next")
    digest: str = column(DOCUMENT.digest, "文件的 SHA-256 摘要", "SHA-256 of the file")
    content: str = expression(_base64, "文件内容（Base64）", "the file in base64", uses=(DOCUMENT.content,), cost=50)
    created_at: datetime = column(DOCUMENT.created_at, "成文时间", "made at")


@part("佐证材料", "evidence named in a reply", scopes=READ)
class ReplyEvidence:
    name: str = value("name", "材料名称", "name")
    digest: str = value("digest", "SHA-256 摘要", "SHA-256 digest")


@node(
    "SN",
    "督办函件：提醒函、督促函、交办单、督办单",
    "supervision notice",
    model=NOTICE,
    scopes=READ,
    audience=audience(
        Area.SUPERVISION,
        party=PARTY,
        key=PARTY.notice_id,
        own=(NOTICE.issuer_id,),
        shared=((NOTICE.due_sort, PARTY.due_sort), (NOTICE.jurisdiction_path, PARTY.jurisdiction_path)),
    ),
)
class SupervisionNotice(Node):
    kind: NoticeKind = column(NOTICE.kind, "种类", "kind")
    status: NoticeStatus = column(NOTICE.status, "状态", "state")
    trigger: NoticeTrigger = column(NOTICE.trigger, "起草缘由", "what it was drafted upon")
    jurisdiction: Jurisdiction = relation(NOTICE.jurisdiction_id, "区划", "jurisdiction")
    issuer: Organization = relation(NOTICE.issuer_id, "发文单位", "issuing unit")
    co_issuers: list[Organization] = relations(NOTICE.co_issuer_ids, "联合发文单位", "co-issuing units")
    subject: Organization = relation(NOTICE.subject_id, "主送单位", "unit addressed")
    title: str = column(NOTICE.title, "标题", "title")
    facts: str | None = column(NOTICE.facts, "基本情况", "facts", content=True)
    demand: str | None = column(NOTICE.demand, "办理要求", "what is asked for", content=True)
    case_number: str | None = column(NOTICE.case_number, *CASE_NUMBER)
    listing: DishonestyRecord | None = relation(
        NOTICE.record_id, "相关失信信息", "listing it is about", scopes=(Scope.DISHONESTY_READ,)
    )
    clause: str | None = column(NOTICE.clause, "依据条款", "clause it rests on")
    document_no: str | None = column(NOTICE.document_no, "发文字号，签发时编列", "document number, given on issue")
    issued_at: datetime | None = column(NOTICE.issued_at, "签发时间", "issued at")
    due_on: date | None = column(NOTICE.due_on, "办理期限", "due date")
    due_provisional: bool = column(NOTICE.due_provisional, "期限是否暂定", "whether the due date is provisional")
    due_explanation: DueExplanation | None = record(NOTICE.deadline_basis, "期限依据", "why it is due then")
    overdue: bool = expression(
        notice_overdue, "是否逾期，由期限推算", "whether overdue, derived", uses=(NOTICE.status, NOTICE.due_at)
    )
    responsible_leader: str | None = column(
        NOTICE.responsible_leader, "责任领导", "responsible leader", level=Clearance.L2
    )
    responsible_person: str | None = column(
        NOTICE.responsible_person, "责任人", "responsible person", level=Clearance.L2
    )
    responsible_post: str | None = column(NOTICE.responsible_post, "责任人职务", "post of the person")
    extension_due_on: date | None = column(NOTICE.extension_due_on, "申请延至", "extension asked for")
    extension_reason: str | None = column(NOTICE.extension_reason, "延期理由", "why it was asked for", content=True)
    extension_count: int = column(NOTICE.extension_count, "已延期次数", "times extended")
    urge_count: int = column(NOTICE.urge_count, "催办次数", "times urged")
    escalation_level: int = column(NOTICE.escalation_level, "提级次数", "times escalated")
    reply: str | None = column(NOTICE.reply, "回复", "reply", content=True)
    reply_evidence: list[ReplyEvidence] | None = records(NOTICE.reply_evidence, "佐证材料", "evidence", content=True)
    return_reason: str | None = column(NOTICE.return_reason, "退回理由", "why it was sent back", content=True)
    close_reason: str | None = column(NOTICE.close_reason, "结案或撤回理由", "why it was closed", content=True)
    closed_at: datetime | None = column(NOTICE.closed_at, "结案时间", "closed at")
    updated_at: datetime = column(NOTICE.updated_at, "更新时间", "last changed at")
    version: int = column(NOTICE.version, "版本", "version")
    recipients: list[NoticeRecipient] = children(
        RECIPIENT.notice_id,
        "收文单位",
        "recipients",
        order=ascending("按登记先后", "by entry", RECIPIENT.created_at),
    )
    signatures: list[NoticeSignature] = children(
        SIGNATURE.notice_id, "签发", "signatures", order=ascending("按时间", "by time", SIGNATURE.signed_at)
    )
    documents: list[OfficialDocument] = children(
        DOCUMENT.target_id, "正式文件", "documents", order=ascending("按时间", "by time", DOCUMENT.created_at)
    )
    available_events: list[AvailableEvent] = python(
        events_of(NOTICE, _events), "当前可办理的事件", "events possible now", needs=(NOTICE.id,)
    )


@node(
    "GR",
    "法院通报的涉政府案件",
    "case against a public body as its court reported it",
    model=REPORT,
    scopes=READ,
    audience=audience(Area.SUPERVISION, own=(REPORT.court_id,)),
)
class CaseReport(Node):
    kind: CaseReportKind = column(REPORT.kind, "通报事项", "what is reported")
    case_number: str = column(REPORT.case_number, *CASE_NUMBER)
    court: Organization = relation(REPORT.court_id, "通报法院", "court")
    organization: Organization = relation(REPORT.organization_id, "涉案政务主体", "public body concerned")
    happened_on: date = column(REPORT.happened_on, "发生日期", "happened on")
    perform_by: date | None = column(REPORT.perform_by, "履行期限", "to be performed by")
    created_at: datetime = column(REPORT.created_at, "通报时间", "reported at")
