"""The canonical form of an entry: what its link hashes, and what a package shows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from hub.db.models import ExchangeEntry

_COLUMNS = tuple(column.key for column in ExchangeEntry.__table__.columns)


def entry_form(row: ExchangeEntry) -> dict[str, Any]:
    """Every column by name; instants in UTC to the microsecond, keys as text, absent values as null."""
    return {name: _plain(getattr(row, name)) for name in _COLUMNS}


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case UUID():
            return str(value)
    return value
