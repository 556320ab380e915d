"""The canonical form of an entry: what its link hashes, and what a package shows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from hub.db.models import ExchangeEntry

_COLUMNS = tuple(column.key for column in ExchangeEntry.__table__.columns)

_LATER = frozenset({"response_digest"})
"""Columns younger than the log: an entry without a value in one keeps the form that it was linked in."""


def entry_form(row: ExchangeEntry) -> dict[str, Any]:
    """Every column by name; instants in UTC to the microsecond, keys as text, absent values as null."""
    values = ((name, _plain(getattr(row, name))) for name in _COLUMNS)
    return {name: value for name, value in values if value is not None or name not in _LATER}


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case UUID():
            return str(value)
    return value
