"""Conditions of filters and lookup arguments: how an input value is read, and the SQL it becomes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, String, Uuid, false, func, not_, select
from sqlalchemy import Text as TextType
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.types import TypeEngine

from hub.core.deprecation import Deprecation
from hub.core.errors import Reason, Refused
from hub.core.ids import decode_node_id
from hub.core.texts import Text
from schema.binding.ambient import Ambient, Row

Attribute = InstrumentedAttribute[Any]
InputPath = tuple[str | int, ...]
MINIMUM_SEARCH = 2
MAXIMUM_SEARCH = 100
MAXIMUM_CHOICES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """``accept`` reads a value or raises ``Refused``; ``make`` gets it as a bind parameter of ``bind_type``.

    Without a bind type the value itself is part of the statement (booleans), and a plan is made for each.
    ``column`` is the column tested: what the caller may not read in full, it may not ask about either.
    ``own`` marks the condition "only what my organisation is party to", which decides where the statement starts.
    """

    text: Text
    accept: Callable[[Any, InputPath], Any]
    make: Callable[[Row, Ambient, Any], ColumnElement[bool] | None]
    bind_type: TypeEngine[Any] | None = None
    column: str | None = None
    own: bool = False
    deprecated: Deprecation | None = None


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a field: its annotation (nullable means it may be left out) and the condition it adds."""

    annotation: Any
    condition: Condition


def argument(annotation: Any, condition: Condition) -> Argument:
    return Argument(annotation, condition)


def deprecated(condition: Any, deprecation: Deprecation) -> Any:
    """The same condition, as a filter field or an argument that is to go."""
    return replace(condition, deprecated=deprecation)


def _as_is(value: Any, _path: InputPath) -> Any:
    return value.value if isinstance(value, StrEnum) else value


def equals(attribute: Attribute, zh: str, en: str) -> Any:
    """The column equals the value."""
    key = attribute.key
    return Condition(
        text=Text(zh, en),
        accept=_as_is,
        make=lambda row, _ambient, bind: row.c[key] == bind,
        bind_type=_plain_type(attribute),
        column=key,
    )


def is_node(attribute: Attribute, tag: str, zh: str, en: str) -> Any:
    """The column holds the key of the node. Raises ``Refused`` (ID_INVALID) on an id of another type."""
    key = attribute.key

    def accept(value: Any, path: InputPath) -> Any:
        found, node = decode_node_id(value, path=path)
        if found != tag:
            raise Refused(Reason("ID_INVALID", path))
        return node

    return Condition(
        text=Text(zh, en),
        accept=accept,
        make=lambda row, _ambient, bind: row.c[key] == bind,
        bind_type=Uuid(),
        column=key,
    )


def one_of(attribute: Attribute, zh: str, en: str) -> Any:
    """The column equals one of the values. Raises ``Refused`` (LIST_TOO_LONG) on too many."""
    key = attribute.key

    def accept(value: Any, path: InputPath) -> Any:
        if len(value) > MAXIMUM_CHOICES:
            raise Refused(Reason("LIST_TOO_LONG", path, {"limit": MAXIMUM_CHOICES}))
        return [_as_is(each, path) for each in value]

    return Condition(
        text=Text(zh, en),
        accept=accept,
        make=lambda row, _ambient, bind: row.c[key] == func.any(bind),
        bind_type=ARRAY(_plain_type(attribute)),
        column=key,
    )


def at_least(attribute: Attribute, zh: str, en: str) -> Any:
    key = attribute.key
    return Condition(
        text=Text(zh, en),
        accept=_as_is,
        make=lambda row, _ambient, bind: row.c[key] >= bind,
        bind_type=attribute.type,
        column=key,
    )


def at_most(attribute: Attribute, zh: str, en: str) -> Any:
    key = attribute.key
    return Condition(
        text=Text(zh, en),
        accept=_as_is,
        make=lambda row, _ambient, bind: row.c[key] <= bind,
        bind_type=attribute.type,
        column=key,
    )


def contains(attribute: Attribute, zh: str, en: str) -> Any:
    """The column contains the text, whatever the case. Raises ``Refused`` (SEARCH_TOO_SHORT, TEXT_TOO_LONG)."""
    key = attribute.key

    def accept(value: Any, path: InputPath) -> Any:
        wanted = value.strip()
        if len(wanted) < MINIMUM_SEARCH:
            raise Refused(Reason("SEARCH_TOO_SHORT", path, {"limit": MINIMUM_SEARCH}))
        if len(wanted) > MAXIMUM_SEARCH:
            raise Refused(Reason("TEXT_TOO_LONG", path, {"limit": MAXIMUM_SEARCH}))
        escaped = wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return f"%{escaped}%"

    return Condition(
        text=Text(zh, en),
        accept=accept,
        make=lambda row, _ambient, bind: row.c[key].ilike(bind),
        bind_type=TextType(),
        column=key,
    )


def found_by(search: str, attribute: Attribute, zh: str, en: str) -> Any:
    """Like ``contains``, by a database function that gives the ids of matching rows from an index."""
    condition: Condition = contains(attribute, zh, en)
    ids = getattr(func, search)
    return replace(condition, make=lambda row, _ambient, bind: row.c.id.in_(select(ids(bind))))


def holds(make: Callable[[Row, Ambient], ColumnElement[bool]], zh: str, en: str) -> Any:
    """A derived truth: true asks for the rows where it holds, false for the others."""

    def either(row: Row, ambient: Ambient, wanted: Any) -> ColumnElement[bool]:
        condition = make(row, ambient)
        return condition if wanted else not_(func.coalesce(condition, false()))

    return Condition(text=Text(zh, en), accept=_as_is, make=either)


def matches(
    make: Callable[[Row, Ambient, Any], ColumnElement[bool]],
    zh: str,
    en: str,
    *,
    bind_type: TypeEngine[Any] | None = None,
    accept: Callable[[Any, InputPath], Any] = _as_is,
    column: Attribute | None = None,
) -> Any:
    """A condition of its own making; the value is a bind parameter (text unless a type is named)."""
    return Condition(
        text=Text(zh, en),
        accept=accept,
        make=make,
        bind_type=bind_type or TextType(),
        column=column.key if column is not None else None,
    )


def chosen(zh: str, en: str) -> Any:
    """A value that selects the rows themselves rather than a condition on them (see ``Paged.rows``)."""
    return Condition(text=Text(zh, en), accept=_as_is, make=lambda _row, _ambient, _value: None)


def own_rows(zh: str, en: str) -> Any:
    """Only rows the caller's organisation is party to."""
    return Condition(text=Text(zh, en), accept=_as_is, make=lambda _row, _ambient, _value: None, own=True)


def _plain_type(attribute: Attribute) -> TypeEngine[Any]:
    """Code lists are compared as text: the value was checked when it was read."""
    return String() if hasattr(attribute.type, "enum_class") else attribute.type
