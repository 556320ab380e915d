"""Output types of what is controlled; no field of any object that can be read leads to them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from graphql import GraphQLInt, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString

from hub.control.orders import OpenedControl
from hub.core.texts import Text
from schema.inquiry.found import field, finding, items_of

_TEXT = GraphQLNonNull(GraphQLString)


def _asset_fields() -> dict[str, Any]:
    return {
        "targetName": field(_TEXT, "被执行人姓名或名称", "name of the obligor"),
        "targetNumber": field(_TEXT, "证件号码或统一社会信用代码", "identity number or credit code"),
        "asset": field(GraphQLNonNull(finding()), "财产", "the asset as it was found"),
    }


def asset_value(asset: Mapping[str, Any]) -> dict[str, Any]:
    (item,) = items_of({"items": [{asset["kind"]: asset["item"]}]})
    return {"targetName": asset["target"]["name"], "targetNumber": asset["target"]["number"], "asset": item}


@cache
def asset_type(_graphql: GraphQLSchema) -> GraphQLObjectType:
    return GraphQLObjectType(
        "ControlledAsset",
        {
            "watermark": field(_TEXT, "水印，展示和打印时须附", "watermark, to be shown with the asset"),
            **_asset_fields(),
        },
        description=str(Text("所控财产，已留痕", "what is controlled; the reading is on record")),
    )


@cache
def opened_type(graphql: GraphQLSchema) -> GraphQLObjectType:
    return GraphQLObjectType(
        "OpenedControl",
        {
            "orderNumber": field(_TEXT, "请求单号", "number of the order"),
            "originalNumber": field(GraphQLString, "原请求单号", "number of the original order"),
            "action": field(GraphQLNonNull(graphql.type_map["ControlAction"]), "控制措施", "action"),
            "amount": field(GraphQLString, "金额", "amount"),
            "currency": field(_TEXT, "币种", "currency"),
            "months": field(GraphQLInt, "期限（月）", "period in months"),
            **_asset_fields(),
            "rulingNumber": field(_TEXT, "裁定书文号", "number of the ruling"),
            "rulingDigest": field(_TEXT, "裁定书的SHA-256", "SHA-256 of the ruling"),
            "ruling": field(GraphQLString, "裁定书（Base64）", "the ruling in base64"),
        },
        description=str(
            Text("控制请求内容，限被请求的单位，已留痕", "what is to be controlled, for the holder; on record")
        ),
    )


def opened_value(opened: OpenedControl) -> Mapping[str, Any]:
    order = opened.order
    return {
        "orderNumber": order.order_number,
        "originalNumber": order.original_number,
        "action": order.action.value,
        "amount": None if order.amount_requested is None else str(order.amount_requested),
        "currency": order.currency,
        "months": order.months,
        **asset_value(opened.asset),
        "rulingNumber": order.document_number,
        "rulingDigest": order.document_digest,
        "ruling": opened.document,
    }
