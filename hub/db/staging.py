"""Rows on their way into tables: copied into a temporary table of the connection, which a statement then reads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum as Members
from functools import lru_cache
from typing import Any
from zlib import crc32

from sqlalchemy import ARRAY, Column, Dialect, Enum, FromClause, MetaData, Table, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.schema import CreateTable
from sqlalchemy.types import TypeEngine


async def stage(
    connection: AsyncConnection, of: Table, names: tuple[str, ...], columns: Sequence[Sequence[Any]]
) -> FromClause:
    """A table that holds values for these columns of a table, in their order, until the transaction ends or values for
    the same columns are staged again. Documents and arrays are told, and held, as their text."""
    staged = _staging(of, names)
    await connection.execute(CreateTable(staged, if_not_exists=True))
    await connection.execute(text(f"truncate {staged.name}"))
    driver = (await connection.get_raw_connection()).driver_connection
    if driver is None:
        raise TypeError("no connection to copy through")
    told = [
        _processed(of.c[name].type, values, connection.dialect) for name, values in zip(names, columns, strict=True)
    ]
    await driver.copy_records_to_table(staged.name, records=zip(*told, strict=True), columns=names)
    return staged


@lru_cache(maxsize=256)
def _staging(of: Table, names: tuple[str, ...]) -> Table:
    """The same object each time, so that statements over it are compiled once."""
    name = f"staged_{crc32(','.join((of.name, *names)).encode()):08x}"
    columns = [Column(each, _held(of.c[each].type)) for each in names]
    return Table(name, MetaData(), *columns, prefixes=["TEMPORARY"], postgresql_on_commit="DELETE ROWS")


def _held(type_: TypeEngine[Any]) -> TypeEngine[Any]:
    """Codes are texts too; which there are is checked where the rows go."""
    return Text() if isinstance(type_, Enum | JSONB | ARRAY) else type_


def _processed(type_: TypeEngine[Any], values: Sequence[Any], dialect: Dialect) -> Sequence[Any]:
    """Values as the driver takes them."""
    process: Callable[[Any], Any] | None = type_.dialect_impl(dialect).bind_processor(dialect)
    if process is None or isinstance(type_, JSONB | ARRAY):
        return values
    if isinstance(type_, Enum):
        known: dict[Members | None, Any] = {value: process(value) for value in set(values)}
        return [known[value] for value in values]
    return [process(value) for value in values]
