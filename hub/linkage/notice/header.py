"""Document number, title and day of issue of a notice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from hub.linkage.notice.characters import fold, read_numeral, squeeze, tidy
from hub.linkage.notice.lines import is_date_line
from hub.linkage.notice.outline import match_marker

_HEAD_LINES = 40
_NUMBER = re.compile(r"([\u4e00-\u9fffA-Za-z]{1,20})\(([12]\d{3})\)第?(\d{1,5})号")
_NUMBER_LABEL = re.compile(r"(?:文号|发文字号|发文号|文件编号):?")
_KINDS = (
    "通知|方案|意见|办法|规定|细则|通告|公告|决定|函|清单|制度|机制|要点|计划|措施|规则|纪要|分工"
    "|分解表|分工表|任务表|一览表|台账"
)
_TITLE_END = re.compile(rf"(?:{_KINDS})(?:\([^()]{{1,12}}\))?$")
_FINAL = ("通知", "函", "公告", "通告", "决定")
_TITLE_LINES = 5
_LONGEST_TITLE = 120
_DATE = re.compile(r"(.{4})年(.{1,3})月(.{1,3})日")
_ISSUED_LABEL = re.compile(
    r"(?:成文日期|发文日期|印发日期|印发时间|发文时间):?(\d{4})[年\-./](\d{1,2})[月\-./](\d{1,2})"
)


def read_document_no(lines: Sequence[str]) -> str | None:
    """The notice's own number (文号), brackets as 〔〕, without spaces. Numbers cited in a sentence do not count."""
    for line in lines[:_HEAD_LINES]:
        flat = _NUMBER_LABEL.split(squeeze(line))[-1]
        found = _NUMBER.match(flat)
        if found and len(flat) - found.end() <= 12 and "《" not in flat:
            return f"{found[1]}〔{found[2]}〕{int(found[3])}号"
    return None


def read_title(lines: Sequence[str]) -> str:
    """The title: from 关于 to the word for the kind of document, else the first line that ends with such a word."""
    head = [line for line in lines[:_HEAD_LINES] if not read_document_no([line])]
    for index, line in enumerate(head):
        about = line.find("关于")
        if about < 0 or match_marker(fold(line)) or "。" in line or (about and not _is_issuer(line[:about])):
            continue
        title = _longest_title([line[about:], *head[index + 1 : index + _TITLE_LINES]])
        if title:
            return title
    for line in head:
        if len(line) <= _LONGEST_TITLE and _TITLE_END.search(squeeze(line)) and not match_marker(fold(line)):
            return tidy(line)
    return tidy(head[0])[:_LONGEST_TITLE] if head else ""


def read_issued_on(lines: Sequence[str], document_no: str | None) -> date | None:
    """The day of issue: a line that is a date, of the year of the document number when there is one."""
    year = document_year(document_no)
    days = [day for line in lines if is_date_line(line) and (day := _read_date(squeeze(line)))]
    for day in days:
        if year in (None, day.year):
            return day
    for line in lines[:_HEAD_LINES]:
        found = _ISSUED_LABEL.search(squeeze(line))
        day = _safe(int(found[1]), int(found[2]), int(found[3])) if found else None
        if day and year in (None, day.year):
            return day
    return None


def document_year(document_no: str | None) -> int | None:
    """The year in a document number."""
    found = re.search(r"〔(\d{4})〕", document_no or "")
    return int(found[1]) if found else None


def is_title_line(line: str) -> bool:
    """Whether a line ends as titles do, or is a document number or a date."""
    short = len(line) <= _LONGEST_TITLE and "。" not in line
    return (
        (short and _TITLE_END.search(squeeze(line)) is not None) or is_date_line(line) or bool(read_document_no([line]))
    )


def _longest_title(lines: Sequence[str]) -> str:
    """Lines joined while they may be one title; the longest that ends as titles do (…机制 / 实施方案的通知)."""
    title, joined = "", ""
    for line in lines:
        joined += line
        if len(joined) > _LONGEST_TITLE or re.search(r"[。：:；;]|\d{4}\s?年\s?\d", line):
            break
        flat = squeeze(joined)
        title = tidy(joined) if _TITLE_END.search(flat) else title
        if flat.endswith(_FINAL):
            break
    return title


def _is_issuer(text: str) -> bool:
    return len(text) <= 60 and not re.search(r"[，,:：;；《]", text)


def _read_date(text: str) -> date | None:
    found = _DATE.fullmatch(text)
    numbers = [read_numeral(part) for part in found.groups()] if found else []
    if len(numbers) != 3 or any(number is None for number in numbers):
        return None
    year, month, day = (number or 0 for number in numbers)
    return _safe(year, month, day)


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
