"""XLSX as it comes from offices: guarded as an archive first, then read; dates and numbers become text."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, WorksheetNotFound, ZipError

from hub.core.errors import Reason, Refused

MOST_ENTRIES = 500
MOST_BYTES = 400 * 1024 * 1024
MOST_RATIO = 200
MOST_CELLS = 5_000_000
"""Of the rectangle from the first cell to the last one, which the reader holds whole however few cells are filled."""
LONGEST_TAG = 1024 * 1024
_SMALL = 1024 * 1024
_CHUNK = 256 * 1024
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
_WIDE = (b"\xfe\xff", b"\xff\xfe")
_AT = rb"r\s*=\s*[\"']([A-Za-z]*)([0-9]+)[\"']"
_PLACES = re.compile(rb"<(?:[\w.-]+:)?(row|c)(?=[\s/>])(?:\s+" + _AT + rb")?|[\s\"']" + _AT)
_FARTHEST = 10_000_000


def sheet_rows(file: BinaryIO, name: str) -> Iterator[list[str]]:
    """Rows of the first sheet as text. Raises ``Refused`` (FILE_ARCHIVE_UNSAFE, FILE_DAMAGED)."""
    refuse_unsafe_archive(file, name)
    file.seek(0)
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(file.read())).get_sheet_by_index(0)
        for row in sheet.iter_rows():
            yield [_text(value) for value in row]
    except (CalamineError, ZipError, PasswordError, WorksheetNotFound):
        raise Refused(Reason("FILE_DAMAGED", (), {"file": name})) from None


def refuse_unsafe_archive(file: BinaryIO, name: str) -> None:
    """Raise ``Refused`` unless the archive is of sane size and its XML declares neither DTD nor entities."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            for detail in _entry_faults(entries):
                raise Refused(Reason("FILE_ARCHIVE_UNSAFE", (), {"file": name, "detail": detail}))
            for entry in entries:
                if entry.filename.lower().endswith((".xml", ".rels")) and _declares(archive, entry):
                    raise Refused(Reason("FILE_ARCHIVE_UNSAFE", (), {"file": name, "detail": "DTD"}))
                # Any part: a workbook may call its sheets as it likes.
                if _spreads(archive, entry):
                    raise Refused(Reason("FILE_ARCHIVE_UNSAFE", (), {"file": name, "detail": "cells"}))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise Refused(Reason("FILE_DAMAGED", (), {"file": name})) from None


def _entry_faults(entries: list[zipfile.ZipInfo]) -> Iterator[str]:
    if len(entries) > MOST_ENTRIES:
        yield "entries"
    if len({entry.filename for entry in entries}) < len(entries):
        yield "names"
    if any(entry.flag_bits & 0x1 for entry in entries):
        yield "encryption"
    if any(
        entry.file_size > _SMALL and entry.file_size > MOST_RATIO * max(entry.compress_size, 1) for entry in entries
    ):
        yield "ratio"
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        yield "size"


def _declares(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """Whether a part declares a DTD or entities, or hides them in UTF-16."""
    kept = b""
    with archive.open(entry) as part:
        while chunk := part.read(_CHUNK):
            if not kept and chunk.startswith(_WIDE):
                return True
            seen = kept + chunk
            if any(word in seen.upper() for word in _DECLARATIONS):
                return True
            kept = seen[-16:]
    return False


class _Extent:
    """How far the cells of a sheet reach, by their own references or, without one, by their order."""

    def __init__(self) -> None:
        self.row, self.column, self.last_row, self.last_column = 0, 0, 1, 1

    def see(self, markup: bytes) -> None:
        for tag, letters, digits, later_letters, later_digits in _PLACES.findall(markup):
            if tag == b"row":
                self.row, self.column = self.row + 1, 0
            elif tag:
                self.column += 1
            self._refer(letters or later_letters, digits or later_digits)
            self.last_row, self.last_column = max(self.last_row, self.row), max(self.last_column, self.column)

    def _refer(self, letters: bytes, digits: bytes) -> None:
        if letters:
            self.column, self.last_row = _column(letters), max(self.last_row, _number(digits))
        elif digits:
            self.row = _number(digits)

    @property
    def too_wide(self) -> bool:
        return self.last_row * self.last_column > MOST_CELLS


def _spreads(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """Whether the cells of a part reach further than the reader may hold, or hide in a tag without end."""
    extent, kept = _Extent(), b""
    with archive.open(entry) as part:
        while chunk := part.read(_CHUNK):
            whole, opened, kept = (kept + chunk).rpartition(b"<")
            kept = opened + kept
            extent.see(whole)
            if extent.too_wide or len(kept) > LONGEST_TAG:
                return True
    extent.see(kept)
    return extent.too_wide


def _number(digits: bytes) -> int:
    return int(digits) if len(digits) < len(str(_FARTHEST)) else _FARTHEST


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:6]:
        number = number * 26 + letter - 64
    return number


def _text(value: Any) -> str:
    match value:
        case dt.datetime() if value.time() == dt.time():
            return value.date().isoformat()
        case dt.datetime() | dt.date() | dt.time():
            return value.isoformat()
        case bool():
            return str(value).lower()
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
    return str(value)
