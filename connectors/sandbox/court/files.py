"""How the sandbox court writes its files: CSV, JSON Lines, XLSX, in UTF-8 or GB18030."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from enum import StrEnum

import xlsxwriter

from connectors.court.wire import columns
from connectors.kit.list_columns import Column
from hub.canonical.exchange_codes import CaseListKind

Row = dict[str, str]


class Format(StrEnum):
    CSV = "csv"
    JSON_LINES = "jsonl"
    WORKBOOK = "xlsx"


def content(kind: CaseListKind, rows: Sequence[Row], template: str, format_: Format, encoding: str) -> bytes:
    """One file of a batch, as bytes."""
    names = columns(template, kind)
    match format_:
        case Format.CSV:
            return _delimited(names, rows).encode(encoding)
        case Format.JSON_LINES:
            return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode(encoding)
        case Format.WORKBOOK:
            return _workbook(names, rows)


def _delimited(names: Sequence[Column], rows: Sequence[Row]) -> str:
    out = io.StringIO()
    written = csv.writer(out, lineterminator="\r\n")
    written.writerow([name.value for name in names])
    written.writerows([row.get(name, "") for name in names] for row in rows)
    return out.getvalue()


def _workbook(names: Sequence[Column], rows: Sequence[Row]) -> bytes:
    """Cells as text: a spreadsheet that took codes for numbers would lose their digits."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("名单")
        for at, name in enumerate(names):
            sheet.write_string(0, at, name.value)
        for line, row in enumerate(rows, 1):
            for at, name in enumerate(names):
                sheet.write_string(line, at, row.get(name, ""))
    return out.getvalue()
