"""The bureau's file and its manifest. Enterprises by their code alone; no natural person stands in it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass

from connectors.kit.report import plain_cell
from hub.canonical.records import UnexecutedCase

KIND = "LONG_UNEXECUTED"
FORMAT = "bureau-report/1"
HEADINGS = (
    *("统一社会信用代码", "企业名称", "案号", "执行依据文号", "执行法院"),
    *("失信情形代码", "失信行为情况", "履行情况", "发布日期"),
)


@dataclass(frozen=True, slots=True)
class Report:
    """One court's file of one month. ``clause`` is the notice's that has it told, None where the
    jurisdiction set the days itself; ``month`` reads 2026-06."""

    court_code: str
    month: str
    clause: str | None
    cases: Sequence[UnexecutedCase]

    @property
    def name(self) -> str:
        return f"{self.month}-{self.court_code}-long-unexecuted.csv"

    @property
    def content(self) -> bytes:
        """CSV in UTF-8 with a byte order mark; no cell is a formula."""
        out = io.StringIO()
        written = csv.writer(out, lineterminator="\r\n")
        written.writerow(HEADINGS)
        for case in self.cases:
            grounds = ";".join(map(str, case.grounds))
            cells = [case.uscc, case.name, case.case_number, case.execution_basis or "", case.court]
            cells += [grounds, case.conduct or "", case.performance or "", case.published_on.isoformat()]
            written.writerow([plain_cell(cell) for cell in cells])
        return out.getvalue().encode("utf-8-sig")

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def manifest(self) -> bytes:
        told = {"format": FORMAT, "kind": KIND, "court": self.court_code, "month": self.month, "basis": self.clause}
        file = {"name": self.name, "rows": len(self.cases), "bytes": len(self.content), "sha256": self.digest}
        return json.dumps({**told, "file": file}, ensure_ascii=False, indent=2).encode()
