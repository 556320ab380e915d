"""Acceptance scenario 9: a deposit frozen for twelve months at a bank's own system, warned of, renewed by its original
number, let go; what was frozen beyond the order is flagged, and one that nobody renews runs out loudly."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from connectors.sandbox.holders.holder import HolderFault
from hub.db import models
from hub.runtime import Runtime
from tests.obligations.steps import Steps
from tests.support.client import ClientOf
from tests.support.controlling import Controlling
from tests.support.dumping import unreadable
from tests.support.holding import Holding, holders_at, runtime_at
from tests.support.inquiry import ASKER, COMMAND, LEADER, Inquiry
from tests.support.world import World

ANSWERED = "{ executionOrders(filter: {status: [ANSWERED]}) { nodes { id orderNumber } } }"
ALERTS = "{ alerts { nodes { kind severity title dueOn } } }"
CHAIN = """query($n: String) { assetControls(filter: {controlNumber: $n}) { nodes { status endsOn overControlled
    amountControlled amountExcess orders { orderNumber originalNumber action status result } } } }"""
STRANGERS = ("government", "credit", "police", "neighbour.court", "neighbour.police", "city.justice")
pytestmark = unreadable("6217000010008881")


@pytest.fixture
async def runtime(world: World, tmp_path: Path) -> Runtime:
    return runtime_at(world, tmp_path)


@pytest.fixture
async def holding(world: World, client_of: ClientOf, runtime: Runtime) -> AsyncIterator[Holding]:
    async with holders_at(world, client_of, runtime, ("bank",)) as made:
        yield made


async def account(holding: Holding, *, number: int) -> Any:
    """The order by which the bank told of the account of a debtor."""
    inquiry = holding.inquiry
    await inquiry.sent(("county.bank", "BANK_ACCOUNT"), number=number)
    waiting = await inquiry.order_of("county.bank")
    await holding.exchange()
    nodes = (await (await inquiry.client("county.bank")).data(ANSWERED))["executionOrders"]["nodes"]
    return next(each for each in nodes if each["id"] == waiting["id"])


async def chain(inquiry: Inquiry, number: str, who: str = ASKER) -> Any:
    (found,) = (await (await inquiry.client(who)).data(CHAIN, n=number))["assetControls"]["nodes"]
    return found


async def alarms(steps: Steps, who: str = ASKER) -> list[tuple[str, str]]:
    nodes = (await steps.read(who, ALERTS))["alerts"]["nodes"]
    return sorted((each["kind"], each["severity"]) for each in nodes if each["kind"].startswith("CONTROL"))


@pytest.mark.duty("S2-28")
async def test_a_freeze_is_warned_of_three_times_renewed_by_its_original_number_and_one_left_alone_runs_out(
    steps: Steps, holding: Holding
) -> None:
    inquiry, bank = holding.inquiry, holding.street.holders["bank"]
    control = Controlling(inquiry)
    found = await account(holding, number=1)
    bank.faults = {HolderFault.EXCESS}
    asked = await control.submit(control.draft(found, amount="30000.00"))
    assert (await control.fire(ASKER, asked, "approve"))["code"] == "ACTOR_NOT_PERMITTED"
    assert await control.controls("county.bank") == [], "the holder learns of nothing before it is approved"
    kept = await control.fire(LEADER, asked, "approve")
    await holding.exchange()
    over = await chain(inquiry, kept["orderNumber"])
    assert (over["status"], over["amountControlled"], over["amountExcess"], over["overControlled"]) == (
        "CONTROLLED",
        "35820.55",
        "5820.55",
        True,
    )
    bank.faults = set()
    await control.watch()
    assert await alarms(steps) == [("CONTROL_EXCESS", "SEVERE")]

    steps.world.clock.advance(days=1)
    assert (await control.submit(control.draft(found)))["code"] == "CONTROL_TWICE"
    left = await control.sent(control.draft(await account(holding, number=2), amount="1000.00"))
    await holding.exchange()
    assert (await chain(inquiry, left["orderNumber"]))["overControlled"] is False
    # The first runs until 364 days from now, the second until 365.
    seen = []
    for days in (332, 1, 1, 14, 1, 7, 1):
        await control.watch(days=days)
        told = [severity for kind, severity in await alarms(steps) if kind == "CONTROL_EXPIRING"]
        seen.append((len(told), told.count("SEVERE")))
    assert seen == [(0, 0), (1, 0), (2, 0), (3, 0), (4, 0), (5, 1), (6, 2)], "T-30, T-15 and, gravely, T-7 of each"

    renewal = await control.sent(control.following(kept["orderNumber"], "RENEW"))
    assert renewal["originalNumber"] == kept["orderNumber"]
    await holding.exchange()
    assert bank.asked[renewal["orderNumber"]].fields["YDJDH"] == kept["orderNumber"]
    renewed = await chain(inquiry, kept["orderNumber"])
    assert (renewed["status"], renewed["endsOn"]) == ("RENEWED", "2028-06-14")
    await control.watch(days=9)
    assert [each for each in await alarms(steps) if each[0] == "CONTROL_EXPIRED"] == [("CONTROL_EXPIRED", "SEVERE")]
    assert (await chain(inquiry, left["orderNumber"]))["status"] == "EXPIRED"

    release = await control.sent(control.following(renewal["orderNumber"], "RELEASE"))
    await holding.exchange()
    over = await chain(inquiry, kept["orderNumber"], COMMAND)
    assert [(each["action"], each["originalNumber"], each["result"]) for each in over["orders"]] == [
        ("FREEZE", None, "CONTROLLED"),
        ("RENEW", kept["orderNumber"], "CONTROLLED"),
        ("RELEASE", bank.asked[release["orderNumber"]].fields["YDJDH"], "CONTROLLED"),
    ]
    assert over["status"] == "RELEASED"
    audited = await chain(inquiry, kept["orderNumber"], "county.audit")
    assert (audited["status"], audited["amountControlled"], audited["amountExcess"]) == ("RELEASED", None, None)
    assert [each.asset_sealed is None for each in await inquiry.rows(select(models.AssetControl))] == [False, False]
    await control.watch(days=30)
    for each in await inquiry.rows(select(models.AssetControl)):
        assert each.asset_sealed is None, "what it was is destroyed with its purpose"
    for each in await inquiry.rows(select(models.ControlOrder)):
        assert (each.document_sealed, len(each.document_digest)) == (None, 64)
    for stranger in STRANGERS:
        answer = (await (await steps.client(stranger)).ask("{ assetControls { totalCount } }")).get("data") or {}
        assert (answer.get("assetControls") or {"totalCount": 0})["totalCount"] == 0, stranger
