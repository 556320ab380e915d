"""What a receiver of lists says of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from hub.canonical.codes import Acknowledgement


@dataclass(frozen=True, slots=True)
class RowRefusal:
    """A row that could not be taken: the record it was about and the receiver's code, no content."""

    record: str
    code: str


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """``digest`` is the hexadecimal SHA-256 of the rows as the receiver has them."""

    outcome: Acknowledgement
    digest: str
    refusals: tuple[RowRefusal, ...] = ()


def rows_digest(rows: Sequence[object]) -> str:
    """Hexadecimal SHA-256 that both sides reckon over the rows, in order."""
    content = json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()
