"""What is told late, twice, out of order or wrong: by the source's own time, by versions, by a person's hand."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from sqlalchemy import func, select, update

from hub.canonical.exchange_codes import BatchKind, DishonestyStatus, InboxStatus, MirrorStatus
from hub.core.ids import encode_node_id, new_id
from hub.db import models
from hub.ingest.mirrors import mirror_of
from hub.ingest.processing import Processor
from hub.ingest.rounds import Inbox
from hub.policy.store import PolicyStore
from hub.worker import hear
from tests.support.client import ClientOf
from tests.support.court import DISHONEST, PENDING, Court, lay_down
from tests.support.world import COUNTY


async def the(court: Court, model):
    async with court.world.sessions.system("test") as session:
        (found,) = await session.scalars(select(model))
        return found


async def states(court: Court) -> list[str]:
    async with court.world.sessions.system("test") as session:
        rows = await session.scalars(select(models.InboxMessage.state).order_by(models.InboxMessage.position))
        return [state.value for state in rows]


def event(court: Court, number: int, hours: int, status: str, **more: str) -> tuple:
    at = court.world.clock() - timedelta(hours=hours)
    cells = {"报文号": f"事件{number}", "序号": "1", "发生时间": at.isoformat(), "状态": status, **more}
    return DISHONEST, court.row(DISHONEST, 1, "police", **cells)


async def test_a_late_message_is_recorded_and_not_applied(court: Court) -> None:
    court.send(event(court, 2, 1, "已公布", 案由="后报的案由"))
    court.send(event(court, 1, 5, "宽限期内", 案由="先报的案由"))
    await court.hear()
    assert (await the(court, models.DishonestyRecord)).status is DishonestyStatus.PUBLISHED
    case = await the(court, models.LegalCase)
    assert (case.cause, case.occurred_at) == ("后报的案由", court.world.clock() - timedelta(hours=1))
    assert await states(court) == ["APPLIED", "SUPERSEDED"]


async def test_a_batch_in_wrong_order_ends_where_the_source_ended(court: Court) -> None:
    court.send(event(court, 3, 1, "已删除屏蔽"), event(court, 1, 5, "宽限期内"), event(court, 2, 3, "已公布"))
    await court.hear()
    record = await the(court, models.DishonestyRecord)
    assert (record.status, record.mirror_status) == (DishonestyStatus.DELETED_SHIELDED, MirrorStatus.ENDED)
    assert sorted(await states(court)) == ["APPLIED", "SUPERSEDED", "SUPERSEDED"]


async def test_a_correction_comes_as_a_new_version_and_wins_over_its_original(court: Court) -> None:
    court.send(event(court, 1, 1, "已公布", 履行情况="全部未履行"))
    await court.hear()
    court.send(event(court, 1, 1, "已公布", 履行情况="部分履行", 版本="2"))
    await court.hear()
    assert (await the(court, models.DishonestyRecord)).performance == "部分履行"
    court.send(event(court, 1, 1, "已公布", 履行情况="另一说法", 版本="2"))
    await court.hear()
    assert (await the(court, models.DishonestyRecord)).performance == "部分履行"


async def test_a_correction_takes_the_place_of_what_could_not_be_read(court: Court) -> None:
    court.send(event(court, 1, 1, "不明状态"))
    await court.hear()
    court.send(event(court, 1, 1, "已公布", 版本="2"))
    await court.hear()
    assert await states(court) == ["SUPERSEDED", "APPLIED"]


async def test_two_contents_of_one_moment_are_held_for_a_person(court: Court) -> None:
    court.send(event(court, 1, 1, "已公布", 履行情况="全部未履行"))
    court.send(event(court, 2, 1, "已公布", 履行情况="部分履行"))
    await court.hear()
    assert await states(court) == ["APPLIED", "QUARANTINED"]
    assert (await the(court, models.DishonestyRecord)).performance == "全部未履行"


async def test_a_message_from_the_future_is_invalid(court: Court) -> None:
    court.send(event(court, 1, -5, "已公布"))
    await court.hear()
    assert await states(court) == ["INVALID"]


async def test_two_workers_at_once_apply_everything_once(court: Court) -> None:
    for number in range(1, 6):
        court.send(*((PENDING, court.row(PENDING, 10 * number + each, "police")) for each in range(10)))
    await asyncio.gather(*(hear(court.runtime) for _ in range(4)))
    await court.hear()
    assert await states(court) == ["APPLIED"] * 50
    async with court.world.sessions.system("test") as session:
        assert len(list(await session.scalars(select(models.CaseListEntry)))) == 50
    assert [result["messages"] for result in court.system.results()] == [{"APPLIED": 10}] * 5


async def test_work_that_a_dead_worker_left_is_taken_up_when_its_lease_ends(court: Court) -> None:
    court.send((PENDING, court.row(PENDING, 1, "police")))
    runtime = court.runtime
    processor = Processor(runtime.sessions, runtime.keyring, runtime.policy, runtime.clock)
    inbox = Inbox(runtime.sessions, runtime.keyring, runtime.policy, runtime.clock)
    await inbox._poll(court.connector)
    assert len(await processor._claim((court.connector.source,))) == 1
    await court.hear()
    assert await states(court) == ["RECEIVED"]
    court.world.clock.advance(minutes=3)
    await court.hear()
    assert await states(court) == ["APPLIED"]


async def test_a_message_that_cannot_be_applied_harms_itself_alone_and_is_given_up_to_a_person(court: Court) -> None:
    court.send((PENDING, court.row(PENDING, 1, "police")), (PENDING, court.row(PENDING, 2, "finance")))
    connector = court.connector
    original = connector.translate

    def poisonous(row, **more):
        if row.number == 1 and poisoned:
            raise RuntimeError
        return original(row, **more)

    poisoned = False
    connector.translate = poisonous  # type: ignore[method-assign]
    inbox = Inbox(court.runtime.sessions, court.runtime.keyring, court.runtime.policy, court.runtime.clock)
    await inbox._poll(connector)
    poisoned = True
    for _ in range(5):
        court.world.clock.advance(minutes=3)
        await inbox.round([connector])
    assert await states(court) == ["QUARANTINED", "APPLIED"]
    poisoned = False
    async with court.world.sessions.system("test") as session:
        await session.execute(update(models.InboxMessage).values(state=InboxStatus.RECEIVED, attempt=0))
    await inbox.round([connector])
    assert await states(court) == ["APPLIED", "APPLIED"]


def snapshot(court: Court, numbers: range) -> list[tuple]:
    return [(PENDING, court.row(PENDING, number, "police", 报文号="", 发生时间="")) for number in numbers]


async def active(court: Court) -> int:
    async with court.world.sessions.system("test") as session:
        rows = await session.scalars(select(models.CaseListEntry.status))
        return sum(status is MirrorStatus.ACTIVE for status in rows)


async def test_a_snapshot_ends_what_it_lacks_adds_what_is_new_and_tells_nothing_of_the_rest(court: Court) -> None:
    court.send(*snapshot(court, range(1, 11)), kind=BatchKind.SNAPSHOT)
    await court.hear()
    court.world.clock.advance(hours=1)
    court.send(*snapshot(court, range(2, 12)), kind=BatchKind.SNAPSHOT)
    await court.hear()
    assert (court.system.receipts()[1]["rows"], court.system.receipts()[1]["unchanged"]) == (1, 9)
    assert await active(court) == 10
    async with court.world.sessions.system("test") as session:
        found = await session.scalars(select(models.Reconciliation).order_by(models.Reconciliation.at))
        assert [(each.missing_rows, each.ended_rows, each.outcome.value) for each in found] == [
            (0, 0, "EQUAL"),
            (1, 1, "ENDED_MISSING"),
        ]


async def test_a_snapshot_that_lost_more_than_the_pack_allows_ends_nothing(court: Court) -> None:
    court.send(*snapshot(court, range(1, 11)), kind=BatchKind.SNAPSHOT)
    await court.hear()
    court.world.clock.advance(hours=1)
    court.send(*snapshot(court, range(1, 5)), kind=BatchKind.SNAPSHOT)
    await court.hear()
    assert await active(court) == 10
    issue = await the(court, models.DataQualityIssue)
    assert (issue.kind.value, issue.about) == ("SNAPSHOT_SHRUNK", "PENDING")


async def test_a_snapshot_may_end_more_listings_than_a_statement_takes_parameters(court: Court) -> None:
    court.send((DISHONEST, court.row(DISHONEST, 1, "police")))
    await court.hear()
    ended = [(await the(court, models.DishonestyRecord)).id, *(new_id() for _ in range(33_000))]
    after = mirror_of(DISHONEST).after
    assert after is not None
    async with court.world.sessions.system("test") as session:
        assert await session.scalar(select(func.count()).select_from(models.StandingListing)) == 1
        pack = await PolicyStore().pack(session, court.world.jurisdictions[COUNTY], court.world.clock().date())
        await after(session, ended, pack, court.world.clock())
    async with court.world.sessions.system("test") as session:
        assert await session.scalar(select(func.count()).select_from(models.StandingListing)) == 0
        told = await session.scalars(select(models.OutboxEvent.ids).order_by(models.OutboxEvent.number))
        assert [ids["version"] for ids in told if ids["id"] == str(ended[0])] == [1, 2]


HELD = """{ reconciliations(filter: {outcome: HELD}) { nodes { id missingRows } } }"""
DECIDED = "outcome decision endedRows decisionReason decisionEvidence decidedBy { shortName }"


async def held_snapshot(court: Court, client_of: ClientOf) -> str:
    """Of ten entries four are left; the comparison waits for a person."""
    court.send(*snapshot(court, range(1, 11)), kind=BatchKind.SNAPSHOT)
    await court.hear()
    court.world.clock.advance(minutes=1)
    court.send(*snapshot(court, range(1, 5)), kind=BatchKind.SNAPSHOT)
    await court.hear()
    (held,) = (await (await client_of("county.court")).data(HELD))["reconciliations"]["nodes"]
    assert (await active(court), held["missingRows"]) == (10, 6)
    return held["id"]


def deciding(key: str, decision: str) -> str:
    said = 'reason: "院方确认批量结案", evidence: "（2026）函字3号"'
    return f'input: {{reconciliationId: "{key}", decision: {decision}, {said}}}'


async def test_a_held_snapshot_takes_effect_when_its_court_says_so_but_not_on_what_was_told_since(
    court: Court, client_of: ClientOf
) -> None:
    key = await held_snapshot(court, client_of)
    release = deciding(key, "RELEASE")
    for stranger, code in (
        ("neighbour.court", "NOT_FOUND"),
        ("neighbour.admin", "NOT_FOUND"),
        ("county.credit", "NOT_FOUND"),
        ("county.audit", "SCOPE_REQUIRED"),
    ):
        refused = await (await client_of(stranger)).change("decideHeldSnapshot", release, "reconciliation", "outcome")
        assert refused["code"] == code, stranger
    await court.hear()
    assert await active(court) == 10
    court.world.clock.advance(minutes=1)
    court.send((PENDING, court.row(PENDING, 10, "police", 报文号="其后", 序号="9")))
    client = await client_of("county.court")
    no_evidence = release.replace("（2026）函字3号", "")
    assert "code" in await client.change("decideHeldSnapshot", no_evidence, "reconciliation", "outcome")
    assert await client.change("decideHeldSnapshot", release, "reconciliation", DECIDED) == {
        "outcome": "HELD",
        "decision": "RELEASE",
        "endedRows": 0,
        "decisionReason": "院方确认批量结案",
        "decisionEvidence": "（2026）函字3号",
        "decidedBy": {"shortName": "人民法院"},
    }
    await court.hear()
    (done,) = (await client.data("{ reconciliations(filter: {outcome: RELEASED}) { nodes { endedRows } } }"))[
        "reconciliations"
    ]["nodes"]
    assert (done["endedRows"], await active(court)) == (5, 5)
    assert (await the(court, models.DataQualityIssue)).resolved_at is not None
    again = await client.change("decideHeldSnapshot", deciding(key, "REFUSE"), "reconciliation", "outcome")
    assert again["code"] == "SNAPSHOT_NOT_HELD"


async def test_a_held_snapshot_is_set_aside_by_the_administrator_or_overtaken_by_a_later_one(
    court: Court, client_of: ClientOf
) -> None:
    key = await held_snapshot(court, client_of)
    admin = await client_of("county.admin")
    refused = await admin.change("decideHeldSnapshot", deciding(key, "REFUSE"), "reconciliation", "decision")
    assert refused == {"decision": "REFUSE"}
    await court.hear()
    assert await active(court) == 10
    for rows in (range(1, 5), range(1, 12)):
        court.world.clock.advance(minutes=1)
        court.send(*snapshot(court, rows), kind=BatchKind.SNAPSHOT)
        await court.hear()
    assert await active(court) == 11
    async with court.world.sessions.system("test") as session:
        found = await session.scalars(select(models.Reconciliation).order_by(models.Reconciliation.as_of))
        outcomes = [each.outcome.value for each in found]
        assert not (await session.scalars(select(models.SnapshotPortion))).all()
    assert outcomes == ["EQUAL", "REFUSED", "OVERTAKEN", "EQUAL"]
    late = await admin.change("decideHeldSnapshot", deciding(key, "RELEASE"), "reconciliation", "outcome")
    assert late["code"] == "SNAPSHOT_NOT_HELD"


async def test_a_snapshot_with_an_unreadable_row_ends_nothing(court: Court) -> None:
    court.send(*snapshot(court, range(1, 11)), kind=BatchKind.SNAPSHOT)
    await court.hear()
    court.world.clock.advance(hours=1)
    broken = (PENDING, court.row(PENDING, 10, "police", 案号="错", 报文号="", 发生时间=""))
    court.send(*snapshot(court, range(1, 10)), broken, kind=BatchKind.SNAPSHOT)
    await court.hear()
    assert await active(court) == 10


async def test_an_older_snapshot_is_refused(court: Court) -> None:
    court.send(*snapshot(court, range(1, 6)), kind=BatchKind.SNAPSHOT)
    court.world.clock.advance(hours=1)
    court.send(*snapshot(court, range(1, 7)), kind=BatchKind.SNAPSHOT)
    await court.hear()
    court.world.clock.advance(hours=-1)
    court.send(*snapshot(court, range(1, 6)), kind=BatchKind.SNAPSHOT)
    court.world.clock.advance(hours=1)
    await court.hear()
    assert [reason["code"] for reason in court.system.receipts()[2]["reasons"]] == ["SNAPSHOT_STALE"]
    assert await active(court) == 6


async def quarantined(court: Court, client_of: ClientOf) -> dict:
    client = await client_of("county.court")
    query = "{ quarantine { nodes { id state revision reasons { code } cells { column value } } } }"
    (found,) = (await client.data(query))["quarantine"]["nodes"]
    return found


async def test_its_court_sees_mends_and_replays_a_message_and_the_original_is_kept(
    court: Court, client_of: ClientOf
) -> None:
    right = court.unit("police").uscc
    court.send(
        (PENDING, court.row(PENDING, 1, "police", 统一社会信用代码=right[:-1] + ("0" if right[-1] != "0" else "1")))
    )
    await court.hear()
    held = await quarantined(court, client_of)
    assert held["reasons"][0]["code"] == "USCC_CHECK"
    assert {"column": "案号", "value": court.case(1).case_number} in held["cells"]
    client = await client_of("county.court")
    given = f'messageId: "{held["id"]}", reason: "电话核实"'
    mended = await client.change(
        "mendInboxMessage",
        f'input: {{{given}, cells: [{{column: "统一社会信用代码", value: "{right}"}}]}}',
        "inboxMessage",
        "state revision",
    )
    assert mended == {"state": "RECEIVED", "revision": 1}
    await court.hear()
    assert await states(court) == ["SUPERSEDED", "APPLIED"]
    assert (await client.change("replayInboxMessage", f"input: {{{given}}}", "inboxMessage"))["code"] == (
        "MESSAGE_NOT_WAITING"
    )


async def test_nobody_else_reads_or_mends_a_message(court: Court, client_of: ClientOf) -> None:
    court.send((PENDING, court.row(PENDING, 1, "police", 案号="错")))
    await court.hear()
    message = await the(court, models.InboxMessage)
    key = encode_node_id("IM", message.id)
    query = "{ quarantine { totalCount nodes { cells { value } } } }"
    for stranger in ("neighbour.court", "neighbour.admin"):
        assert (await (await client_of(stranger)).data(query))["quarantine"]["totalCount"] == 0
    for overseer in ("county.admin", "county.audit"):
        assert (await (await client_of(overseer)).data(query))["quarantine"]["nodes"] == [{"cells": None}]
    given = f'input: {{messageId: "{key}", reason: "试", cells: [{{column: "案号", value: "改"}}]}}'
    neighbour, admin = await client_of("neighbour.court"), await client_of("county.admin")
    assert (await neighbour.change("mendInboxMessage", given, "inboxMessage"))["code"] == "NOT_FOUND"
    assert (await admin.change("mendInboxMessage", given, "inboxMessage"))["code"] == "SCOPE_REQUIRED"
    assert await states(court) == ["INVALID"]
    police = await (await client_of("county.police")).ask(query)
    assert police["errors"][0]["extensions"]["code"] == "SCOPE_REQUIRED"


async def test_a_list_that_the_pack_takes_up_later_is_replayed_by_the_administrator(
    court: Court, client_of: ClientOf
) -> None:
    async with court.world.sessions.system("test") as session:
        await session.execute(models.PolicyPackRow.__table__.delete())
    court.send((PENDING, court.row(PENDING, 1, "police")))
    await court.hear()
    assert await states(court) == ["QUARANTINED"]
    async with court.world.sessions.system("test") as session:
        await lay_down(session, court.world, COUNTY, {"push.case_lists": ["PENDING"]}, "2026.2")
    admin = await client_of("county.admin")
    (held,) = (await admin.data("{ quarantine { nodes { id } } }"))["quarantine"]["nodes"]
    given = f'input: {{messageId: "{held["id"]}", reason: "政策包已更新"}}'
    assert (await admin.change("replayInboxMessage", given, "inboxMessage", "state"))["state"] == "RECEIVED"
    await court.hear()
    assert await states(court) == ["APPLIED"]


async def test_a_mended_message_that_is_still_wrong_waits_again(court: Court, client_of: ClientOf) -> None:
    court.send((PENDING, court.row(PENDING, 1, "police", 案号="错")))
    await court.hear()
    held = await quarantined(court, client_of)
    given = f'messageId: "{held["id"]}", reason: "再试", cells: [{{column: "案号", value: "还是错"}}]'
    await (await client_of("county.court")).change("mendInboxMessage", f"input: {{{given}}}", "inboxMessage", "state")
    await court.hear()
    assert await states(court) == ["SUPERSEDED", "INVALID"]


async def test_a_silent_source_is_alarmed_until_it_is_heard_again(court: Court) -> None:
    court.system.zero_report(at=court.world.clock())
    await court.hear()
    court.world.clock.advance(days=3)
    await court.hear()
    state, issue = await the(court, models.ConnectorState), await the(court, models.DataQualityIssue)
    assert (state.condition.value, issue.kind.value, issue.resolved_at) == ("SILENT", "SOURCE_SILENT", None)
    court.system.zero_report(at=court.world.clock())
    await court.hear()
    state, issue = await the(court, models.ConnectorState), await the(court, models.DataQualityIssue)
    assert state.condition.value == "WORKING"
    assert issue.resolved_at is not None


async def test_a_worker_that_is_told_to_stop_leaves_the_rest_for_the_next(court: Court) -> None:
    court.send((PENDING, court.row(PENDING, 1, "police")))
    stopped = asyncio.Event()
    stopped.set()
    await hear(court.runtime, stopped)
    assert (court.system.receipts(), await states(court)) == ([], [])
    await court.hear()
    assert await states(court) == ["APPLIED"]
