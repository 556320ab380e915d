"""The mutation root: one field per declared mutation, each behind the gate."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLID,
    GraphQLInt,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    GraphQLString,
)

from hub.core.deprecation import reason_of
from hub.core.errors import Refused
from hub.core.texts import Text
from hub.workflow.gate import Request
from hub.workflow.unit import Unit
from schema.mutations.declare import MUTATIONS, Advancing, Answering, Editing, Making, Mutation, payloads
from schema.mutations.inputs import Inputs
from schema.mutations.reading import read_id, read_payload, with_prefix
from schema.mutations.results import KEY, KIND, change_type, refusal, result_type

Info = GraphQLResolveInfo[Any]
TOP = frozenset({"id", "event", "expectedVersion", "idempotencyKey", "onBehalfOf"})
ORGANIZATION_TAG = "OR"
KEY_ARGUMENT = "idempotencyKey"


@dataclass(frozen=True, slots=True)
class Work:
    """What one call asks: where its fields stand in the request, the object it is about, and what to do."""

    prefix: tuple[str | int, ...]
    target: UUID | None
    action: Callable[[Unit], Awaitable[UUID]]


def mutation_root(graphql: GraphQLSchema, tags: Mapping[str, str]) -> GraphQLObjectType:
    """The mutation type. ``tags`` are the tags of node ids by type name."""
    inputs = Inputs(graphql.type_map)
    changes: dict[str, GraphQLObjectType] = {}
    fields: dict[str, GraphQLField] = {}
    for name, mutation in MUTATIONS.items():
        if isinstance(mutation, Answering):
            change = mutation.result(graphql)
            resolve = _answering(mutation, change.name)
        else:
            change = _change(graphql, mutation.result, changes)
            resolve = _resolver(mutation, change.name, tags)
        fields[name] = GraphQLField(
            GraphQLNonNull(result_type(name, change)),
            args=_arguments(mutation, inputs),
            resolve=resolve,
            description=f"{mutation.text}；{mutation.scope.value}",
            deprecation_reason=reason_of(mutation.deprecated),
        )
    return GraphQLObjectType("Mutation", fields, description=str(Text("变更入口", "everything that can be changed")))


def _change(graphql: GraphQLSchema, name: str, made: dict[str, GraphQLObjectType]) -> GraphQLObjectType:
    if name not in made:
        of = graphql.type_map[name]
        assert isinstance(of, GraphQLObjectType)
        made[name] = change_type(of)
    return made[name]


def _arguments(mutation: Mutation, inputs: Inputs) -> dict[str, GraphQLArgument]:
    found: dict[str, GraphQLArgument] = {}
    if isinstance(mutation, Editing | Advancing):
        found["id"] = _argument(GraphQLNonNull(GraphQLID), "对象标识", "id of the object")
    if isinstance(mutation, Advancing):
        events = GraphQLNonNull(inputs.events(mutation.machine))
        found["event"] = _argument(events, "事件，恰填其一", "the event; give exactly one")
    else:
        found["input"] = _argument(GraphQLNonNull(inputs.payload(mutation.payload)), "内容", "what it holds")
    if isinstance(mutation, Editing | Advancing):
        found["expectedVersion"] = _argument(
            GraphQLInt, "所读版本；已被他人修改时不予接受", "version read; refused when the object has changed since"
        )
    found[KEY_ARGUMENT] = _argument(
        GraphQLString,
        "幂等键，8至128个可见ASCII字符；同键同内容重发只生效一次",
        "idempotency key, 8–128 visible ASCII characters; the same key and body take effect once",
    )
    found["onBehalfOf"] = _argument(
        GraphQLID, "代录单位，仅限联席会议办公室", "unit the joint-meeting office records for"
    )
    return found


def _argument(type_: Any, zh: str, en: str) -> GraphQLArgument:
    return GraphQLArgument(type_, description=str(Text(zh, en)))


def _resolver(mutation: Making | Editing | Advancing, change: str, tags: Mapping[str, str]) -> Any:
    async def resolve(_source: Any, info: Info, **given: Any) -> dict[str, Any]:
        context = info.context
        prefix: tuple[str | int, ...] = ()
        try:
            work = _work(mutation, given, tags)
            prefix = work.prefix
            request = _request(context, mutation, given, work.target)
            made = await context.services.gate.perform(context.principal, request, work.action)
        except Refused as refused:
            return _refused(refused, prefix)
        await context.start_anew()
        return {KIND: change, KEY: made}

    return resolve


def _answering(mutation: Answering, type_name: str) -> Any:
    async def resolve(_source: Any, info: Info, **given: Any) -> Mapping[str, Any]:
        try:
            info.context.permission.require((mutation.scope,), mutation.name)
            payload = read_payload(mutation.payload, given["input"], ("input",))
            request = _request(info.context, mutation, given, None)
            answer = await mutation.run(info.context, payload, request)
        except Refused as refused:
            return _refused(refused, ("input",))
        await info.context.start_anew()
        return {KIND: type_name, **answer}

    return resolve


def _refused(refused: Refused, prefix: tuple[str | int, ...]) -> dict[str, Any]:
    refused.reasons = tuple(with_prefix(refused, prefix, TOP))
    return refusal(refused)


def _request(context: Any, mutation: Mutation, given: Mapping[str, Any], target: UUID | None) -> Request:
    return Request(
        mutation.name,
        mutation.scope,
        key=given.get(KEY_ARGUMENT),
        digest=_digest(mutation.name, given),
        message_digest=context.message_digest,
        target_id=target,
        on_behalf_of=_on_behalf_of(given),
    )


def _work(mutation: Making | Editing | Advancing, given: Mapping[str, Any], tags: Mapping[str, str]) -> Work:
    match mutation:
        case Making():
            payload = read_payload(mutation.payload, given["input"], ("input",))
            return Work(("input",), None, lambda unit: mutation.create(unit, payload))
        case Editing():
            key = read_id(given["id"], tags[mutation.result], ("id",))
            content = read_payload(mutation.payload, given["input"], ("input",))

            async def edit(unit: Unit) -> UUID:
                await mutation.edit(unit, key, content, expected_version=given.get("expectedVersion"))
                return key

            return Work(("input",), key, edit)
        case Advancing():
            key = read_id(given["id"], tags[mutation.result], ("id",))
            ((event, said),) = given["event"].items()
            prefix = ("event", event)
            told = read_payload(payloads(mutation.machine)[event], said, prefix)

            async def advance(unit: Unit) -> UUID:
                await mutation.fire(unit, key, event, told, expected_version=given.get("expectedVersion"))
                return key

            return Work(prefix, key, advance)


def _on_behalf_of(given: Mapping[str, Any]) -> UUID | None:
    value = given.get("onBehalfOf")
    return None if value is None else read_id(value, ORGANIZATION_TAG, ("onBehalfOf",))


def _digest(name: str, given: Mapping[str, Any]) -> str:
    """Digest of the request without its key: what tells a retry from another request under the same key."""
    body = {key: value for key, value in given.items() if key != KEY_ARGUMENT}
    canonical = json.dumps([name, body], sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()
