"""What must hold of every declaration before the schema may serve; all faults are reported together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_introspection_type,
    is_non_null_type,
    is_specified_scalar_type,
)
from sqlalchemy import Table

from schema.binding.declare import Declaration
from schema.binding.fields import Binding, Children, ColumnOf, One, Paged, ToOne

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_ENGLISH = re.compile(r"\([A-Za-z]")


def check(
    graphql: GraphQLSchema, objects: Mapping[str, Declaration], bindings: Mapping[tuple[str, str], Binding]
) -> None:
    """Raises ``ValueError`` with every fault found."""
    faults = [*_undescribed(graphql), *_unbound(graphql, objects, bindings), *_unsafe(graphql, objects, bindings)]
    if faults:
        raise ValueError("\n".join(faults))


def described(text: str | None) -> bool:
    """Chinese with the English beside it."""
    return bool(text and _CHINESE.search(text) and _ENGLISH.search(text))


def _undescribed(graphql: GraphQLSchema) -> Iterator[str]:
    for name, named in graphql.type_map.items():
        if is_introspection_type(named) or is_specified_scalar_type(named):
            continue
        if not described(named.description):
            yield f"{name} has no bilingual description"
        for member, text in _members(named):
            if not described(text):
                yield f"{name}.{member} has no bilingual description"


def _members(named: object) -> Iterator[tuple[str, str | None]]:
    match named:
        case GraphQLObjectType() | GraphQLInterfaceType():
            for field_name, field in named.fields.items():
                yield field_name, field.description
                for argument_name, argument in field.args.items():
                    yield f"{field_name}({argument_name})", argument.description
        case GraphQLInputObjectType():
            for field_name, input_field in named.fields.items():
                yield field_name, input_field.description
        case GraphQLEnumType():
            for value_name, value in named.values.items():
                yield value_name, value.description


def _unbound(
    graphql: GraphQLSchema, objects: Mapping[str, Declaration], bindings: Mapping[tuple[str, str], Binding]
) -> Iterator[str]:
    for name in (*objects, "Query"):
        named = graphql.type_map[name]
        assert isinstance(named, GraphQLObjectType)
        for field_name in named.fields:
            if (name, field_name) not in bindings:
                yield f"{name}.{field_name} is bound to nothing"


def _unsafe(
    graphql: GraphQLSchema, objects: Mapping[str, Declaration], bindings: Mapping[tuple[str, str], Binding]
) -> Iterator[str]:
    for (type_name, field_name), binding in bindings.items():
        named = graphql.type_map[type_name]
        assert isinstance(named, GraphQLObjectType)
        field = named.fields[field_name]
        declaration = objects.get(type_name)
        where = f"{type_name}.{field_name}"
        target = objects.get(get_named_type(field.type).name.removesuffix("Connection"))
        if declaration is not None:
            yield from (f"{where} {fault}" for fault in _field_faults(field, binding, declaration, target))
        yield from (f"{where} {fault}" for fault in _list_faults(binding, target))


def _field_faults(
    field: GraphQLField, binding: Binding, declaration: Declaration, target: Declaration | None
) -> Iterator[str]:
    required = is_non_null_type(field.type)
    hidden = binding.level is not None and binding.level > declaration.level
    if required and (binding.content or hidden):
        yield "may be masked and must be nullable"
    if binding.content and declaration.audience is None:
        yield "has content but its type has no audience"
    if required and isinstance(binding, ToOne) and (target is None or not target.reference):
        yield "may lead to a row not visible and must be nullable"
    if declaration.table is not None and isinstance(binding, ColumnOf | ToOne):
        column = binding.column if isinstance(binding, ColumnOf) else binding.local
        if column not in declaration.table.c:
            yield f"names the column {column}, which does not exist"
        elif required and declaration.table.c[column].nullable:
            yield "is bound to a nullable column and must be nullable"


def _list_faults(binding: Binding, target: Declaration | None) -> Iterator[str]:
    match binding:
        case Paged():
            found = list(binding.orders.by_value.values())
        case Children() | One():
            found = [binding.order] if binding.order is not None else []
        case _:
            return
    table: Table | None = target.table if target is not None else None
    for order in found:
        for column in order.columns:
            if table is not None and table.c[column].nullable:
                yield f"is ordered by {column}, which may be null"
