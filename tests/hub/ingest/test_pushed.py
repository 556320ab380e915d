"""Lists pushed through the exchange platform: signed headers once for all processes, the court's own signature, a
receipt at once, the inbox behind it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from connectors.kit.national import Signed, milliseconds
from connectors.registry import connectors_at
from connectors.sandbox.court.system import Fault
from hub.db import models
from hub.runtime import Runtime
from hub.worker import hear
from tests.support.court import CODE, OTHER_CODE, PENDING
from tests.support.pushing import FORMER, KEY, RID, Platform, platform_at
from tests.support.world import World


@pytest.fixture
async def platform(world: World, runtime: Runtime, tmp_path: Path) -> Platform:
    return await platform_at(world, runtime, tmp_path)


async def counted(platform: Platform, model: Any) -> int:
    async with platform.court.world.sessions.system("test") as session:
        return await session.scalar(select(func.count()).select_from(model)) or 0


async def test_a_pushed_batch_is_answered_with_its_receipt_and_applied_by_the_worker(platform: Platform) -> None:
    row = platform.court.row(PENDING, 1, "police", 案件标签="涉民生")
    body = platform.batch(row, {**platform.court.row(PENDING, 2, "finance"), "统一社会信用代码": "1141082500000000XX"})
    status, first = await platform.push(body)
    assert (status, first["code"], first["time"]) == (200, "OK", milliseconds(platform.clock()))
    receipt = first["data"]
    assert receipt["accepted"]
    assert not receipt["duplicate"]
    assert (receipt["batch"], receipt["rows"], receipt["faultyRows"]) == (1, 1, 1)
    assert [each["row"] for each in receipt["faults"]] == [2]
    status, again = await platform.push(body, platform.signed(FORMER), process=1)
    assert (status, again["data"]["receipt"], again["data"]["duplicate"]) == (200, receipt["receipt"], True)
    assert await counted(platform, models.InboxMessage) == 2
    assert await counted(platform, models.CaseListEntry) == 0

    settings = platform.court.runtime.settings
    assert CODE in {each.source.removeprefix("court:") for each in connectors_at(settings.ferry_folder, settings.links)}
    await hear(platform.court.runtime)
    assert await counted(platform, models.CaseListEntry) == 1
    assert await counted(platform, models.CaseTag) == 1
    (result,) = (settings.ferry_folder / CODE / "out").glob("result-*")
    assert json.loads(result.read_text())["receipt"] == receipt["receipt"]
    async with platform.court.world.sessions.system("test") as session:
        logged = await session.scalars(
            select(models.ExchangeEntry.operation).where(models.ExchangeEntry.operation == "receiveBatch")
        )
        assert len(logged.all()) == 1


async def test_what_is_forged_replayed_or_for_another_court_leaves_nothing(platform: Platform) -> None:
    body = platform.batch(platform.court.row(PENDING, 1, "police"))
    used = platform.signed()
    assert (await platform.push(b"{}", used))[1]["code"] == "PUSH_BODY"
    # The signature does not cover the body: overheard, it must not carry another one, whichever process it reaches.
    assert [(await platform.push(body, used, process=process))[0] for process in (0, 1)] == [401, 401]
    assert (await platform.push(body, used, process=1))[1]["code"] == "PLATFORM_REPLAY"
    stale = replace(used, instant=str(milliseconds(platform.clock() - timedelta(minutes=6))))
    for wrong, code in (
        (platform.signed(key="guessed"), "PLATFORM_SIGNATURE"),
        (platform.signed(requester="stranger"), "PLATFORM_SIGNATURE"),
        (stale, "PLATFORM_SIGNATURE"),
        (Signed.by(KEY, RID, "case-lists", int(stale.instant)), "PLATFORM_TIME"),
        (replace(platform.signed(), signature=""), "PLATFORM_HEADERS"),
        (platform.signed(service="other"), "PLATFORM_SERVICE"),
    ):
        status, answer = await platform.push(body, wrong)
        assert (status in (401, 404), answer["code"], "data" in answer) == (True, code, False)
    other = json.loads(body)
    other["content"]["manifest"] = other["content"]["manifest"].replace(CODE, OTHER_CODE)
    assert (await platform.push(json.dumps(other).encode()))[1]["code"] == "PUSH_COURT"
    assert (await platform.push(b"x" * 100_001))[0] == 413
    for odd in (b"[]", b"\xff", b"[" * 90_000, body.replace(b'"files": {"', b'"files": {"x": 1, "')):
        assert (await platform.push(odd))[1]["code"] == "PUSH_BODY"
    assert await counted(platform, models.InboxBatch) == 0

    # Let in by the platform's headers, but not what the court has signed.
    changed = json.loads(body)
    changed["content"]["manifest"] = changed["content"]["manifest"].replace('"batch": 1', '"batch": 2')
    status, answer = await platform.push(json.dumps(changed).encode())
    assert (status, answer["data"]["accepted"]) == (200, False)
    assert [reason["code"] for reason in answer["data"]["reasons"]] == ["BATCH_SIGNATURE"]
    status, answer = await platform.push(
        platform.batch(platform.court.row(PENDING, 1, "police"), faults=[Fault.TRUNCATE])
    )
    assert not answer["data"]["accepted"]
    ferry = platform.court.runtime.settings.ferry_folder
    (ferry / f"{CODE}.pem").unlink()
    assert (await platform.push(body))[1]["code"] == "PUSH_KEY"
    assert await counted(platform, models.InboxMessage) == 0
    async with platform.court.world.sessions.system("test") as session:
        states = await session.scalars(select(models.InboxBatch.status))
        assert {each.value for each in states} == {"REFUSED"}
