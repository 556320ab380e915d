"""The tax credit system: stops publishing upon a ruling, rates the enterprise anew, and signs its receipt."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from connectors.sandbox.signing import SigningSandbox
from connectors.tax.connector import KIND


class TaxFault(StrEnum):
    """What may go wrong with one round."""

    MUTE = "MUTE"
    """It answers nothing."""
    FORGED = "FORGED"
    """Its receipts bear another key's signature."""
    GARBAGE = "GARBAGE"
    """It answers what is no receipt, in GB18030."""
    AHEAD = "AHEAD"
    """It says that it stopped on a day that is yet to come."""
    NO_NUMBER = "NO_NUMBER"
    """Its receipts have no number."""


class SandboxTax(SigningSandbox):
    """``published`` are the codes (USCC) it publishes as dishonest; ``taken`` everything it was handed, by key;
    ``today`` is the day it writes on receipts."""

    name = "tax"
    kind = KIND

    def __init__(self, region: str, root: Path, port: int = 0) -> None:
        super().__init__(region, root, port)
        self.published: set[str] = set()
        self.taken: dict[str, Mapping[str, Any]] = {}
        self.today = date.today()  # noqa: DTZ011 - the day where it runs
        self.faults: set[TaxFault] = set()

    def work(self) -> int:
        """Take and answer everything handed over since the last time; how much."""
        if TaxFault.MUTE in self.faults:
            return 0
        fresh = [told for told in self._messages() if told["key"] not in self.taken]
        for told in fresh:
            body = json.dumps(told["body"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            if hashlib.sha256(body.encode()).hexdigest() == told["sha256"]:
                self.taken[told["key"]] = told["body"]
                self.published.discard(told["body"]["uscc"])
                self._receipt(told["key"])
        return len(fresh)

    def handed_over(self) -> int:
        """Messages that lie there."""
        return len(list(self._messages()))

    def _messages(self) -> Iterator[dict[str, Any]]:
        for path in sorted((self.end.folder.root / "out").glob("tax-*.json")):
            yield json.loads(path.read_bytes())

    def _receipt(self, key: str) -> None:
        on = date(self.today.year + 1, 1, 1) if TaxFault.AHEAD in self.faults else self.today
        number = "" if TaxFault.NO_NUMBER in self.faults else f"税信修〔{on.year}〕{len(self.taken)}号"
        content: dict[str, object] = {
            "key": key,
            "result": "STOPPED",
            "receiptNo": number,
            "stoppedOn": on.isoformat(),
            "evaluation": "重新评价为B级",
        }
        forged, garbage = TaxFault.FORGED in self.faults, TaxFault.GARBAGE in self.faults
        self.say(f"{key}.tax", content, forged=forged, garbage=garbage)
