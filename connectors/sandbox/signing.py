"""A system behind SFTP that takes files, answers by itself, and signs what it says."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from threading import Event, Thread
from typing import Self

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from connectors.sandbox.credit.files import FileEnd
from connectors.sandbox.serving import WireFault


class SigningSandbox:
    """``kind`` is that of its link."""

    kind: str
    can_fault: frozenset[WireFault] = frozenset()

    def __init__(self, region: str, root: Path, port: int = 0) -> None:
        self.region = region
        self.end = FileEnd(root, port)
        self.wire_faults: set[WireFault] = set()
        self._ended = Event()
        self._key = generate_private_key(SECP256R1())
        self._forger = generate_private_key(SECP256R1())

    @property
    def url(self) -> str:
        return self.end.address

    def work(self) -> int:
        """Take and answer everything handed over since the last time; how much."""
        raise NotImplementedError

    def answering(self, every: float = 1) -> Self:
        """Work by itself until it is stopped."""

        def rounds() -> None:
            while not self._ended.wait(every):
                self.work()

        Thread(target=rounds, daemon=True).start()
        return self

    def say(self, name: str, content: dict[str, object], *, forged: bool, garbage: bool) -> None:
        """``forged``: under another key's signature; ``garbage``: what is no answer, in GB18030."""
        text = json.dumps(content, ensure_ascii=False)
        key = self._forger if forged else self._key
        signature = base64.b64encode(key.sign(text.encode(), ECDSA(SHA256()))).decode()
        whole = json.dumps({"receipt": text, "signature": signature}, ensure_ascii=False).encode()
        self.end.say(name, "查无".encode("gb18030") if garbage else whole)

    def write_link(self, folder: Path, *, seconds: float = 30) -> Path:
        """The link to it, as an operator would write it, with its keys beside it."""
        folder.mkdir(parents=True, exist_ok=True)
        stem = f"{self.kind}-{self.region}"
        pem = self._key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        (folder / f"{stem}.pem").write_bytes(pem)
        secret = folder / f"{stem}.key"
        secret.touch(mode=0o600)
        secret.write_bytes(self.end.client_key)
        lines = (
            f'kind = "{self.kind}"',
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
