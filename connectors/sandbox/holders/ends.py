"""Where holders can be reached: a signed service on a socket each, one platform for several, folders of a ferry."""

from __future__ import annotations

import base64
import json
import secrets
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from typing import Self
from urllib.parse import unquote

from connectors.holder.wires import ASK, CONTROL, LOOKOUT, URGE, WITHDRAW
from connectors.kit.folder import FerryFolder
from connectors.kit.signed_calls import SKEW_SECONDS, signature
from connectors.sandbox.exchange.system import Dataset, SandboxExchange
from connectors.sandbox.holders.holder import SandboxHolder
from connectors.sandbox.serving import JSON, HttpSandbox, Reply, WireFault
from hub.core.clock import Clock, system_clock

CLIENT = "linkage-hub"
PLACES = (ASK, CONTROL, LOOKOUT, WITHDRAW, URGE)


class ServiceEnd(HttpSandbox):
    """``clock_ahead`` in seconds and ``stale_signature`` spoil what it signs."""

    name = "holder"

    def __init__(self, holder: SandboxHolder) -> None:
        super().__init__()
        self.holder = holder
        self.secret = secrets.token_hex(24)
        self.clock_ahead = 0
        self.nonces: set[str] = set()

    def answer(self, path: str, headers: Mapping[str, str], body: bytes) -> Reply:
        given = {name.lower(): value for name, value in headers.items()}
        nonce, at = given.get("x-nonce", ""), given.get("x-time", "0")
        method = "GET" if path.startswith("/v1/answers") else "PUT"
        signed = signature(self.secret.encode(), CLIENT, method, path, at, nonce, body)
        fresh = at.isdigit() and abs(time.time() - int(at)) <= SKEW_SECONDS and nonce not in self.nonces
        if signed != given.get("x-signature") or not fresh:
            return self._signed(401, b"", nonce)
        self.nonces.add(nonce)
        place, number = (unquote(each) for each in f"{path}/".split("/")[2:4])
        if path == "/v1/answers":
            return self._signed(200, json.dumps({"numbers": self.holder.ready()}).encode(), nonce)
        if place == "answers":
            found = self.holder.answer(number)
            return self._signed(404, b"", nonce) if found is None else self._signed(200, found, nonce)
        if place == "receipts":
            self.holder.receive(number, json.loads(body))
            return self._signed(200, b"{}", nonce)
        return self._signed(200 if self.holder.take(place, number, body) else 422, b"{}", nonce)

    def _signed(self, status: int, content: bytes, nonce: str) -> Reply:
        at = str(int(time.time()) + self.clock_ahead)
        signed = signature(self.secret.encode(), nonce, str(status), at, content)
        return Reply(status, JSON, content, {"x-time": at, "x-signature": signed})


class PlatformEnd(SandboxExchange):
    """The exchange platform with the services of several holders."""

    def __init__(self, holders: Mapping[str, SandboxHolder], *, clock: Clock = system_clock) -> None:
        datasets: dict[str, Dataset] = {}
        for name, holder in holders.items():
            datasets |= {f"{name}.{place}": _taker(holder, place) for place in PLACES}
            datasets |= {f"{name}.answers": _answers(holder), f"{name}.receipts": _receipts(holder)}
        super().__init__(datasets, clock=clock)
        self.secret = self.register(CLIENT)


def _taker(holder: SandboxHolder, place: str) -> Dataset:
    def take(content: Mapping[str, object]) -> object:
        return {"taken": holder.take(place, str(content["number"]), base64.b64decode(str(content["message"])))}

    return take


def _answers(holder: SandboxHolder) -> Dataset:
    def answer(content: Mapping[str, object]) -> object:
        if "number" not in content:
            return {"numbers": holder.ready()}
        found = holder.answer(str(content["number"]))
        return None if found is None else {"message": base64.b64encode(found).decode()}

    return answer


def _receipts(holder: SandboxHolder) -> Dataset:
    def receive(content: Mapping[str, object]) -> object:
        holder.receive(str(content["number"]), content)
        return {}

    return receive


class FerryEnd:
    """Files in ``out`` are the hub's; ``work`` takes them up and puts the answers into ``in``."""

    can_fault: frozenset[WireFault] = frozenset()

    def __init__(self, holder: SandboxHolder, root: Path) -> None:
        self.holder = holder
        self.folder = FerryFolder(root)
        self.wire_faults: set[WireFault] = set()
        self.secret = ""
        root.mkdir(parents=True, exist_ok=True)
        self.folder.incoming.mkdir(exist_ok=True)

    @property
    def url(self) -> str:
        return f"ferry:{self.folder.root.name}"

    def work(self) -> None:
        """One round of the ferry in either direction."""
        out = self.folder.root / "out"
        for path in sorted(out.iterdir()) if out.exists() else ():
            place, _, rest = path.name.partition("-")
            if place in PLACES and not rest.endswith(".part"):
                self.holder.take(place, rest.rpartition(".")[0], path.read_bytes())
                path.unlink()
        self._receipts()
        for number in self.holder.ready():
            content = self.holder.answer(number)
            if content is not None:
                self.put(f"{number}.{self.holder.shape.form.value.lower()}", content)

    def _receipts(self) -> None:
        folder = self.folder.root / "receipts"
        for path in sorted(folder.iterdir()) if folder.exists() else ():
            if path.name.endswith(".receipt.json"):
                self.holder.receive(path.name.partition(".")[0], json.loads(path.read_text(encoding="utf-8")))
                path.unlink()

    def put(self, name: str, content: bytes) -> None:
        """A file in ``in``, there whole or not at all."""
        part = self.folder.incoming / f"{name}.part"
        part.write_bytes(content)
        part.rename(self.folder.incoming / name)

    def start(self, port: int = 0) -> Self:  # noqa: ARG002 - a folder has none
        return self

    def stop(self) -> None:
        with suppress(OSError):
            rmtree(self.folder.root)
