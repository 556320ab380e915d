"""What courts tell is heard by who may read it now: before publication few, then more, after deletion few again."""

from __future__ import annotations

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from sqlalchemy import select

from hub.canonical.exchange_codes import BatchKind
from hub.db.models import OutboxEvent
from hub.events.catalogue import schema
from hub.runtime import Runtime
from tests.schema.subscriptions.test_what_is_heard import listening
from tests.support.court import DISHONEST, PENDING, Court, court_at, settle

RECORDS = """subscription { dishonestyRecordChanged { kind id event dishonestyRecord { status subject { name } } } }"""
ENTRIES = """subscription { caseListEntryChanged { kind id caseListEntry { caseNumber status } } }"""


@pytest.fixture
async def court(world, runtime: Runtime, tmp_path: Path) -> Court:
    await settle(world)
    return court_at(world, runtime, tmp_path)


async def test_a_listing_is_heard_with_the_subscribers_own_sight_and_then_no_more(hub, court: Court, token_of) -> None:
    async with (
        hub.socket(await token_of("county.police")) as police,
        hub.socket(await token_of("county.office")) as office,
        hub.socket(await token_of("county.finance")) as finance,
        hub.socket(await token_of("neighbour.credit")) as neighbour,
    ):
        everyone = (police, office, finance, neighbour)
        for socket in everyone:
            await listening(hub, socket, query=RECORDS)
        heard: list[tuple[str, str]] = []
        for sequence, state in enumerate(("宽限期内", "已公布", "已删除屏蔽"), 1):
            court.world.clock.advance(seconds=30)
            changes = {"报文号": f"事件-{sequence}", "序号": str(sequence), "状态": state, "删除日期": "2026-06-15"}
            court.send((DISHONEST, court.row(DISHONEST, 1, "police", **changes)))
            await court.hear()
            told = await police.update()
            heard.append((told["kind"], told["dishonestyRecord"]["status"]))
            if state != "宽限期内":
                outside = await office.update()
                heard.append((outside["kind"], (outside["dishonestyRecord"] or {}).get("status")))
        assert heard == [
            ("CHANGED", "IN_GRACE"),
            ("CHANGED", "PUBLISHED"),
            ("CHANGED", "PUBLISHED"),
            ("CHANGED", "DELETED_SHIELDED"),
            ("REMOVED", None),
        ]
        for socket in everyone:
            await socket.settled()


async def test_what_a_snapshot_ends_is_told_too_by_ids_alone(hub, court: Court, token_of) -> None:
    def snapshot(numbers: range) -> list[tuple]:
        return [(PENDING, court.row(PENDING, number, "police", 报文号="", 发生时间="")) for number in numbers]

    court.send(*snapshot(range(1, 11)), kind=BatchKind.SNAPSHOT)
    await court.hear()
    async with (
        hub.socket(await token_of("county.credit")) as credit,
        hub.socket(await token_of("county.civil")) as civil,
    ):
        for socket in (credit, civil):
            await listening(hub, socket, query=ENTRIES)
        court.world.clock.advance(seconds=30)
        court.send(*snapshot(range(2, 11)), kind=BatchKind.SNAPSHOT)
        await court.hear()
        ended = await credit.update()
        assert ended["caseListEntry"] == {"caseNumber": court.case(1).case_number, "status": "ENDED"}
        await credit.settled()
        await civil.settled()
    async with court.world.sessions.system("test") as session:
        events = list(await session.scalars(select(OutboxEvent)))
    assert len(events) == 11
    check = Draft202012Validator(schema("caselist"))
    for each in events:
        plain = {"id": str(each.id), "type": each.type, "schemaVersion": each.schema_version, "key": each.key}
        check.validate({**plain, "ids": {**each.ids, "node": "A" * 24}})
