"""A sandbox system on a real HTTP socket of this machine, with faults on request."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Self

JSON, XML = "application/json", "text/xml; charset=utf-8"
_BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">'
    b'<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]><a>&d;</a>'
)


class WireFault(StrEnum):
    """What may go wrong between two systems, whatever they say to each other."""

    SILENCE = "SILENCE"
    """Never an answer."""
    ERROR = "ERROR"
    """Status 500."""
    GARBAGE = "GARBAGE"
    """Status 200 with something else."""
    TRUNCATE = "TRUNCATE"
    """Half an answer, then the end of the connection."""
    GBK = "GBK"
    """Text in GB18030 that says nothing of it."""
    REDIRECT = "REDIRECT"
    """To an address within."""
    BUSY = "BUSY"
    """Status 503."""
    BOMB = "BOMB"
    """Entities within entities."""
    ENDLESS = "ENDLESS"
    """An answer that does not end."""
    LOST_ANSWER = "LOST_ANSWER"
    """The request is carried out; its answer is lost."""


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    kind: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


class HttpSandbox(ABC):
    """``wire_faults`` hold for every request until taken away; ``requests`` is how many came in."""

    name = "sandbox"
    can_fault = frozenset(WireFault)

    def __init__(self) -> None:
        self.wire_faults: set[WireFault] = set()
        self.requests = 0
        self.ended = Event()
        self._server: ThreadingHTTPServer | None = None

    @abstractmethod
    def answer(self, path: str, headers: Mapping[str, str], body: bytes) -> Reply:
        """What the system says when nothing goes wrong on the way."""

    @property
    def url(self) -> str:
        if self._server is None:
            raise RuntimeError("not started")
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def start(self, port: int = 0) -> Self:
        self._server = ThreadingHTTPServer(("127.0.0.1", port), type("Handler", (_Handler,), {"system": self}))
        self._server.daemon_threads = True
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def stop(self) -> None:
        """Harmless when done twice."""
        self.ended.set()
        server, self._server = self._server, None
        if server is not None:
            server.shutdown()
            server.server_close()

    def __enter__(self) -> Self:
        return self if self._server is not None else self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def wait_for_the_end(self) -> None:
        self.ended.wait()


class _Handler(BaseHTTPRequestHandler):
    system: HttpSandbox
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.close_connection = True
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        self.system.requests += 1
        faults = self.system.wire_faults
        if WireFault.SILENCE in faults:
            self.system.wait_for_the_end()
            return
        # Whoever gave up waiting has closed the connection.
        with suppress(ConnectionError):
            self._send(self._reply(faults, body), faults)

    do_GET = do_PUT = do_POST  # noqa: N815 - the names are http.server's

    def _reply(self, faults: set[WireFault], body: bytes) -> Reply:
        if WireFault.ERROR in faults:
            return Reply(500, "text/plain", b"")
        if WireFault.BUSY in faults:
            return Reply(503, "text/plain", b"")
        if WireFault.BOMB in faults:
            return Reply(200, XML, _BOMB)
        found = self.system.answer(self.path, dict(self.headers.items()), body)
        if WireFault.GARBAGE in faults:
            return Reply(200, found.kind, b"<html>ok</html>")
        if WireFault.GBK in faults:
            return Reply(found.status, found.kind, found.body.decode().encode("gb18030"), found.headers)
        return found

    def _send(self, reply: Reply, faults: set[WireFault]) -> None:
        if WireFault.LOST_ANSWER in faults:
            return
        self.send_response(302 if WireFault.REDIRECT in faults else reply.status)
        if WireFault.REDIRECT in faults:
            self.send_header("Location", "http://127.0.0.1:1/")
        self.send_header("Content-Type", reply.kind)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        size = 2**40 if WireFault.ENDLESS in faults else len(reply.body)
        self.send_header("Content-Length", str(size))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(reply.body[: len(reply.body) // 2] if WireFault.TRUNCATE in faults else reply.body)
        while WireFault.ENDLESS in faults and not self.system.ended.is_set():
            self.wfile.write(b" " * 65536)

    def log_message(self, *_: object) -> None:
        """Quiet: what was asked is the system's to tell."""
