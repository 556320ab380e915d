"""Output types of what was found, made from the shapes; no field of any object that can be read leads to them."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import MISSING, fields
from functools import cache
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLID,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLString,
    GraphQLUnionType,
)

from hub.core.ids import encode_node_id
from hub.core.payload import camel
from hub.core.texts import Text
from hub.inquiry.findings import SHAPES
from hub.inquiry.orders import Opened
from hub.inquiry.reading import Released
from schema.mutations.results import KIND

_TEXT = GraphQLNonNull(GraphQLString)


def field(type_: Any, zh: str, en: str) -> GraphQLField:
    return GraphQLField(type_, description=str(Text(zh, en)))


def _shape(shape: type) -> GraphQLObjectType:
    made = {
        camel(spec.name): GraphQLField(
            _TEXT if spec.default is MISSING else GraphQLString, description=str(spec.metadata["text"])
        )
        for spec in fields(shape)
    }
    return GraphQLObjectType(shape.__name__, made, description=inspect.cleandoc(shape.__doc__ or ""))


@cache
def finding() -> GraphQLUnionType:
    return GraphQLUnionType(
        "ExecutionFinding",
        [_shape(shape) for shape in SHAPES.values()],
        resolve_type=lambda value, _info, _type: str(value[KIND]),
        description=str(Text("一条查询结果明细，按查询类型", "one item found, by type of question")),
    )


def _items() -> GraphQLField:
    return field(GraphQLNonNull(GraphQLList(GraphQLNonNull(finding()))), "明细", "items")


def items_of(told: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Items as their output types read them."""
    return [
        {KIND: SHAPES[kind].__name__, **{camel(name): value for name, value in item.items()}}
        for each in told["items"]
        for kind, item in each.items()
    ]


@cache
def results_type(graphql: GraphQLSchema) -> GraphQLObjectType:
    kinds = graphql.type_map
    answer = GraphQLObjectType(
        "ExecutionAnswer",
        {
            "orderId": field(GraphQLNonNull(GraphQLID), "协助查询标识", "id of the order"),
            "holderOrganizationId": field(GraphQLNonNull(GraphQLID), "协助查询单位标识", "id of the holder"),
            "queryType": field(GraphQLNonNull(kinds["QueryType"]), "查询类型", "what was asked"),
            "round": field(GraphQLNonNull(GraphQLInt), "第几次查询", "which asking it answers"),
            "code": field(GraphQLNonNull(kinds["AnswerCode"]), "结果", "result"),
            "asOf": field(GraphQLNonNull(kinds["Date"]), "数据截至日期", "data as of"),
            "note": field(GraphQLString, "说明", "note"),
            "items": _items(),
        },
        description=str(Text("一个单位的反馈", "what one holder answered")),
    )
    return GraphQLObjectType(
        "ExecutionResults",
        {
            "watermark": field(_TEXT, "水印，展示和打印时须附", "watermark, to be shown and printed with the results"),
            "answers": field(GraphQLNonNull(GraphQLList(GraphQLNonNull(answer))), "各单位的反馈", "the answers"),
        },
        description=str(Text("查控结果，已留痕", "results of a query; the reading is on record")),
    )


def results_value(released: Released) -> Mapping[str, Any]:
    return {
        "watermark": released.watermark,
        "answers": [
            {
                "orderId": encode_node_id("EO", told["order"].id),
                "holderOrganizationId": encode_node_id("OR", told["order"].holder_id),
                "queryType": told["order"].query_type.value,
                "round": told["order"].round,
                "code": told["order"].answer_code.value,
                "asOf": told["order"].as_of,
                "note": told["note"],
                "items": items_of(told),
            }
            for told in released.answers
        ],
    }


@cache
def opened_type(graphql: GraphQLSchema) -> GraphQLObjectType:
    document = GraphQLObjectType(
        "OpenedDocument",
        {
            "kind": field(GraphQLNonNull(graphql.type_map["LegalDocumentKind"]), "文书种类", "kind"),
            "documentNumber": field(_TEXT, "文号", "document number"),
            "filename": field(_TEXT, "文件名", "file name"),
            "digest": field(_TEXT, "内容的SHA-256", "SHA-256 of the content"),
            "content": field(GraphQLString, "内容（Base64）", "content in base64"),
        },
        description=str(Text("法律文书", "a legal document")),
    )
    return GraphQLObjectType(
        "OpenedOrder",
        {
            "orderNumber": field(_TEXT, "请求单号", "number of the order"),
            "targetKind": field(GraphQLNonNull(graphql.type_map["SubjectType"]), "被查询人类型", "kind of target"),
            "targetName": field(_TEXT, "被查询人姓名或名称", "name of the target"),
            "targetNumber": field(_TEXT, "证件号码或统一社会信用代码", "identity number or credit code"),
            "documents": field(GraphQLNonNull(GraphQLList(GraphQLNonNull(document))), "法律文书", "documents"),
            "items": _items(),
            "note": field(GraphQLString, "本单位反馈的说明", "note of the holder's own answer"),
        },
        description=str(Text("查询内容，限被请求的单位，已留痕", "what is asked, for the holder; on record")),
    )


def opened_value(opened: Opened) -> Mapping[str, Any]:
    answer = opened.answer or {"items": (), "note": None}
    return {
        "orderNumber": opened.order_number,
        "targetKind": opened.target.kind.value,
        "targetName": opened.target.name,
        "targetNumber": opened.target.number,
        "documents": [
            {
                **{camel(name): value for name, value in document.items()},
                "kind": document["kind"].value,
            }
            for document in opened.documents
        ],
        "items": items_of(answer),
        "note": answer["note"],
    }
