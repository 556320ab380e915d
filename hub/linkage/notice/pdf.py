"""Text of a .pdf notice that holds text. Scans, encrypted and damaged files are refused."""

from __future__ import annotations

import io

from pypdf import PdfReader
from pypdf.errors import FileNotDecryptedError, LimitReachedError

from hub.core.errors import Reason, Refused
from hub.linkage.notice.characters import count_han

MOST_PAGES = 300
MOST_CONTENT_BYTES = 60 * 1024 * 1024
_LEAST_PER_PAGE = 10


def read_pdf(data: bytes, *, text_limit: int) -> str:
    """The text of all pages, one layout line a line. Raises ``Refused``."""
    try:
        return _read_pages(PdfReader(io.BytesIO(data), strict=False), text_limit)
    except Refused:
        raise
    except FileNotDecryptedError as error:
        raise Refused(Reason("NOTICE_ENCRYPTED")) from error
    except LimitReachedError as error:
        raise Refused(Reason("NOTICE_TOO_LONG", params={"limit": text_limit})) from error
    # A hostile or broken file makes the parser raise almost anything.
    except Exception as error:
        raise Refused(Reason("NOTICE_DAMAGED")) from error


def _read_pages(reader: PdfReader, text_limit: int) -> str:
    if reader.is_encrypted and not reader.decrypt(""):
        raise Refused(Reason("NOTICE_ENCRYPTED"))
    if len(reader.pages) > MOST_PAGES:
        raise Refused(Reason("NOTICE_TOO_MANY_PAGES", params={"limit": MOST_PAGES}))
    pages: list[str] = []
    unpacked = length = 0
    for page in reader.pages:
        contents = page.get_contents()
        unpacked += len(contents.get_data()) if contents is not None else 0
        if unpacked > MOST_CONTENT_BYTES or length > text_limit:
            raise Refused(Reason("NOTICE_TOO_LONG", params={"limit": text_limit}))
        text = page.extract_text()
        length += len(text)
        pages.append(text)
    text = "\n".join(pages)
    if count_han(text) == 0 and len("".join(text.split())) < _LEAST_PER_PAGE * max(len(pages), 1):
        raise Refused(Reason("NOTICE_SCANNED"))
    return text
