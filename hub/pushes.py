"""``POST /exchange/case-lists``: lists that courts push through the exchange platform, taken in at once.

The four signed headers let a request in, each of them once whichever process it reaches; the body must bear the court's
own signature besides. The answer has the form that the platform answers in, with the receipt as its data.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy.dialects.postgresql import insert
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from connectors.court.pushed import SERVICE, Pusher, pushed, pushers_at
from connectors.kit.national import SKEW, Doorkeeper, Signed, milliseconds
from connectors.kit.report import reason_plain, receipt_json
from hub.canonical.connector import Receipt
from hub.core.errors import Reason, Refused
from hub.db.models import UsedSignature
from hub.ingest.receiving import Receiver
from hub.runtime import Runtime

log = structlog.get_logger("hub.pushes")

JOB = "push"
PATH = "/exchange/{service}"
NEVER = 2**63
"""A web process takes batches in; applying them, however large, is the worker's."""
_STATUS = {"PUSH_TOO_LARGE": 413, "PUSH_BODY": 400, "PUSH_COURT": 403, "PUSH_KEY": 403, "PLATFORM_SERVICE": 404}
_FAULTS = 1_000
"""Faulty rows told in an answer; the receipt says how many there are."""


@dataclass(frozen=True, slots=True)
class Pushes:
    """The door for the exchange platform."""

    runtime: Runtime

    @property
    def route(self) -> Route:
        return Route(PATH, self.answer, methods=["POST"])

    async def answer(self, request: Request) -> JSONResponse:
        try:
            receipt = await self._take(request)
        except Refused as refused:
            reason = refused.reasons[0]
            log.warning("a push is refused", code=reason.code)
            return self._said(_STATUS.get(reason.code, 401 if reason.code.startswith("PLATFORM_") else 422), reason)
        return self._said(200, None, _plain(receipt))

    async def _take(self, request: Request) -> Receipt:
        pusher = await self._admit(request)
        body = await _whole(request, self.runtime.settings.exchange.push_limit)
        ferry = self.runtime.settings.ferry_folder
        handed = await asyncio.to_thread(pushed, pusher, body, ferry)
        runtime = self.runtime
        receiver = Receiver(runtime.sessions, runtime.keyring, runtime.policy, runtime.clock, straight_from=NEVER)
        return await receiver.receive(handed.connector, handed.delivery)

    async def _admit(self, request: Request) -> Pusher:
        """Who pushes. Raises ``Refused`` (PLATFORM_*) with one reason."""
        runtime, now = self.runtime, self.runtime.clock()
        pushers = await asyncio.to_thread(pushers_at, runtime.settings.links_folder)
        door = Doorkeeper(
            lambda name: pushers[name].keys if name in pushers else (),
            frozenset({SERVICE} & {request.path_params["service"]}),
        )
        signed = Signed.of(request.headers, runtime.settings.exchange.prefix)
        pusher = pushers[door.verify(signed, now)]
        if not await self._first(signed, now):
            raise Refused(Reason("PLATFORM_REPLAY"))
        return pusher

    async def _first(self, signed: Signed, now: datetime) -> bool:
        """Whether no process has let it in before."""
        used = insert(UsedSignature).values(
            requester=signed.requester,
            service=signed.service,
            instant=int(signed.instant),
            expires_at=now + 2 * SKEW,
        )
        async with self.runtime.sessions.system(JOB) as session:
            found = await session.scalar(used.on_conflict_do_nothing().returning(UsedSignature.instant))
        return found is not None

    def _said(self, status: int, reason: Reason | None, data: object = None) -> JSONResponse:
        told = {"code": "OK", "data": data} if reason is None else reason_plain(reason)
        return JSONResponse({**told, "time": milliseconds(self.runtime.clock())}, status_code=status)


def _plain(receipt: Receipt) -> dict[str, object]:
    faults = [
        {
            "file": each.file,
            "row": each.row,
            "messageId": each.message_id,
            "reasons": [reason_plain(reason) for reason in each.reasons],
        }
        for each in receipt.faults[:_FAULTS]
    ]
    return {**json.loads(receipt_json(receipt)), "faults": faults}


async def _whole(request: Request, limit: int) -> bytes:
    """The body, read no further than ``limit`` bytes. Raises ``Refused`` (PUSH_TOO_LARGE)."""
    chunks, length = [], 0
    async for chunk in request.stream():
        length += len(chunk)
        if length > limit:
            raise Refused(Reason("PUSH_TOO_LARGE", (), {"limit": limit}))
        chunks.append(chunk)
    return b"".join(chunks)
