"""The marriage register: takes batches, answers each item from what it knows, signs what it says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from connectors.civil_affairs.connector import KIND
from connectors.civil_affairs.wire import ASIDE, WHOLE
from connectors.kit.folder import MANIFEST
from connectors.sandbox.signing import SigningSandbox
from hub.canonical.marriage import MarriageReceipt

Item = Mapping[str, str]
R = MarriageReceipt


class CivilFault(StrEnum):
    """What may go wrong with one round."""

    DAMAGED = "DAMAGED"
    """The file arrives truncated: it is put aside whole."""
    OTHER_DIGEST = "OTHER_DIGEST"
    """It takes a batch and confirms another digest."""
    MUTE = "MUTE"
    """It answers nothing."""
    FORGETFUL = "FORGETFUL"
    """It forgets the last item of a batch."""
    FORGED = "FORGED"
    """Its receipts bear another key's signature."""
    GARBAGE = "GARBAGE"
    """It answers what is no receipt, in GB18030."""
    REPEATED = "REPEATED"
    """It answers the first item twice."""


@dataclass
class Register:
    """Couples by both identity numbers: whether they are married, and by which item that was last changed."""

    married: dict[frozenset[str], bool] = field(default_factory=dict)

    def marry(self, *numbers: str) -> None:
        self.married[frozenset(numbers)] = True

    def apply(self, item: Item) -> tuple[MarriageReceipt, str | None]:
        couple = frozenset((item["partyACitizenId"], item["partyBCitizenId"]))
        if couple not in self.married:
            return R.NOT_FOUND, "查无登记"
        if item.get("correction") == "SET_ASIDE":
            self.married[couple] = True
            return R.UPDATED, None
        if not self.married[couple]:
            return R.DUPLICATE, "已登记解除"
        self.married[couple] = False
        return R.UPDATED, None


class SandboxCivilAffairs(SigningSandbox):
    """``taken`` are the items of every batch it has taken, by key; ``faults`` hold until taken away."""

    name = "civil-affairs"
    kind = KIND

    def __init__(self, region: str, root: Path, port: int = 0) -> None:
        super().__init__(region, root, port)
        self.register = Register()
        self.taken: dict[str, list[Item]] = {}
        self.faults: set[CivilFault] = set()
        self._seen: set[str] = set()

    def work(self) -> int:
        """Take and answer every batch handed over since the last time; how many."""
        if CivilFault.MUTE in self.faults:
            return 0
        fresh = [told for told in self._manifests() if told["key"] not in self._seen]
        for told in fresh:
            self._seen.add(told["key"])
            self._take(told)
        return len(fresh)

    def handed_over(self) -> int:
        """Batches that lie there."""
        return len(list(self._manifests()))

    def _manifests(self) -> Iterable[dict[str, Any]]:
        for path in sorted((self.end.folder.root / "out").glob(f"marriage-*{MANIFEST}")):
            yield json.loads(path.read_bytes())

    def _take(self, told: dict[str, Any]) -> None:
        content = (self.end.folder.root / "out" / told["file"]).read_bytes()
        if CivilFault.DAMAGED in self.faults:
            content = content[: len(content) // 2]
        digest = hashlib.sha256(content).hexdigest()
        lines = content.splitlines()
        whole = (digest, len(lines), len(content)) == (told["sha256"], told["items"], told["bytes"])
        if CivilFault.OTHER_DIGEST in self.faults:
            digest = "0" * 64
        arrived = {"key": told["key"], "state": WHOLE if whole else ASIDE, "items": len(lines), "sha256": digest}
        self._say(f"{told['key']}.arrival", arrived)
        if whole:
            self.taken[told["key"]] = items = [json.loads(line) for line in lines]
            self._say(f"{told['key']}.receipts", {"key": told["key"], "receipts": self._receipts(items)})

    def _receipts(self, items: Sequence[Item]) -> list[dict[str, object]]:
        found: list[dict[str, object]] = []
        for item in items:
            result, reason = self.register.apply(item)
            number = int(item["item"].rpartition("/")[2])
            found.append({"item": number, "result": result.value, **({"reason": reason} if reason else {})})
        if CivilFault.FORGETFUL in self.faults:
            found = found[:-1]
        return found + (found[:1] if CivilFault.REPEATED in self.faults else [])

    def _say(self, name: str, content: dict[str, object]) -> None:
        self.say(name, content, forged=CivilFault.FORGED in self.faults, garbage=CivilFault.GARBAGE in self.faults)
