"""The budget system: answers requests from what it knows of each body, enters plans into the budget, signs."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from connectors.finance.connector import KIND
from connectors.sandbox.signing import SigningSandbox
from hub.canonical.finance import CLUE_REQUEST


class FinanceFault(StrEnum):
    """What may go wrong with one round."""

    MUTE = "MUTE"
    """It answers nothing."""
    FORGED = "FORGED"
    """Its answers bear another key's signature."""
    GARBAGE = "GARBAGE"
    """It answers what is no answer, in GB18030."""
    SHORT = "SHORT"
    """A fen is missing of what it arranges."""
    SECRET = "SECRET"  # noqa: S105 - a reason, no password
    """It declines every request."""


class SandboxFinance(SigningSandbox):
    """``known`` are the clues by name of the debtor; ``taken`` everything it was handed, by key."""

    name = "finance"
    kind = KIND

    def __init__(self, region: str, root: Path, port: int = 0) -> None:
        super().__init__(region, root, port)
        self.known: dict[str, list[dict[str, str]]] = {}
        self.taken: dict[str, Mapping[str, Any]] = {}
        self.faults: set[FinanceFault] = set()

    def work(self) -> int:
        """Take and answer everything handed over since the last time; how much."""
        if FinanceFault.MUTE in self.faults:
            return 0
        fresh = [told for told in self._messages() if told["key"] not in self.taken]
        for told in fresh:
            body = json.dumps(told["body"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            if hashlib.sha256(body.encode()).hexdigest() != told["sha256"]:
                continue
            self.taken[told["key"]] = told["body"]
            answer = self._clues if told["kind"] == CLUE_REQUEST else self._budget
            self._say(f"{told['key']}.finance", {"key": told["key"], **answer(told["body"])})
        return len(fresh)

    def handed_over(self) -> int:
        """Messages that lie there."""
        return len(list(self._messages()))

    def _messages(self) -> Iterator[dict[str, Any]]:
        for path in sorted((self.end.folder.root / "out").glob("finance-*.json")):
            yield json.loads(path.read_bytes())

    def _clues(self, asked: Mapping[str, Any]) -> dict[str, object]:
        if FinanceFault.SECRET in self.faults:
            return {"result": "DECLINED", "reason": "CONFIDENTIAL", "note": "涉及秘密，不予提供"}
        known = self.known.get(asked["debtor"])
        return {"result": "CLUES", "clues": known} if known else {"result": "NONE", "note": "经查无可用资金"}

    def _budget(self, plan: Mapping[str, Any]) -> dict[str, object]:
        years: defaultdict[int, int] = defaultdict(int)
        for each in plan["instalments"]:
            years[int(each["dueOn"][:4])] += each["amountFen"]
        missing = int(FinanceFault.SHORT in self.faults)
        return {
            "arrangements": [
                {
                    "fiscalYear": year,
                    "amount": f"{(due - missing) // 100}.{(due - missing) % 100:02}",
                    "budgetItem": "2010301",
                    "documentNumber": f"财预〔{year}〕8号",
                }
                for year, due in sorted(years.items())
            ]
        }

    def _say(self, name: str, content: dict[str, object]) -> None:
        self.say(name, content, forged=FinanceFault.FORGED in self.faults, garbage=FinanceFault.GARBAGE in self.faults)
