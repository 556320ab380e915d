"""Cursors in SQL, and the reading of their keys back into values to compare with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Select, func, literal_column, tuple_
from sqlalchemy.types import TypeEngine

from schema.binding.orders import Order
from schema.paging import MAC_BYTES

ENDLESS = "infinity"
"""How PostgreSQL writes the latest date Python knows: asyncpg stores ``date.max`` as infinity, and reads it back so."""


def write_cursor(
    keys: Sequence[ColumnElement[Any]], inner: BindParameter[bytes], outer: BindParameter[bytes]
) -> ColumnElement[Any]:
    """``base64url(json array of the keys || first bytes of its HMAC)`` without padding."""
    payload = func.convert_to(func.json_build_array(*keys).op("::")(literal_column("text")), literal_column("'UTF8'"))
    digest = func.sha256(outer.op("||")(func.sha256(inner.op("||")(payload))))
    sealed = payload.op("||")(func.substr(digest, 1, MAC_BYTES))
    return func.translate(
        func.encode(sealed, literal_column("'base64'")), literal_column("E'+/=\\n'"), literal_column("'-_'")
    )


def after(row: Any, order: Order, binds: Sequence[BindParameter[Any]]) -> ColumnElement[bool]:
    """The rows behind the cursor: one row comparison that an index on the order answers."""
    here = tuple_(*(row.c[name] for name in sort_keys(order)))
    there = tuple_(*binds)
    return here < there if order.descending else here > there


def ordered(statement: Select[Any], row: Any, order: Order) -> Select[Any]:
    return statement.order_by(*sorting(row, order))


def sorting(row: Any, order: Order) -> list[ColumnElement[Any]]:
    columns = [row.c[name] for name in sort_keys(order)]
    return [column.desc() if order.descending else column for column in columns]


def sort_keys(order: Order) -> tuple[str, ...]:
    return (*order.columns, "id") if "id" not in order.columns else order.columns


def read_key(value: object, kind: TypeEngine[Any]) -> object:
    """A sort key as PostgreSQL wrote it into JSON, as a value of its column. Raises ``ValueError``."""
    expected = kind.python_type
    if isinstance(value, str):
        if expected is UUID:
            return UUID(value)
        if value == ENDLESS and expected in (date, datetime):
            return expected.max
        if expected is datetime:
            return datetime.fromisoformat(value)
        if expected is date:
            return date.fromisoformat(value)
        return value
    if isinstance(value, int) and expected in (int, bool):
        return value
    raise ValueError("no key of this column")
