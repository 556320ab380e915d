"""The same world without what a caller may not see: its answers must not change."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, insert, text, update
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.isolation.oracle import Oracle
from tests.support.rows import Row

ALTERED: dict[str, Any] = {
    "deliverables": ["改"],
    "kpis": [{"name": "改", "target": "改", "unit": None}],
    "claim_amount_fen": 1,
    "unresolved": [{"text": "改", "reason": "改"}],
    "evidence": [{"name": "改", "digest": "改"}],
    "amount_fen": 1,
    "object_id": UUID(int=1),
}


@asynccontextmanager
async def without_the_hidden(admin: AsyncEngine, oracle: Oracle) -> AsyncIterator[None]:
    """Rows hidden from the caller are gone, and what is masked from it holds something else."""
    async with admin.begin() as connection:
        await connection.run_sync(_hide, oracle)
    try:
        yield
    finally:
        async with admin.begin() as connection:
            await connection.run_sync(_restore, oracle)


def _hide(connection: Connection, oracle: Oracle) -> None:
    connection.execute(text("set local session_replication_role = replica"))
    for model, row in _hidden(oracle):
        connection.execute(delete(model.__table__).where(*_key(model, row)))
    for model, row, columns in _masked(oracle):
        changed = {column: ALTERED.get(column, "改") for column in columns} | _stamp(row)
        connection.execute(update(model.__table__).where(*_key(model, row)).values(changed))


def _restore(connection: Connection, oracle: Oracle) -> None:
    connection.execute(text("set local session_replication_role = replica"))
    for model, row in _hidden(oracle):
        connection.execute(insert(model.__table__).values(row))
    for model, row, columns in _masked(oracle):
        before = {column: row[column] for column in columns} | _stamp(row)
        connection.execute(update(model.__table__).where(*_key(model, row)).values(before))


def _stamp(row: Row) -> Row:
    """That a row was altered must not show either; not every table tells it."""
    return {"updated_at": row["updated_at"]} if "updated_at" in row else {}


def _hidden(oracle: Oracle) -> Iterator[tuple[type[Any], Row]]:
    for model, rows in oracle.content.rows.items():
        yield from ((model, row) for row in rows if not oracle.sees(model, row))


def _masked(oracle: Oracle) -> Iterator[tuple[type[Any], Row, set[str]]]:
    for model, rows in oracle.content.rows.items():
        for row in rows:
            if oracle.sees(model, row) and (columns := oracle.masked(model, row)):
                yield model, row, columns


def _key(model: type[Any], row: Row) -> list[Any]:
    return [column == row[column.key] for column in model.__table__.primary_key.columns if column.key in row]
