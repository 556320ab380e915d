"""The platform's service: real HTTP on a loopback port, every request and answer signed."""

from __future__ import annotations

import base64
import json
import secrets
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from connectors.kit.signed_calls import SKEW_SECONDS, signature
from connectors.sandbox.credit.batches import Batch

CLIENT = "hub"
_MOST = 64 * 1024 * 1024
_PAGE = 2
"""Rows of a page at most, so that every delivery of some size has several."""


class ServiceEnd:
    def __init__(self, port: int = 0, *, host: str = "127.0.0.1") -> None:
        self.secret = secrets.token_hex(32).encode()
        self.batches: dict[str, Batch] = {}
        self.placed: dict[str, dict[str, bytes]] = {"receipts": {}, "out": {}}
        self.rows: dict[str, list[dict[str, str]]] = {}
        self.answers: dict[str, bytes] = {}
        self.nonces: set[str] = set()
        # Faults: silence, a clock that is off, an answer of one's own instead of the right one.
        self.free = Event()
        self.free.set()
        self.asked = 0
        self.clock_ahead = 0
        self.raw: bytes | None = None
        self.closed = False
        self.status: int | None = None
        self._server: ThreadingHTTPServer | None = ThreadingHTTPServer((host, port), _Handler)
        self._server.daemon_threads = True
        self._server.end = self  # type: ignore[attr-defined]
        self.port = self._server.server_port
        Thread(target=self._server.serve_forever, args=(0.05,), name="sandbox-service", daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def place(self, batch: Batch) -> None:
        self.batches[batch.name] = batch

    def waiting(self) -> int:
        return len(self.batches)

    def documents(self, place: str) -> dict[str, bytes]:
        return dict(self.placed[place])

    def fed(self) -> dict[str, list[dict[str, str]]]:
        return dict(self.rows)

    def say(self, key: str, content: bytes) -> None:
        self.answers[key] = content

    def hang(self, *, on: bool) -> None:
        (self.free.clear if on else self.free.set)()

    def close(self) -> None:
        self.closed = True
        self.free.set()
        if self._server is not None:
            server, self._server = self._server, None
            server.shutdown()
            server.server_close()

    def find(self, path: str, query: dict[str, list[str]]) -> Any:
        """What lies at a path; None when there is nothing."""
        match [unquote(each) for each in path.split("/")[2:]]:
            case ["batches"]:
                told = [
                    {"name": each.name, "manifest": each.manifest.decode(), "signature": each.signature.decode()}
                    for each in self.batches.values()
                ]
                return _page(told, "batches", query)
            case ["parts", name]:
                found = next((batch.parts[name] for batch in self.batches.values() if name in batch.parts), None)
                return None if found is None else _page(list(found.rows), "rows", query)
            case ["answers", key] if key in self.answers:
                return json.loads(self.answers[key])
        return None

    def keep(self, path: str, body: Any) -> bool:
        match [unquote(each) for each in path.split("/")[2:]]:
            case ["taken", name]:
                self.batches.pop(name, None)
            case [("receipts" | "out") as place, name]:
                self.placed[place][name] = base64.b64decode(body["content"])
            case ["lists", key]:
                self.rows[key] = body["rows"]
            case _:
                return False
        return True


def _page(rows: list[Any], member: str, query: dict[str, list[str]]) -> dict[str, Any]:
    start = int(query.get("cursor", ["0"])[0] or 0)
    end = start + min(_PAGE, int(query["limit"][0]))
    return {member: rows[start:end], "next": str(end) if end < len(rows) else None}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer("GET")

    def do_PUT(self) -> None:
        self._answer("PUT")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Nothing: the sandbox prints what matters."""

    def _answer(self, method: str) -> None:
        end: ServiceEnd = self.server.end  # type: ignore[attr-defined]
        content = self.rfile.read(min(int(self.headers.get("content-length") or 0), _MOST))
        end.free.wait()
        if end.closed:
            # A connection kept open outlives the server; whoever uses it finds nobody there.
            self.close_connection = True
            return None
        end.asked += 1
        told, nonce = self.headers, self.headers.get("x-nonce", "")
        signed = signature(end.secret, CLIENT, method, self.path, told.get("x-time", ""), nonce, content)
        fresh = abs(time.time() - int(told.get("x-time") or 0)) <= SKEW_SECONDS and nonce not in end.nonces
        end.nonces.add(nonce)
        if end.status is not None or end.raw is not None:
            return self._send(end, end.status or HTTPStatus.OK, None)
        if signed != told.get("x-signature") or not fresh:
            return self._send(end, HTTPStatus.UNAUTHORIZED, None)
        parts = urlsplit(self.path)
        if method == "GET":
            found = end.find(parts.path, parse_qs(parts.query))
            return self._send(end, HTTPStatus.NOT_FOUND if found is None else HTTPStatus.OK, found)
        kept = end.keep(parts.path, json.loads(content))
        return self._send(end, HTTPStatus.OK if kept else HTTPStatus.NOT_FOUND, {})

    def _send(self, end: ServiceEnd, status: int, body: Any) -> None:
        content = end.raw or json.dumps(body).encode()
        at = str(int(time.time()) + end.clock_ahead)
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(content)))
        self.send_header("x-time", at)
        nonce = self.headers.get("x-nonce", "")
        self.send_header("x-signature", signature(end.secret, nonce, str(int(status)), at, content))
        self.end_headers()
        self.wfile.write(content)
