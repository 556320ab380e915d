"""Work lists as spreadsheets, out and in: every cell is text, and the headings are the file's own proof of its kind."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice

import xlsxwriter

from hub.canonical.workbook import sheet_rows
from hub.core.errors import Reason, Refused

MOST_ROWS = 1000
_ARCHIVE = b"PK"
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


def rows_of(
    content: bytes, expected: Sequence[str], *, beside: Sequence[str] = (), csv_too: bool = False
) -> list[tuple[int, Row]]:
    """Rows by heading, numbered as the spreadsheet does; ``beside`` are further headings that may follow. Raises
    ``Refused`` (DESK_HEADINGS, DESK_TOO_LONG, FILE_*)."""
    as_csv = csv_too and not content.startswith(_ARCHIVE)
    read = _csv_rows(content) if as_csv else sheet_rows(io.BytesIO(content), "xlsx")
    headings = [value.strip() for value in next(read, [])]
    if headings not in (list(expected), [*expected, *beside]):
        raise Refused(Reason("DESK_HEADINGS", ("content",)))
    rows = list(islice(read, MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        raise Refused(Reason("DESK_TOO_LONG", ("content",), {"limit": MOST_ROWS}))
    return [
        (at, dict(zip(headings, (value.strip() for value in values), strict=False)))
        for at, values in enumerate(rows, start=2)
    ]


def _csv_rows(content: bytes) -> Iterator[list[str]]:
    """UTF-8, with or without a byte order mark, or GB18030, as spreadsheets write it. Raises ``Refused`` (FILE_*)."""
    for encoding in ("utf-8-sig", "gb18030"):
        with suppress(UnicodeDecodeError):
            text = content.decode(encoding)
            break
    else:
        raise Refused(Reason("FILE_ENCODING", ("content",), {"file": "csv", "encoding": "UTF-8, GB18030"}))
    try:
        yield from csv.reader(io.StringIO(text, newline=""), strict=True)
    except csv.Error:
        raise Refused(Reason("FILE_DAMAGED", ("content",), {"file": "csv"})) from None
