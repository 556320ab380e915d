"""Both sides of every scalar from one declaration: how SQL writes it into JSON, and how Python writes and reads it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, literal_column

from hub.core.errors import Reason, Refused
from hub.core.ids import encode_node_id

CHINA_TIME = timezone(timedelta(hours=8))
"""Beijing time as a fixed offset: the zone Asia/Shanghai had summer time until 1991, the output form has none."""

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})")


@dataclass(frozen=True, slots=True)
class Codec:
    """``to_json`` turns a column into the JSON value PostgreSQL writes; ``serialize`` makes the same of a Python value.

    ``parse`` reads an input value and raises ``Refused`` on anything malformed.
    """

    name: str
    to_json: Callable[[ColumnElement[Any]], ColumnElement[Any]]
    serialize: Callable[[Any], Any]
    parse: Callable[[Any], Any]


def _same(value: Any) -> Any:
    return value


def _write_instant(column: ColumnElement[Any]) -> ColumnElement[Any]:
    local = func.timezone(literal_column("interval '8 hours'"), column)
    return func.to_char(local, literal_column("""'YYYY-MM-DD"T"HH24:MI:SS.MS"+08:00"'"""))


def _serialize_instant(value: Any) -> str:
    if isinstance(value, str):
        return value
    return str(value.astimezone(CHINA_TIME).isoformat(timespec="milliseconds"))


def _serialize_date(value: Any) -> str:
    return value if isinstance(value, str) else str(value.isoformat())


def _parse_date(value: Any) -> date:
    """``YYYY-MM-DD`` only. Raises ``Refused`` (DATE_INVALID)."""
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise Refused(Reason("DATE_INVALID"))


def _parse_instant(value: Any) -> datetime:
    """RFC 3339 with seconds and offset. Raises ``Refused`` (INSTANT_INVALID)."""
    if isinstance(value, str) and _INSTANT.fullmatch(value):
        try:
            return datetime.fromisoformat(value).astimezone(UTC)
        except (ValueError, OverflowError):
            pass
    raise Refused(Reason("INSTANT_INVALID"))


PLAIN = Codec("", _same, _same, _same)
"""Text, numbers, booleans, code lists and JSON columns: PostgreSQL writes them as they go out."""

DATE = Codec("Date", _same, _serialize_date, _parse_date)
INSTANT = Codec("DateTime", _write_instant, _serialize_instant, _parse_instant)

BY_SCALAR: dict[str, Codec] = {codec.name: codec for codec in (DATE, INSTANT)}


def node_id(tag: str, key: ColumnElement[Any]) -> ColumnElement[Any]:
    """Opaque node id in SQL: what ``encode_node_id`` makes in Python, null for null."""
    raw = literal_column(f"'{tag}'::bytea").op("||")(func.uuid_send(key))
    text = func.encode(raw, literal_column("'base64'"))
    # Not ``translate``: that walks through every character, and a page has many ids.
    for plain, safe in (("'+'", "'-'"), ("'/'", "'_'")):
        text = func.replace(text, literal_column(plain), literal_column(safe))
    return text


def serialize_node_id(tag: str, key: UUID) -> str:
    return encode_node_id(tag, key)
