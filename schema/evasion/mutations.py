"""Changes of clues, and the reading of what they say."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from graphql import GraphQLInt, GraphQLList, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString

from hub.access.scopes import Scope
from hub.core.texts import Text
from hub.evasion.clues import fire_clue, read_clue, refer_clue
from hub.evasion.payloads import EvasionClueReading, EvasionReferral
from hub.evasion.workflow import CLUE
from hub.workflow.gate import Request
from schema.inquiry.found import field
from schema.inquiry.once import once
from schema.mutations.declare import Advancing, Answering, Making, declare

if TYPE_CHECKING:
    from schema.operation import HubContext

_TEXT, _NUMBER = GraphQLNonNull(GraphQLString), GraphQLNonNull(GraphQLInt)


@cache
def _result(graphql: GraphQLSchema) -> GraphQLObjectType:
    step = GraphQLObjectType(
        "EvasionClueStatement",
        {
            "number": field(_NUMBER, "序号", "number"),
            "event": field(_TEXT, "事件", "event"),
            "documentNumber": field(GraphQLString, "文书文号", "number of the document"),
            "note": field(GraphQLString, "事实、理由或者说明", "facts, reasons or statement"),
        },
        description=str(Text("双方在一个步骤中所述", "what was said with a step")),
    )
    document = GraphQLObjectType(
        "EvasionClueDocument",
        {
            "kind": field(GraphQLNonNull(graphql.type_map["ClueEvidenceKind"]), "材料种类", "kind"),
            "filename": field(_TEXT, "文件名", "file name"),
            "digest": field(_TEXT, "内容的SHA-256", "SHA-256 of the content"),
            "content": field(_TEXT, "内容（Base64）", "content in base64"),
        },
        description=str(Text("一份证据材料", "a document")),
    )
    return GraphQLObjectType(
        "ReadEvasionClue",
        {
            "targetName": field(_TEXT, "涉嫌的被执行人", "the obligor suspected"),
            "targetNumber": field(_TEXT, "证件号码或统一社会信用代码", "identity number or credit code"),
            "statements": field(GraphQLNonNull(GraphQLList(GraphQLNonNull(step))), "各步骤所述", "what was said"),
            "documents": field(GraphQLNonNull(GraphQLList(GraphQLNonNull(document))), "证据材料", "documents"),
        },
        description=str(Text("拒执线索内容，已留痕", "what a clue says; the reading is on record")),
    )


async def _read(context: HubContext, asked: EvasionClueReading, request: Request) -> Mapping[str, Any]:
    found = await once(context, request, lambda unit: read_clue(unit, asked))
    return {
        "targetName": found.target["name"],
        "targetNumber": found.target["number"],
        "statements": [
            {
                "number": step.number,
                "event": step.event,
                "documentNumber": said.get("documentNumber"),
                "note": said.get("note"),
            }
            for step, said in found.steps
        ],
        "documents": [
            {"kind": each.kind.value, "filename": each.filename, "digest": each.digest, "content": content}
            for each, content in found.evidence
        ],
    }


declare(
    Making(
        "referEvasionClue",
        Text("法院向公安机关移送拒执线索", "a court refers a clue to evading enforcement to the police"),
        Scope.EVASION_REFER,
        "EvasionClue",
        EvasionReferral,
        refer_clue,
    ),
    Advancing(
        "advanceEvasionClue",
        Text("办理拒执线索：签收、退回、补充、受理、立案、催办、办结", "move a clue along its table"),
        Scope.EVASION_READ,
        "EvasionClue",
        CLUE,
        fire_clue,
    ),
    Answering(
        "readEvasionClue",
        Text("查阅拒执线索内容，须写明用途并留痕", "read what a clue says, with a purpose, on record"),
        Scope.EVASION_READ,
        EvasionClueReading,
        _result,
        _read,
    ),
)
