"""XLSX as it comes from offices: guarded as an archive first, then read; dates and numbers become text."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, WorksheetNotFound, ZipError

from hub.core.errors import Reason, Refused

MOST_ENTRIES = 500
MOST_BYTES = 400 * 1024 * 1024
MOST_RATIO = 200
_SMALL = 1024 * 1024
_CHUNK = 256 * 1024
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
_WIDE = (b"\xfe\xff", b"\xff\xfe")


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
