"""Output types of whom a lookout is for and where he was met; no field of any object that can be read leads to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from graphql import GraphQLID, GraphQLList, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString

from hub.core.ids import encode_node_id
from hub.core.texts import Text
from hub.db.models import LookoutHit
from hub.lookout.orders import OpenedLookout
from hub.lookout.reading import ReleasedLookout
from schema.inquiry.found import field

_TEXT = GraphQLNonNull(GraphQLString)


def _target_fields() -> dict[str, Any]:
    return {
        "lookoutNumber": field(_TEXT, "临控单号", "number of the lookout"),
        "targetName": field(_TEXT, "被执行人姓名或名称", "name of the obligor"),
        "targetNumber": field(_TEXT, "证件号码或统一社会信用代码", "identity number or credit code"),
        "plate": field(GraphQLString, "号牌", "plate"),
        "dutyContact": field(_TEXT, "法院值班联系人", "duty contact of the court"),
    }


def _target(opened: OpenedLookout) -> dict[str, Any]:
    return {
        "lookoutNumber": opened.row.lookout_number,
        "targetName": opened.target["name"],
        "targetNumber": opened.target["number"],
        "plate": opened.target["plate"],
        "dutyContact": opened.contact,
    }


@cache
def opened_type(_graphql: GraphQLSchema) -> GraphQLObjectType:
    return GraphQLObjectType(
        "OpenedLookout",
        {
            **_target_fields(),
            "documentNumber": field(_TEXT, "文书文号", "document number"),
            "document": field(GraphQLString, "文书（Base64）", "the document in base64"),
        },
        description=str(Text("临控内容，限受托公安机关，已留痕", "a lookout, for the police unit; on record")),
    )


def opened_value(opened: OpenedLookout) -> Mapping[str, Any]:
    return {**_target(opened), "documentNumber": opened.row.document_number, "document": opened.document}


@cache
def released_type(graphql: GraphQLSchema) -> GraphQLObjectType:
    place = GraphQLObjectType(
        "LookoutPlace",
        {
            "hitId": field(GraphQLNonNull(GraphQLID), "临控发现标识", "id of the hit"),
            "metAt": field(GraphQLNonNull(graphql.type_map["DateTime"]), "发现时间", "when"),
            "place": field(GraphQLString, "发现地点", "where"),
        },
        description=str(Text("发现地点", "where the target was met")),
    )
    return GraphQLObjectType(
        "ReleasedLookout",
        {
            "watermark": field(_TEXT, "水印，展示和打印时须附", "watermark, to be shown with it"),
            **_target_fields(),
            "places": field(GraphQLNonNull(GraphQLList(GraphQLNonNull(place))), "历次发现地点", "where it was met"),
        },
        description=str(Text("临控及发现情况，已留痕", "a lookout and its hits; the reading is on record")),
    )


def released_value(released: ReleasedLookout) -> Mapping[str, Any]:
    assert released.lookout is not None
    return {"watermark": released.watermark, **_target(released.lookout), "places": _places(released.places)}


def _places(places: Sequence[tuple[LookoutHit, str | None]]) -> list[dict[str, Any]]:
    return [{"hitId": encode_node_id("LH", hit.id), "metAt": hit.met_at, "place": place} for hit, place in places]
