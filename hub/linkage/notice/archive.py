"""Guard of a .docx archive: checked before any part of it is unpacked or parsed."""

from __future__ import annotations

import io
import zipfile
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from hub.core.errors import Reason, Refused

MOST_ENTRIES = 2_000
MOST_BYTES = 100 * 1024 * 1024
MOST_XML_BYTES = 40 * 1024 * 1024
MOST_RATIO = 200
_SMALL = 1024 * 1024
_DOCUMENT = "word/document.xml"


def refuse_unsafe_archive(data: bytes, name: str) -> None:
    """Raise ``Refused`` unless the archive is a .docx of sane size whose XML declares neither DTD nor entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _refuse_entries(entries)
            if _DOCUMENT not in archive.namelist():
                raise Refused(Reason("NOTICE_FORMAT", params={"name": name}))
            for entry in entries:
                if entry.filename.lower().endswith((".xml", ".rels")):
                    _refuse_unsafe_xml(archive, entry)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise Refused(Reason("NOTICE_DAMAGED")) from error


def _refuse_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        _refuse("entries")
    if len({entry.filename for entry in entries}) < len(entries):
        _refuse("names")
    for entry in entries:
        if entry.flag_bits & 0x1:
            _refuse("encryption")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            _refuse("compression")
        path = entry.filename.replace("\\", "/")
        if path.startswith("/") or ".." in path.split("/") or ":" in path or "\x00" in path:
            _refuse("names")
        if entry.file_size > _SMALL and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
            _refuse("ratio")
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        _refuse("size")
    # A deflate stream cannot expand beyond what the directory declares: zipfile stops there and checks the CRC.
    if sum(entry.compress_size for entry in entries) > MOST_BYTES:
        _refuse("size")


def _refuse_unsafe_xml(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    if entry.file_size > MOST_XML_BYTES:
        _refuse("size")
    try:
        with archive.open(entry) as part:
            for _, element in iterparse(part, events=("end",), forbid_dtd=True):
                element.clear()
    except DefusedXmlException as error:
        raise Refused(Reason("NOTICE_XML_UNSAFE")) from error
    except ParseError as error:
        raise Refused(Reason("NOTICE_DAMAGED")) from error


def _refuse(detail: str) -> None:
    raise Refused(Reason("NOTICE_ARCHIVE_UNSAFE", params={"detail": detail}))
