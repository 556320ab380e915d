"""Batches as the platform makes them: the same manifest whichever way they travel, and the faults asked for."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.hashes import SHA256

from connectors.credit.wire import TEMPLATES
from connectors.kit.folder import MANIFEST
from connectors.kit.store import row_line
from hub.canonical.exchange_codes import BatchKind, CaseListKind

Rows = Sequence[dict[str, str]]
Lists = Mapping[CaseListKind, Rows]

LONG_AGO, AHEAD = timedelta(days=40), timedelta(hours=1)


class Fault(StrEnum):
    """What may go wrong. SILENCE sends nothing and uses up the number; TIMEOUT keeps the hub waiting."""

    TIMEOUT = "timeout"
    DUPLICATE = "duplicate"
    REORDER = "reorder"
    TRUNCATE = "truncate"
    GBK = "gbk"
    BAD_CHECKSUM = "bad-checksum"
    STALE_SIGNATURE = "stale-signature"
    CLOCK_SKEW = "clock-skew"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class Part:
    """``rows`` are what really travels, ``content`` the same as a file."""

    kind: CaseListKind
    rows: Rows
    content: bytes


@dataclass(frozen=True, slots=True)
class Batch:
    number: int
    manifest: bytes
    signature: bytes
    parts: Mapping[str, Part]

    @property
    def name(self) -> str:
        return f"{self.number:08}{MANIFEST}"


class FarEnd(Protocol):
    """The platform's side of one mode: where it puts batches, and finds what the hub handed over."""

    def place(self, batch: Batch) -> None: ...

    def waiting(self) -> int:
        """Batches the hub has yet to answer."""
        ...

    def documents(self, place: str) -> dict[str, bytes]:
        """What lies in ``receipts`` or ``out``, by name."""
        ...

    def fed(self) -> dict[str, list[dict[str, str]]]:
        """Rows the hub handed over, by key."""
        ...

    def say(self, key: str, content: bytes) -> None:
        """Answer the rows of a key."""
        ...

    def hang(self, *, on: bool) -> None:
        """Keep the hub waiting, or do so no more."""
        ...

    def close(self) -> None:
        """Take the system away; harmless when done twice."""
        ...


def make_batch(
    number: int,
    lists: Lists,
    *,
    region: str,
    at: datetime,
    kind: BatchKind,
    key: EllipticCurvePrivateKey,
    faults: Iterable[Fault] = (),
) -> Batch:
    found = frozenset(faults)
    sent_at = at - LONG_AGO if Fault.STALE_SIGNATURE in found else at + AHEAD if Fault.CLOCK_SKEW in found else at
    parts, files = {}, []
    for list_kind, rows in lists.items():
        name = f"{number:08}-{list_kind.value.lower()}.jsonl"
        told = list(reversed(rows)) if Fault.REORDER in found else list(rows)
        told += list(rows) if Fault.DUPLICATE in found else []
        whole = b"".join(map(row_line, told))
        parts[name] = _sent(list_kind, told, found)
        digest = "0" * 64 if Fault.BAD_CHECKSUM in found else hashlib.sha256(whole).hexdigest()
        declared = {"name": name, "list": list_kind.value, "rows": len(told), "bytes": len(whole), "sha256": digest}
        files.append({**declared, "encoding": "UTF-8"})
    manifest = {
        "template": TEMPLATES[0],
        "platform": region,
        "batch": number,
        "kind": (kind if files else BatchKind.ZERO).value,
        "sentAt": sent_at.isoformat(),
        "files": files,
    }
    body = json.dumps(manifest, ensure_ascii=True).encode()
    return Batch(number, body, base64.b64encode(key.sign(body, ECDSA(SHA256()))), parts)


def _sent(kind: CaseListKind, rows: Rows, faults: frozenset[Fault]) -> Part:
    if Fault.TRUNCATE in faults:
        rows = rows[: len(rows) // 2]
    content = b"".join(map(row_line, rows))
    if Fault.GBK in faults:
        content = content.decode().encode("gb18030")
        rows = [{name: value.encode("gb18030").decode("latin-1") for name, value in row.items()} for row in rows]
    return Part(kind, rows, content)
