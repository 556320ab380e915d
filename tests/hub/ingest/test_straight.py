"""Large batches applied as they come in leave what the row-wise way leaves; whatever cannot go straight waits."""

from __future__ import annotations

from random import Random

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.ext.asyncio import AsyncEngine

from connectors.registry import connectors_at
from connectors.sandbox.court.system import Fault
from hub.canonical.exchange_codes import BatchKind, InboxStatus
from hub.db import models
from hub.ingest.receiving import Receiver
from hub.worker import hear
from tests.support.court import DISHONEST, OTHER_CODE, PENDING, TERMINATED, Court

ALWAYS, NEVER = 0, 10**9
_FACTS = """
    select 'entry', list_kind, status, case_number, role, claim_amount_fen::text, listed_on::text, source_key,
           source_version::text, content_digest, occurred_at::text from case_list_entry
    union all
    select 'listing', status, mirror_status, case_number, performance, duty, listed_on::text, source_key,
           source_version::text, content_digest, occurred_at::text from dishonesty_record
    union all
    select 'case', case_number, cause, filed_on::text, confidentiality, null, null, null, null, null, null
    from legal_case
    union all
    select 'subject', name, name_masked, uscc, identity_masked, match_confidence, government_subject::text,
           organization_id::text, null, null, null from subject
    union all
    select 'message', message_id, state, reasons::text, version::text, list_kind, business_key, digest, null, null, null
    from inbox_message
    union all
    select 'event', type, ids ->> 'organizationId', count(*)::text, null, null, null, null, null, null, null
    from outbox_event group by 2, 3
    union all
    select 'party', capacity, organization_id::text, count(*)::text, null, null, null, null, null, null, null
    from case_list_entry_party group by 2, 3
    union all
    select 'compared', list_kind, outcome, mirror_rows::text, snapshot_rows::text, missing_rows::text, ended_rows::text,
           null, null, null, null from reconciliation
"""
_TABLES = (
    "case_list_entry_party, dishonesty_record_party, case_list_entry, dishonesty_record, legal_case, subject_alias, "
    "subject, subject_match, inbox_refusal, inbox_message, snapshot_portion, reconciliation, inbox_batch, "
    "data_quality_issue, connector_state, outbox_event"
)


async def receive(court: Court, straight_from: int) -> None:
    runtime = court.runtime
    receiver = Receiver(runtime.sessions, runtime.keyring, runtime.policy, runtime.clock, straight_from)
    for connector in connectors_at(runtime.settings.ferry_folder, runtime.settings.links_folder):
        for delivery in connector.pull(None):
            await receiver.receive(connector, delivery)


async def facts(court: Court) -> list[tuple]:
    async with court.world.sessions.system("test") as session:
        rows = await session.execute(text(_FACTS))
        return sorted(tuple(map(str, row)) for row in rows)


async def start_over(court: Court, admin: AsyncEngine) -> None:
    """Neither the hub nor the ferry has heard of anything."""
    async with admin.begin() as connection:
        await connection.execute(text(f"truncate {_TABLES} cascade"))
    for path in court.system.folder.root.rglob("*.*"):
        if path.is_file():
            path.unlink()
    court.system.last_batch = 0


def drawn(court: Court, random: Random) -> list[tuple]:
    """Rows of a batch: good ones, twice the same, corrections, faulty ones, bodies that nobody knows."""
    made = []
    for _ in range(random.randint(8, 25)):
        kind = random.choice([DISHONEST, PENDING, TERMINATED])
        number, unit = random.randint(1, 9), random.choice(["police", "finance"])
        changes = random.choice(
            [
                {},
                {},
                {"版本": "2", "案由": "另一案由"},
                {"案号": "错"},
                {"状态": "不明"},
                {"统一社会信用代码": "", "名称": "无名单位"},
                {"立案日期": "2026年1月9日"},
                {"密级": "涉个人隐私"},
            ]
        )
        if kind is DISHONEST and random.random() < 0.3:
            made.append((kind, court.person(number)))
        else:
            made.append((kind, court.row(kind, number, unit, **changes)))
    return made


@pytest.mark.parametrize("seed", range(2))
async def test_both_ways_leave_the_same(court: Court, admin: AsyncEngine, seed: int, monkeypatch) -> None:
    """Straight and copied, as many rows are; and as few are."""
    start, left = court.world.clock(), []
    for straight_from, many in ((ALWAYS, 1), (NEVER, 500)):
        monkeypatch.setattr("hub.db.bulk.MANY", many)
        random, court.world.clock.now = Random(seed), start
        for kind in (BatchKind.DELTA, BatchKind.SNAPSHOT, BatchKind.DELTA, BatchKind.SNAPSHOT):
            court.send(*drawn(court, random), kind=kind)
            await receive(court, straight_from)
            await hear(court.runtime)
            court.world.clock.advance(hours=1)
        left.append(await facts(court))
        await start_over(court, admin)
    straight, row_wise = left
    assert {row[0] for row in straight} >= {"entry", "case", "subject", "message", "event", "compared"}
    assert straight == row_wise


