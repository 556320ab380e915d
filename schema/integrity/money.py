"""Amounts kept in fen, told in yuan."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import func, literal_column

from schema.binding.ambient import Ambient, Row


def yuan_of(name: str) -> Callable[[Row, Ambient], Any]:
    """Yuan with two decimals of the column of that name."""

    def told(row: Row, _: Ambient) -> Any:
        return func.to_char(row.c[name] / literal_column("100.0"), literal_column("'FM99999999999999990.00'"))

    return told
