"""Results of mutations: the changed object, or a refusal with every reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLString,
    GraphQLUnionType,
)

from hub.core.errors import Reason, Refused, VersionConflict
from hub.core.texts import Text

KIND = "#kind"
KEY = "#key"


def _text(zh: str, en: str) -> GraphQLField:
    return GraphQLField(GraphQLNonNull(GraphQLString), description=str(Text(zh, en)))


REFUSAL_REASON = GraphQLObjectType(
    "RefusalReason",
    {
        "code": _text("稳定的代码", "stable code"),
        "message": _text("说明及处理办法", "what is wrong and what to do, in Chinese"),
        "messageEn": _text("英文说明", "the same in English"),
        "path": GraphQLField(
            GraphQLNonNull(GraphQLList(GraphQLNonNull(GraphQLString))),
            description=str(Text("所指输入字段的路径", "path of the input field")),
        ),
    },
    description=str(Text("未被接受的一个理由", "one reason of a refusal")),
)

REFUSAL = GraphQLObjectType(
    "Refusal",
    {
        "code": _text("首个理由的代码", "code of the first reason"),
        "message": _text("首个理由的说明", "its sentence in Chinese"),
        "messageEn": _text("首个理由的英文说明", "its sentence in English"),
        "reasons": GraphQLField(
            GraphQLNonNull(GraphQLList(GraphQLNonNull(REFUSAL_REASON))),
            description=str(Text("全部理由", "every reason")),
        ),
        "currentVersion": GraphQLField(
            GraphQLInt, description=str(Text("版本冲突时对象的当前版本", "current version after a version conflict"))
        ),
    },
    description=str(Text("请求未被接受，未作任何改动", "the request is refused whole; nothing has changed")),
)


def refusal(refused: Refused) -> dict[str, Any]:
    """The value of a ``Refusal``."""
    first = refused.reasons[0].text
    return {
        KIND: REFUSAL.name,
        "code": refused.code,
        "message": first.zh,
        "messageEn": first.en,
        "reasons": [_reason(reason) for reason in refused.reasons],
        "currentVersion": refused.current if isinstance(refused, VersionConflict) else None,
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "code": reason.code,
        "message": reason.text.zh,
        "messageEn": reason.text.en,
        "path": [str(part) for part in reason.path],
    }


def change_type(of: GraphQLObjectType) -> GraphQLObjectType:
    """``XChange`` with the object as it stands after the change, read in a new snapshot."""
    field_name = of.name[0].lower() + of.name[1:]
    about = Text("变更后的对象；无权查看时为空", "the object after the change; null when the caller may not see it")
    return GraphQLObjectType(
        f"{of.name}Change",
        {field_name: GraphQLField(of, resolve=_changed(of.name), description=str(about))},
        description=str(Text("请求已被接受", "the request was accepted")),
    )


def _changed(type_name: str) -> Any:
    async def resolve(source: Mapping[str, Any], info: Any) -> Any:
        return await info.context.planner.node(info.context, info, type_name, source[KEY])

    return resolve


def result_type(mutation: str, change: GraphQLObjectType) -> GraphQLUnionType:
    """``change | Refusal``, one union for every mutation."""
    name = mutation[0].upper() + mutation[1:]
    about = Text("变更结果，或未被接受的理由", "the change, or why it was refused")
    return GraphQLUnionType(f"{name}Result", [change, REFUSAL], resolve_type=_kind, description=str(about))


def _kind(value: Mapping[str, Any], _info: Any, _type: Any) -> str:
    return str(value[KIND])
