"""A holder that hands its answer in by itself, over the real app."""

from __future__ import annotations

import json
from datetime import timedelta

import httpx
from sqlalchemy import select

from connectors.kit.signed_calls import signature
from connectors.sandbox.holders.holder import HolderFault
from hub.app import app_of
from hub.db import models
from hub.holders.retention import forget_set_aside
from tests.support.client import ISSUER
from tests.support.holding import Holding


async def test_an_answer_is_taken_when_its_signature_holds_and_gets_a_signed_receipt(holding: Holding) -> None:
    inquiry, end, endpoint = holding.inquiry, holding.street.services["tax"], holding.endpoints["tax"]
    await inquiry.sent(("county.tax", "TAX_INVOICE"))
    await holding.deliver()
    (number,) = end.holder.asked
    good, path = end.holder.compose(number), f"/holders/{endpoint}/answers"
    now = int(holding.world.clock().timestamp())

    async def post(content: bytes, to: str = path, secret: str = end.secret, at: int = now) -> httpx.Response:
        signed = signature(secret.encode(), "tax", "POST", path, str(at), "n1", good)
        headers = {"x-client": "tax", "x-time": str(at), "x-nonce": "n1", "x-signature": signed}
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app_of(holding.runtime)), base_url=ISSUER) as http:
            return await http.post(to, content=content, headers=headers)

    ferry = f"/holders/{holding.endpoints['police']}/answers"
    unknown = f"/holders/{inquiry.cases[1].id}/answers"
    for refused in (
        await post(good, secret="x"),
        await post(good, at=now - 301),
        await post(good[:-1] + b" "),
        await post(good, to=ferry),
        await post(good, to=unknown),
    ):
        assert (refused.status_code, refused.content) == (401, b"")
    assert (await post(b"x" * (4 * 1024 * 1024 + 1))).status_code == 413
    assert await holding.answers() == []
    assert await inquiry.rows(select(models.ExecutionOrder.status)) == ["DISPATCHED"]
    taken = await post(good)
    assert taken.status_code == 200
    receipt = signature(end.secret.encode(), "n1", "200", taken.headers["x-time"], taken.content)
    assert (json.loads(taken.content)["accepted"], taken.headers["x-signature"]) == (True, receipt)
    assert (await post(good)).json() == taken.json()
    assert await inquiry.rows(select(models.ExecutionOrder.answer_code)) == ["FOUND"]
    (entry,) = await inquiry.rows(
        select(models.ExchangeEntry).where(models.ExchangeEntry.operation == "answerExecutionOrder")
    )
    assert (entry.outcome, entry.subject) == ("DONE", f"destination:{endpoint}")


async def test_what_was_set_aside_is_destroyed_in_time_and_its_receipt_stays(holding: Holding) -> None:
    inquiry, police = holding.inquiry, holding.street.holders["police"]
    police.faults = {HolderFault.OTHER_PERSON}
    await inquiry.sent(("county.police", "VEHICLE"))
    await holding.exchange()

    async def forget(days: int) -> int:
        at = holding.world.clock() + timedelta(days=days)
        async with holding.world.sessions.system("test") as session:
            return await forget_set_aside(session, holding.runtime.policy, at)

    assert await forget(29) == 0
    assert await forget(30) == 1
    (kept,) = await holding.answers()
    assert (kept.content_sealed, [each["code"] for each in kept.reasons]) == (None, ["ANSWER_SUBJECT"])
    assert [each["accepted"] for each in police.receipts] == [False]
