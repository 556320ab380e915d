"""Many rows in one statement that is compiled once: they travel as one array for each column and are unnested there,
or, where they are very many, by COPY into a temporary table, which the driver does in a fraction of the time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
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
from hub.db.staging import stage

Rows = Sequence[Mapping[str, Any]]
Changes = Callable[[Any, Any], Mapping[str, Any]]
"""From the columns of the new row and of the row there is to what the latter becomes."""


MANY = 500
"""Rows from which on they are copied: for fewer, the temporary table costs more than it saves."""

COPIES = "copies"
"""In what a session tells of itself: its role may have temporary tables, as background work alone may."""


def among(attribute: InstrumentedAttribute[Any], values: Iterable[Any]) -> ColumnElement[bool]:
    """Whether a column is one of the values, told as one array: however many, the statement is the same."""
    return attribute == any_(bindparam(None, list(values), type_=ARRAY(attribute.type), unique=True))


async def insert_rows(session: AsyncSession, model: type[Base], rows: Rows) -> None:
    """Insert rows that all have the same columns."""
    if rows:
        await _run(session, _Told(model, rows), _inserting)


async def insert_new(session: AsyncSession, model: type[Base], rows: Rows) -> None:
    """Insert those that are not there yet, by whichever key."""
    if rows:
        await _run(session, _Told(model, rows), lambda told: _inserting(told).on_conflict_do_nothing())


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

    def statement(told: _Told) -> Any:
        inserting = _inserting(told)
        new, old = inserting.excluded, told.table.c
        return inserting.on_conflict_do_update(
            index_elements=list(key),
            set_=dict(changes(new, old)),
            where=None if where is None else where(new, old),
        )

    await _run(session, _Told(model, rows), statement)


async def update_rows(session: AsyncSession, model: type[Base], rows: Rows, *, key: str = "id") -> None:
    """Give each row, found by ``key``, the other values told of it."""
    if not rows:
        return

    def statement(told: _Told) -> Any:
        values = {name: told.read(name) for name in told.names if name != key}
        return update(told.table).values(values).where(told.table.c[key] == told.read(key))

    await _run(session, _Told(model, rows), statement)


async def _run(session: AsyncSession, told: _Told, statement: Callable[[_Told], Any]) -> None:
    await session.flush()
    connection = await session.connection()
    if len(told.rows) < MANY or COPIES not in session.info:
        await connection.execute(statement(told), told.arrays())
        return
    told.staged = await stage(connection, told.table, tuple(told.names), told.columns())
    await connection.execute(statement(told))


class _Told:
    """The rows as a table of their own, in their order: arrays side by side, or ``staged``."""

    def __init__(self, model: type[Base], rows: Rows) -> None:
        self.table, self.rows, self.names = _table(model), rows, list(rows[0])
        self.staged: FromClause | None = None

    @cached_property
    def source(self) -> FromClause:
        if self.staged is not None:
            return self.staged
        types = [(name, _carrier(self.table, name)) for name in self.names]
        arrays = [bindparam(f"told_{name}", type_=ARRAY(type_, dimensions=1)) for name, type_ in types]
        return func.unnest(*arrays).table_valued(*(column(name) for name in self.names), name="told").render_derived()

    def read(self, name: str) -> ColumnElement[Any]:
        type_ = self.table.c[name].type
        return cast(self.source.c[name], type_) if isinstance(type_, (JSONB, ARRAY)) else self.source.c[name]

    def columns(self) -> list[list[Any]]:
        return [_column(self.table, name, [row[name] for row in self.rows]) for name in self.names]

    def arrays(self) -> dict[str, list[Any]]:
        return {f"told_{name}": values for name, values in zip(self.names, self.columns(), strict=True)}


def _inserting(told: _Told) -> Any:
    return insert(told.table).from_select(told.names, select(*(told.read(name) for name in told.names)))


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
