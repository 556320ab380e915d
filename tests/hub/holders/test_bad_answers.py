"""What a holder's system may get wrong, and what must come of it: set aside with a receipt, nothing half-applied."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from sqlalchemy import select, update

from connectors.kit.folder import FerryFolder
from connectors.sandbox.holders.holder import HolderFault
from connectors.sandbox.serving import WireFault
from hub.db import models
from hub.db.target import DatabaseTarget
from tests.support.commands import run_hub_in
from tests.support.holding import Holding
from tests.support.inquiry import ASKER
from tests.support.working import installation

CODES = {
    HolderFault.TRUNCATED: "ANSWER_MALFORMED",
    HolderFault.ENTITIES: "ANSWER_MALFORMED",
    HolderFault.UNTOLD_ENCODING: "ANSWER_ENCODING",
    HolderFault.UNKNOWN_KEY: "ANSWER_KEY_UNKNOWN",
    HolderFault.BAD_CHECKSUM: "ANSWER_DIGEST",
    HolderFault.FORGED_SEAL: "ANSWER_SEAL",
    HolderFault.OTHER_REGION: "ANSWER_REGION",
    HolderFault.STRANGER: "ANSWER_ORDER_UNKNOWN",
    HolderFault.OTHER_PERSON: "ANSWER_SUBJECT",
}


async def order_of(holding: Holding) -> models.ExecutionOrder:
    (row,) = await holding.inquiry.rows(
        select(models.ExecutionOrder).where(
            models.ExecutionOrder.holder_id == holding.world.organizations["county.police"]
        )
    )
    return row


async def untouched(holding: Holding) -> bool:
    row = await order_of(holding)
    results = await holding.inquiry.rows(select(models.ExecutionResult))
    return (row.status, row.version, row.answer_code, results) == ("DISPATCHED", 1, None, [])


async def put(holding: Holding, name: str, content: bytes) -> tuple[str, list[str]]:
    """Hand a file in; what became of it."""
    holding.street.ferries["police"].put(name, content)
    before = len(await holding.answers())
    await holding.collecting.round()
    last = (await holding.answers())[-1]
    assert len(await holding.answers()) == before + 1
    return last.outcome.value, [each["code"] for each in last.reasons]


async def test_what_was_set_aside_is_alarmed_listed_without_a_word_of_it_and_taken_once_the_seal_is_right(
    holding: Holding, tmp_path: Path, database: DatabaseTarget
) -> None:
    inquiry, tax = holding.inquiry, holding.street.holders["tax"]
    await inquiry.sent(("county.tax", "TAX_INVOICE"))
    tax.key = generate_private_key(SECP256R1())
    await holding.exchange()
    (held,) = await holding.answers()
    assert [each["code"] for each in held.reasons] == ["ANSWER_SEAL"]
    key = str(holding.endpoints["tax"])
    settings = installation(tmp_path, database)
    assert "ALARM_ANSWERS_ASIDE" in run_hub_in(settings, "delivery", "status").stderr
    listed = run_hub_in(settings, "destinations", "set-aside", key)
    assert (listed.returncode, str(held.id) in listed.stdout, "ANSWER_SEAL" in listed.stdout) == (0, True, True)
    assert inquiry.numbers[1] not in listed.stdout
    assert "仍搁置 (still aside) 1" in run_hub_in(settings, "destinations", "retake", key).stdout
    assert await inquiry.rows(select(models.ExecutionResult)) == []
    async with holding.world.sessions.system("test") as session:
        row = models.WebhookEndpoint
        await session.execute(update(row).where(row.id == holding.endpoints["tax"]).values(seal_key=tax.seal_key))
    assert "已采纳 (applied) 1" in run_hub_in(settings, "destinations", "retake", key).stdout
    (taken,) = await holding.answers()
    assert (taken.id, taken.outcome, taken.reasons, taken.content_sealed) == (held.id, "APPLIED", [], None)
    assert len(await inquiry.rows(select(models.ExecutionResult))) == 1
    assert "ALARM_ANSWERS_ASIDE" not in run_hub_in(settings, "delivery", "status").stderr
    assert "已采纳 (applied) 0，仍搁置 (still aside) 0" in run_hub_in(settings, "destinations", "retake", key).stdout
    assert run_hub_in(settings, "destinations", "retake", "nonsense").returncode == 1


async def test_what_does_not_verify_is_set_aside_whole_and_a_good_answer_still_counts(holding: Holding) -> None:
    inquiry, police = holding.inquiry, holding.street.holders["police"]
    end = holding.street.ferries["police"]
    query = await inquiry.sent(("county.police", "VEHICLE"))
    await holding.deliver()
    end.work()
    end.folder.clear([path.name for path in end.folder.incoming.iterdir()])
    (number,) = police.asked
    for fault, code in CODES.items():
        police.faults = {fault}
        assert await put(holding, f"{number}.xml", police.spoilt(number)) == ("QUARANTINED", [code]), fault
        assert await untouched(holding), fault
        receipt = _receipt(end.folder)
        assert (receipt["accepted"], receipt["codes"]) == (False, [code])
        assert all(text[-1] == "。" for text in receipt["reasons"])
        assert inquiry.numbers[1] not in json.dumps(receipt)
    assert list(end.folder.incoming.iterdir()) == []
    assert await put(holding, f"{number}.xml", b"x" * (4 * 1024 * 1024 + 1)) == ("QUARANTINED", ["ANSWER_TOO_LARGE"])
    police.faults = set()
    good = police.compose(number)
    assert await put(holding, f"{number}.xml", good) == ("APPLIED", [])
    (result,) = await inquiry.rows(select(models.ExecutionResult.content_sealed))
    # The same bytes again are the same message: the receipt they had, and nothing more.
    end.put("again.xml", good)
    await holding.collecting.round()
    assert _receipt(end.folder)["accepted"]
    assert (await holding.answers())[-1].digest == _receipt(end.folder)["sha256"]
    police.faults = {HolderFault.REFUSES}
    assert await put(holding, f"{number}.xml", police.compose(number)) == ("QUARANTINED", ["ANSWER_TWICE"])
    assert await inquiry.rows(select(models.ExecutionResult.content_sealed)) == [result]
    assert (await order_of(holding)).answer_code == "FOUND"
    assert [each["code"] for each in (await inquiry.read(ASKER, query))["answers"]] == ["FOUND"]
    kept = [each for each in await holding.answers() if each.content_sealed is not None]
    assert {each.outcome.value for each in kept} == {"QUARANTINED"}
    assert all(inquiry.numbers[1].encode() not in each.content_sealed.raw for each in kept)


def _receipt(folder: FerryFolder) -> Any:
    newest = max((folder.root / "receipts").iterdir(), key=lambda path: path.stat().st_mtime_ns)
    return json.loads(newest.read_text(encoding="utf-8"))


async def test_no_answer_is_taken_once_the_order_is_withdrawn_and_the_holder_is_told(holding: Holding) -> None:
    inquiry, police = holding.inquiry, holding.street.holders["police"]
    police.faults = {HolderFault.MUTE}
    query = await inquiry.sent(("county.police", "VEHICLE"), ("county.tax", "TAX_INVOICE"))
    holding.street.holders["tax"].faults = {HolderFault.MUTE}
    await holding.exchange()
    (number,) = police.asked
    await inquiry.fire(ASKER, query, "close")
    police.faults = set()
    late = police.compose(number)
    assert await put(holding, f"{number}.xml", late) == ("QUARANTINED", ["ANSWER_WITHDRAWN"])
    assert await inquiry.rows(select(models.ExecutionResult)) == []
    await holding.exchange()
    for name in ("police", "tax"):
        assert holding.street.holders[name].withdrawn == set(holding.street.holders[name].asked), name
    # What was withdrawn before it went out is never told at all.
    other = await inquiry.sent(("county.police", "HOTEL"), number=2)
    await inquiry.fire(ASKER, other, "close")
    await holding.exchange()
    assert list(police.asked) == [number]
    sent = await inquiry.rows(select(models.Delivery.status).order_by(models.Delivery.number))
    assert sorted(sent)[-2:] == ["WITHDRAWN", "WITHDRAWN"]


async def test_a_service_whose_signature_or_clock_is_off_is_not_believed_and_the_order_goes_again_later(
    holding: Holding,
) -> None:
    inquiry, end = holding.inquiry, holding.street.services["tax"]
    await inquiry.sent(("county.tax", "TAX_INVOICE"))
    secret, end.secret = end.secret, "0" * 48
    await holding.deliver()
    (delivery,) = await inquiry.rows(select(models.Delivery))
    assert (delivery.status, delivery.attempts, holding.street.holders["tax"].asked) == ("WAITING", 1, {})
    end.secret = secret
    holding.world.clock.advance(minutes=10)
    await holding.deliver()
    assert len(holding.street.holders["tax"].asked) == 1
    end.clock_ahead = 3600
    assert await holding.collect() == 0
    assert await holding.answers() == []
    end.clock_ahead = 0
    assert await holding.collect() == 1
    assert await inquiry.rows(select(models.ExecutionOrder.answer_code)) == ["FOUND"]


async def test_a_holder_that_is_away_keeps_nobody_waiting_and_its_order_is_given_up_in_time(
    holding: Holding,
) -> None:
    inquiry = holding.inquiry
    holding.street.services["tax"].wire_faults = {WireFault.SILENCE}
    await inquiry.sent(("county.tax", "TAX_INVOICE"), ("county.police", "VEHICLE"))
    await holding.deliver()
    holding.street.work()
    stopping, waited = asyncio.Event(), time.monotonic()
    collecting = asyncio.create_task(holding.collecting.run(0.05, stopping))
    while not await holding.answers():  # noqa: ASYNC110 - rows ring for nobody
        await asyncio.sleep(0.02)
    stopping.set()
    await collecting
    assert time.monotonic() - waited < 20
    async with holding.world.sessions.system("test") as session:
        stale = update(models.Delivery).where(models.Delivery.status == "WAITING")
        await session.execute(stale.values(attempts=10_000))
    holding.world.clock.advance(days=1)
    await holding.deliver()
    dead = await inquiry.rows(
        select(models.Delivery.status).where(models.Delivery.endpoint_id == holding.endpoints["tax"])
    )
    assert dead == ["DEAD"]
    orders = select(models.ExecutionOrder.status).order_by(models.ExecutionOrder.query_type)
    assert await inquiry.rows(orders) == ["DISPATCHED", "ANSWERED"]
