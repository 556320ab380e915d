"""HTTP to the hub for any generated client: a token that renews itself, and patience when the hub asks for it."""

from __future__ import annotations

import time
from collections.abc import Generator
from urllib.parse import quote_plus

import httpx

RENEW_BEFORE = 30.0
ATTEMPTS = 4
LONGEST_WAIT = 60.0


class ClientCredentials(httpx.Auth):
    """Access token of the client-credentials grant (RFC 6749 §2.3.1, §4.4), fetched when needed.

    It is renewed ``RENEW_BEFORE`` seconds before it expires, and once when the hub answers 401 (RFC 6750 §3.1).
    Raises ``httpx.HTTPStatusError`` when the token endpoint refuses.
    """

    requires_response_body = True

    def __init__(self, token_url: str, client_id: str, client_secret: str) -> None:
        self._token_url = token_url
        self._basic = httpx.BasicAuth(quote_plus(client_id), quote_plus(client_secret))
        self._token = ""
        self._renew_at = 0.0

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if time.monotonic() >= self._renew_at:
            yield from self._fetch()
        request.headers["Authorization"] = f"Bearer {self._token}"
        response = yield request
        if response.status_code == httpx.codes.UNAUTHORIZED:
            yield from self._fetch()
            request.headers["Authorization"] = f"Bearer {self._token}"
            yield request

    def _fetch(self) -> Generator[httpx.Request, httpx.Response, None]:
        form = httpx.Request("POST", self._token_url, data={"grant_type": "client_credentials"})
        answer = yield next(self._basic.auth_flow(form))
        answer.raise_for_status()
        granted = answer.json()
        self._token = granted["access_token"]
        self._renew_at = time.monotonic() + granted["expires_in"] - RENEW_BEFORE


class Patient(httpx.BaseTransport):
    """Repeats a request answered 429 or 503 after the seconds of ``Retry-After`` (RFC 9110 §10.2.3).

    At most ``ATTEMPTS`` times in all; mutations are safe to repeat because they carry an idempotency key.
    """

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self._inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        for attempt in range(1, ATTEMPTS):
            response = self._inner.handle_request(request)
            if response.status_code not in {httpx.codes.TOO_MANY_REQUESTS, httpx.codes.SERVICE_UNAVAILABLE}:
                return response
            response.close()
            time.sleep(_seconds(response.headers.get("Retry-After", ""), attempt))
        return self._inner.handle_request(request)

    def close(self) -> None:
        self._inner.close()


def _seconds(retry_after: str, attempt: int) -> float:
    """The hub sends whole seconds; without them the wait doubles."""
    return min(float(retry_after) if retry_after.isdigit() else 2.0**attempt, LONGEST_WAIT)


def open_http(hub: str, client_id: str, client_secret: str) -> httpx.Client:
    """An ``httpx.Client`` to hand to the generated client."""
    return httpx.Client(
        auth=ClientCredentials(f"{hub}/oauth/token", client_id, client_secret),
        transport=Patient(httpx.HTTPTransport()),
        timeout=30.0,
    )
