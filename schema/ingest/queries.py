"""Root fields of the way in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import strawberry
from sqlalchemy import select

from hub.canonical.exchange_codes import (
    QUARANTINE,
    BatchStatus,
    CaseListKind,
    ConnectorCondition,
    InboxStatus,
    IssueKind,
    ReconciliationOutcome,
)
from hub.db import models
from schema.binding.ambient import Ambient, Row
from schema.binding.conditions import at_least, equals, holds, is_node, one_of
from schema.binding.declare import filter_input, query, table_of
from schema.binding.fields import Connection, connection
from schema.binding.orders import ascending, descending, only
from schema.ingest.fed import FED, FedRow, FedRowFilter
from schema.ingest.types import (
    BATCH,
    COMPARED,
    ISSUE,
    MESSAGE,
    READ,
    STATE,
    Connector,
    DataQualityIssue,
    InboundBatch,
    InboxMessage,
    Reconciliation,
)

_SOURCE = ("来源代码", "source")


def _quarantined(_ambient: Ambient, _given: Mapping[str, Any]) -> Any:
    table = table_of(models.InboxMessage)
    return select(table).where(table.c.state.in_([state.value for state in QUARANTINE]))


def _resolved(row: Row, _ambient: Ambient) -> Any:
    return row.c.resolved_at.is_not(None)


@filter_input("连接器查询条件", "conditions on connectors")
class ConnectorFilter:
    condition: list[ConnectorCondition] | None = one_of(STATE.condition, "状况", "conditions")


@filter_input("报送批次查询条件", "conditions on batches")
class InboundBatchFilter:
    source: str | None = equals(BATCH.source, *_SOURCE)
    number: int | None = equals(BATCH.number, "批号", "number")
    status: BatchStatus | None = equals(BATCH.status, "是否接收", "whether accepted")
    receipt_number: str | None = equals(BATCH.receipt_number, "回执号", "receipt number")
    received_from: datetime | None = at_least(BATCH.received_at, "接收不早于", "received at or after")


@filter_input("报文查询条件", "conditions on messages")
class InboxMessageFilter:
    source: str | None = equals(MESSAGE.source, *_SOURCE)
    state: list[InboxStatus] | None = one_of(MESSAGE.state, "状态", "states")
    list_kind: CaseListKind | None = equals(MESSAGE.list_kind, "清单", "list")
    message_id: str | None = equals(MESSAGE.message_id, "来源报文号", "message id of the source")
    batch_id: strawberry.ID | None = is_node(MESSAGE.batch_id, "IB", "批次标识", "id of the batch")


@filter_input("快照核对查询条件", "conditions on comparisons")
class ReconciliationFilter:
    source: str | None = equals(COMPARED.source, *_SOURCE)
    outcome: ReconciliationOutcome | None = equals(COMPARED.outcome, "结论", "outcome")


@filter_input("数据质量问题查询条件", "conditions on issues")
class DataQualityIssueFilter:
    source: str | None = equals(ISSUE.source, *_SOURCE)
    kind: list[IssueKind] | None = one_of(ISSUE.kind, "问题类别", "kinds")
    resolved: bool | None = holds(_resolved, "是否已解决", "whether resolved")


@query
class IngestQueries:
    connectors: Connection[Connector] = connection(
        "连接器的状况、覆盖范围和最近成功时间",
        "how connectors stand, what they cover, when they last succeeded",
        orders=only(ascending("按名称", "by name", STATE.name)),
        filtered_by=ConnectorFilter,
        scopes=READ,
    )
    inbound_batches: Connection[InboundBatch] = connection(
        "报送批次及其回执，最新在前",
        "batches with their receipts, latest first",
        orders=only(descending("最新在前", "latest first", BATCH.received_at)),
        filtered_by=InboundBatchFilter,
        scopes=READ,
    )
    inbox_messages: Connection[InboxMessage] = connection(
        "报文及其处理结果，最新在前",
        "messages and what came of them, latest first",
        orders=only(descending("最新在前", "latest first", MESSAGE.received_at)),
        filtered_by=InboxMessageFilter,
        scopes=READ,
    )
    quarantine: Connection[InboxMessage] = connection(
        "待人工处理的报文：内容有误、待补充信息、已隔离，最新在前",
        "messages that wait for a person: invalid, in need of information, quarantined; latest first",
        orders=only(descending("最新在前", "latest first", MESSAGE.received_at)),
        filtered_by=InboxMessageFilter,
        rows=_quarantined,
        scopes=READ,
    )
    reconciliations: Connection[Reconciliation] = connection(
        "全量快照与镜像的核对，最新在前",
        "comparisons of full snapshots with the mirror, latest first",
        orders=only(descending("最新在前", "latest first", COMPARED.at)),
        filtered_by=ReconciliationFilter,
        scopes=READ,
    )
    data_quality_issues: Connection[DataQualityIssue] = connection(
        "数据质量问题，最新在前",
        "data quality issues, latest first",
        orders=only(descending("最新在前", "latest first", ISSUE.first_seen_at)),
        filtered_by=DataQualityIssueFilter,
        scopes=READ,
    )
    fed_rows: Connection[FedRow] = connection(
        "向其他系统报送的行及对方的回执，变动最近的在前",
        "rows handed over to other systems and what was said of them, latest change first",
        orders=only(descending("最新在前", "latest first", FED.basis)),
        filtered_by=FedRowFilter,
        scopes=READ,
    )
