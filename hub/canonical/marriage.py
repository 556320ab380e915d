"""Marriage information that courts share with the marriage registration authority: codes, and what travels.

A batch travels as JSON Lines, one item a line, and is known by the digest of exactly these bytes (温政办〔2021〕13号
二（四）32; 婚姻登记条例 国令804 art. 4).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from hub.canonical.connector import Taker

BATCH = "marriage.batch"
"""Kind of what is handed over."""


class MarriageRecordKind(StrEnum):
    DIVORCE_JUDGMENT = "DIVORCE_JUDGMENT"
    DIVORCE_MEDIATION = "DIVORCE_MEDIATION"
    ANNULMENT = "ANNULMENT"
    VOID = "VOID"
    DEATH_DECLARATION = "DEATH_DECLARATION"


class MarriageCorrection(StrEnum):
    """Why an item that was sent is corrected: set aside, or changed, by a later decision; or written wrongly."""

    SET_ASIDE = "SET_ASIDE"
    AMENDED = "AMENDED"
    CLERICAL_ERROR = "CLERICAL_ERROR"


class MarriageBatchStatus(StrEnum):
    COLLECTING = "COLLECTING"
    SEALED = "SEALED"
    SENT = "SENT"
    QUARANTINED = "QUARANTINED"
    RECEIVED = "RECEIVED"
    PROCESSED = "PROCESSED"
    RECONCILED = "RECONCILED"
    EXCEPTIONS = "EXCEPTIONS"
    RESOLVED = "RESOLVED"


class MarriageReceipt(StrEnum):
    """What the registration authority did with an item."""

    UPDATED = "UPDATED"
    NOT_FOUND = "NOT_FOUND"
    CONFLICT = "CONFLICT"
    DUPLICATE = "DUPLICATE"
    REJECTED = "REJECTED"


SETTLED = frozenset({MarriageReceipt.UPDATED, MarriageReceipt.DUPLICATE})
"""Receipts after which the register says what the court decided."""


class MarriageSettlement(StrEnum):
    """How an item that the register could not take was settled."""

    UPDATED_BY_HAND = "UPDATED_BY_HAND"
    CORRECTED = "CORRECTED"
    REGISTERED_ELSEWHERE = "REGISTERED_ELSEWHERE"
    NOTHING_DUE = "NOTHING_DUE"


Item = Mapping[str, str]
"""One item by the names of its members; every value is text."""


def batch_lines(items: Sequence[Item]) -> bytes:
    """The file of a batch."""
    return b"".join(
        json.dumps(dict(item), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"
        for item in items
    )


def batch_digest(items: Sequence[Item]) -> str:
    """Hexadecimal SHA-256 of the file."""
    return hashlib.sha256(batch_lines(items)).hexdigest()


@dataclass(frozen=True, slots=True)
class Arrival:
    """What the receiver says of a batch as it arrived. ``whole`` false: it put it aside as a whole."""

    whole: bool
    count: int
    digest: str


@dataclass(frozen=True, slots=True)
class ItemAnswer:
    number: int
    result: MarriageReceipt
    reason: str | None = None


class CivilAffairs(Taker, Protocol):
    """The marriage registration authority's system. Raises ``Unreachable``."""

    def arrival(self, key: str) -> Arrival | None:
        """What it says of the batch handed over under ``key``; None while it says nothing."""
        ...

    def receipts(self, key: str) -> Sequence[ItemAnswer] | None:
        """What it did with each item; None until it has done so."""
        ...
