"""Batches, messages, connectors, comparisons and issues, for who runs or audits a source."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import strawberry
from sqlalchemy import func, literal_column, select

from hub.access.scopes import Scope
from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target, record
from hub.canonical.exchange_codes import (
    QUARANTINE,
    BatchKind,
    BatchStatus,
    CaseListKind,
    ConnectorCondition,
    InboxStatus,
    IssueKind,
    ReconciliationOutcome,
    SnapshotDecision,
)
from hub.core.principal import Clearance
from hub.core.texts import Text
from hub.db import models
from hub.ingest.prepared import message_context
from schema.binding.ambient import Ambient, Row
from schema.binding.declare import PUBLIC, node, part
from schema.binding.fields import column, expression, python, records, relation, value
from schema.binding.fields import record as record_of
from schema.nodes import Node
from schema.organizations.types import Organization

if TYPE_CHECKING:
    from schema.operation import HubContext

READ = (Scope.EXCHANGE_READ,)
BATCH, MESSAGE, STATE = models.InboxBatch, models.InboxMessage, models.ConnectorState
COMPARED, ISSUE = models.Reconciliation, models.DataQualityIssue


@part("未被接受的理由", "a reason kept with a batch or message", scopes=PUBLIC, level=Clearance.L0)
class KeptReason:
    code: str = value("code", "稳定的代码", "stable code")
    path: list[str] = value("path", "所在列或字段", "column or field")
    message: str = value("message", "说明及处理办法", "what is wrong and what to do, in Chinese")
    message_en: str = value("messageEn", "英文说明", "the same in English")


@part("连接器名片", "what a connector says of itself", scopes=PUBLIC, level=Clearance.L0)
class ConnectorCard:
    owner: str = value("owner", "责任单位", "owner")
    contact: str = value("contact", "联系方式", "contact")
    specification: str = value("specification", "接口规范", "specification")
    capabilities: list[str] = value("capabilities", "能力代码", "capabilities")
    zone: str = value("zone", "网络区域", "network zone")
    live_read: bool = value("liveRead", "是否允许实时读取", "whether live reads are allowed")
    lists: list[str] = value("lists", "覆盖的清单", "lists it covers")


def _silent(row: Row, ambient: Ambient) -> Any:
    return func.coalesce(row.c.stale_at <= ambient.now, literal_column("true"))


def _waiting(row: Row, _ambient: Ambient) -> Any:
    states = [state.value for state in QUARANTINE]
    return (
        select(func.count())
        .select_from(MESSAGE)
        .where(MESSAGE.source == row.c.source, MESSAGE.state.in_(states))
        .scalar_subquery()
    )


@node("CN", "连接器", "connector", model=STATE, scopes=READ, level=Clearance.L0)
class Connector(Node):
    name: str = column(STATE.name, "名称", "name")
    source: str = column(STATE.source, "来源代码", "source")
    organization: Organization = relation(STATE.organization_id, "提供单位", "who provides the data")
    card: ConnectorCard | None = record_of(STATE.card, "名片", "its card")
    condition: ConnectorCondition = column(STATE.condition, "状况", "how it stands")
    failure_code: str | None = column(STATE.failure_code, "故障代码", "why it fails, a stable code")
    last_polled_at: datetime = column(STATE.last_polled_at, "最近查看时间", "last looked at")
    last_success_at: datetime | None = column(STATE.last_success_at, "最近成功时间", "last success")
    last_batch: int | None = column(STATE.last_batch, "最近批号", "last batch")
    stale: bool = expression(_silent, "是否静默过久", "whether silent too long", uses=(STATE.stale_at,))
    waiting_messages: int = expression(
        _waiting, "待人工处理的报文数", "messages that wait for a person", uses=(STATE.source,)
    )


@node("IB", "报送批次", "batch that was handed in", model=BATCH, scopes=READ, level=Clearance.L0)
class InboundBatch(Node):
    number: int = column(BATCH.number, "批号", "number")
    source: str = column(BATCH.source, "来源代码", "source")
    organization: Organization = relation(BATCH.organization_id, "提供单位", "who provides the data")
    kind: BatchKind | None = column(BATCH.kind, "类别", "kind")
    status: BatchStatus = column(BATCH.status, "是否接收", "whether accepted")
    receipt_number: str = column(BATCH.receipt_number, "回执号", "receipt number")
    digest: str = column(BATCH.digest, "清单的SHA-256", "SHA-256 of the manifest, hex")
    lists: list[str] = column(BATCH.lists, "所含清单", "lists it holds")
    declared_rows: int = column(BATCH.declared_rows, "清单载明行数", "rows by the manifest")
    accepted_rows: int = column(BATCH.accepted_rows, "接收行数", "rows accepted")
    unchanged_rows: int = column(BATCH.unchanged_rows, "与现状一致的行数", "rows as they were")
    duplicate_rows: int = column(BATCH.duplicate_rows, "重复行数", "rows that came before")
    faulty_rows: int = column(BATCH.faulty_rows, "有误行数", "faulty rows")
    reasons: list[KeptReason] = records(BATCH.reasons, "整批拒收的理由", "why it was refused whole")
    sent_at: datetime | None = column(BATCH.sent_at, "来源发出时间", "sent at")
    received_at: datetime = column(BATCH.received_at, "接收时间", "received at")
    settled_at: datetime | None = column(BATCH.settled_at, "处理完毕时间", "settled at")


@strawberry.type(description=str(Text("报文的一列", "one column of a message")))
class MessageCell:
    column: str = strawberry.field(description=str(Text("列名", "column")))
    value: str = strawberry.field(description=str(Text("内容", "what it says")))


async def _contents(context: HubContext, rows: Sequence[Mapping[str, Any]]) -> list[list[MessageCell] | None]:
    """Cells in clear for the source itself, each reading audited before it is released."""
    ids = [UUID(row["id"]) for row in rows]
    own = context.principal.organization_id
    async with context.reading() as session:
        found = await session.scalars(
            select(MESSAGE).where(MESSAGE.id.in_(ids), MESSAGE.organization_id == own, MESSAGE.body_sealed.is_not(None))
        )
        messages = {each.id: each for each in found}
    async with context.sessions.write(context.principal) as session:
        for message in messages.values():
            target = Target("InboxMessage", message.id, message.jurisdiction_path)
            await record(session, context.principal, AuditAction.MESSAGE_READ, at=context.now, target=target)
    return [_cells(context, messages.get(key)) for key in ids]


def _cells(context: HubContext, message: models.InboxMessage | None) -> list[MessageCell] | None:
    if message is None or message.body_sealed is None:
        return None
    body = context.standing.keyring.open(message.body_sealed, context=message_context(message.id))
    return [MessageCell(column=name, value=said) for name, said in json.loads(body).items()]


@node("IM", "报文", "message that was handed in", model=MESSAGE, scopes=READ, level=Clearance.L0)
class InboxMessage(Node):
    message_id: str = column(MESSAGE.message_id, "来源报文号", "message id of the source")
    version: int = column(MESSAGE.version, "来源版本号", "version of the source")
    revision: int = column(MESSAGE.revision, "人工更正次数", "times it was mended")
    source: str = column(MESSAGE.source, "来源代码", "source")
    batch: InboundBatch | None = relation(MESSAGE.batch_id, "所在批次", "its batch")
    list_kind: CaseListKind = column(MESSAGE.list_kind, "清单", "list")
    file: str = column(MESSAGE.file, "文件", "file")
    row_number: int = column(MESSAGE.row_number, "行号", "row")
    state: InboxStatus = column(MESSAGE.state, "状态", "state")
    reasons: list[KeptReason] = records(MESSAGE.reasons, "未生效的理由", "why it has not taken effect")
    digest: str = column(MESSAGE.digest, "内容的SHA-256", "SHA-256 of its content, hex")
    received_at: datetime = column(MESSAGE.received_at, "接收时间", "received at")
    settled_at: datetime | None = column(MESSAGE.settled_at, "处理时间", "settled at")
    cells: list[MessageCell] | None = python(
        _contents,
        "报文内容，仅提供单位可读，读取留痕",
        "its content, for its source alone; audited",
        needs=(MESSAGE.id,),
    )


@node("RC", "快照核对", "comparison of a snapshot with the mirror", model=COMPARED, scopes=READ, level=Clearance.L0)
class Reconciliation(Node):
    source: str = column(COMPARED.source, "来源代码", "source")
    batch: InboundBatch | None = relation(COMPARED.batch_id, "快照批次", "the snapshot")
    list_kind: CaseListKind = column(COMPARED.list_kind, "清单", "list")
    as_of: datetime = column(COMPARED.as_of, "快照时点", "as of when")
    at: datetime = column(COMPARED.at, "核对时间", "when compared")
    mirror_rows: int = column(COMPARED.mirror_rows, "镜像在列条目", "entries of the mirror")
    snapshot_rows: int = column(COMPARED.snapshot_rows, "快照条目", "entries of the snapshot")
    missing_rows: int = column(COMPARED.missing_rows, "快照缺少的条目", "entries the snapshot lacks")
    ended_rows: int = column(COMPARED.ended_rows, "移出的条目", "entries ended")
    allowed_percent: int = column(COMPARED.allowed_percent, "政策包容许缺少的百分比", "share the policy allows")
    outcome: ReconciliationOutcome = column(COMPARED.outcome, "结论", "outcome")
    decision: SnapshotDecision | None = column(COMPARED.decision, "人工决定", "what a person decided")
    decision_reason: str | None = column(COMPARED.decision_reason, "决定理由", "why")
    decision_evidence: str | None = column(COMPARED.decision_evidence, "依据材料", "on what evidence")
    decided_by: Organization | None = relation(COMPARED.decided_by_id, "决定单位", "who decided")
    decided_at: datetime | None = column(COMPARED.decided_at, "决定时间", "when")


@node("DQ", "数据质量问题", "data quality issue", model=ISSUE, scopes=READ, level=Clearance.L0)
class DataQualityIssue(Node):
    source: str = column(ISSUE.source, "来源代码", "source")
    organization: Organization = relation(ISSUE.organization_id, "提供单位", "who provides the data")
    kind: IssueKind = column(ISSUE.kind, "问题类别", "kind")
    about: str = column(ISSUE.about, "所指批号、报文号或清单", "batch, message or list it is about")
    occurrences: int = column(ISSUE.occurrences, "出现次数", "occurrences")
    first_seen_at: datetime = column(ISSUE.first_seen_at, "首次发现", "first seen")
    last_seen_at: datetime = column(ISSUE.last_seen_at, "最近发现", "last seen")
    resolved_at: datetime | None = column(ISSUE.resolved_at, "解决时间", "resolved at")
