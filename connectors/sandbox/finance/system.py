"""The budget system: answers requests from what it knows of each body, enters plans into the budget, signs."""

from __future__ import annotations

import base64
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from threading import Event, Thread
from typing import Any, Self

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from connectors.finance.connector import KIND
from connectors.sandbox.credit.files import FileEnd
from connectors.sandbox.serving import WireFault
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


class SandboxFinance:
    """``known`` are the clues by name of the debtor; ``taken`` everything it was handed, by key."""

    name = "finance"
    can_fault: frozenset[WireFault] = frozenset()

    def __init__(self, region: str, root: Path, port: int = 0) -> None:
        self.region = region
        self.end = FileEnd(root, port)
        self.known: dict[str, list[dict[str, str]]] = {}
        self.taken: dict[str, Mapping[str, Any]] = {}
        self.faults: set[FinanceFault] = set()
        self.wire_faults: set[WireFault] = set()
        self._ended = Event()
        self._key = generate_private_key(SECP256R1())
        self._forger = generate_private_key(SECP256R1())

    @property
    def url(self) -> str:
        return self.end.address

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

    def answering(self, every: float = 1) -> Self:
        """Work by itself until it is stopped."""

        def rounds() -> None:
            while not self._ended.wait(every):
                self.work()

        Thread(target=rounds, daemon=True).start()
        return self

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
        text = json.dumps(content, ensure_ascii=False)
        key = self._forger if FinanceFault.FORGED in self.faults else self._key
        signature = base64.b64encode(key.sign(text.encode(), ECDSA(SHA256()))).decode()
        whole = json.dumps({"receipt": text, "signature": signature}, ensure_ascii=False).encode()
        self.end.say(name, "查无".encode("gb18030") if FinanceFault.GARBAGE in self.faults else whole)

    def write_link(self, folder: Path, *, seconds: float = 30) -> Path:
        """The link to it, as an operator would write it, with its keys beside it."""
        folder.mkdir(parents=True, exist_ok=True)
        stem = f"{KIND}-{self.region}"
        pem = self._key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        (folder / f"{stem}.pem").write_bytes(pem)
        secret = folder / f"{stem}.key"
        secret.touch(mode=0o600)
        secret.write_bytes(self.end.client_key)
        lines = (
            f'kind = "{KIND}"',
            f'region = "{self.region}"',
            f'signing_key = "{stem}.pem"',
            f"seconds = {seconds}",
            "[file]",
            f'address = "{self.end.address}"',
            f'host_keys = ["{self.end.host_key}"]',
            f'key = "{stem}.key"',
        )
        link = folder / f"{stem}.toml"
        link.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return link

    def stop(self) -> None:
        """Harmless when done twice."""
        self._ended.set()
        self.end.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
