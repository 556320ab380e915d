"""Many rows in one statement that is compiled once: what is cheap for one row is slow for five hundred."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from hub.db.base import Base

Rows = Sequence[Mapping[str, Any]]
Changes = Callable[[Any, Any], Mapping[str, Any]]
"""From the columns of the new row and of the row there is to what the latter becomes."""


async def insert_rows(session: AsyncSession, model: type[Base], rows: Rows) -> None:
    """Insert rows that all have the same columns."""
    await _run(session, insert(_table(model)), rows)


async def insert_new(session: AsyncSession, model: type[Base], rows: Rows) -> None:
    """Insert those that are not there yet, by whichever key."""
    await _run(session, insert(_table(model)).on_conflict_do_nothing(), rows)


async def upsert_rows(
    session: AsyncSession,
    model: type[Base],
    rows: Rows,
    *,
    key: Sequence[str],
    changes: Changes,
    where: Callable[[Any, Any], ColumnElement[bool]] | None = None,
) -> None:
    """Insert, or change those that are there by ``key`` where ``where`` holds."""
    statement = insert(_table(model))
    new, old = statement.excluded, _table(model).c
    await _run(
        session,
        statement.on_conflict_do_update(
            index_elements=list(key),
            set_=dict(changes(new, old)),
            where=None if where is None else where(new, old),
        ),
        rows,
    )


async def _run(session: AsyncSession, statement: Any, rows: Rows) -> None:
    if not rows:
        return
    await session.flush()
    connection = await session.connection()
    # The connection's own form keeps to one row a statement, which the driver pipelines.
    await connection.execute(statement, [dict(row) for row in rows])


def _table(model: type[Base]) -> Table:
    table = model.__table__
    if not isinstance(table, Table):
        raise TypeError(f"{model.__name__} is not mapped to a table")
    return table
