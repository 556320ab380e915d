"""What every request gets: a correlation id, security headers, a log line and its metrics."""

from __future__ import annotations

import time

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hub.core.correlation import accept_or_new, correlation_id
from hub.http.metrics import count_request

log = structlog.get_logger("hub.request")

SECURITY_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cache-control": "no-store",
    "cross-origin-resource-policy": "same-origin",
}
QUIET = {"/healthz", "/readyz", "/metrics"}
_CORRELATION = b"x-correlation-id"


class RequestFrame:
    """Pure ASGI, so that bodies stream through untouched. Paths are logged by route, never with their query."""

    def __init__(self, app: ASGIApp, *, hsts: bool) -> None:
        self._app = app
        headers = SECURITY_HEADERS | ({"strict-transport-security": "max-age=31536000"} if hsts else {})
        self._headers = [(name.encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        received = next((value for name, value in scope["headers"] if name == _CORRELATION), b"")
        correlation = accept_or_new(received.decode("latin-1"))
        token = correlation_id.set(correlation)
        started = time.perf_counter()
        status = 500

        async def framed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                given = list(message.get("headers", ()))
                present = {name.lower() for name, _ in given}
                added = [header for header in self._headers if header[0] not in present]
                message["headers"] = [*given, (_CORRELATION, correlation.encode()), *added]
            await send(message)

        try:
            await self._app(scope, receive, framed)
        finally:
            self._note(scope, status, time.perf_counter() - started)
            correlation_id.reset(token)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "other")
        method = scope["method"] if scope["method"] in {"GET", "POST", "HEAD", "OPTIONS"} else "OTHER"
        count_request(route, method, status, seconds)
        if route not in QUIET:
            log.info("request", route=route, method=method, status=status, milliseconds=round(seconds * 1000, 1))
