"""A report as files an office signs and files: a letter with its figures, a workbook with its entries."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from hub.db.models import PeriodicReport
from hub.supervision.letter import Letter, Section, render

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = (
    ("row", "序号", 6),
    ("unit", "单位", 28),
    ("category", "类别", 16),
    ("caseNumber", "案号", 28),
    ("listedOn", "列入日期", 12),
    ("caseFacts", "基本案情", 40),
    ("executionBasis", "执行依据", 28),
    ("dishonestConduct", "失信情形", 40),
)
"""Member of an entry, heading, width in characters."""


def letter(report: PeriodicReport, issuer: str, addressees: Sequence[str], signature: str) -> bytes:
    """The report as .docx; a period without anything says so."""
    at = report.cutoff_at.strftime("%Y-%m-%d %H:%M")
    figures = "\n".join(f"{each['name']}：{each['value']}。" for each in report.figures)
    nothing = "本期无在列条目（零报告）。"
    entries = "\n".join(f"{each['row']}. {each['unit']}，{each['caseNumber']}。" for each in report.entries) or nothing
    correction = [Section("更正说明", report.correction_reason)] if report.correction_reason else []
    return render(
        Letter(
            issuers=(issuer,),
            document_no=f"{report.period} 第{report.edition}版",
            title=report.title,
            addressee="、".join(addressees),
            sections=(
                *correction,
                Section("一、总体情况", f"{figures}\n数据截止时间：{at}。"),
                Section("二、明细", entries),
            ),
            signatures=(signature,),
            dated=report.cutoff_at.date(),
        )
    )


def workbook(report: PeriodicReport) -> bytes:
    """Figures and entries as .xlsx. Every cell is text or a number; nothing a unit wrote becomes a formula."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        head = book.add_format({"bold": True, "border": 1, "text_wrap": True})
        cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        summary = book.add_worksheet("汇总")
        summary.set_column(0, 0, 32)
        _rows(summary, [("指标", "数值"), *((each["name"], each["value"]) for each in report.figures)], head, cell)
        detail = book.add_worksheet("明细")
        for index, (_, _, width) in enumerate(COLUMNS):
            detail.set_column(index, index, width)
        rows: list[tuple[Any, ...]] = [tuple(heading for _, heading, _ in COLUMNS)]
        rows += [tuple(each.get(member) for member, _, _ in COLUMNS) for each in report.entries]
        _rows(detail, rows, head, cell)
    return target.getvalue()


def _rows(sheet: Any, rows: Sequence[tuple[Any, ...]], head: Any, cell: Any) -> None:
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            write = sheet.write_number if isinstance(value, int) else sheet.write_string
            write(at, column, "" if value is None else value, cell if at else head)
