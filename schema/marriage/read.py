"""What reading the parties of a batch gives back."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from graphql import GraphQLList, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString

from hub.core.texts import Text
from hub.marriage.reading import ReadBatch
from schema.inquiry.found import field

_TEXT = GraphQLNonNull(GraphQLString)
_MEMBERS = {
    "item": (_TEXT, "批次号和序号", "batch and number"),
    "kind": (_TEXT, "种类", "kind of decision"),
    "caseNumber": (_TEXT, "案号", "case number"),
    "effectiveOn": (_TEXT, "生效日期", "in effect since"),
    "partyAName": (_TEXT, "当事人甲姓名", "name of one party"),
    "partyACitizenId": (_TEXT, "当事人甲公民身份号码", "identity number of one party"),
    "partyBName": (_TEXT, "当事人乙姓名", "name of the other party"),
    "partyBCitizenId": (_TEXT, "当事人乙公民身份号码", "identity number of the other party"),
    "registrationNumber": (GraphQLString, "结婚证字号", "number of the marriage certificate"),
    "documentSha256": (_TEXT, "生效文书的SHA-256", "SHA-256 of the document"),
    "corrects": (GraphQLString, "所更正的批次号和序号", "batch and number of what it corrects"),
    "correction": (GraphQLString, "更正原因", "why it corrects"),
}


@cache
def read_type(_graphql: GraphQLSchema) -> GraphQLObjectType:
    item = GraphQLObjectType(
        "ReadMarriageItem",
        {name: field(*about) for name, about in _MEMBERS.items()},
        description=str(Text("一件的全文", "an item in full")),
    )
    return GraphQLObjectType(
        "ReadMarriageBatch",
        {
            "number": field(_TEXT, "批次号", "number of the batch"),
            "digest": field(_TEXT, "封存内容的SHA-256", "SHA-256 of what was sealed"),
            "items": field(GraphQLNonNull(GraphQLList(GraphQLNonNull(item))), "各件", "items"),
        },
        description=str(Text("批次全文，已留痕", "a batch in full; the reading is on record")),
    )


def read_value(found: ReadBatch) -> Mapping[str, Any]:
    items = [{name: item.get(name) for name in _MEMBERS} for item in found.items]
    return {"number": found.number, "digest": found.digest, "items": items}
