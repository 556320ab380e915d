"""Asking for an export and cancelling it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from graphql import GraphQLObjectType, GraphQLSchema

from hub.access.scopes import Scope
from hub.bulk.operations import BulkCancellation, BulkRun, cancel, start
from hub.core.texts import Text
from hub.workflow.gate import Request
from hub.workflow.unit import Unit
from schema.answer import Asked
from schema.build import build_schema
from schema.bulk.exports import portion_size, read_export
from schema.mutations.declare import Answering, declare
from schema.mutations.results import KEY, change_type
from schema.trusted import TrustedDocuments

if TYPE_CHECKING:
    from schema.operation import HubContext

TYPE = "BulkOperation"


@cache
def _result(graphql: GraphQLSchema) -> GraphQLObjectType:
    """One type for both mutations."""
    of = graphql.type_map[TYPE]
    assert isinstance(of, GraphQLObjectType)
    return change_type(of)


async def _run(context: HubContext, asked: BulkRun, request: Request) -> Mapping[str, Any]:
    await TrustedDocuments(context.services).text(Asked(asked.query), context.principal)
    schema = build_schema()
    export = read_export(schema, asked.query)
    settings = context.services.settings
    portion_size(schema, export, context.standing, maximum_cost=settings.maximum_cost)

    async def action(unit: Unit) -> UUID:
        return await start(unit, asked, export.field, queued=settings.bulk_queued)

    return {KEY: await context.services.gate.perform(context.principal, request, action)}


async def _cancel(context: HubContext, asked: BulkCancellation, request: Request) -> Mapping[str, Any]:
    async def action(unit: Unit) -> UUID:
        return await cancel(unit, asked)

    return {KEY: await context.services.gate.perform(context.principal, request, action)}


declare(
    Answering(
        "bulkOperationRun",
        Text(
            "在后台把一个分页列表从头到尾导出为 JSON Lines 文件，一行一个对象",
            "export a paged list from beginning to end, in the background, to a JSON Lines file, one object a line",
        ),
        Scope.BULK_EXPORT,
        BulkRun,
        _result,
        _run,
    ),
    Answering(
        "cancelBulkOperation",
        Text("取消批量导出", "cancel a bulk export"),
        Scope.BULK_EXPORT,
        BulkCancellation,
        _result,
        _cancel,
    ),
)
