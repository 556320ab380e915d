"""Reading the file of a published notice: .txt, .docx, text .pdf, told apart by content.

Every refusal is coded (``hub.core.texts.notice``). The order of the guards: size, emptiness, format, the container's
own dangers (``archive``, ``pdf``), U+0000, length, and whether there is Chinese text at all.
"""

from __future__ import annotations

import codecs
import hashlib
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath
from typing import Literal

from hub.core.errors import Reason, Refused
from hub.linkage.notice.characters import count_han
from hub.linkage.notice.pdf import read_pdf
from hub.linkage.notice.table import render_tables
from hub.linkage.notice.word import read_docx

TEXT_LIMIT = 500_000
_LEAST_HAN = 10
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_OTHER_FORMATS = (
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"BZh",
    b"7z\xbc\xaf",
    b"Rar!",
    b"II*\x00",
    b"MM\x00*",
    b"\x7fELF",
    b"MZ",
)
_BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True, slots=True)
class NoticeText:
    """A notice as text. ``digest`` is the SHA-256 of the file's bytes in hex; ``encoding`` that of a .txt file."""

    text: str
    digest: str
    media: Literal["txt", "docx", "pdf"]
    encoding: str | None = None


def read_notice(data: bytes, filename: str, *, limit: int) -> NoticeText:
    """The text of a notice file of at most ``limit`` bytes.

    ``filename`` only names the file in a refusal. Raises ``Refused`` with a coded reason.
    """
    if len(data) > limit:
        raise Refused(Reason("NOTICE_TOO_LARGE", params={"limit": limit}))
    if not data.strip():
        raise Refused(Reason("NOTICE_EMPTY"))
    notice = _read(data, PurePosixPath(PureWindowsPath(filename).name).name)
    _refuse_unfit(notice.text)
    return notice


def _read(data: bytes, name: str) -> NoticeText:
    digest = hashlib.sha256(data).hexdigest()
    if data.startswith(_OLE):
        raise Refused(Reason("NOTICE_OLD_WORD", params={"name": name}))
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return NoticeText(read_pdf(data, text_limit=TEXT_LIMIT), digest, "pdf")
    if data.startswith(b"PK"):
        return NoticeText(read_docx(data, name), digest, "docx")
    if data.startswith(_OTHER_FORMATS) or data[:512].lstrip().lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        raise Refused(Reason("NOTICE_FORMAT", params={"name": name}))
    text, encoding = _decode(data, name)
    return NoticeText(render_tables(text), digest, "txt", encoding)


def _decode(data: bytes, name: str) -> tuple[str, str]:
    """Text by byte order mark, else UTF-8, else GB18030 (which accepts almost any bytes, hence the plausibility)."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _strict(data, encoding), encoding.removesuffix("-sig")
    if b"\x00" in data and not _is_mostly_text(data):
        raise Refused(Reason("NOTICE_FORMAT", params={"name": name}))
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        text = _strict(data, "gb18030")
    if not _is_common_chinese(text):
        raise Refused(Reason("NOTICE_FORMAT" if _has_controls(text) else "NOTICE_ENCODING", params={"name": name}))
    return text, "gb18030"


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused(Reason("NOTICE_ENCODING")) from error


def _is_mostly_text(data: bytes) -> bool:
    """A text with a few NUL characters is refused for these; a file full of them is no text."""
    return data.count(b"\x00") * 100 < len(data) and not _has_controls(data.decode("utf-8", "replace"))


def _has_controls(text: str) -> bool:
    controls = sum(1 for char in text if ord(char) < 32 and char not in "\t\n\r\f\v\x00")
    return controls * 200 > len(text)


def _is_common_chinese(text: str) -> bool:
    """Whether most of the characters above ASCII are in everyday use (GB 2312), as in any right decoding."""
    high = [char for char in text if ord(char) > 127]
    common = sum(1 for char in high if _in_gb2312(char))
    return bool(high) and common * 10 >= len(high) * 9


def _in_gb2312(char: str) -> bool:
    try:
        encoded = char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    # Rows 16–55 hold the 3,755 everyday characters, rows 1–3 punctuation and full-width forms.
    return 0xB0 <= encoded[0] <= 0xD7 or 0xA1 <= encoded[0] <= 0xA3


def _refuse_unfit(text: str) -> None:
    if "\x00" in text:
        raise Refused(Reason("NUL_CHARACTER"))
    if len(text) > TEXT_LIMIT:
        raise Refused(Reason("NOTICE_TOO_LONG", params={"limit": TEXT_LIMIT}))
    if count_han(text) < _LEAST_HAN:
        raise Refused(Reason("NOTICE_NOT_CHINESE"))
