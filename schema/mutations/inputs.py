"""GraphQL input types generated from payload dataclasses and workflow tables: their words become descriptions."""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLID,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    GraphQLString,
)

from hub.core.deprecation import reason_of
from hub.core.payload import camel
from hub.core.texts import Text, label_text
from hub.core.workflow import Machine, Note, Transition
from schema.mutations.declare import payloads

_PLAIN: dict[type, GraphQLScalarType] = {
    str: GraphQLString,
    int: GraphQLInt,
    bool: GraphQLBoolean,
    UUID: GraphQLID,
}
_NAMED: dict[type, str] = {date: "Date", datetime: "DateTime"}
_NOTE_TEXT = Text("说明", "note")
_ABOUT_NOTE = "无必填内容，可附说明 (nothing is needed; a note may be added)"


class Inputs:
    """Makes each input type once. ``known`` are the types of the schema that the inputs share."""

    def __init__(self, known: Mapping[str, Any]) -> None:
        self._known = known
        self._made: dict[str, tuple[type, GraphQLInputObjectType]] = {}
        self._enums: dict[str, GraphQLEnumType] = {}

    def payload(self, payload: type) -> GraphQLInputObjectType:
        """``XInput`` of a payload ``X``. Raises ``ValueError`` when two payloads have one name."""
        name = f"{payload.__name__}Input"
        if name in self._made:
            origin, made = self._made[name]
            if origin is not payload:
                raise ValueError(f"two payloads are called {payload.__name__}")
            return made
        made = GraphQLInputObjectType(
            name,
            {camel(spec.name): self._field(payload, spec) for spec in fields(payload)},
            description=_ABOUT_NOTE if payload is Note else inspect.cleandoc(payload.__doc__ or ""),
        )
        self._made[name] = (payload, made)
        return made

    def events(self, machine: Machine[Any]) -> GraphQLInputObjectType:
        """``XEvent``: exactly one event of the table, with its payload (``@oneOf``)."""
        about = Text(f"{machine.text.zh}的一个事件，恰填其一", f"one event of the {machine.text.en}; give exactly one")
        return GraphQLInputObjectType(
            f"{machine.name}Event",
            {
                event: GraphQLInputField(self.payload(payload), description=_event_text(machine, event))
                for event, payload in payloads(machine).items()
            },
            description=str(about),
            is_one_of=True,
        )

    def _field(self, payload: type, spec: Field[Any]) -> GraphQLInputField:
        annotation = typing.get_type_hints(payload)[spec.name]
        needed = spec.default is MISSING and spec.default_factory is MISSING
        made = self._type(without_none(annotation))
        text = spec.metadata.get("text", _NOTE_TEXT)
        return GraphQLInputField(
            GraphQLNonNull(made) if needed else made,
            description=_limits(text, spec),
            deprecation_reason=reason_of(spec.metadata.get("deprecated")),
        )

    def _type(self, annotation: Any) -> Any:
        if typing.get_origin(annotation) is tuple:
            return GraphQLList(GraphQLNonNull(self._type(typing.get_args(annotation)[0])))
        if annotation in _PLAIN:
            return _PLAIN[annotation]
        if annotation in _NAMED:
            return self._known[_NAMED[annotation]]
        if isinstance(annotation, type) and issubclass(annotation, StrEnum):
            return self._enum(annotation)
        if is_dataclass(annotation) and isinstance(annotation, type):
            return self.payload(annotation)
        raise TypeError(f"{annotation} has no GraphQL input type")

    def _enum(self, enum: type[StrEnum]) -> GraphQLInputType:
        name = enum.__name__
        if name in self._known:
            known: GraphQLInputType = self._known[name]
            return known
        raise TypeError(f"the enum {name} ({label_text(f'{name}.{next(iter(enum)).value}')}) is not in the schema")


def without_none(annotation: Any) -> Any:
    if typing.get_origin(annotation) in (types.UnionType, typing.Union):
        (kept,) = (each for each in typing.get_args(annotation) if each is not type(None))
        return kept
    return annotation


def _limits(text: Text, spec: Field[Any]) -> str:
    limit = spec.metadata.get("limit")
    return (
        str(text) if limit is None else str(Text(f"{text.zh}，至多{limit}字", f"{text.en}; at most {limit} characters"))
    )


def _event_text(machine: Machine[Any], event: str) -> str:
    """What the table says of the event: words, way, who may, clause."""
    rows = machine.candidates(event)
    ways = "；".join(dict.fromkeys(_way(row) for row in rows))
    clauses = "；".join(dict.fromkeys(row.clause for row in rows))
    return f"{rows[0].text} [{ways}] {clauses}"


def _way(row: Transition[Any]) -> str:
    who = "、".join(label_text(f"Actor.{actor.value}").zh for actor in row.actors)
    return f"{'|'.join(row.sources)} → {row.target}，{who}"
