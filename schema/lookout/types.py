"""Lookouts as court and police see them: that there is one, and that it was met. Whom, and where, leaves the hub
through ``readLookout`` and ``openLookoutOrder`` alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from hub.access.scopes import Scope
from hub.canonical.control_codes import LookoutHitStatus, LookoutMeasure, LookoutOutcome, LookoutStatus, LookoutTarget
from hub.canonical.execution_codes import QueryUrgency, ReturnReason
from hub.core.clock import local_date
from hub.core.principal import Clearance
from hub.db import models
from hub.lookout.orders import hit_events, lookout_events
from schema.binding.declare import node
from schema.binding.fields import children, column, python, relation
from schema.binding.orders import ascending
from schema.inquiry.types import ExecutionOfficer
from schema.linkage.computed import AvailableEvent, Possible, events_of
from schema.nodes import Node
from schema.organizations.types import Organization

if TYPE_CHECKING:
    from hub.db.session import ReadSession
    from schema.operation import HubContext

LOOKOUT, HIT = models.LookoutOrder, models.LookoutHit
READ = (Scope.EXECQUERY_READ,)
_EVENTS = ("当前可办理的事件", "events possible now")


async def _lookout_events(
    context: HubContext, session: ReadSession, rows: list[models.LookoutOrder]
) -> Mapping[UUID, Possible]:
    return await lookout_events(session, context.principal, rows, local_date(context.now))


async def _hit_events(
    context: HubContext, session: ReadSession, rows: list[models.LookoutHit]
) -> Mapping[UUID, Possible]:
    return await hit_events(session, context.principal, rows, local_date(context.now))


@node("LH", "临控发现", "hit of a lookout", model=HIT, scopes=READ)
class LookoutHit(Node):
    met_at: datetime = column(HIT.met_at, "发现时间", "when it was met")
    police_unit: str = column(HIT.police_unit, "发现单位", "police unit")
    after_withdrawal: bool = column(
        HIT.after_withdrawal, "是否在撤控或到期之后", "whether the lookout was over by then"
    )
    status: LookoutHitStatus = column(HIT.status, "状态", "state")
    notified_at: datetime = column(HIT.notified_at, "通知法院时间", "court told at")
    dispatched_at: datetime | None = column(HIT.dispatched_at, "法院出警时间", "court set out at")
    arrived_at: datetime | None = column(HIT.arrived_at, "法院到场时间", "court arrived at")
    concluded_at: datetime | None = column(HIT.concluded_at, "处置时间", "concluded at")
    outcome: LookoutOutcome | None = column(HIT.outcome, "处置结果", "outcome")
    outcome_note: str | None = column(HIT.outcome_note, "处置说明", "note on the outcome", level=Clearance.L2)
    version: int = column(HIT.version, "版本", "version")
    available_events: list[AvailableEvent] = python(events_of(HIT, _hit_events), *_EVENTS, needs=(HIT.id,))


@node("LO", "临控", "lookout", model=LOOKOUT, scopes=READ)
class LookoutOrder(Node):
    lookout_number: str = column(LOOKOUT.lookout_number, "临控单号", "number of the lookout")
    status: LookoutStatus = column(LOOKOUT.status, "状态", "state")
    court: Organization = relation(LOOKOUT.court_id, "请求法院", "court that asks")
    police: Organization = relation(LOOKOUT.police_id, "公安机关", "police unit")
    case_number: str = column(LOOKOUT.case_number, "案号", "case number")
    target_kind: LookoutTarget = column(LOOKOUT.target_kind, "临控对象", "what is watched for")
    measures: list[LookoutMeasure] = column(LOOKOUT.measures, "发现后的措施", "what is done on a hit")
    area: str | None = column(LOOKOUT.area, "临控区域", "area", level=Clearance.L2)
    valid_from: date = column(LOOKOUT.valid_from, "起始日", "from")
    valid_to: date = column(LOOKOUT.valid_to, "截止日", "until")
    purpose_text: str | None = column(LOOKOUT.purpose_text, "事由", "purpose", level=Clearance.L2)
    urgency: QueryUrgency = column(LOOKOUT.urgency, "紧急程度", "urgency")
    document_number: str | None = column(LOOKOUT.document_number, "文书文号", "document", level=Clearance.L2)
    document_digest: str = column(LOOKOUT.document_digest, "文书的SHA-256", "SHA-256 of the document")
    seal_serial: str = column(LOOKOUT.seal_serial, "印章编号，已验", "number of the seal, verified")
    requester: ExecutionOfficer | None = relation(LOOKOUT.requester_id, "申请人员", "officer who asked")
    approver: ExecutionOfficer | None = relation(LOOKOUT.approver_id, "审批人员", "officer who approved")
    decided_at: datetime | None = column(LOOKOUT.decided_at, "审批时间", "approved at")
    approval_due_at: datetime | None = column(LOOKOUT.approval_due_at, "补批截止时刻", "to be approved by")
    sent_at: datetime | None = column(LOOKOUT.sent_at, "发送时间", "sent at")
    activated_at: datetime | None = column(LOOKOUT.activated_at, "布控时间", "watched for since")
    return_reason: ReturnReason | None = column(LOOKOUT.return_reason, "退回原因", "why it was returned")
    return_note: str | None = column(LOOKOUT.return_note, "退回说明", "note on the return", level=Clearance.L2)
    withdrawal_reason: str | None = column(
        LOOKOUT.withdrawal_reason, "撤控事由", "why it was withdrawn", level=Clearance.L2
    )
    withdrawal_asked_at: datetime | None = column(LOOKOUT.withdrawal_asked_at, "要求撤控时间", "withdrawal asked at")
    withdrawal_due_at: datetime | None = column(LOOKOUT.withdrawal_due_at, "撤控确认期限", "to be confirmed by")
    withdrawal_confirmed_at: datetime | None = column(
        LOOKOUT.withdrawal_confirmed_at, "确认撤控时间", "withdrawal confirmed at"
    )
    ended_at: datetime | None = column(LOOKOUT.ended_at, "终止时间", "over since")
    version: int = column(LOOKOUT.version, "版本", "version")
    hits: list[LookoutHit] = children(
        HIT.lookout_id, "历次发现", "times it was met", order=ascending("按先后", "as met", HIT.met_at, HIT.id)
    )
    available_events: list[AvailableEvent] = python(events_of(LOOKOUT, _lookout_events), *_EVENTS, needs=(LOOKOUT.id,))
