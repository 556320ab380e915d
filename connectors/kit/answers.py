"""Answers to rows that were handed over: one for each row, as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from hub.canonical.connector import RowAnswer, Unreachable

GARBAGE = "ANSWER_GARBAGE"
_LONGEST_REASON = 200


def read_answers(text: bytes) -> tuple[RowAnswer, ...]:
    """``{"answers": [{"record": id, "accepted": true, "reason": text}]}``. Raises ``Unreachable`` (ANSWER_GARBAGE)."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreachable(GARBAGE) from error
    rows = content.get("answers") if isinstance(content, Mapping) else None
    if not isinstance(rows, list):
        raise Unreachable(GARBAGE)
    return tuple(_read(row) for row in rows)


def _read(row: Any) -> RowAnswer:
    match row:
        case {"record": str(record), "accepted": bool(accepted)}:
            reason = row.get("reason")
            told = reason[:_LONGEST_REASON].replace("\x00", "") if isinstance(reason, str) else None
            return RowAnswer(record, accepted, told)
    raise Unreachable(GARBAGE)
