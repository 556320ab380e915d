"""Lists of batches and items: a court's own, the receiver's once sealed; the auditor sees batches alone."""

from __future__ import annotations

import strawberry

from hub.canonical.marriage import MarriageBatchStatus, MarriageReceipt
from schema.binding.conditions import argument, equals, is_node, one_of
from schema.binding.declare import filter_input, query
from schema.binding.fields import Connection, connection, one
from schema.binding.orders import ascending, descending, only
from schema.marriage.types import BATCH, ITEM, READ, MarriageBatch, MarriageItem


@filter_input("婚姻信息批次查询条件", "conditions on batches")
class MarriageBatchFilter:
    month: str | None = equals(BATCH.month, "月份", "month")
    status: list[MarriageBatchStatus] | None = one_of(BATCH.status, "状态", "states")


@filter_input("婚姻信息查询条件", "conditions on items")
class MarriageItemFilter:
    batch_id: strawberry.ID | None = is_node(ITEM.batch_id, "MB", "批次标识", "id of the batch")
    receipt: list[MarriageReceipt] | None = one_of(ITEM.receipt, "登记结果", "receipts")
    case_number: str | None = equals(ITEM.case_number, "案号", "case number")


@query
class MarriageQueries:
    marriage_batches: Connection[MarriageBatch] = connection(
        "婚姻信息共享批次，每月一批，最新在前",
        "batches of marriage information, one a month, latest first",
        orders=only(descending("最新月份在前", "latest month first", BATCH.month)),
        filtered_by=MarriageBatchFilter,
        scopes=READ,
    )
    marriage_batch: MarriageBatch | None = one(
        "按标识读取批次",
        "a batch by its id",
        by={"id": argument(strawberry.ID, is_node(BATCH.id, "MB", "标识", "id"))},
        scopes=READ,
    )
    marriage_items: Connection[MarriageItem] = connection(
        "共享的婚姻裁判信息；按登记结果筛选即为未匹配清单",
        "items; filtered by receipt it is the list of what was not matched",
        orders=only(ascending("按案号", "by case number", ITEM.case_number)),
        filtered_by=MarriageItemFilter,
        scopes=READ,
    )
