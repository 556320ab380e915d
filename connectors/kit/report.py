"""What is handed back: receipts as JSON, faults of rows as CSV that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable

from hub.canonical.connector import Receipt, RowFault
from hub.core.errors import Reason

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def receipt_json(receipt: Receipt) -> bytes:
    content = {
        "receipt": receipt.number,
        "batch": receipt.batch,
        "manifestSha256": receipt.digest,
        "receivedAt": receipt.at.isoformat(),
        "accepted": receipt.accepted,
        "duplicate": receipt.duplicate,
        "rows": receipt.rows,
        "unchanged": receipt.unchanged,
        "duplicateRows": receipt.duplicates,
        "faultyRows": len(receipt.faults),
        "missingBatches": list(receipt.missing_batches),
        "reasons": [reason_plain(reason) for reason in receipt.reasons],
    }
    return json.dumps(content, ensure_ascii=False, indent=2).encode()


def reason_plain(reason: Reason) -> dict[str, object]:
    text = reason.text
    return {"code": reason.code, "path": list(reason.path), "message": text.zh, "messageEn": text.en}


def faults_csv(faults: Iterable[RowFault]) -> bytes:
    """One line for each thing wrong with a row; with a byte order mark, which spreadsheets want."""
    out = io.StringIO()
    written = csv.writer(out, lineterminator="\r\n")
    written.writerow(["文件", "行号", "报文号", "代码", "列", "说明", "explanation"])
    for fault in faults:
        for reason in fault.reasons:
            where = ".".join(map(str, reason.path))
            cells = [fault.file, str(fault.row), fault.message_id, reason.code, where, reason.text.zh, reason.text.en]
            written.writerow([plain_cell(cell) for cell in cells])
    return out.getvalue().encode("utf-8-sig")


def plain_cell(text: str) -> str:
    """A cell that a spreadsheet shows and does not reckon (CSV formula injection)."""
    return f"'{text}" if text.startswith(_FORMULA) else text
