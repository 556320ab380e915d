"""Rows of a generated world, in the order they may be inserted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, insert

Row = dict[str, Any]


@dataclass
class Content:
    """Rows by model, in the order they may be inserted. ``parties`` holds organisation keys by aggregate id.
    ``backdrop`` goes in before them: rows of a place that nobody covers, which no test takes away."""

    rows: dict[type[Any], list[Row]] = field(default_factory=dict)
    backdrop: dict[type[Any], list[Row]] = field(default_factory=dict)

    def add(self, model: type[Any], **values: Any) -> Row:
        self.rows.setdefault(model, []).append(values)
        return values

    def of(self, model: type[Any]) -> list[Row]:
        return self.rows.get(model, [])

    def insert(self, connection: Connection, keep: Callable[[type[Any], Row], Row | None] | None = None) -> None:
        """Insert the rows; ``keep`` may change a row or leave it out."""
        for model, rows in self.backdrop.items():
            for same in _alike(rows):
                connection.execute(insert(model.__table__), same)
        for model, rows in self.rows.items():
            kept = rows if keep is None else [row for each in rows if (row := keep(model, each)) is not None]
            for same in _alike(kept):
                connection.execute(insert(model.__table__), same)


def _alike(rows: Iterable[Row]) -> Iterable[list[Row]]:
    """Rows with the same columns, which go in together."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row), []).append(row)
    return groups.values()