async def test_a_large_batch_is_settled_when_it_is_answered(court: Court) -> None:
    court.send(*((PENDING, court.row(PENDING, number, "police")) for number in range(1, 6)))
    await receive(court, ALWAYS)
    async with court.world.sessions.system("test") as session:
        states = set(await session.scalars(select(models.InboxMessage.state)))
        events = await session.scalars(select(models.OutboxEvent))
        entries = set(await session.scalars(select(models.CaseListEntry.id)))
        assert {event.ids["id"] for event in events} == {str(key) for key in entries}
    assert states == {InboxStatus.APPLIED}


async def test_what_an_earlier_message_waits_for_waits_behind_it(court: Court) -> None:
    court.send((PENDING, court.row(PENDING, 1, "police")))
    await receive(court, NEVER)
    court.world.clock.advance(hours=1)
    court.send((PENDING, court.row(PENDING, 1, "police", 状态="ENDED")), (PENDING, court.row(PENDING, 2, "police")))
    await receive(court, ALWAYS)
    async with court.world.sessions.system("test") as session:
        found = await session.scalars(select(models.InboxMessage.state).order_by(models.InboxMessage.position))
        assert [state.value for state in found] == ["RECEIVED", "RECEIVED", "APPLIED"]


async def test_a_snapshot_is_known_by_its_content_and_another_courts_rows_are_not_taken_for_it(court: Court) -> None:
    bare = {"报文号": "", "版本": "", "序号": "", "发生时间": ""}
    rows = [(PENDING, court.row(PENDING, number, "police", **bare)) for number in range(1, 4)]
    court.send(*rows, kind=BatchKind.SNAPSHOT)
    await receive(court, ALWAYS)
    await hear(court.runtime)
    court.world.clock.advance(hours=1)
    changed = (PENDING, court.row(PENDING, 1, "police", 标的金额="1.00", **bare))
    court.send(changed, *rows[1:], kind=BatchKind.SNAPSHOT)
    await receive(court, ALWAYS)
    receipt = court.system.receipts()[-1]
    assert (receipt["rows"], receipt["unchanged"]) == (1, 2)
    await hear(court.runtime)
    async with court.world.sessions.system("test") as session:
        compared = (await session.scalars(select(models.Reconciliation).order_by(models.Reconciliation.as_of))).all()
        assert [(each.snapshot_rows, each.missing_rows) for each in compared] == [(3, 0), (3, 0)]
        await session.execute(update(models.CaseListEntry).values(source=f"court:{OTHER_CODE}"))
    court.world.clock.advance(hours=1)
    court.send(*rows, kind=BatchKind.SNAPSHOT)
    await receive(court, ALWAYS)
    assert court.system.receipts()[-1]["unchanged"] == 0


async def test_changes_spread_over_a_snapshot_are_gathered_and_none_is_lost(court: Court, monkeypatch) -> None:
    monkeypatch.setattr("hub.ingest.reading.PORTION", 2)
    monkeypatch.setattr("hub.ingest.reading.ENOUGH", 2)
    bare = {"报文号": "", "版本": "", "序号": "", "发生时间": ""}
    for changed, kept in ((range(0), 9), ((1, 4, 8), 9), (range(0), 8)):
        changes = {number: {"标的金额": "1.00"} for number in changed}
        rows = [
            court.row(PENDING, number, "police", **changes.get(number, {}), **bare) for number in range(1, kept + 1)
        ]
        court.send(*((PENDING, row) for row in rows), kind=BatchKind.SNAPSHOT)
        await receive(court, ALWAYS)
        await hear(court.runtime)
        court.world.clock.advance(hours=1)
    receipts = court.system.receipts()
    assert [(each["rows"], each["unchanged"]) for each in receipts] == [(9, 0), (3, 6), (3, 5)]
    async with court.world.sessions.system("test") as session:
        compared = (await session.scalars(select(models.Reconciliation).order_by(models.Reconciliation.as_of))).all()
        assert [(each.snapshot_rows, each.mirror_rows, each.ended_rows) for each in compared] == [
            (9, 9, 0),
            (9, 9, 0),
            (8, 9, 1),
        ]


async def test_a_batch_that_breaks_off_leaves_nothing_of_its_first_portions(court: Court, monkeypatch) -> None:
    monkeypatch.setattr("hub.ingest.reading.PORTION", 2)
    monkeypatch.setattr("hub.ingest.reading.ENOUGH", 2)
    court.send(*((PENDING, court.row(PENDING, number, "police")) for number in range(1, 8)), faults=[Fault.BAD_COUNT])
    await receive(court, ALWAYS)
    assert [reason["code"] for reason in court.system.receipts()[0]["reasons"]] == ["BATCH_COUNT"]
    async with court.world.sessions.system("test") as session:
        for model in (models.CaseListEntry, models.InboxMessage, models.LegalCase, models.OutboxEvent):
            assert await session.scalar(select(func.count()).select_from(model)) == 0
