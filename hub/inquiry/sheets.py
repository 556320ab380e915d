"""Work lists as spreadsheets, out and in: every cell is text, and the headings are the file's own proof of its kind."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

import xlsxwriter

from hub.canonical.workbook import sheet_rows
from hub.core.errors import Reason, Refused

MOST_ROWS = 1000
Row = Mapping[str, str]


def sheet_of(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """An XLSX of text under its headings."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate((headings, *rows)):
            for column, value in enumerate(row):
                sheet.write_string(at, column, value)
    return file.getvalue()


def rows_of(content: bytes, expected: Sequence[str]) -> list[tuple[int, Row]]:
    """Rows by heading, numbered as the spreadsheet does. Raises ``Refused`` (DESK_HEADINGS, DESK_TOO_LONG, FILE_*)."""
    read = sheet_rows(io.BytesIO(content), "xlsx")
    headings = [value.strip() for value in next(read, [])]
    if headings != list(expected):
        raise Refused(Reason("DESK_HEADINGS", ("content",)))
    rows = list(islice(read, MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        raise Refused(Reason("DESK_TOO_LONG", ("content",), {"limit": MOST_ROWS}))
    return [
        (at, dict(zip(headings, (value.strip() for value in values), strict=False)))
        for at, values in enumerate(rows, start=2)
    ]
