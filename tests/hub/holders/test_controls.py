"""Controls at holders with systems: told in the holder's own form, carried out there, queued, risen, let go."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from typing import Any

import pytest
import structlog
from sqlalchemy import select

from connectors.sandbox.holders.holder import HolderFault
from hub.db import models
from hub.runtime import Runtime
from tests.support.client import ClientOf
from tests.support.controlling import Controlling
from tests.support.holding import Holding, holders_at
from tests.support.inquiry import ASKER, LEADER
from tests.support.world import World

ACCOUNT = "6217000010008881"
LAND = "豫（2024）温县不动产权第0000001号"


@pytest.fixture
async def holding(world: World, client_of: ClientOf, runtime: Runtime) -> AsyncIterator[Holding]:
    async with holders_at(world, client_of, runtime, ("bank", "natural-resources")) as made:
        yield made


async def found(holding: Holding, name: str, kind: str, number: int = 1) -> Any:
    """The order whose answer found what the holder's system knows."""
    await holding.inquiry.sent((f"county.{name}", kind), number=number)
    await holding.exchange()
    rows = await holding.inquiry.rows(select(models.ExecutionOrder).order_by(models.ExecutionOrder.id.desc()))
    listed = "{ executionOrders(filter: {status: [ANSWERED]}, first: 10) { nodes { id orderNumber } } }"
    nodes = (await (await holding.inquiry.client(f"county.{name}")).data(listed))["executionOrders"]["nodes"]
    return next(each for each in nodes if each["orderNumber"] == rows[0].order_number)


async def standing(holding: Holding, number: str) -> tuple[Any, ...]:
    of = models.ControlOrder.order_number == number
    (row,) = await holding.inquiry.rows(select(models.ControlOrder).where(of))
    return row.status.value, row.version, row.result and row.result.value


async def test_a_bank_freezes_renews_and_lets_go_in_its_own_form(holding: Holding) -> None:
    control, bank = Controlling(holding.inquiry), holding.street.holders["bank"]
    with structlog.testing.capture_logs() as logs:
        freeze = await control.sent(control.draft(await found(holding, "bank", "BANK_ACCOUNT"), amount="30000.00"))
        await holding.deliver()
        message = bank.asked[freeze["orderNumber"]]
        assert {key: message.fields[key] for key in ("KZLX", "KZCS", "KZNR", "KHZH", "JE", "BZ", "YDJDH")} == {
            "KZLX": "1",
            "KZCS": "01",
            "KZNR": "1",
            "KHZH": ACCOUNT,
            "JE": "30000.00",
            "BZ": "CNY",
            "YDJDH": "",
        }
        assert (message.fields["KSRQ"], message.fields["JSRQ"]) == (
            holding.inquiry.day(0),
            control.end(holding.inquiry.day(0), 12),
        )
        (ruling,) = message.blocks["wsxx"]
        assert base64.b64decode(ruling["WSNR"]).startswith(b"%PDF-1.7 ruling")
        assert ruling["BDHM"] == freeze["orderNumber"]
        assert await holding.collect() == 1
        (held,) = await control.controls()
        assert (held["status"], held["amountControlled"], held["amountExcess"]) == ("CONTROLLED", "30000.00", "0.00")
        renewal = await control.sent(control.following(freeze["orderNumber"], "RENEW"))
        await holding.exchange()
        assert bank.asked[renewal["orderNumber"]].fields["YDJDH"] == freeze["orderNumber"]
        release = await control.sent(control.following(freeze["orderNumber"], "RELEASE"))
        await holding.exchange()
    (over,) = await control.controls()
    assert (over["status"], [each["result"] for each in over["orders"]]) == ("RELEASED", ["CONTROLLED"] * 3)
    assert bank.asked[release["orderNumber"]].fields["KZCS"] == "04"
    kept = [
        *await holding.inquiry.rows(select(models.ExchangeEntry)),
        *await holding.inquiry.rows(select(models.Delivery)),
        *await holding.inquiry.rows(select(models.AuditEvent)),
        *await holding.inquiry.rows(select(models.OutboxEvent)),
        *await holding.answers(),
    ]
    told = str(logs) + "".join(str(vars(row)) for row in kept)
    for secret in (holding.inquiry.numbers[1], holding.inquiry.names[1], ACCOUNT):
        assert secret not in told
    opened = [each for each in kept if getattr(each, "event", "") == "controlorder:open"]
    assert len(opened) >= 3


