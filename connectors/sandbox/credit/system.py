"""The platform itself: numbers its batches, signs them, reads what the hub hands over and answers every row."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from connectors.credit.wire import RECORD
from connectors.sandbox.credit.batches import FarEnd, Fault, Lists, make_batch
from hub.canonical.exchange_codes import BatchKind

Judge = Callable[[dict[str, str]], str | None]
"""Why a row is refused, or None."""


class SandboxPlatform:
    """One platform in one mode; ``end`` is its side of the wire."""

    def __init__(self, region: str, end: FarEnd, last_batch: int = 0) -> None:
        self.region = region
        self.end = end
        self.last_batch = last_batch
        self._answered: set[str] = set()
        self._key = generate_private_key(SECP256R1())

    @property
    def public_key(self) -> bytes:
        return self._key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def send(
        self, lists: Lists, *, at: datetime, kind: BatchKind = BatchKind.DELTA, faults: Iterable[Fault] = ()
    ) -> int:
        """Send one batch; its number."""
        found = frozenset(faults)
        self.last_batch += 1
        if Fault.SILENCE not in found:
            self.end.place(
                make_batch(self.last_batch, lists, region=self.region, at=at, kind=kind, key=self._key, faults=found)
            )
        if Fault.TIMEOUT in found:
            self.end.hang(on=True)
        return self.last_batch

    def receipts(self) -> list[dict[str, Any]]:
        """Receipts handed back, oldest batch first."""
        found = self.end.documents("receipts")
        return [json.loads(found[name]) for name in sorted(found) if name.endswith(".receipt.json")]

    def snapshot_asked(self) -> list[str]:
        """Names of the requests for a full snapshot."""
        return sorted(name for name in self.end.documents("out") if name.startswith("snapshot-request-"))

    def answer_rows(self, judge: Judge = lambda _: None) -> int:
        """Answer every row that was handed over since the last time; how many."""
        done = 0
        for key, rows in self.end.fed().items():
            if key in self._answered:
                continue
            self._answered.add(key)
            answers = [self._answer(row, judge(row)) for row in rows]
            self.end.say(key, json.dumps({"answers": answers}, ensure_ascii=False).encode())
            done += len(rows)
        return done

    @staticmethod
    def _answer(row: dict[str, str], reason: str | None) -> dict[str, object]:
        return {"record": row[RECORD], "accepted": reason is None, **({"reason": reason} if reason else {})}
