"""Asking, approving, answering; and reading, which leaves a trace and therefore is a change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hub.access.scopes import Scope
from hub.core.texts import Text
from hub.inquiry.commands import QueryDraft
from hub.inquiry.lookups import WhoLooked, who_looked
from hub.inquiry.officers import (
    OfficerEntry,
    OfficerReinstatement,
    SealEntry,
    keep_officer,
    keep_seal,
    reinstate,
)
from hub.inquiry.order_workflow import ORDER
from hub.inquiry.orders import OrderOpening, fire_order, open_order
from hub.inquiry.queries import fire_query
from hub.inquiry.reading import ResultReading, read_results, released_or_refused
from hub.inquiry.submitting import submit
from hub.inquiry.workflow import QUERY
from hub.workflow.gate import Request
from schema.inquiry import desk as _desk  # noqa: F401 - declares the spreadsheet's two ways
from schema.inquiry.found import opened_type, opened_value, results_type, results_value
from schema.inquiry.lookups import lookup_type, lookup_value
from schema.inquiry.once import once
from schema.inquiry.seals import kept_seal_type
from schema.mutations.declare import Advancing, Answering, Making, declare

if TYPE_CHECKING:
    from schema.operation import HubContext


async def _read(context: HubContext, asked: ResultReading, request: Request) -> Mapping[str, Any]:
    released = await once(context, request, lambda unit: read_results(unit, asked))
    return results_value(released_or_refused(released))


async def _open(context: HubContext, asked: OrderOpening, request: Request) -> Mapping[str, Any]:
    return opened_value(await once(context, request, lambda unit: open_order(unit, asked.order_id)))


async def _looked(context: HubContext, asked: WhoLooked, request: Request) -> Mapping[str, Any]:
    return lookup_value(await once(context, request, lambda unit: who_looked(unit, asked)))


async def _seal(context: HubContext, entry: SealEntry, request: Request) -> Mapping[str, Any]:
    await context.services.gate.perform(context.principal, request, lambda unit: keep_seal(unit, entry))
    return {"serial": entry.serial}


declare(
    Making(
        "registerExecutionOfficer",
        Text("登记或变更本院执行人员", "register or change an officer of the court"),
        Scope.EXECQUERY_MANAGE,
        "ExecutionOfficer",
        OfficerEntry,
        keep_officer,
    ),
    Making(
        "reinstateExecutionOfficer",
        Text("核查后恢复停用的执行人员", "reinstate an officer who was stopped"),
        Scope.EXECQUERY_OVERSEE,
        "ExecutionOfficer",
        OfficerReinstatement,
        reinstate,
    ),
    Answering(
        "registerCourtSeal",
        Text("登记本院电子印章", "register an electronic seal of the court"),
        Scope.EXECQUERY_MANAGE,
        SealEntry,
        kept_seal_type,
        _seal,
    ),
    Making(
        "submitExecutionQuery",
        Text("提出网络查控请求", "submit an execution query"),
        Scope.EXECQUERY_SUBMIT,
        "ExecutionQuery",
        QueryDraft,
        submit,
    ),
    Advancing(
        "advanceExecutionQuery",
        Text("推进网络查控", "move an execution query along its table"),
        Scope.EXECQUERY_READ,
        "ExecutionQuery",
        QUERY,
        fire_query,
    ),
    Advancing(
        "advanceExecutionOrder",
        Text("推进协助查询", "move a holder's part along its table"),
        Scope.EXECQUERY_READ,
        "ExecutionOrder",
        ORDER,
        fire_order,
    ),
    Answering(
        "readExecutionResults",
        Text("查阅查控结果，每次须写明用途并留痕", "read the results of a query, with a purpose, on record"),
        Scope.EXECQUERY_READ_RESULT,
        ResultReading,
        results_type,
        _read,
    ),
    Answering(
        "openExecutionOrder",
        Text("协助查询单位查看查询内容，留痕", "a holder opens what it is asked, on record"),
        Scope.EXECQUERY_RESPOND,
        OrderOpening,
        opened_type,
        _open,
    ),
    Answering(
        "whoLooked",
        Text("查询何人查阅过某人的查控结果，限已办结的查询", "who read the results about somebody, of closed queries"),
        Scope.EXECQUERY_OVERSEE,
        WhoLooked,
        lookup_type,
        _looked,
    ),
)
