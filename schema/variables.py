"""Why variables do not fit their types: the places in the caller's own input, never a value nor what would fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from graphql import (
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    Undefined,
    VariableDefinitionNode,
    is_required_input_field,
    type_from_ast,
)

from hub.core.errors import Reason, Refused

Path = tuple[str | int, ...]
_NAME = re.compile(r"[_A-Za-z][_0-9A-Za-z]{0,59}")
"""A key that is no name of GraphQL (Spec §2.1.9) was never meant as a field; it may be data, and is not repeated."""


def misfits(
    schema: GraphQLSchema, definitions: Iterable[VariableDefinitionNode], given: Mapping[str, Any]
) -> Iterator[tuple[VariableDefinitionNode, Reason]]:
    """Every place that does not fit: a reason of the scalar's own, else VARIABLE_INVALID. A field that is missing is
    told as the object it is missing from."""
    for definition in definitions:
        name = definition.variable.name.value
        type_: Any = type_from_ast(schema, definition.type)
        value = given.get(name, Undefined)
        if value is Undefined and (definition.default_value is not None or not isinstance(type_, GraphQLNonNull)):
            continue
        for reason in _misfits(value, type_, (name,)):
            yield definition, reason


def _misfits(value: Any, type_: GraphQLInputType, path: Path) -> Iterator[Reason]:
    if isinstance(type_, GraphQLNonNull):
        if value is None or value is Undefined:
            yield _invalid(path)
            return
        type_ = type_.of_type
    if value is None:
        return
    if isinstance(type_, GraphQLList):
        if not isinstance(value, list):
            yield from _misfits(value, type_.of_type, path)
            return
        for index, each in enumerate(value):
            yield from _misfits(each, type_.of_type, (*path, index))
    elif isinstance(type_, GraphQLInputObjectType):
        yield from _object(value, type_, path)
    else:
        yield from _leaf(value, type_, path)


def _object(value: Any, type_: GraphQLInputObjectType, path: Path) -> Iterator[Reason]:
    if not isinstance(value, dict):
        yield _invalid(path)
        return
    for key, each in value.items():
        field = type_.fields.get(key)
        if field is not None:
            yield from _misfits(each, field.type, (*path, key))
        else:
            yield _invalid((*path, key) if _NAME.fullmatch(key) else path)
    incomplete = any(is_required_input_field(field) and name not in value for name, field in type_.fields.items())
    if incomplete or (type_.is_one_of and (len(value) != 1 or None in value.values())):
        yield _invalid(path)


def _leaf(value: Any, type_: Any, path: Path) -> Iterator[Reason]:
    try:
        found = type_.coerce_input_value(value)
    except Exception as error:  # noqa: BLE001 - whatever a scalar finds wrong, it is the value
        cause = error.original_error if isinstance(error, GraphQLError) else error
        if isinstance(cause, Refused):
            yield from (replace(reason, path=(*path, *reason.path)) for reason in cause.reasons)
        else:
            yield _invalid(path)
    else:
        if found is Undefined:
            yield _invalid(path)


def _invalid(path: Path) -> Reason:
    return Reason("VARIABLE_INVALID", path, {"name": ".".join(map(str, path))})
