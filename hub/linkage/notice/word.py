"""Text of a .docx notice: paragraphs with automatic numbers, tables, text boxes; insertions kept, deletions not."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.opc.exceptions import OpcError
from docx.oxml.exceptions import InvalidXmlError
from docx.oxml.ns import qn

from hub.core.errors import Reason, Refused
from hub.linkage.notice.archive import refuse_unsafe_archive
from hub.linkage.notice.numbering import Numbering
from hub.linkage.notice.table import rows_to_lines

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED = {qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), f"{_MC}Fallback"}
_BREAKS = {qn("w:br"), qn("w:cr")}
_BOX = qn("w:txbxContent")


def read_docx(data: bytes, name: str) -> str:
    """The document's text, one paragraph a line. ``name`` only names the file in a refusal. Raises ``Refused``."""
    refuse_unsafe_archive(data, name)
    try:
        document = Document(io.BytesIO(data))
        numbering = Numbering(document.part)
        return "\n".join(_block_lines(document.element.body, numbering))
    except (OpcError, InvalidXmlError, SyntaxError, KeyError, ValueError, AttributeError) as error:
        # python-docx meets parts that are missing or of another kind with these.
        raise Refused(Reason("NOTICE_DAMAGED")) from error


def _block_lines(container: Any, numbering: Numbering) -> Iterator[str]:
    for child in container:
        if child.tag == qn("w:p"):
            yield from _paragraph_lines(child, numbering)
        elif child.tag == qn("w:tbl"):
            yield from rows_to_lines(_rows(child, numbering))
        elif child.tag not in _SKIPPED and child.tag != qn("w:sectPr"):
            yield from _block_lines(child, numbering)


def _paragraph_lines(paragraph: Any, numbering: Numbering) -> Iterator[str]:
    boxes: list[Any] = []
    text = "".join(_pieces(paragraph, boxes))
    if text.strip():
        text = numbering.next_number(paragraph) + text
    yield from text.split("\n")
    for box in boxes:
        yield from _block_lines(box, numbering)


def _pieces(element: Any, boxes: list[Any]) -> Iterator[str]:
    for child in element:
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag == qn("w:tab"):
            yield " "
        elif child.tag in _BREAKS:
            yield "\n"
        elif child.tag == qn("w:noBreakHyphen"):
            yield "-"
        elif child.tag == _BOX:
            boxes.append(child)
        elif child.tag not in _SKIPPED:
            yield from _pieces(child, boxes)


def _rows(table: Any, numbering: Numbering) -> list[list[str]]:
    """Cell texts of a table, merged cells repeated in every place they cover."""
    rows: list[list[str]] = []
    for row in table.iter(qn("w:tr")):
        if next(row.iterancestors(qn("w:tbl"))) is not table:
            continue
        cells: list[str] = []
        for cell in row.iter(qn("w:tc")):
            if next(cell.iterancestors(qn("w:tr"))) is not row:
                continue
            span = _number(cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}"))
            merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            continued = merge is not None and merge.get(qn("w:val"), "continue") == "continue"
            above = rows[-1][len(cells)] if rows and len(rows[-1]) > len(cells) else ""
            text = above if continued else "\n".join(line for line in _block_lines(cell, numbering) if line.strip())
            cells += [text] * min(span, 64)
        rows.append(cells)
    return rows


def _number(element: Any) -> int:
    value = element.get(qn("w:val"), "1") if element is not None else "1"
    return int(value) if value.isascii() and value.isdigit() else 1
