"""Batches of marriage information as both sides see them. Names and numbers of the parties leave the hub through
``readMarriageItems`` alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, cast, false, func, or_

from hub.access.scopes import Scope
from hub.canonical.marriage import (
    MarriageBatchStatus,
    MarriageCorrection,
    MarriageReceipt,
    MarriageRecordKind,
    MarriageSettlement,
)
from hub.core.clock import SHANGHAI
from hub.core.principal import Clearance
from hub.db import models
from hub.marriage.events import batch_events
from schema.binding.ambient import Ambient, Row
from schema.binding.declare import node
from schema.binding.fields import children, column, expression, python, relation
from schema.binding.orders import ascending
from schema.linkage.computed import AvailableEvent, Possible, events_of
from schema.nodes import Node
from schema.organizations.types import Organization

if TYPE_CHECKING:
    from hub.db.session import ReadSession
    from schema.operation import HubContext

BATCH, ITEM = models.MarriageBatch, models.MarriageItem
READ = (Scope.MARRIAGE_READ,)
S = MarriageBatchStatus


async def _events(
    context: HubContext, session: ReadSession, rows: list[models.MarriageBatch]
) -> Mapping[UUID, Possible]:
    return await batch_events(session, context.principal, rows)


def _overdue(row: Row, ambient: Ambient) -> ColumnElement[Any]:
    """Not sent, or not answered, by its day."""
    today = cast(func.timezone(SHANGHAI.key, ambient.now), Date)
    waiting = row.c.status.in_((S.SENT.value, S.RECEIVED.value))
    unsent = row.c.status.in_((S.COLLECTING.value, S.SEALED.value, S.QUARANTINED.value))
    late = func.coalesce(row.c.receipts_due_at < ambient.now, false())
    return or_(waiting & late, unsent & (row.c.due_on < today))


@node("MI", "共享的婚姻裁判信息", "item of marriage information", model=ITEM, scopes=READ)
class MarriageItem(Node):
    number: int | None = column(ITEM.number, "批内序号，封存时编定", "number within the batch, given on sealing")
    kind: MarriageRecordKind = column(ITEM.kind, "种类", "kind of decision")
    case_number: str = column(ITEM.case_number, "案号", "case number")
    effective_on: date = column(ITEM.effective_on, "生效日期", "in effect since")
    party_a_masked: str = column(ITEM.party_a_masked, "当事人甲，只见姓", "one party, masked")
    party_b_masked: str = column(ITEM.party_b_masked, "当事人乙，只见姓", "the other party, masked")
    document_digest: str = column(ITEM.document_digest, "生效文书的SHA-256", "SHA-256 of the document")
    corrects: MarriageItem | None = relation(ITEM.corrects_id, "所更正的一件", "the item it corrects")
    correction: MarriageCorrection | None = column(ITEM.correction, "更正原因", "why it corrects")
    receipt: MarriageReceipt | None = column(ITEM.receipt, "登记结果", "what the register did")
    receipt_reason: str | None = column(
        ITEM.receipt_reason, "未更新的原因", "why it was not updated", level=Clearance.L2
    )
    receipted_at: datetime | None = column(ITEM.receipted_at, "回执时间", "answered at")
    settlement: MarriageSettlement | None = column(ITEM.settlement, "处理方式", "how an exception was settled")
    settlement_note: str | None = column(ITEM.settlement_note, "处理说明", "note of it", level=Clearance.L2)
    settled_at: datetime | None = column(ITEM.settled_at, "处理时间", "settled at")
    withdrawn_at: datetime | None = column(ITEM.withdrawn_at, "撤回时间", "withdrawn at")


@node("MB", "婚姻信息共享批次", "batch of marriage information", model=BATCH, scopes=READ)
class MarriageBatch(Node):
    number: str = column(BATCH.number, "批次号", "number")
    month: str = column(BATCH.month, "月份（如2026-05）", "month")
    status: MarriageBatchStatus = column(BATCH.status, "状态", "state")
    court: Organization = relation(BATCH.court_id, "法院", "court")
    receiver: Organization = relation(BATCH.receiver_id, "婚姻登记机关", "authority that receives")
    due_on: date = column(BATCH.due_on, "发送期限", "to be sent by")
    item_count: int | None = column(BATCH.item_count, "件数，零报告为0", "items; 0 in a zero batch")
    digest: str | None = column(BATCH.digest, "封存内容的SHA-256", "SHA-256 of what was sealed")
    sends: int = column(BATCH.sends, "发送次数", "times sent")
    sealed_at: datetime | None = column(BATCH.sealed_at, "封存时间", "sealed at")
    sent_at: datetime | None = column(BATCH.sent_at, "发送时间", "sent at")
    received_at: datetime | None = column(BATCH.received_at, "签收时间", "received at")
    receipts_due_at: datetime | None = column(BATCH.receipts_due_at, "回执期限", "receipts due at")
    processed_at: datetime | None = column(BATCH.processed_at, "回执时间", "answered at")
    settled_at: datetime | None = column(BATCH.settled_at, "办结时间", "reconciled or resolved at")
    note: str | None = column(BATCH.note, "签收或者隔离说明", "note of the receiver", level=Clearance.L2)
    discrepancy: str | None = column(BATCH.discrepancy, "对账不符之处", "what did not tie out: COUNT or DIGEST")
    overdue: bool = expression(
        _overdue,
        "是否逾期未发送或者未回执",
        "whether it is late to be sent or answered",
        uses=(BATCH.status, BATCH.receipts_due_at, BATCH.due_on),
    )
    updated_count: int = column(BATCH.updated_count, "已更新件数", "updated")
    duplicate_count: int = column(BATCH.duplicate_count, "重复件数", "duplicates")
    not_found_count: int = column(BATCH.not_found_count, "查无登记件数", "not found")
    conflict_count: int = column(BATCH.conflict_count, "冲突件数", "conflicts")
    rejected_count: int = column(BATCH.rejected_count, "不予登记件数", "rejected")
    match_percent: int | None = column(BATCH.match_percent, "匹配率（百分比）", "matched, in percent")
    update_percent: int | None = column(BATCH.update_percent, "更新率（百分比）", "updated, in percent")
    version: int = column(BATCH.version, "版本", "version")
    items: list[MarriageItem] = children(
        ITEM.batch_id, "各件", "items", order=ascending("按案号", "by case number", ITEM.case_number, ITEM.id)
    )
    available_events: list[AvailableEvent] = python(
        events_of(BATCH, _events), "当前可办理的事件", "events possible now", needs=(BATCH.id,)
    )
