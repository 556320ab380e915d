"""Asset controls as their parties see them: that something is controlled, until when, for how much. What it is leaves
the hub through ``readAssetControl`` and ``openControlOrder`` alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, cast, null, or_
from sqlalchemy import Text as SqlText

from hub.access.scopes import Scope
from hub.canonical.control_codes import AssetClass, AssetControlStatus, ControlAction, ControlOrderStatus, ControlResult
from hub.canonical.execution_codes import QueryType, QueryUrgency, ReturnReason
from hub.control.orders import control_events
from hub.core.clock import local_date
from hub.core.principal import Clearance
from hub.db import models
from schema.binding.ambient import Ambient
from schema.binding.declare import node
from schema.binding.fields import children, column, expression, python, relation
from schema.binding.orders import ascending
from schema.inquiry.types import ExecutionOfficer
from schema.linkage.computed import AvailableEvent, Possible, events_of
from schema.nodes import Node
from schema.organizations.types import Organization
from schema.subjects.types import Subject

if TYPE_CHECKING:
    from hub.db.session import ReadSession
    from schema.operation import HubContext

CONTROL, ORDER = models.AssetControl, models.ControlOrder
READ = (Scope.EXECQUERY_READ,)


def _parties_own(attribute: Any, zh: str, en: str) -> Any:
    """A text, or an amount as text to the last decimal, for court and holder; an auditor reads that something was
    controlled, and not how much of it there is."""
    model = attribute.class_

    def make(row: Any, ambient: Ambient) -> ColumnElement[Any]:
        own = or_(row.c.court_id == ambient.organization, row.c.holder_id == ambient.organization)
        return case((own, cast(row.c[attribute.key], SqlText)), else_=null())

    return expression(make, zh, en, uses=(attribute, model.court_id, model.holder_id), level=Clearance.L2)


async def _events(
    context: HubContext, session: ReadSession, rows: list[models.ControlOrder]
) -> Mapping[UUID, Possible]:
    return await control_events(session, context.principal, rows, local_date(context.now))


@node("CO", "财产控制请求", "control order", model=ORDER, scopes=READ)
class ControlOrder(Node):
    order_number: str = column(ORDER.order_number, "请求单号", "number of the order, in the holder's form")
    original_number: str | None = column(ORDER.original_number, "原请求单号", "number of the original order")
    case_number: str = column(ORDER.case_number, "案号", "case number")
    action: ControlAction = column(ORDER.action, "控制措施", "action")
    status: ControlOrderStatus = column(ORDER.status, "状态", "state")
    court: Organization = relation(ORDER.court_id, "请求法院", "court that orders")
    holder: Organization = relation(ORDER.holder_id, "协助单位", "holder")
    purpose_text: str | None = column(ORDER.purpose_text, "事由", "purpose", level=Clearance.L2)
    urgency: QueryUrgency = column(ORDER.urgency, "紧急程度", "urgency")
    months: int | None = column(ORDER.months, "控制期限（月）", "period in months")
    currency: str = column(ORDER.currency, "币种", "currency")
    amount_requested: str | None = _parties_own(ORDER.amount_requested, "请求金额", "amount asked for")
    ruling_number: str | None = column(ORDER.document_number, "裁定书文号", "number of the ruling", level=Clearance.L2)
    ruling_digest: str = column(ORDER.document_digest, "裁定书内容的SHA-256", "SHA-256 of the ruling")
    seal_serial: str = column(ORDER.seal_serial, "印章编号，已验", "number of the seal, verified")
    requester: ExecutionOfficer | None = relation(ORDER.requester_id, "申请人员", "officer who asked")
    approver: ExecutionOfficer | None = relation(ORDER.approver_id, "审批人员", "officer who approved")
    decided_at: datetime | None = column(ORDER.decided_at, "审批时间", "approved at")
    approval_due_at: datetime | None = column(ORDER.approval_due_at, "补批截止时刻", "to be approved by")
    sent_at: datetime | None = column(ORDER.sent_at, "发送时间", "sent at")
    due_on: date = column(ORDER.due_on, "反馈期限", "answer due on")
    urge_count: int = column(ORDER.urge_count, "催办次数", "times urged")
    return_reason: ReturnReason | None = column(ORDER.return_reason, "退回原因", "why it was returned")
    return_note: str | None = column(ORDER.return_note, "退回说明", "what the holder said of it", level=Clearance.L2)
    result: ControlResult | None = column(ORDER.result, "控制结果", "result; null while the holder is silent")
    reason: str | None = _parties_own(ORDER.reason, "未控或轮候的原因", "why not, or behind what")
    amount_controlled: str | None = _parties_own(ORDER.amount_controlled, "实际控制金额", "amount controlled")
    amount_excess: str | None = _parties_own(ORDER.amount_excess, "超额控制金额", "amount controlled in excess")
    starts_on: date | None = column(ORDER.starts_on, "控制起始日", "controlled from")
    ends_on: date | None = column(ORDER.ends_on, "控制截止日", "controlled until")
    answered_at: datetime | None = column(ORDER.answered_at, "反馈时间", "answered at")
    version: int = column(ORDER.version, "版本", "version")
    available_events: list[AvailableEvent] = python(
        events_of(ORDER, _events), "当前可办理的事件", "events possible now", needs=(ORDER.id,)
    )


@node("AC", "财产控制", "control of one asset", model=CONTROL, scopes=READ)
class AssetControl(Node):
    control_number: str = column(CONTROL.control_number, "首次请求单号", "number of the order that began it")
    status: AssetControlStatus = column(CONTROL.status, "状态", "state")
    case_number: str = column(CONTROL.case_number, "案号", "case number")
    court: Organization = relation(CONTROL.court_id, "控制法院", "court that controls")
    holder: Organization = relation(CONTROL.holder_id, "协助单位", "holder")
    subject: Subject | None = relation(CONTROL.subject_id, "被执行人", "obligor")
    query_type: QueryType = column(CONTROL.query_type, "财产所据查询类型", "what was asked to find it")
    asset_class: AssetClass = column(CONTROL.asset_class, "财产类别", "class of the asset")
    currency: str = column(CONTROL.currency, "币种", "currency")
    amount_requested: str | None = _parties_own(CONTROL.amount_requested, "请求金额", "amount asked for")
    amount_controlled: str | None = _parties_own(CONTROL.amount_controlled, "实际控制金额", "amount controlled")
    amount_excess: str | None = _parties_own(CONTROL.amount_excess, "超额控制金额", "amount controlled in excess")
    amount_transferred: str | None = _parties_own(CONTROL.amount_transferred, "已划拨金额", "amount transferred")
    over_controlled: bool = column(CONTROL.over_controlled, "是否超标的额", "whether more is controlled than may be")
    starts_on: date | None = column(CONTROL.starts_on, "控制起始日", "controlled from")
    ends_on: date | None = column(CONTROL.ends_on, "控制截止日", "controlled until")
    ended_on: date | None = column(CONTROL.ended_on, "终止日期", "over since")
    version: int = column(CONTROL.version, "版本", "version")
    orders: list[ControlOrder] = children(
        ORDER.control_id,
        "历次请求",
        "orders about it",
        order=ascending("按先后", "as ordered", ORDER.created_at, ORDER.id),
    )
