"""The marriage register: takes batches, answers each item from what it knows, signs what it says."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from threading import Event, Thread
from typing import Any, Self

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from connectors.civil_affairs.connector import KIND
from connectors.civil_affairs.wire import ASIDE, WHOLE
from connectors.kit.folder import MANIFEST
from connectors.sandbox.credit.files import FileEnd
from connectors.sandbox.serving import WireFault
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


class SandboxCivilAffairs:
    """``taken`` are the items of every batch it has taken, by key; ``faults`` hold until taken away."""

    name = "civil-affairs"
    can_fault: frozenset[WireFault] = frozenset()

    def __init__(self, region: str, root: Path, port: int = 0) -> None:
        self.region = region
        self.end = FileEnd(root, port)
        self.register = Register()
        self.taken: dict[str, list[Item]] = {}
        self.faults: set[CivilFault] = set()
        self.wire_faults: set[WireFault] = set()
        self._seen: set[str] = set()
        self._ended = Event()
        self._key = generate_private_key(SECP256R1())
        self._forger = generate_private_key(SECP256R1())

    @property
    def url(self) -> str:
        return self.end.address

    def work(self) -> int:
        """Take and answer every batch handed over since the last time; how many."""
        if CivilFault.MUTE in self.faults:
            return 0
        fresh = [told for told in self._manifests() if told["key"] not in self._seen]
        for told in fresh:
            self._seen.add(told["key"])
            self._take(told)
        return len(fresh)

    def answering(self, every: float = 1) -> Self:
        """Work by itself until it is stopped."""

        def rounds() -> None:
            while not self._ended.wait(every):
                self.work()

        Thread(target=rounds, daemon=True).start()
        return self

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
        text = json.dumps(content, ensure_ascii=False)
        key = self._forger if CivilFault.FORGED in self.faults else self._key
        signature = base64.b64encode(key.sign(text.encode(), ECDSA(SHA256()))).decode()
        whole = json.dumps({"receipt": text, "signature": signature}, ensure_ascii=False).encode()
        self.end.say(name, "查无".encode("gb18030") if CivilFault.GARBAGE in self.faults else whole)

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
