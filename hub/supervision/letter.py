"""The letter as an office signs it: heading, number, addressee, body, date and signature, copies (GB/T 9704-2012)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from docx import Document
from docx.document import Document as Letterhead
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HEADING, BODY, SERIF = "方正小标宋简体", "仿宋_GB2312", "黑体"
TITLE_SIZE, BODY_SIZE, LINE = Pt(22), Pt(16), Pt(28)
"""Size 2 and size 3 of Chinese type; 28 points from line to line."""
INDENT = Pt(32)
"""Two characters of the body."""
RED = RGBColor(0xE6, 0x00, 0x12)


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of the body; every line of ``text`` is a paragraph."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What an official letter says. ``signatures`` are lines of unit, post and name."""

    issuers: Sequence[str]
    document_no: str
    title: str
    addressee: str
    sections: Sequence[Section]
    signatures: Sequence[str]
    dated: date
    copied: Sequence[str] = ()


def render(letter: Letter) -> bytes:
    """The letter as .docx."""
    document = Document()
    _set_page(document)
    _line(document, "  ".join(letter.issuers), font=HEADING, size=TITLE_SIZE, centred=True, red=True)
    _line(document, letter.document_no, centred=True)
    _line(document, "")
    _line(document, letter.title, font=HEADING, size=TITLE_SIZE, centred=True)
    _line(document, "")
    _line(document, f"{letter.addressee}：")
    for section in letter.sections:
        if section.heading:
            _line(document, section.heading, font=SERIF, indented=True)
        for each in section.text.splitlines():
            _line(document, each, indented=True)
    _line(document, "")
    for each in (*letter.signatures, *letter.issuers, _chinese(letter.dated)):
        _line(document, each).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if letter.copied:
        _line(document, "")
        _line(document, f"抄送：{'、'.join(letter.copied)}。")
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _set_page(document: Letterhead) -> None:
    """A4, with the margins of the standard: 37 mm above, 28 mm left."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)


def _line(
    document: Letterhead,
    text: str,
    *,
    font: str = BODY,
    size: Pt = BODY_SIZE,
    centred: bool = False,
    indented: bool = False,
    red: bool = False,
) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.line_spacing = LINE
    paragraph.paragraph_format.space_after = Pt(0)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if indented:
        paragraph.paragraph_format.first_line_indent = INDENT
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, size
    # Word takes the font of Chinese characters from this attribute alone.
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)  # noqa: SLF001
    if red:
        run.font.color.rgb = RED
    return paragraph


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
