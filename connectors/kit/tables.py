"""Rows of a table in a file: CSV, JSON Lines, XLSX; UTF-8 or GB18030. Text is read as a stream, memory stays flat."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from itertools import compress
from typing import BinaryIO

from hub.canonical.workbook import sheet_rows
from hub.core.errors import Reason, Refused

MOST_CELL = 8_000
MOST_LINE = 256 * 1024
_LOOSE = {"UTF-8": "utf-8-sig", "GB18030": "gb18030"}

Cells = Mapping[str, str]


def table_rows(file: BinaryIO, name: str, encoding: str) -> Iterator[Cells]:
    """Non-empty cells by column heading, row by row. Raises ``Refused`` (FILE_*) where the file cannot be read on."""
    match name.lower().rpartition(".")[2]:
        case "csv":
            yield from _delimited(file, name, encoding)
        case "jsonl":
            yield from _json_lines(file, name, encoding)
        case "xlsx":
            yield from _named(sheet_rows(file, name), name)
        case _:
            raise Refused(Reason("FILE_FORMAT", (), {"file": name, "expected": "csv, jsonl, xlsx"}))


def _lines(file: BinaryIO, name: str, encoding: str) -> Iterator[str]:
    text = io.TextIOWrapper(file, encoding=_LOOSE[encoding], errors="strict", newline="")
    try:
        while line := text.readline(MOST_LINE + 1):
            if len(line) > MOST_LINE:
                raise Refused(Reason("FILE_LINE_TOO_LONG", (), {"file": name, "limit": MOST_LINE}))
            if "\x00" in line:
                raise Refused(Reason("FILE_ENCODING", (), {"file": name, "encoding": encoding}))
            yield line
    except UnicodeDecodeError:
        raise Refused(Reason("FILE_ENCODING", (), {"file": name, "encoding": encoding})) from None


def _delimited(file: BinaryIO, name: str, encoding: str) -> Iterator[Cells]:
    try:
        yield from _named(csv.reader(_lines(file, name, encoding), strict=True), name)
    except csv.Error:
        raise Refused(Reason("FILE_DAMAGED", (), {"file": name})) from None


def _named(rows: Iterator[list[str]], name: str) -> Iterator[Cells]:
    """Rows under the headings of the first. Raises ``Refused`` (FILE_HEADINGS, FILE_DAMAGED)."""
    headings = [heading.strip() for heading in next(rows, [])]
    if not any(headings) or len(set(headings)) < len(headings):
        raise Refused(Reason("FILE_HEADINGS", (), {"file": name}))
    for row in rows:
        if len(row) > len(headings):
            raise Refused(Reason("FILE_DAMAGED", (), {"file": name}))
        told = [*map(str.strip, row)]
        cells = dict(zip(compress(headings, told), filter(None, told), strict=True))
        if cells:
            yield cells


def _json_lines(file: BinaryIO, name: str, encoding: str) -> Iterator[Cells]:
    for line in _lines(file, name, encoding):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict) or not all(isinstance(value, str | int | None) for value in found.values()):
            raise Refused(Reason("FILE_DAMAGED", (), {"file": name}))
        yield {key: str(value).strip() for key, value in found.items() if value not in (None, "")}
