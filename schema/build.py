"""One GraphQL schema from the declarations of every slice, with the mutations and subscriptions beside them."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import strawberry
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    print_schema,
)
from strawberry.utils.str_converters import to_camel_case

from schema.binding.declare import OBJECTS, ROOTS
from schema.binding.fields import Answered, Binding, InPython
from schema.binding.realise import PAGE_TYPES, realise
from schema.checks import check
from schema.enums import realise_enums
from schema.mutations.attach import mutation_root
from schema.nodes import Node
from schema.planner.arguments import refuse_nul
from schema.planner.compiler import MASKED, TYPE_KEY
from schema.planner.running import Planner
from schema.scalars import CONFIG
from schema.subscriptions.attach import subscription_root

SLICES = (
    "organizations",
    "linkage",
    "policy",
    "audit",
    "evidence",
    "quota",
    "bulk",
    "cases",
    "credit",
    "restriction",
    "checking",
    "ingest",
    "delivery",
    "supervision",
    "integrity",
    "publicity",
    "inquiry",
    "marriage",
    "addresses",
    "repair",
    "objection",
    "control",
    "lookout",
    "clues",
    "evasion",
    "plans",
    "punishment",
    "bankruptcy",
    "campaign",
)
"""Folders of this package whose ``queries`` declare what can be read."""
CHANGING = (
    *("linkage", "organizations", "bulk", "credit", "checking", "ingest", "delivery", "supervision", "inquiry"),
    *("integrity", "publicity", "marriage", "addresses", "repair", "objection", "control", "lookout", "punishment"),
    "bankruptcy",
    *("clues", "plans", "cases", "evasion"),
    "campaign",
)
"""Folders whose ``mutations`` declare what can be changed."""
TELLING = ("linkage", "cases", "credit", "supervision", "repair", "punishment")
"""Folders whose ``subscriptions`` declare what can be listened to."""

QUERY = "Query"
Info = GraphQLResolveInfo[Any]


@dataclass(frozen=True, slots=True)
class HubSchema:
    strawberry: strawberry.Schema
    graphql: GraphQLSchema
    planner: Planner


@cache
def build_schema() -> HubSchema:
    """The schema with its planner. Raises ``ValueError`` listing everything that is not declared as it must be."""
    for slice_name in SLICES:
        importlib.import_module(f"schema.{slice_name}.queries")
    for slice_name in CHANGING:
        importlib.import_module(f"schema.{slice_name}.mutations")
    for slice_name in TELLING:
        importlib.import_module(f"schema.{slice_name}.subscriptions")
    realise_enums()
    made = strawberry.Schema(
        query=realise(),
        types=[declared.cls for declared in OBJECTS.values()],
        config=CONFIG,
    )
    graphql = made._schema  # noqa: SLF001 - operations run on graphql-core itself, see schema.execution
    bindings = _bindings()
    _attach(graphql, bindings)
    graphql = _with_roots(graphql)
    made._schema = graphql  # noqa: SLF001
    check(graphql, OBJECTS, bindings)
    return HubSchema(made, graphql, Planner(graphql, OBJECTS, bindings))


def print_sdl() -> str:
    """The schema as SDL, as committed in ``schema.graphql``."""
    return print_schema(build_schema().graphql) + "\n"


def _with_roots(graphql: GraphQLSchema) -> GraphQLSchema:
    tags = {name: declared.tag for name, declared in OBJECTS.items() if declared.tag is not None}
    known: dict[str, Any] = dict(graphql.to_kwargs())
    roots = {"mutation": mutation_root(graphql, tags), "subscription": subscription_root(graphql, OBJECTS)}
    return GraphQLSchema(**{**known, **roots})


def _bindings() -> dict[tuple[str, str], Binding]:
    """Bindings by names of the GraphQL type and field."""
    found: dict[tuple[str, str], Binding] = {}
    for declaration in OBJECTS.values():
        for name, binding in declaration.fields.items():
            found[declaration.name, to_camel_case(name)] = binding
    for declaration in ROOTS:
        for name, binding in declaration.fields.items():
            found[QUERY, to_camel_case(name)] = binding
    return found


def _attach(graphql: GraphQLSchema, bindings: Mapping[tuple[str, str], Binding]) -> None:
    """Give graphql-core resolvers that only look up what SQL has already answered."""
    for name, named in graphql.type_map.items():
        match named:
            case GraphQLObjectType() if name in OBJECTS or name in PAGE_TYPES or name == QUERY:
                named.is_type_of = None
                for field_name, field in named.fields.items():
                    field.resolve = _resolver(name, bindings.get((name, field_name)))
            case GraphQLInterfaceType() if name == Node.__name__:
                named.resolve_type = _node_type
            case GraphQLEnumType():
                named.coerce_output_value = _enum_output(named)  # type: ignore[method-assign]
            case GraphQLInputObjectType():
                definition = named.extensions.get("strawberry-definition")
                named.is_one_of = bool(definition is not None and definition.is_one_of)


def _resolver(type_name: str, binding: Binding | None) -> Any:
    if isinstance(binding, Answered):
        return _answer(binding)
    if type_name == QUERY:
        return _root
    if isinstance(binding, InPython):
        return _in_python(binding)
    return _answered


async def _root(_source: Any, info: Info, **_arguments: Any) -> Any:
    return await info.context.planner.root(info.context, info)


def _answered(source: Mapping[str, Any], info: Info, **_arguments: Any) -> Any:
    return source[str(info.path.key)]


def _answer(binding: Answered) -> Any:
    async def resolve(_source: Any, info: Info, **given: Any) -> Any:
        info.context.permission.require(binding.scopes, info.field_name)
        for name, value in given.items():
            refuse_nul(value, (name,))
        return await binding.ask(info.context, given)

    return resolve


def _in_python(binding: InPython) -> Any:
    async def resolve(source: Mapping[str, Any], info: Info, **_arguments: Any) -> Any:
        if source.get(f"{MASKED}{info.path.key}") is not None:
            return None
        return await info.context.loaders.load(binding, source)

    return resolve


def _node_type(source: Mapping[str, Any], _info: Info, _type: Any) -> str:
    return str(source[TYPE_KEY])


def _enum_output(enum: GraphQLEnumType) -> Any:
    """What SQL wrote is a value of the code list by its CHECK; members come from Python fields."""
    original = enum.coerce_output_value

    def coerce(value: Any) -> Any:
        return value if value.__class__ is str else original(value)

    return coerce
