"""Repairs with their periods: national and local ones side by side, each with its clause."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from hub.access.scopes import Scope
from hub.canonical.repair_codes import (
    ClockOrigin,
    PerformanceKind,
    RepairClock,
    RepairPath,
    RepairStatus,
    Severity,
    StopStatus,
)
from hub.core.areas import Area
from hub.core.principal import Clearance
from hub.db import models
from hub.repair.facts import load_repair_facts, repair_actors
from hub.repair.workflow import REPAIR as TABLE
from schema.binding.declare import audience, node, part
from schema.binding.fields import children, column, python, relation
from schema.binding.orders import ascending
from schema.cases.queries import CASE_NUMBER
from schema.credit.queries import DishonestyRecord
from schema.linkage.computed import AvailableEvent, Possible, events_of
from schema.nodes import Node
from schema.organizations.types import Organization

if TYPE_CHECKING:
    from hub.db.session import ReadSession
    from schema.operation import HubContext

READ = (Scope.DISHONESTY_READ,)
REPAIR, CLOCK, STOP = models.CreditRepair, models.CreditRepairClock, models.PublicationStop


async def _events(
    context: HubContext, session: ReadSession, rows: list[models.CreditRepair]
) -> Mapping[UUID, Possible]:
    facts = await load_repair_facts(session, rows)
    return {
        row.id: TABLE.available(
            row.status,
            actors=repair_actors(context.principal, row),
            scopes=context.principal.scopes,
            facts=facts[row.id],
        )
        for row in rows
    }


@part("信用修复的一个期限", "period of a repair", model=CLOCK, scopes=READ)
class CreditRepairClock:
    kind: RepairClock = column(CLOCK.kind, "期限", "what is counted")
    anchor_on: date = column(CLOCK.anchor_on, "起算日", "counted from")
    due_on: date = column(CLOCK.due_on, "届满日", "ends on")
    clause: str = column(CLOCK.clause, "依据", "clause")
    origin: ClockOrigin = column(CLOCK.origin, "规定来源", "whose period it is")
    provisional: bool = column(CLOCK.provisional, "日历未公布，暂定", "provisional for want of a calendar")
    met_on: date | None = column(CLOCK.met_on, "办结日", "done on")


@node(
    "PS",
    "重整裁定后停止公布",
    "publication to stop upon a ruling of reorganisation",
    model=STOP,
    scopes=READ,
    audience=audience(Area.CREDIT, own=(STOP.court_id, STOP.publisher_id)),
)
class PublicationStop(Node):
    status: StopStatus = column(STOP.status, "状态", "state")
    publisher: Organization = relation(STOP.publisher_id, "公布单位", "who publishes")
    case_number: str = column(STOP.case_number, *CASE_NUMBER)
    due_on: date = column(STOP.due_on, "停止公布期限", "to stop by")
    receipt_no: str | None = column(STOP.receipt_no, "回执文号", "number of the receipt")
    evaluation: str | None = column(
        STOP.evaluation, "纳税信用重新评价结果", "new tax credit rating", level=Clearance.L2
    )
    stopped_on: date | None = column(STOP.stopped_on, "停止公布日期", "stopped on")
    version: int = column(STOP.version, "版本", "version")


@node(
    "CX",
    "信用修复",
    "credit repair",
    model=REPAIR,
    scopes=READ,
    audience=audience(Area.CREDIT, own=(REPAIR.court_id, REPAIR.organization_id)),
)
class CreditRepair(Node):
    path: RepairPath = column(REPAIR.path, "途径", "path")
    status: RepairStatus = column(REPAIR.status, "状态", "state")
    status_since: datetime = column(REPAIR.status_since, "现状态起始时间", "in this state since")
    severity: Severity = column(REPAIR.severity, "失信程度", "severity")
    record: DishonestyRecord | None = relation(REPAIR.record_id, "失信信息", "listing")
    case_number: str = column(REPAIR.case_number, *CASE_NUMBER)
    court: Organization = relation(REPAIR.court_id, "作出认定的法院", "court that recognised the conduct")
    organization: Organization | None = relation(REPAIR.organization_id, "失信主体单位", "unit of the subject")
    applicant: Organization | None = relation(REPAIR.applicant_id, "申请或推送单位", "who applied or pushed")
    performance: PerformanceKind | None = column(REPAIR.performance, "自动履行的方式", "how the duty was performed")
    closed_on: date | None = column(REPAIR.closed_on, "结案日期", "closed on")
    pushed_at: datetime | None = column(REPAIR.pushed_at, "推送时间", "pushed at")
    document_no: str | None = column(REPAIR.document_no, "结案文书文号", "number of the closing document")
    document_name: str | None = column(REPAIR.document_name, "文书名称", "name of the document")
    document_digest: str | None = column(REPAIR.document_digest, "文书的 SHA-256 摘要", "SHA-256 of the document")
    commitment: str | None = column(REPAIR.commitment, "信用承诺", "commitment to keep faith")
    missing: list[str] = column(REPAIR.missing, "须补正的材料", "what is missing")
    decision_reason: str | None = column(
        REPAIR.decision_reason, "不予修复的理由", "why it was denied", level=Clearance.L2
    )
    remedy: str | None = column(REPAIR.remedy, "救济途径和期限", "how and until when to object")
    objection: str | None = column(REPAIR.objection, "异议理由", "grounds of the objection", level=Clearance.L2)
    end_reason: str | None = column(
        REPAIR.end_reason, "撤回、终止或撤销的理由", "why it was withdrawn, ended or revoked", level=Clearance.L2
    )
    shielded_at: datetime | None = column(REPAIR.shielded_at, "信用平台屏蔽时间", "shielded on the credit platform at")
    completed_at: datetime | None = column(REPAIR.completed_at, "完成时间", "completed at")
    restored_at: datetime | None = column(REPAIR.restored_at, "撤销修复后恢复的时间", "restored at")
    clocks: list[CreditRepairClock] = children(
        CLOCK.repair_id, "期限", "periods", order=ascending("按届满先后", "by when they end", CLOCK.due_on, CLOCK.kind)
    )
    publication_stops: list[PublicationStop] = children(
        STOP.repair_id,
        "重整裁定后停止公布的回执",
        "publication stopped upon a ruling of reorganisation",
        order=ascending("按标识", "by id", STOP.created_at, STOP.id),
    )
    created_at: datetime = column(REPAIR.created_at, "发起时间", "begun at")
    updated_at: datetime = column(REPAIR.updated_at, "更新时间", "last changed at")
    version: int = column(REPAIR.version, "版本", "version")
    available_events: list[AvailableEvent] = python(
        events_of(REPAIR, _events), "当前可办理的事件", "events possible now", needs=(REPAIR.id,)
    )
