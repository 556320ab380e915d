"""From a row of the platform to the hub's terms. A tombstone says that a row is gone, whatever else it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from connectors.credit.wire import CONTENT, LIST, RECORD
from connectors.kit.list_columns import Column
from connectors.kit.list_rows import translate_row
from hub.canonical.connector import FedRow, Row
from hub.canonical.exchange_codes import ENDED
from hub.canonical.records import Message
from hub.core.errors import Reason, Refused
from hub.core.texts import label_text

_STANDS, _GONE = ("0",), ("1",)


def outgoing_row(row: FedRow) -> dict[str, str]:
    """A row of the hub's as the platform reads it."""
    cells: dict[str, str | None] = {
        RECORD: row.record,
        LIST: label_text(f"CaseListKind.{row.list_kind.value}").zh,
        CONTENT: row.digest,
        Column.CASE_NUMBER: row.case_number,
        Column.SUBJECT_NAME: row.subject_name,
        Column.USCC: row.uscc,
        Column.STATUS: label_text(f"{type(row.status).__name__}.{row.status.value}").zh,
        Column.LISTED_ON: row.listed_on,
        Column.PUBLISHED_ON: row.published_on,
        Column.DELETED_ON: row.deleted_on,
    }
    return {str(name): value for name, value in cells.items() if value}


def translate(row: Row, *, told_at: datetime, now: datetime) -> Message:
    """Raises ``Refused`` with every reason."""
    mark = row.cells.get(Column.TOMBSTONE, "0")
    if mark not in (*_STANDS, *_GONE):
        params = {"column": Column.TOMBSTONE.value, "expected": "0, 1"}
        raise Refused(Reason("CELL_INVALID", (Column.TOMBSTONE.value,), params))
    if mark in _GONE:
        row = replace(row, cells={**row.cells, Column.STATUS: ENDED[row.list_kind].value})
    return translate_row(row, None, told_at=told_at, now=now)
