"""Acceptance scenario 10: the police's own system is told of a lookout behind the ferry, meets the vehicle at two in
the morning, hands it over; the debt of another is paid, and its lookout ends with the confirmation of the police."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog
from sqlalchemy import select

from connectors.sandbox.holders.holder import HolderFault
from hub.db import models
from hub.runtime import Runtime
from tests.obligations.steps import Steps
from tests.support.client import ClientOf
from tests.support.dumping import unreadable
from tests.support.holding import Holding, holders_at, runtime_at
from tests.support.inquiry import ASKER, OTHER
from tests.support.watching_out import CONTACT, PLACE, WatchingOut
from tests.support.world import World

UNIT = "城关派出所"
ALERTS = "{ alerts { nodes { kind severity title } } }"
STANDING = """query($l: ID!) { lookoutOrder(id: $l) { id status withdrawalDueAt hits { id status afterWithdrawal
    policeUnit } } }"""
WATCHED = "{ lookoutOrders { totalCount } alerts { nodes { kind } } }"
pytestmark = unreadable(PLACE, CONTACT, "豫H12345")


@pytest.fixture
async def runtime(world: World, tmp_path: Path) -> Runtime:
    return runtime_at(world, tmp_path)


@pytest.fixture
async def holding(world: World, client_of: ClientOf, runtime: Runtime) -> AsyncIterator[Holding]:
    async with holders_at(world, client_of, runtime, ("police",)) as made:
        yield made


async def standing(steps: Steps, lookout: Any, who: str = ASKER) -> Any:
    return (await steps.read(who, STANDING, l=lookout["id"]))["lookoutOrder"]


async def alarms(steps: Steps, who: str = ASKER) -> list[tuple[str, str]]:
    nodes = (await steps.read(who, ALERTS))["alerts"]["nodes"]
    return [(each["kind"], each["severity"]) for each in nodes if each["kind"].startswith("LOOKOUT")]


def kept_reasons(rows: list[models.HolderAnswer]) -> list[str]:
    return [each["code"] for row in rows for each in row.reasons]


@pytest.mark.duty("S2-29")
async def test_a_vehicle_is_met_at_two_in_the_morning_and_handed_over_and_a_withdrawal_is_confirmed_in_time(
    steps: Steps, holding: Holding
) -> None:
    inquiry, police, out = holding.inquiry, holding.street.holders["police"], WatchingOut(holding.inquiry)
    lookouts = police.lookouts
    assert lookouts is not None
    with structlog.testing.capture_logs() as logs:
        asked = await out.submit()
        await holding.exchange()
        assert lookouts.asked == {}, "what nobody has approved goes to nobody"
        sent = await out.fire("county.court.leader", asked, "approve")
        number = sent["lookoutNumber"]
        await holding.exchange()
        told = lookouts.asked[number]
        assert {key: told.fields[key] for key in ("LKDX", "HPHM", "DSRZJHM", "XM", "ZBLXR", "LKCS", "JSRQ")} == {
            "LKDX": "2",
            "HPHM": "豫H12345",
            "DSRZJHM": inquiry.numbers[1],
            "XM": inquiry.names[1],
            "ZBLXR": CONTACT,
            "LKCS": "1,3",
            "JSRQ": inquiry.day(90),
        }
        assert len(told.blocks["wsxx"]) == 1
        assert (await standing(steps, sent))["status"] == "ACTIVE"
        wanted = await out.fire("county.court.leader", await out.submit(number=2), "approve")
        await holding.exchange()

        now = steps.world.clock()
        night = now.replace(hour=2, minute=0) + timedelta(days=1)
        steps.world.clock.advance(minutes=int((night - now).total_seconds()) // 60 + 1)
        lookouts.meet(number, night + timedelta(hours=3), PLACE, UNIT)
        police.faults = {HolderFault.OTHER_REGION}
        await holding.exchange()
        lookouts.meet(number, night + timedelta(hours=3), PLACE, UNIT)
        police.faults = set()
        await holding.exchange()
        assert await alarms(steps) == [], "a hit of another place or of an hour to come tells the court of nothing"
        assert kept_reasons(await holding.answers()) == ["ANSWER_REGION", "HIT_TIME"]
        lookouts.meet(number, night, PLACE, UNIT)
        await holding.exchange()
        assert await alarms(steps) == [("LOOKOUT_HIT", "SEVERE")]
        (hit,) = (await standing(steps, sent))["hits"]
        assert (hit["status"], hit["policeUnit"], hit["afterWithdrawal"]) == ("NOTIFIED", UNIT, False)
        for event, payload in (("dispatch", {}), ("arrive", {}), ("conclude", {"outcome": "HANDED_OVER"})):
            hit = await out.fire(ASKER, hit, event, payload, kind="LookoutHit")
        assert (hit["status"], hit["outcome"]) == ("CONCLUDED", "HANDED_OVER")
        assert (await out.read(ASKER, sent))["places"] == [
            {"place": PLACE, "metAt": night.isoformat(timespec="milliseconds")}
        ]
        assert (await out.fire(ASKER, sent, "close"))["status"] == "CLOSED"

        # The other debtor pays: the court withdraws, and the police have to say that nobody looks out any more.
        police.faults = {HolderFault.MUTE}
        paid = await out.fire(ASKER, wanted, "withdraw", {"reason": "已履行完毕"})
        assert paid["status"] == "WITHDRAWING"
        await holding.exchange()
        assert number not in lookouts.watched, "a lookout that was closed is called off too"
        assert wanted["lookoutNumber"] not in lookouts.watched
        await out.watch(minutes=119)
        assert ("LOOKOUT_NOT_WITHDRAWN", "SEVERE") not in await alarms(steps)
        police.faults = set()
        await holding.exchange()
        assert (await standing(steps, wanted))["status"] == "WITHDRAWN"
        await out.watch(minutes=60)
        assert ("LOOKOUT_NOT_WITHDRAWN", "SEVERE") not in await alarms(steps)
        assert (await standing(steps, sent))["status"] == "CLOSED", "its confirmation moves nothing"
        lookouts.meet(wanted["lookoutNumber"], steps.world.clock(), PLACE, UNIT)
        await holding.exchange()
        assert ("LOOKOUT_HIT_LATE", "SEVERE") in await alarms(steps)
        lookouts.call_off(wanted["lookoutNumber"])
        await holding.exchange()
    assert lookouts.words == {}
    refused = [receipt for receipt in police.receipts if not receipt["accepted"]]
    assert [receipt["codes"] for receipt in refused] == [["ANSWER_REGION"], ["HIT_TIME"]]
    await _nobody_knows(steps, holding, str(logs))
    await out.watch(days=29)
    assert {each.target_sealed is None for each in await inquiry.rows(select(models.LookoutOrder))} == {False}
    await out.watch(days=1)
    for each in await inquiry.rows(select(models.LookoutOrder)):
        assert (each.target_sealed, each.contact_sealed, each.document_sealed) == (None, None, None)
        assert len(each.document_digest) == 64
    assert {each.place_sealed for each in await inquiry.rows(select(models.LookoutHit))} == {None}
    assert (await out.opened("county.police", sent))["code"] == "NOT_FOUND"
    assert "code" in await out.read(ASKER, sent)


async def _nobody_knows(steps: Steps, holding: Holding, logs: str) -> None:
    """Neither other roles nor logs, deliveries, evidence or audit tell of whom, of what or of where."""
    inquiry = holding.inquiry
    rows = [
        *await inquiry.rows(select(models.ExchangeEntry)),
        *await inquiry.rows(select(models.Delivery)),
        *await inquiry.rows(select(models.AuditEvent)),
        *await inquiry.rows(select(models.OutboxEvent)),
        *await inquiry.rows(select(models.LookoutOrder)),
        *await inquiry.rows(select(models.LookoutHit)),
        *await holding.answers(),
    ]
    said = logs + "".join(str(vars(row)) for row in rows)
    for secret in (*inquiry.numbers.values(), *inquiry.names.values(), "豫H12345", PLACE, CONTACT):
        assert secret not in said
    opened = [row for row in rows if getattr(row, "event", "") == "lookout:open"]
    assert len(opened) == 2, "each time that a target left the hub is on record"
    for stranger in (OTHER, "government", "credit", "finance", "neighbour.court", "neighbour.police", "city.justice"):
        answer = (await (await steps.client(stranger)).ask(WATCHED)).get("data") or {}
        assert (answer.get("lookoutOrders") or {"totalCount": 0})["totalCount"] == 0, stranger
        # Kind and number of an alarm are the whole court's, for the one on duty is not the one who asked.
        assert stranger == OTHER or "LOOKOUT" not in str(answer), stranger