async def test_a_second_control_of_a_house_waits_there_and_rises_when_the_first_is_let_go(holding: Holding) -> None:
    control, land = Controlling(holding.inquiry), holding.street.holders["natural-resources"]
    seal = {"amount": None, "months": 36}
    first = await control.sent(control.draft(await found(holding, "natural-resources", "REAL_ESTATE"), **seal))
    await holding.exchange()
    second = await control.sent(
        control.draft(await found(holding, "natural-resources", "REAL_ESTATE", number=2), **seal)
    )
    await holding.exchange()
    assert land.asked[second["orderNumber"]].fields["BDCQZH"] == LAND
    assert (await standing(holding, second["orderNumber"]))[::2] == ("ANSWERED", "QUEUED")
    await control.sent(control.following(first["orderNumber"], "RELEASE"))
    await holding.exchange()
    await holding.exchange()
    states = {each["controlNumber"]: each["status"] for each in await control.controls()}
    assert states == {first["orderNumber"]: "RELEASED", second["orderNumber"]: "CONTROLLED"}
    assert (await standing(holding, second["orderNumber"]))[::2] == ("ANSWERED", "CONTROLLED")
    assert land.ready() == []


async def test_what_is_withdrawn_or_urged_is_told_and_what_is_returned_has_its_reason(holding: Holding) -> None:
    control, bank = Controlling(holding.inquiry), holding.street.holders["bank"]
    order = await found(holding, "bank", "BANK_ACCOUNT")
    bank.faults = {HolderFault.MUTE}
    freeze = await control.sent(control.draft(order))
    await holding.exchange()
    await control.watch(days=4)
    await holding.exchange()
    assert bank.urged == [freeze["orderNumber"]]
    assert (await control.fire(ASKER, freeze, "cancel", {"reason": "被执行人已履行完毕"}))["status"] == "CANCELLED"
    await holding.exchange()
    assert bank.withdrawn == {freeze["orderNumber"]}
    bank.faults = {HolderFault.RETURNS}
    again = await control.sent(control.draft(order))
    await holding.exchange()
    assert (await standing(holding, again["orderNumber"]))[0] == "RETURNED"
    bank.faults = {HolderFault.REFUSES}
    refused = await control.sent(control.draft(order))
    await holding.exchange()
    assert (await standing(holding, refused["orderNumber"]))[::2] == ("ANSWERED", "NOT_CONTROLLED")


async def test_nothing_goes_out_before_it_is_approved_or_to_another_holder(holding: Holding) -> None:
    control = Controlling(holding.inquiry)
    draft = control.draft(await found(holding, "bank", "BANK_ACCOUNT"))
    asked = await control.submit(draft)
    await holding.exchange()
    assert all(asked["orderNumber"] not in each.asked for each in holding.street.holders.values())
    await control.fire(LEADER, asked, "approve")
    await holding.exchange()
    told = [name for name, each in holding.street.holders.items() if asked["orderNumber"] in each.asked]
    assert told == ["bank"]


BAD = {
    HolderFault.TRUNCATED: "ANSWER_MALFORMED",
    HolderFault.UNKNOWN_KEY: "ANSWER_KEY_UNKNOWN",
    HolderFault.BAD_CHECKSUM: "ANSWER_DIGEST",
    HolderFault.FORGED_SEAL: "ANSWER_SEAL",
    HolderFault.OTHER_REGION: "ANSWER_REGION",
    HolderFault.STRANGER: "ANSWER_ORDER_UNKNOWN",
}


async def test_a_result_that_does_not_verify_is_set_aside_and_the_control_stays_as_it_was(holding: Holding) -> None:
    control, bank = Controlling(holding.inquiry), holding.street.holders["bank"]
    order = await found(holding, "bank", "BANK_ACCOUNT")
    freeze = await control.sent(control.draft(order))
    before = len(await holding.answers())
    codes = []
    for fault in BAD:
        bank.faults = {fault}
        await holding.deliver()
        content = bank.spoilt(freeze["orderNumber"])
        await hand_in(holding, content)
        codes += [each["code"] for each in (await holding.answers())[-1].reasons]
        assert (await standing(holding, freeze["orderNumber"]))[::2] == ("DISPATCHED", None), fault
    assert codes == list(BAD.values())
    assert len(await holding.answers()) == before + len(BAD)
    bank.faults = set()
    good = bank.compose(freeze["orderNumber"])
    await hand_in(holding, good)
    await hand_in(holding, good)
    assert (await standing(holding, freeze["orderNumber"]))[::2] == ("ANSWERED", "CONTROLLED")
    bank.faults = {HolderFault.REFUSES}
    await hand_in(holding, bank.compose(freeze["orderNumber"]))
    assert [each["code"] for each in (await holding.answers())[-1].reasons] == ["ANSWER_TWICE"]
    assert (await control.controls())[0]["status"] == "CONTROLLED"


async def hand_in(holding: Holding, content: bytes) -> None:
    async with holding.world.sessions.system("test") as session:
        endpoint = (
            await session.scalars(
                select(models.WebhookEndpoint).where(models.WebhookEndpoint.id == holding.endpoints["bank"])
            )
        ).one()
    reading = holding.systems(endpoint, "x").read(content)
    await holding.collecting.taking.take(endpoint, reading, content)
