"""Decorators that declare GraphQL types, and the register they write to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import strawberry
from sqlalchemy import Table
from sqlalchemy.orm import InstrumentedAttribute

from hub.access.scopes import Scope
from hub.audit.catalogue import AuditAction
from hub.core.areas import Area
from hub.core.principal import Clearance
from hub.core.texts import Text
from hub.db.base import Base
from schema.binding.conditions import Condition
from schema.binding.fields import Binding, NodeRef

T = TypeVar("T")
Attribute = InstrumentedAttribute[Any]

PUBLIC: tuple[Scope, ...] = ()
"""Declared access of what every identified caller may read."""


def said(zh: str, en: str) -> Any:
    """A field of a type that Python answers, with its description."""
    return strawberry.field(description=str(Text(zh, en)))


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is party to a row: what lets a list start from the caller's rows, and tells own rows from subordinates'.

    ``party`` is the audience table and ``key`` its column that holds the row's ``row_key``; ``own`` are columns of the
    row that make their organisation a party; ``shared`` maps columns of the row to the same facts in the party table.
    """

    area: Area
    party: Table | None = None
    key: str = ""
    row_key: str = "id"
    own: tuple[str, ...] = ()
    shared: Mapping[str, str] | None = None

    @property
    def columns(self) -> frozenset[str]:
        return frozenset({"jurisdiction_path", self.row_key, *self.own})


@dataclass(frozen=True, slots=True)
class Declaration:
    """A GraphQL object type. ``table`` is None for objects read from JSON, from the same row, or for the query root.

    ``reference``: every identified caller sees every row, hence a relation to it is never empty.
    ``recorded``: reading it is itself audited, once an operation.
    """

    name: str
    cls: type
    text: Text
    table: Table | None
    tag: str | None
    scopes: tuple[Scope, ...]
    level: Clearance
    audience: Audience | None
    reference: bool
    recorded: AuditAction | None
    fields: Mapping[str, Binding]


@dataclass(frozen=True, slots=True)
class FilterDeclaration:
    name: str
    cls: type
    text: Text
    conditions: Mapping[str, Condition]


ID_TEXT = Text("不透明的全局标识", "opaque id, unique over all types")

OBJECTS: dict[str, Declaration] = {}
FILTERS: dict[str, FilterDeclaration] = {}
ROOTS: list[Declaration] = []


def node(
    tag: str,
    zh: str,
    en: str,
    *,
    model: type[Base],
    scopes: tuple[Scope, ...],
    level: Clearance = Clearance.L1,
    audience: Audience | None = None,
    reference: bool = False,
    recorded: AuditAction | None = None,
) -> Callable[[type[T]], type[T]]:
    """An object with an opaque id. ``tag`` are the two letters of its ids; ``scopes`` any one of which reads it."""
    access = _Access(scopes, level, audience, reference, recorded)
    return _object(Text(zh, en), tag, model, access)


def part(
    zh: str,
    en: str,
    *,
    scopes: tuple[Scope, ...],
    model: type[Base] | None = None,
    level: Clearance = Clearance.L1,
    audience: Audience | None = None,
) -> Callable[[type[T]], type[T]]:
    """An object without an id of its own: a row of ``model``, columns of the row above, or JSON."""
    return _object(Text(zh, en), None, model, _Access(scopes, level, audience, reference=False))


@dataclass(frozen=True, slots=True)
class _Access:
    scopes: tuple[Scope, ...]
    level: Clearance
    audience: Audience | None
    reference: bool
    recorded: AuditAction | None = None


def _object(text: Text, tag: str | None, model: type[Base] | None, access: _Access) -> Callable[[type[T]], type[T]]:
    def declare(cls: type[T]) -> type[T]:
        if cls.__name__ in OBJECTS:
            raise ValueError(f"{cls.__name__} is declared twice")
        if tag is not None and tag in {known.tag for known in OBJECTS.values()}:
            raise ValueError(f"{cls.__name__}: another type has the tag {tag}")
        fields = _fields(cls)
        if tag is not None:
            fields = {"id": NodeRef(text=ID_TEXT, column="id", tag=tag, level=Clearance.L0), **fields}
        OBJECTS[cls.__name__] = Declaration(
            name=cls.__name__,
            cls=cls,
            text=text,
            table=table_of(model) if model is not None else None,
            tag=tag,
            scopes=access.scopes,
            level=access.level,
            audience=access.audience,
            reference=access.reference,
            recorded=access.recorded,
            fields=fields,
        )
        return cls

    return declare


def query(cls: type[T]) -> type[T]:
    """Root fields of one slice."""
    ROOTS.append(
        Declaration(
            name=cls.__name__,
            cls=cls,
            text=Text("查询", "query"),
            table=None,
            tag=None,
            scopes=PUBLIC,
            level=Clearance.L0,
            audience=None,
            reference=False,
            recorded=None,
            fields=_fields(cls),
        )
    )
    return cls


def filter_input(zh: str, en: str) -> Callable[[type[T]], type[T]]:
    """Conditions of a list; all of those given must hold."""

    def declare(cls: type[T]) -> type[T]:
        conditions = {name: value for name, value in vars(cls).items() if isinstance(value, Condition)}
        FILTERS[cls.__name__] = FilterDeclaration(cls.__name__, cls, Text(zh, en), conditions)
        return cls

    return declare


def audience(
    area: Area,
    *,
    party: type[Base] | None = None,
    key: Attribute | None = None,
    row_key: Attribute | None = None,
    own: tuple[Attribute, ...] = (),
    shared: tuple[tuple[Attribute, Attribute], ...] = (),
) -> Audience:
    return Audience(
        area=area,
        party=table_of(party) if party is not None else None,
        key=key.key if key is not None else "",
        row_key=row_key.key if row_key is not None else "id",
        own=tuple(attribute.key for attribute in own),
        shared={mine.key: theirs.key for mine, theirs in shared},
    )


def table_of(model: type[Base]) -> Table:
    table = model.__table__
    if not isinstance(table, Table):
        raise TypeError(f"{model.__name__} is not mapped to a table")
    return table


def _fields(cls: type) -> dict[str, Binding]:
    return {name: value for name, value in vars(cls).items() if isinstance(value, Binding)}
