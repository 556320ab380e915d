"""Many rows in one statement that is compiled once: they travel as one array for each column and are unnested there."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    FromClause,
    Table,
    Text,
    any_,
    bindparam,
    cast,
    column,
    func,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from hub.db.base import Base

Rows = Sequence[Mapping[str, Any]]
Changes = Callable[[Any, Any], Mapping[str, Any]]
"""From the columns of the new row and of the row there is to what the latter becomes."""


def among(attribute: InstrumentedAttribute[Any], values: Iterable[Any]) -> ColumnElement[bool]:
    """Whether a column is one of the values, told as one array: however many, the statement is the same."""
    return attribute == any_(bindparam(None, list(values), type_=ARRAY(attribute.type), unique=True))


async def insert_rows(session: AsyncSession, model: type[Base], rows: Rows) -> None:
    """Insert rows that all have the same columns."""
    if rows:
        await _run(session, _inserting(model, rows), model, rows)


async def insert_new(session: AsyncSession, model: type[Base], rows: Rows) -> None:
    """Insert those that are not there yet, by whichever key."""
    if rows:
        await _run(session, _inserting(model, rows).on_conflict_do_nothing(), model, rows)


async def upsert_rows(
    session: AsyncSession,
    model: type[Base],
    rows: Rows,
    *,
    key: Sequence[str],
    changes: Changes,
    where: Callable[[Any, Any], ColumnElement[bool]] | None = None,
) -> None:
    """Insert, or change those that are there by ``key`` where ``where`` holds. No key may come twice."""
    if not rows:
        return
    statement = _inserting(model, rows)
    new, old = statement.excluded, _table(model).c
    changed = statement.on_conflict_do_update(
        index_elements=list(key),
        set_=dict(changes(new, old)),
        where=None if where is None else where(new, old),
    )
    await _run(session, changed, model, rows)


async def update_rows(session: AsyncSession, model: type[Base], rows: Rows, *, key: str = "id") -> None:
    """Give each row, found by ``key``, the other values told of it."""
    if not rows:
        return
    table, told = _table(model), _told(model, rows)
    values = {name: _read(model, told, name) for name in rows[0] if name != key}
    await _run(session, update(table).values(values).where(table.c[key] == _read(model, told, key)), model, rows)


async def _run(session: AsyncSession, statement: Any, model: type[Base], rows: Rows) -> None:
    await session.flush()
    connection = await session.connection()
    table = _table(model)
    await connection.execute(
        statement, {f"told_{name}": _column(table, name, [row[name] for row in rows]) for name in rows[0]}
    )


def _inserting(model: type[Base], rows: Rows) -> Any:
    told = _told(model, rows)
    return insert(_table(model)).from_select(list(rows[0]), select(*(_read(model, told, name) for name in rows[0])))


def _told(model: type[Base], rows: Rows) -> FromClause:
    """The rows as a table of their own, in their order."""
    arrays = [bindparam(f"told_{name}", type_=ARRAY(_carrier(_table(model), name), dimensions=1)) for name in rows[0]]
    return func.unnest(*arrays).table_valued(*(column(name) for name in rows[0]), name="told").render_derived()


def _read(model: type[Base], told: FromClause, name: str) -> ColumnElement[Any]:
    type_ = _table(model).c[name].type
    return cast(told.c[name], type_) if isinstance(type_, (JSONB, ARRAY)) else told.c[name]


def _carrier(table: Table, name: str) -> Any:
    """What a column's values travel as: an array of arrays would be unnested to the bottom."""
    type_ = table.c[name].type
    return Text() if isinstance(type_, (JSONB, ARRAY)) else type_


def _column(table: Table, name: str, values: list[Any]) -> list[Any]:
    match table.c[name].type:
        case JSONB():
            return [None if value is None else json.dumps(value, ensure_ascii=False) for value in values]
        case ARRAY():
            return [
                None if value is None else "{" + ",".join(str(int(each)) for each in value) + "}" for value in values
            ]
    return values


def _table(model: type[Base]) -> Table:
    table = model.__table__
    if not isinstance(table, Table):
        raise TypeError(f"{model.__name__} is not mapped to a table")
    return table
