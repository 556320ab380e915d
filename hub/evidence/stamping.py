"""Time stamps of an authority (RFC 3161) over seals. An outage blocks nothing: seals wait and are stamped later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import httpx
from cryptography.x509 import Certificate
from rfc3161_client import TimestampRequestBuilder, decode_timestamp_response
from sqlalchemy import Exists, exists, func, insert, select

from hub.db.models import ExchangeSeal, ExchangeStamp
from hub.db.session import Sessions, SystemSession
from hub.evidence.tokens import stamp_time

TIMEOUT_SECONDS = 10
LARGEST_ANSWER = 64 * 1024
AT_ONCE = 20
QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"


class StampRefused(Exception):
    """The authority did not answer, or its answer does not verify."""


async def request_stamp(
    http: httpx.AsyncClient, url: str, message: bytes, authorities: Sequence[Certificate]
) -> tuple[bytes, datetime]:
    """Token over the message and its time, verified. Raises ``StampRefused``."""
    request = TimestampRequestBuilder().data(message).nonce(nonce=True).cert_request(cert_request=True).build()
    try:
        answer = await http.post(url, content=request.as_bytes(), headers={"content-type": QUERY, "accept": REPLY})
        if answer.status_code != httpx.codes.OK or len(answer.content) > LARGEST_ANSWER:
            raise StampRefused(f"status {answer.status_code}, {len(answer.content)} bytes")
        response = decode_timestamp_response(answer.content)
        if response.tst_info.nonce != request.nonce:
            raise StampRefused("another request's answer")
        return answer.content, stamp_time(answer.content, message, authorities)
    except (httpx.HTTPError, ValueError) as error:
        raise StampRefused(type(error).__name__) from error


async def stamp_waiting(sessions: Sessions, url: str, authorities: Sequence[Certificate]) -> int:
    """Stamp seals that have none, oldest first; how many. Raises ``StampRefused`` at the first that fails."""
    async with sessions.system("stamping") as session:
        waiting = await _waiting(session)
    async with httpx.AsyncClient(timeout=TIMEOUT_SECONDS, follow_redirects=False) as http:
        for seal in waiting:
            token, at = await request_stamp(http, url, seal.statement.encode(), authorities)
            async with sessions.system("stamping") as session:
                values = {"seal_id": seal.id, "token": token, "stamped_at": at}
                known = select(ExchangeStamp.seal_id).where(ExchangeStamp.seal_id == seal.id)
                if await session.scalar(known) is None:
                    await session.execute(insert(ExchangeStamp).values(values))
    return len(waiting)


async def unstamped_since(session: SystemSession) -> datetime | None:
    """When the oldest seal without a stamp was made; None when every seal has one."""
    return await session.scalar(select(func.min(ExchangeSeal.sealed_at)).where(~_stamped()))


async def _waiting(session: SystemSession) -> Sequence[ExchangeSeal]:
    found = select(ExchangeSeal).where(~_stamped()).order_by(ExchangeSeal.sealed_at, ExchangeSeal.id).limit(AT_ONCE)
    return list(await session.scalars(found))


def _stamped() -> Exists:
    return exists().where(ExchangeStamp.seal_id == ExchangeSeal.id)
