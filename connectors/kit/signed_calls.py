"""Signed calls of a service: bounded in time and size, repeated within a budget, given up while it is away.

Both sides sign with a shared secret (HMAC-SHA256, RFC 2104): the request with its time and a number used once, the
answer with that number and its own time, so that neither can be made up, changed or played again later.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import random
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import httpcore

from connectors.kit.breaker import Breaker, Patience
from connectors.kit.waiting import wait
from hub.canonical.connector import Unreachable
from hub.core.egress.addresses import AddressGuard, AddressRefusedError
from hub.core.egress.client import Bounds, OutgoingClient, Response

LOST, CIRCUIT, REFUSED = "SERVICE_LOST", "SERVICE_CIRCUIT_OPEN", "SERVICE_REFUSED"
SIGNATURE, STALE, GARBAGE, TOO_LARGE = "SERVICE_SIGNATURE", "SERVICE_SIGNATURE_STALE", "SERVICE_GARBAGE", "SERVICE_SIZE"
ADDRESS = "SERVICE_ADDRESS"
SKEW_SECONDS = 300
JSON = "application/json"
_LATER = (429, 500, 502, 503, 504)


@dataclass(frozen=True, slots=True)
class ServiceAddress:
    """``url`` without a slash at its end; ``client`` names the hub there."""

    url: str
    client: str
    secret: bytes
    guard: AddressGuard
    bounds: Bounds = Bounds(response=4 * 1024 * 1024)
    patience: Patience = Patience()


def signature(secret: bytes, *parts: str | bytes) -> str:
    """Base64 of HMAC-SHA256 over the parts, each as its own digest, so that no part runs into the next."""
    whole = b"".join(hashlib.sha256(part.encode() if isinstance(part, str) else part).digest() for part in parts)
    return base64.b64encode(hmac.new(secret, whole, hashlib.sha256).digest()).decode()


class _TryAgain(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Service:
    def __init__(self, address: ServiceAddress) -> None:
        self._address = address
        self._breaker = Breaker(address.patience)
        self._client: OutgoingClient | None = None

    def get(self, path: str, **query: str | int) -> Any:
        """JSON of an answer, None for 404. Raises ``Unreachable`` (SERVICE_*)."""
        found = self.fetch(f"{path}?{urlencode(query)}" if query else path)
        return None if found is None else _json(found)

    def fetch(self, path: str) -> bytes | None:
        """An answer as it is, None for 404. Raises ``Unreachable`` (SERVICE_*)."""
        return self._call("GET", path, b"", JSON)

    def put(self, path: str, content: bytes, kind: str = JSON) -> None:
        """Harmless when done twice: the path is the key. Raises ``Unreachable`` (SERVICE_*)."""
        self._call("PUT", path, content, kind)

    def _call(self, method: str, path: str, content: bytes, kind: str) -> bytes | None:
        patience = self._address.patience
        for attempt in range(patience.attempts):
            if not self._breaker.may_call():
                raise Unreachable(CIRCUIT)
            try:
                found = self._once(method, path, content, kind)
            except _TryAgain as failed:
                self._breaker.failed()
                if attempt + 1 == patience.attempts or not self._breaker.may_retry():
                    raise Unreachable(failed.code) from failed
                time.sleep(patience.pause * 2**attempt * (0.5 + random.random() / 2))  # noqa: S311 - jitter
            else:
                self._breaker.succeeded()
                return found
        raise Unreachable(LOST)

    def _once(self, method: str, path: str, content: bytes, kind: str) -> bytes | None:
        address = self._address
        nonce, at = secrets.token_hex(16), str(int(time.time()))
        signed = signature(address.secret, address.client, method, path, at, nonce, content)
        headers = {
            "content-type": kind,
            "x-client": address.client,
            "x-time": at,
            "x-nonce": nonce,
            "x-signature": signed,
        }
        answer = self._exchange(method, address.url + path, headers, content)
        if answer.status in _LATER:
            raise _TryAgain(LOST)
        self._verify(answer, nonce)
        if answer.status == 404:
            return None
        if answer.status not in (200, 201, 204):
            raise Unreachable(REFUSED)
        return answer.body

    def _exchange(self, method: str, url: str, headers: Mapping[str, str], content: bytes) -> Response:
        bounds = self._address.bounds
        try:
            answer = wait(self._send(method, url, headers, content), bounds.connect + bounds.total)
        except AddressRefusedError as error:
            raise Unreachable(ADDRESS) from error
        except (OSError, httpcore.ProtocolError, httpcore.NetworkError) as error:
            raise _TryAgain(LOST) from error
        if not answer.whole:
            raise Unreachable(TOO_LARGE)
        return answer

    async def _send(self, method: str, url: str, headers: Mapping[str, str], content: bytes) -> Response:
        if self._client is None:
            self._client = OutgoingClient(self._address.guard, self._address.bounds, connections=4)
        return await self._client.send(method, url, headers, content)

    def _verify(self, answer: Response, nonce: str) -> None:
        at = answer.headers.get("x-time", "")
        signed = signature(self._address.secret, nonce, str(answer.status), at, answer.body)
        if not hmac.compare_digest(signed, answer.headers.get("x-signature", "")):
            raise Unreachable(SIGNATURE)
        if not at.isdigit() or abs(time.time() - int(at)) > SKEW_SECONDS:
            raise Unreachable(STALE)


def _json(body: bytes) -> Any:
    if not body:
        return {}
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Unreachable(GARBAGE) from error
