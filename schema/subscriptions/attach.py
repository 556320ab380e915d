"""The subscription root: one field per declared subscription, one event type per type of object."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any
from uuid import UUID

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLEnumValue,
    GraphQLField,
    GraphQLID,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    GraphQLString,
)

from hub.core.texts import Text
from schema.binding.declare import Declaration
from schema.subscriptions.declare import SUBSCRIPTIONS, Subscription
from schema.subscriptions.telling import KEY, Telling

Info = GraphQLResolveInfo[Any]

UPDATE_KIND = GraphQLEnumType(
    "UpdateKind",
    {
        "CHANGED": GraphQLEnumValue("CHANGED", description=str(Text("新增或变动", "the object is new or has changed"))),
        "REMOVED": GraphQLEnumValue(
            "REMOVED",
            description=str(Text("已不在本订阅可见范围内", "the object is no longer within what the caller hears of")),
        ),
    },
    description=str(Text("事件类别", "what an event says of its object")),
)


def subscription_root(graphql: GraphQLSchema, objects: Mapping[str, Declaration]) -> GraphQLObjectType:
    """The subscription type. Raises ``ValueError`` on a subscription to a type without an audience."""
    made: dict[str, GraphQLObjectType] = {}
    fields: dict[str, GraphQLField] = {}
    for name, declared in SUBSCRIPTIONS.items():
        of = graphql.type_map[declared.type_name]
        assert isinstance(of, GraphQLObjectType)
        event = made.setdefault(of.name, _event_type(of))
        declaration = objects[declared.type_name]
        fields[name] = GraphQLField(
            GraphQLNonNull(event),
            args=_arguments(declared),
            resolve=_as_told,
            subscribe=_subscriber(declared, declaration),
            description=str(declared.text),
        )
    return GraphQLObjectType("Subscription", fields, description=str(Text("订阅入口", "everything listened to")))


def _event_type(of: GraphQLObjectType) -> GraphQLObjectType:
    key = of.name[0].lower() + of.name[1:]
    fields = {
        "kind": _field(GraphQLNonNull(UPDATE_KIND), "类别", "kind"),
        "id": _field(GraphQLNonNull(GraphQLID), "对象标识", "id of the object"),
        "event": _field(GraphQLString, "事件名称；移除时为空", "name of what happened; null when removed"),
        "cursor": _field(GraphQLNonNull(GraphQLString), "游标，供断线后续订", "cursor to resume after"),
        key: GraphQLField(
            of,
            resolve=_object(of.name),
            description=str(Text("对象现状；移除时为空", "the object as it stands; null when removed")),
        ),
    }
    about = Text(f"{of.name}的事件", "an event about one object, read by the caller's own rights")
    return GraphQLObjectType(f"{of.name}Update", fields, description=str(about))


def _field(type_: Any, zh: str, en: str) -> GraphQLField:
    return GraphQLField(type_, resolve=_member, description=str(Text(zh, en)))


def _arguments(declared: Subscription) -> dict[str, GraphQLArgument]:
    found = {name: GraphQLArgument(each.type, description=str(each.text)) for name, each in declared.filters.items()}
    after = Text("从该游标之后继续；缺省自现在起", "go on after this cursor; from now on without it")
    held = Text(
        "续订时仍持有的各对象最后一次 CHANGED 事件的游标；已不可见的即告移除",
        "when resuming, cursors of the last CHANGED event of objects still held; those out of sight are told removed",
    )
    found["after"] = GraphQLArgument(GraphQLString, description=str(after))
    found["held"] = GraphQLArgument(GraphQLList(GraphQLNonNull(GraphQLString)), description=str(held))
    return found


def _subscriber(declared: Subscription, declaration: Declaration) -> Any:
    def subscribe(_source: Any, info: Info, **given: Any) -> AsyncIterator[Any]:
        return Telling(info.context, declared, declaration, given).events()

    return subscribe


def _as_told(source: Mapping[str, Any], _info: Info, **_arguments: Any) -> Mapping[str, Any]:
    return source


def _member(source: Mapping[str, Any], info: Info) -> Any:
    return source[info.field_name]


def _object(type_name: str) -> Any:
    async def resolve(source: Mapping[str, Any], info: Info) -> Any:
        key: UUID | None = source[KEY]
        return None if key is None else await info.context.planner.node(info.context, info, type_name, key)

    return resolve
