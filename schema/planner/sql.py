"""JSON constructors for SQLAlchemy Core."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, JSON, ColumnElement, FromClause, Text, func, literal_column
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

_KEY = re.compile(r"#?[_A-Za-z][_0-9A-Za-z]*")
EMPTY_LIST: ColumnElement[Any] = literal_column("'[]'::json", JSON())
NOTHING: ColumnElement[Any] = literal_column("null::json", JSON())
"""A null of a known type, for an aggregate to take."""


class JsonObject(FunctionElement[Any]):
    """``JSON_OBJECT``: keys in the given order, nulls kept. Unlike ``json_build_object`` it has no limit of fifty."""

    inherit_cache = False
    type = JSON()

    def __init__(self, members: Sequence[tuple[str, ColumnElement[Any]]]) -> None:
        for key, _ in members:
            if not _KEY.fullmatch(key):
                raise ValueError("a response key must be a GraphQL name")
        self.keys = tuple(key for key, _ in members)
        super().__init__(*(value for _, value in members))


@compiles(JsonObject)
def _write(element: JsonObject, compiler: SQLCompiler, **options: Any) -> str:
    members = ", ".join(
        f"'{key}' VALUE {compiler.process(value, **options)}"
        for key, value in zip(element.keys, element.clauses, strict=True)
    )
    return f"JSON_OBJECT({members} RETURNING json)"


def text_literal(value: str) -> ColumnElement[Any]:
    """A GraphQL name as an SQL literal, known to the statement's planner."""
    if not _KEY.fullmatch(value):
        raise ValueError("only names become literals")
    return literal_column(f"'{value}'")


def json_list(value: ColumnElement[Any], *order: ColumnElement[Any], where: ColumnElement[bool] | None = None) -> Any:
    """``json_agg`` in an order; an empty list where there is nothing."""
    aggregate = func.json_agg(aggregate_order_by(value, *order)) if order else func.json_agg(value)
    return func.coalesce(aggregate.filter(where) if where is not None else aggregate, EMPTY_LIST)


def elements(value: ColumnElement[Any], name: str) -> FromClause:
    """Elements of a JSON list with columns ``value`` and ``position``."""
    return (
        func.jsonb_array_elements(value).table_valued("value", with_ordinality="position", name=name).render_derived()
    )


def last_of(value: ColumnElement[Any], position: ColumnElement[Any], *, where: ColumnElement[bool]) -> Any:
    """The value at the highest position."""
    return func.array_agg(aggregate_order_by(value, position.desc()), type_=ARRAY(Text())).filter(where)[1]
