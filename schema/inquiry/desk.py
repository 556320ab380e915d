"""The spreadsheet of a holder without a system, out and in."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from graphql import GraphQLInt, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString

from hub.access.scopes import Scope
from hub.core.ids import new_id
from hub.core.payload import optional
from hub.core.texts import Text
from hub.inquiry.desk import DeskUpload, take_in, work_sheet
from hub.workflow.gate import Request
from hub.workflow.unit import Unit
from schema.inquiry.found import field
from schema.inquiry.once import once
from schema.mutations.declare import Answering, declare
from schema.mutations.reading import read_base64

if TYPE_CHECKING:
    from schema.operation import HubContext


@dataclass(frozen=True, slots=True)
class DeskDownload:
    """下载待办查询表 (the open work as a sheet)."""

    note: str | None = optional("说明", "note", limit=200)


@cache
def sheet_type(_graphql: GraphQLSchema) -> GraphQLObjectType:
    return GraphQLObjectType(
        "ExecutionWorkSheet",
        {
            "orders": field(GraphQLNonNull(GraphQLInt), "待办数", "open orders"),
            "content": field(GraphQLNonNull(GraphQLString), "表格（.xlsx，Base64）", "the sheet, XLSX in base64"),
        },
        description=str(Text("待办查询表，已留痕", "open work as a sheet; on record")),
    )


@cache
def taken_type(_graphql: GraphQLSchema) -> GraphQLObjectType:
    return GraphQLObjectType(
        "ExecutionWorkTaken",
        {"answered": field(GraphQLNonNull(GraphQLInt), "已反馈数", "orders answered")},
        description=str(Text("查询表导入结果", "result of an upload")),
    )


async def _download(context: HubContext, _asked: DeskDownload, request: Request) -> Mapping[str, Any]:
    content, orders = await once(context, request, work_sheet)
    return {"orders": orders, "content": base64.b64encode(content).decode("ascii")}


async def _upload(context: HubContext, upload: DeskUpload, request: Request) -> Mapping[str, Any]:
    content = read_base64(upload.content, ("content",))
    answered: list[int] = []

    async def action(unit: Unit) -> UUID:
        answered.append(await take_in(unit, content))
        return new_id()

    await context.services.gate.perform(context.principal, request, action)
    return {"answered": answered[0] if answered else 0}


declare(
    Answering(
        "downloadExecutionWork",
        Text("下载本单位待办的协助查询表", "download the holder's open work as a sheet"),
        Scope.EXECQUERY_RESPOND,
        DeskDownload,
        sheet_type,
        _download,
    ),
    Answering(
        "uploadExecutionWork",
        Text("上传填写后的查询表；有误则整表不予接受", "upload the sheet with its answers; refused whole on any fault"),
        Scope.EXECQUERY_RESPOND,
        DeskUpload,
        taken_type,
        _upload,
    ),
)
