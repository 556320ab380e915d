"""What ``whoLooked`` gives back: readings, without what was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from graphql import GraphQLInt, GraphQLList, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString

from hub.core.texts import Text
from hub.db.models import ExecutionRead
from schema.inquiry.found import field


@cache
def lookup_type(graphql: GraphQLSchema) -> GraphQLObjectType:
    text = GraphQLNonNull(GraphQLString)
    reading = GraphQLObjectType(
        "ExecutionReading",
        {
            "at": field(GraphQLNonNull(graphql.type_map["DateTime"]), "时间", "when"),
            "inquiryNumber": field(text, "查询请求单号", "number of the query"),
            "clientId": field(text, "客户端", "client"),
            "purpose": field(text, "用途", "purpose"),
            "items": field(GraphQLNonNull(GraphQLInt), "条数", "items"),
            "watermark": field(text, "水印", "watermark"),
        },
        description=str(Text("一次查阅", "one reading")),
    )
    return GraphQLObjectType(
        "ExecutionReadings",
        {"readings": field(GraphQLNonNull(GraphQLList(GraphQLNonNull(reading))), "查阅记录", "readings, latest first")},
        description=str(Text("查阅记录", "who read")),
    )


def lookup_value(found: Sequence[tuple[ExecutionRead, str]]) -> Mapping[str, Any]:
    return {
        "readings": [
            {
                "at": read.at,
                "inquiryNumber": number,
                "clientId": read.client_id,
                "purpose": read.purpose,
                "items": read.item_count,
                "watermark": read.watermark,
            }
            for read, number in found
        ]
    }
