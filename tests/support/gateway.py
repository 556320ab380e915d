"""A gateway between a client and the hub that behaves as gateways do on a bad day: real sockets, real hub behind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import httpx


class Gateway:
    """Forwards POST requests. ``faults`` are each met once: ``busy_token`` (503 at the token endpoint), ``busy``
    (429 at GraphQL), ``stale_token`` (401 at GraphQL), ``lost_answer`` (the change is made, its answer becomes 503).
    ``lifetime`` overwrites ``expires_in`` of tokens.
    """

    def __init__(self, hub: str, faults: set[str], lifetime: int | None = None) -> None:
        self.faults = faults
        self.lifetime = lifetime
        self.seen: list[str] = []
        self._http = httpx.Client(base_url=hub)

    def answer(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
        self.seen.append(path)
        if path == "/oauth/token" and self._meets("busy_token"):
            return 503, b""
        if path == "/graphql" and self._meets("busy"):
            return 429, b""
        if path == "/graphql" and self._meets("stale_token"):
            headers = {**headers, "authorization": "Bearer expired"}
        answer = self._http.post(path, content=body, headers=headers)
        if b"mutation AdvanceItem" in body and self._meets("lost_answer"):
            return 503, b""
        content: dict[str, Any] = answer.json()
        if "expires_in" in content and self.lifetime is not None:
            content["expires_in"] = self.lifetime
        return answer.status_code, json.dumps(content).encode()

    def _meets(self, fault: str) -> bool:
        met = fault in self.faults
        self.faults.discard(fault)
        return met


@contextmanager
def gateway_to(hub: str, *faults: str, lifetime: int | None = None) -> Iterator[tuple[str, Gateway]]:
    """Its address and itself."""
    gateway = Gateway(hub, set(faults), lifetime)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            kept = {name: self.headers[name] for name in ("authorization", "content-type") if name in self.headers}
            status, content = gateway.answer(self.path, kept, body)
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(content)))
            if status in {429, 503}:
                self.send_header("retry-after", "0")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Nothing on the test's standard error."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", gateway
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
        gateway._http.close()
