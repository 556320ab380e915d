"""Requests of a connector over HTTP: guarded, bounded, blocking; every failure is the system's being away."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from connectors.kit.waiting import wait
from hub.canonical.codes import DeliveryFault
from hub.canonical.connector import Unreachable
from hub.canonical.sending import BROKEN, fault_behind, fault_of
from hub.core.egress.addresses import AddressGuard
from hub.core.egress.client import Bounds, OutgoingClient, Response

ANSWER_BYTES = 4 * 1024 * 1024
JSON = {"content-type": "application/json", "accept": "application/json"}


@dataclass(frozen=True, slots=True)
class Caller:
    """``authorities`` is a PEM file trusted besides the system's. Redirects are not followed."""

    guard: AddressGuard
    bounds: Bounds = Bounds(response=ANSWER_BYTES)
    authorities: Path | None = None

    def post(self, url: str, headers: Mapping[str, str], content: bytes) -> Response:
        """The answer, whatever its status. Raises ``Unreachable``; GARBLED where it is longer than the bound."""
        return self._send("POST", url, headers, content)

    def get(self, url: str, headers: Mapping[str, str]) -> Response:
        """As ``post``."""
        return self._send("GET", url, headers, b"")

    def _send(self, method: str, url: str, headers: Mapping[str, str], content: bytes) -> Response:
        try:
            response = wait(self._once(method, url, headers, content), self.bounds.connect + self.bounds.total)
        except BROKEN as error:
            raise Unreachable.by(fault_behind(error)) from None
        if not response.whole:
            raise Unreachable.by(DeliveryFault.GARBLED)
        return response

    async def _once(self, method: str, url: str, headers: Mapping[str, str], content: bytes) -> Response:
        client = OutgoingClient(self.guard, self.bounds, connections=1, authorities=self.authorities)
        try:
            return await client.send(method, url, headers, content)
        finally:
            await client.aclose()

    def post_json(
        self, url: str, content: Mapping[str, object], headers: Mapping[str, str] | None = None
    ) -> dict[str, object]:
        """The object answered with 2xx. Raises ``Unreachable``."""
        body = json.dumps(content, ensure_ascii=False).encode()
        return read_json(self.post(url, {**JSON, **(headers or {})}, body))


def read_json(response: Response) -> dict[str, object]:
    """The object of a 2xx answer. Raises ``Unreachable``."""
    fault = fault_of(response)
    if fault is not None:
        raise Unreachable.by(fault)
    try:
        found = json.loads(response.body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Unreachable.by(DeliveryFault.GARBLED)
    return found
