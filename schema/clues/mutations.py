"""Changes of fund clues, and the reading of their accounts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from graphql import GraphQLInt, GraphQLList, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString

from hub.access.scopes import Scope
from hub.clues.clues import FundClueReading, fire_clue, push_clue, read_clue, request_clue
from hub.clues.payloads import FundCluePush, FundClueRequest
from hub.clues.workflow import CLUE
from hub.core.texts import Text
from hub.workflow.gate import Request
from schema.inquiry.found import field
from schema.inquiry.once import once
from schema.mutations.declare import Advancing, Answering, Making, declare

if TYPE_CHECKING:
    from schema.operation import HubContext


@cache
def _result(_graphql: GraphQLSchema) -> GraphQLObjectType:
    account = GraphQLObjectType(
        "FundClueAccount",
        {
            "number": field(GraphQLNonNull(GraphQLInt), "序号", "number"),
            "account": field(GraphQLString, "账户", "account"),
        },
        description=str(Text("一条线索的账户", "account of one clue")),
    )
    accounts = GraphQLNonNull(GraphQLList(GraphQLNonNull(account)))
    return GraphQLObjectType(
        "ReadFundClue",
        {"accounts": field(accounts, "各条线索的账户", "accounts of the clues")},
        description=str(Text("资金线索账户，已留痕", "accounts of a fund clue; the reading is on record")),
    )


async def _read(context: HubContext, asked: FundClueReading, request: Request) -> Mapping[str, Any]:
    found = await once(context, request, lambda unit: read_clue(unit, asked))
    return {"accounts": [{"number": item.number, "account": account} for item, account in found]}


declare(
    Making(
        "requestFundClue",
        Text("法院请求财政部门提供资金线索", "a court asks finance for a fund clue"),
        Scope.CLUE_REQUEST,
        "FundClue",
        FundClueRequest,
        request_clue,
    ),
    Making(
        "pushFundClue",
        Text("财政部门主动推送资金线索", "finance tells a fund clue unasked"),
        Scope.CLUE_PUSH,
        "FundClue",
        FundCluePush,
        push_clue,
    ),
    Advancing(
        "advanceFundClue",
        Text("办理资金线索：反馈、签收、核实、使用、反馈结果", "move a fund clue along its table"),
        Scope.CLUE_READ,
        "FundClue",
        CLUE,
        fire_clue,
    ),
    Answering(
        "readFundClue",
        Text("查阅资金线索账户，须写明用途并留痕", "read the accounts of a clue, with a purpose, on record"),
        Scope.CLUE_READ,
        FundClueReading,
        _result,
        _read,
    ),
)
