"""What asking for service addresses gives back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from graphql import (
    GraphQLBoolean,
    GraphQLID,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLString,
)

from hub.addresses.reading import ReadAddress
from hub.core.ids import encode_node_id
from hub.core.texts import Text
from schema.inquiry.found import field

_TEXT = GraphQLNonNull(GraphQLString)


@cache
def read_type(graphql: GraphQLSchema) -> GraphQLObjectType:
    kinds: dict[str, Any] = graphql.type_map
    day, at = GraphQLNonNull(kinds["Date"]), GraphQLNonNull(kinds["DateTime"])
    address = GraphQLObjectType(
        "ReadServiceAddress",
        {
            "id": field(GraphQLNonNull(GraphQLID), "标识", "id"),
            "rank": field(GraphQLNonNull(GraphQLInt), "法定使用次序，自1起", "place in the lawful order, from 1"),
            "kind": field(GraphQLNonNull(kinds["ServiceAddressKind"]), "种类", "kind"),
            "value": field(_TEXT, "地址全文", "the address in full"),
            "source": field(_TEXT, "来源", "source"),
            "asOf": field(day, "截至日期", "as of"),
            "receivedAt": field(at, "接收时间", "received at"),
            "stale": field(GraphQLNonNull(GraphQLBoolean), "来源静默，可能不是最新", "whether its source is silent"),
            "confirmedByCommitment": field(GraphQLNonNull(GraphQLBoolean), "已签署承诺", "committed to"),
        },
        description=str(Text("一个可用的送达地址", "an address that may be used")),
    )
    return GraphQLObjectType(
        "ReadServiceAddresses",
        {
            "addresses": field(
                GraphQLNonNull(GraphQLList(GraphQLNonNull(address))), "按法定次序的送达地址", "in their lawful order"
            ),
        },
        description=str(Text("送达地址，已留痕", "service addresses; the reading is on record")),
    )


def read_value(found: Sequence[ReadAddress]) -> Mapping[str, Any]:
    return {
        "addresses": [
            {
                "id": encode_node_id("SA", each.id),
                "rank": each.rank,
                "kind": each.kind.value,
                "value": each.value,
                "source": each.source,
                "asOf": each.as_of,
                "receivedAt": each.received_at,
                "stale": each.stale,
                "confirmedByCommitment": each.confirmed_by_commitment,
            }
            for each in found
        ]
    }
