"""The same world without what a caller may not see: its answers must not change."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, delete, text, tuple_, update
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.isolation.oracle import Oracle
from tests.support.rows import Content, Row
from tests.support.world import World

ALTERED: dict[str, Any] = {
    "deliverables": ["改"],
    "kpis": [{"name": "改", "target": "改", "unit": None}],
    "claim_amount_fen": 1,
    "unresolved": [{"text": "改", "reason": "改"}],
    "evidence": [{"name": "改", "digest": "改"}],
    "amount_fen": 1,
    "conducts": ["OTHER", "FALSE_SUIT"],
    "object_id": UUID(int=1),
}


def chosen(world: World, seed: int) -> list[str]:
    """Of callers with equal rights one in four, by the seed: what tells them apart is where they are, and the places
    are alike. Which rows there are for a caller, ``test_rows`` asks of every one."""
    alike: dict[object, list[str]] = {}
    for caller in sorted(world.principals):
        principal, officer = world[caller], caller.count(".") > 1
        functions = sorted((function.role, function.path.count("/")) for function in principal.functions)
        alike.setdefault((principal.scopes, *functions, officer), []).append(caller)
    return sorted(
        caller for group in alike.values() for caller in Random(f"{seed}/{group[0]}").sample(group, -(-len(group) // 4))
    )


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
    for model, rows in _by_model(_hidden(oracle)):
        connection.execute(delete(model.__table__).where(_keys(model, rows)))
    for model, row, columns in _masked(oracle):
        changed = {column: ALTERED.get(column, "改") for column in columns} | _stamp(row)
        connection.execute(update(model.__table__).where(*_key(model, row)).values(changed))


def _restore(connection: Connection, oracle: Oracle) -> None:
    connection.execute(text("set local session_replication_role = replica"))
    hidden = Content()
    for model, rows in _by_model(_hidden(oracle)):
        hidden.rows[model] = rows
    hidden.insert(connection)
    for model, row, columns in _masked(oracle):
        before = {column: row[column] for column in columns} | _stamp(row)
        connection.execute(update(model.__table__).where(*_key(model, row)).values(before))


def _stamp(row: Row) -> Row:
    """That a row was altered must not show either; not every table tells it."""
    return {"updated_at": row["updated_at"]} if "updated_at" in row else {}


def _by_model(hidden: Iterable[tuple[type[Any], Row]]) -> Iterable[tuple[type[Any], list[Row]]]:
    """A statement for each table, instead of one for each row."""
    found: dict[type[Any], list[Row]] = {}
    for model, row in hidden:
        found.setdefault(model, []).append(row)
    return found.items()


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


def _keys(model: type[Any], rows: list[Row]) -> ColumnElement[bool]:
    columns = [column for column in model.__table__.primary_key.columns if column.key in rows[0]]
    return tuple_(*columns).in_([tuple(row[column.key] for column in columns) for row in rows])
