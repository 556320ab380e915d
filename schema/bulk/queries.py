"""Bulk exports of the caller: only its own exist for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import strawberry

from hub.access.scopes import Scope
from hub.bulk.links import mint
from hub.canonical.codes import BulkStatus
from hub.core.principal import Clearance
from hub.db import models
from schema.binding.conditions import argument, equals, is_node, one_of
from schema.binding.declare import filter_input, node, query
from schema.binding.fields import Connection, column, connection, one, python
from schema.binding.orders import descending, only
from schema.nodes import Node

if TYPE_CHECKING:
    from schema.operation import HubContext

BULK = models.BulkOperation
READ = (Scope.BULK_EXPORT,)


async def _urls(context: HubContext, rows: Sequence[Mapping[str, Any]]) -> list[str | None]:
    """A new link for every file there is."""
    return [_url(context, row) for row in rows]


def _url(context: HubContext, row: Mapping[str, Any]) -> str | None:
    if row["status"] != BulkStatus.COMPLETED or row["expires_at"] is None:
        return None
    kept = datetime.fromisoformat(row["expires_at"])
    if kept <= context.now:
        return None
    settings = context.services.settings
    until = min(kept, context.now + timedelta(seconds=settings.bulk_link_seconds))
    path = mint(context.services.keyring, UUID(row["id"]), context.principal.subject, until=until)
    return f"{settings.issuer_url}{path}"


@node("BO", "批量导出", "bulk export", model=BULK, scopes=READ, level=Clearance.L0)
class BulkOperation(Node):
    status: BulkStatus = column(BULK.status, "状态", "state")
    query: str = column(BULK.query, "所导出的查询", "the query exported")
    purpose: str = column(BULK.purpose, "目的", "purpose")
    row_count: int = column(BULK.row_count, "已导出行数", "rows so far")
    byte_count: int = column(BULK.byte_count, "已导出字节数", "bytes so far")
    masked: list[str] = column(
        BULK.masked, "因数据级别而为空的字段", "fields null in every row for want of clearance, known when completed"
    )
    created_at: datetime = column(BULK.created_at, "提交时间", "when it was asked for")
    started_at: datetime | None = column(BULK.started_at, "开始时间", "when it began")
    completed_at: datetime | None = column(BULK.completed_at, "结束时间", "when it ended, whichever way")
    expires_at: datetime | None = column(BULK.expires_at, "文件删除时间", "when the file is deleted")
    error_code: str | None = column(BULK.error_code, "未能完成的原因代码", "why it failed, a stable code")
    url: str | None = python(
        _urls,
        "文件的下载链接：无需令牌，限时，只能使用一次；再次查询即得新链接",
        "link to the file: short-lived, without a token, good for one GET; asking again gives a new one",
        needs=(BULK.id, BULK.status, BULK.expires_at),
    )


@filter_input("批量导出查询条件", "conditions on bulk exports")
class BulkOperationFilter:
    status: list[BulkStatus] | None = one_of(BULK.status, "状态", "states")
    purpose: str | None = equals(BULK.purpose, "目的", "purpose")


@query
class BulkQueries:
    bulk_operations: Connection[BulkOperation] = connection(
        "本客户端的批量导出，最新在前",
        "bulk exports of the caller, latest first",
        orders=only(descending("最新在前", "latest first", BULK.created_at)),
        filtered_by=BulkOperationFilter,
        scopes=READ,
    )
    bulk_operation: BulkOperation | None = one(
        "按标识读取本客户端的批量导出",
        "a bulk export of the caller by its id",
        by={"id": argument(strawberry.ID, is_node(BULK.id, "BO", "标识", "id"))},
        scopes=READ,
    )
