"""``POST /holders/{id}/answers``: where the system of a holder hands an answer in by itself, signed as it signs every
other; the receipt goes back signed too."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hub.canonical.codes import Channel, EndpointStatus
from hub.canonical.holding import AnswerReceipt, HolderSystem
from hub.core.errors import Refused
from hub.core.keyring import KeyRing
from hub.db.models import WebhookEndpoint
from hub.db.session import Sessions
from hub.delivery.secrets import signing
from hub.holders.taking import JOB, Taking

PATH = "/holders/{endpoint:uuid}/answers"
MOST_BYTES = 4 * 1024 * 1024
SKEW_SECONDS = 300
_LONGEST = 200
Sign = Callable[..., str]
"""The signature over some parts under a secret, as the systems of holders make it."""


@dataclass(frozen=True, slots=True)
class AnswerDoor:
    """A message that was overheard and sent again changes nothing: it gets the receipt it had."""

    sessions: Sessions
    keyring: KeyRing
    taking: Taking
    system: Callable[[WebhookEndpoint, str], HolderSystem]
    sign: Sign

    @property
    def route(self) -> Route:
        return Route(PATH, self.take, methods=["POST"])

    async def take(self, request: Request) -> Response:
        content = await _body(request)
        if content is None:
            return Response(status_code=413)
        found = await self._endpoint(request.path_params["endpoint"])
        if found is None:
            return Response(status_code=401)
        endpoint, secrets = found
        secret = next((each for each in secrets if self._is_signed(request, each, content)), None)
        if secret is None:
            return Response(status_code=401)
        reading = self.system(endpoint, secret).read(content)
        try:
            receipt = await self.taking.take(endpoint, reading, content)
        except Refused:
            return Response(status_code=503)
        return self._answer(request, secret, receipt)

    async def _endpoint(self, key: UUID) -> tuple[WebhookEndpoint, tuple[str, ...]] | None:
        served = (WebhookEndpoint.channel == Channel.HOLDER, WebhookEndpoint.status == EndpointStatus.ACTIVE)
        async with self.sessions.system(JOB) as session:
            endpoint = await session.scalar(select(WebhookEndpoint).where(WebhookEndpoint.id == key, *served))
            if endpoint is None or endpoint.url.startswith("ferry:"):
                return None
            return endpoint, await signing(session, self.keyring, key, at=self.taking.gate.clock())

    def _is_signed(self, request: Request, secret: str, content: bytes) -> bool:
        told = {name: request.headers.get(f"x-{name}", "")[:_LONGEST] for name in ("client", "time", "nonce")}
        moment = told["time"] if told["time"].isascii() and told["time"].isdigit() else "0"
        if not told["nonce"] or abs(self.taking.gate.clock().timestamp() - int(moment)) > SKEW_SECONDS:
            return False
        path = request.url.path
        expected = self.sign(secret.encode(), told["client"], "POST", path, moment, told["nonce"], content)
        return hmac.compare_digest(expected.encode(), request.headers.get("x-signature", "").encode())

    def _answer(self, request: Request, secret: str, receipt: AnswerReceipt) -> Response:
        told = {
            "receipt": receipt.number,
            "sha256": receipt.digest,
            "accepted": receipt.accepted,
            "codes": receipt.codes,
            "reasons": receipt.texts,
        }
        status, body = 200 if receipt.accepted else 422, json.dumps(told, ensure_ascii=False).encode()
        moment, nonce = str(int(self.taking.gate.clock().timestamp())), request.headers["x-nonce"][:_LONGEST]
        signed = self.sign(secret.encode(), nonce, str(status), moment, body)
        headers = {"x-time": moment, "x-signature": signed}
        return Response(body, status, headers, media_type="application/json")


async def _body(request: Request) -> bytes | None:
    """The message; None where it is larger than may be, without reading on."""
    content = b""
    async for chunk in request.stream():
        content += chunk
        if len(content) > MOST_BYTES:
            return None
    return content
