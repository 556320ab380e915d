"""Amounts kept in fen, told in yuan."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, func, literal_column

from schema.binding.ambient import Ambient, Row


def yuan(amount: ColumnElement[Any]) -> ColumnElement[Any]:
    """Yuan with two decimals, as text: no amount is rounded on its way."""
    return func.to_char(amount / literal_column("100.0"), literal_column("'FM99999999999999990.00'"))


def yuan_of(name: str) -> Callable[[Row, Ambient], Any]:
    """Yuan of the column of that name."""

    def told(row: Row, _: Ambient) -> Any:
        return yuan(row.c[name])

    return told
