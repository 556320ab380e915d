"""Lists to banks: from a court's ferry to a bank's loan system and back, on real sockets."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pytest
from sqlalchemy import select, text, update

from connectors.kit.keyed import Instants
from connectors.sandbox.bank.system import BankFault, SandboxBank
from connectors.sandbox.serving import WireFault
from hub.canonical.codes import Channel, DeliveryStatus
from hub.core.errors import Refused
from hub.core.ids import new_id
from hub.db.models import Delivery, ExchangeEntry
from hub.delivery import destinations
from hub.delivery.replay import replay_dead
from hub.runtime import Runtime, egress_guard
from tests.support.banking import Banking
from tests.support.court import DISHONEST, OTHER_CODE, PENDING, court_at, settle
from tests.support.hooks import LOOPBACK
from tests.support.world import CITY, COUNTY, World


@pytest.fixture
async def banking(world: World, runtime: Runtime, tmp_path) -> Banking:
    await settle(world)
    settings = runtime.settings.model_copy(update={"delivery": LOOPBACK})
    court = court_at(world, replace(runtime, settings=settings), tmp_path)
    neighbour = court_at(world, court.runtime, tmp_path, OTHER_CODE)
    return Banking(world, court.runtime, court, neighbour, Instants(world.clock))


@pytest.fixture
async def bank(world: World) -> AsyncIterator[Callable[[], SandboxBank]]:
    opened: list[SandboxBank] = []

    def make() -> SandboxBank:
        opened.append(SandboxBank(clock=world.clock).start())
        return opened[-1]

    yield make
    for each in opened:
        each.stop()


def names(bank: SandboxBank) -> list[tuple[str, str]]:
    return sorted((row["name"], row["caseNumber"]) for row in bank.listed.values())


async def test_a_bank_is_told_what_is_published_of_bodies_in_its_place_and_nothing_else(
    banking: Banking, bank: Callable[[], SandboxBank], world: World
) -> None:
    court, county, city = banking.court, bank(), bank()
    ours = await banking.open(county, COUNTY)
    await banking.open(city, CITY)
    court.system.template = "court-lists/2"
    court.send(
        (DISHONEST, court.row(DISHONEST, 1, "police", 法定代表人="张三丰")),
        (DISHONEST, court.row(DISHONEST, 2, "finance", 状态="宽限期内")),
        (DISHONEST, court.person(3)),
        (DISHONEST, court.row(DISHONEST, 6, "civil", 密级="涉商业秘密")),
        (PENDING, court.row(PENDING, 4, "civil")),
    )
    banking.neighbour.send((DISHONEST, banking.neighbour.row(DISHONEST, 5, "police")))
    await court.hear()
    assert await banking.tell() == 2
    assert names(county) == [("温县公安局", "（2026）豫0825执1号")]
    assert [number for _, number in names(city)] == ["（2026）豫0825执1号", "（2026）豫0882执5号"]
    (row,) = county.taken[1].rows
    assert set(row) == {"record", "state", "name", "uscc", "caseNumber", "court", "grounds", "publishedOn"}
    assert "张三丰" not in str(city.taken)
    assert await banking.tell() == 0, "nothing changed"
    assert await banking.ask() == 2
    (made,) = await banking.broadcasts(ours)
    assert (made.kind, made.listed_rows, made.acknowledgement) == ("SNAPSHOT", 1, "ACCEPTED")
    court.send((DISHONEST, court.row(DISHONEST, 1, "police", 状态="已撤销", 序号="2", 报文号="x2")))
    court.send((DISHONEST, court.row(DISHONEST, 2, "finance", 状态="已公布", 序号="2", 报文号="y2")))
    await court.hear()
    await banking.tell()
    assert names(county) == [("温县财政局", "（2026）豫0825执2号")]
    lifted = [row for row in county.taken[2].rows if row["state"] == "LIFTED"]
    assert [set(row) for row in lifted] == [{"record", "state"}], "of what is lifted nothing is said but which it is"
    async with world.sessions.system("test") as session:
        log = list(await session.scalars(select(ExchangeEntry).filter_by(step="SENT", operation="bank.broadcast")))
        answered = list(await session.scalars(select(ExchangeEntry).filter_by(operation="bank.acknowledgement")))
    assert {each.outcome for each in log} == {"DONE"}
    assert sorted(each.step for each in answered) == ["RECEIVED"] * 2, "each acknowledgement once"
    world.clock.advance(days=31)
    await banking.tell()
    assert county.taken[3].kind == "SNAPSHOT"
    assert len(county.taken[3].rows) == 1


async def test_what_was_shielded_between_two_attempts_is_not_told(
    banking: Banking, bank: Callable[[], SandboxBank], world: World
) -> None:
    court, slow = banking.court, bank()
    ours = await banking.open(slow, COUNTY)
    court.send((DISHONEST, court.row(DISHONEST, 1, "police")))
    await court.hear()
    slow.wire_faults = {WireFault.ERROR}
    await banking.tell()
    court.send((DISHONEST, court.row(DISHONEST, 1, "police", 状态="已删除屏蔽", 序号="2", 报文号="x2")))
    await court.hear()
    slow.wire_faults = set()
    world.clock.advance(minutes=2)
    await banking.deliver()
    assert slow.listed == {}
    assert "温县公安局" not in str(slow.taken)
    assert await banking.deliveries(ours) == [("broadcast", "DELIVERED")]


async def test_a_bank_that_loses_answers_has_each_list_once_and_in_order(
    banking: Banking, bank: Callable[[], SandboxBank], world: World
) -> None:
    court, lossy = banking.court, bank()
    ours = await banking.open(lossy, COUNTY)
    for number in (1, 2, 3):
        court.send((DISHONEST, court.row(DISHONEST, number, "police")))
        await court.hear()
        lossy.wire_faults = {WireFault.LOST_ANSWER}
        await banking.tell()
    lossy.wire_faults = set()
    world.clock.advance(minutes=5)
    for _ in range(3):
        await banking.deliver()
    assert [(number, each.times > 1) for number, each in lossy.taken.items()] == [(1, True), (2, False), (3, False)]
    assert len(lossy.listed) == 3
    assert await banking.deliveries(ours) == [("broadcast", "DELIVERED")] * 3


async def test_a_silent_bank_is_chased_by_working_days_over_a_holiday_then_alarmed_and_keeps_nobody_else_waiting(
    banking: Banking, bank: Callable[[], SandboxBank], world: World
) -> None:
    court, mute, prompt = banking.court, bank(), bank()
    ours, theirs = await banking.open(mute, COUNTY), await banking.open(prompt, COUNTY)
    mute.faults = {BankFault.MUTE}
    world.clock.move_to(2026, 6, 12)
    court.send((DISHONEST, court.row(DISHONEST, 1, "police")))
    await court.hear()
    await banking.tell()
    assert await banking.ask() == 1
    world.clock.move_to(2026, 6, 15, 23)
    assert await banking.chase() == 0, "Friday's list is due on Monday"
    for day in (16, 17, 18, 22, 23):
        world.clock.move_to(2026, 6, day, 0)
        due = day in (16, 18, 23)
        assert (await banking.chase(), await banking.alarms()) == (due, ["ALARM_BANK_SILENT"] if day == 23 else []), day
    world.clock.move_to(2026, 6, 30)
    assert await banking.chase() == 0, "as often as the policy says"
    assert (mute.taken[1].chases, prompt.taken[1].chases) == (3, 0)
    assert await banking.deliveries(theirs) == [("broadcast", "DELIVERED")]
    mute.faults = set()
    assert await banking.ask() == 1
    assert await banking.alarms() == []
    assert [each.acknowledgement for each in await banking.broadcasts(ours)] == ["ACCEPTED"]


async def test_a_bank_that_cannot_use_rows_is_alarmed_until_everything_was_sent_anew(
    banking: Banking, bank: Callable[[], SandboxBank], world: World
) -> None:
    court, picky = banking.court, bank()
    ours = await banking.open(picky, COUNTY)
    court.send((DISHONEST, court.row(DISHONEST, 1, "police")))
    await court.hear()
    said = {BankFault.PICKY: ["CUSTOMER_UNKNOWN"], BankFault.FORGETFUL: ["DIGEST_DIFFERS"]}
    for listed, (fault, reasons) in enumerate(said.items(), 1):
        picky.faults = {fault}
        await banking.tell()
        await banking.ask()
        made = (await banking.broadcasts(ours))[-1]
        assert (made.acknowledgement, [each["code"] for each in made.reasons]) == ("REFUSED", reasons)
        assert "ALARM_BANK_REFUSED" in await banking.alarms()
        picky.faults = set()
        async with world.sessions.system("test") as session:
            await destinations.resend(session, ours, clock=world.clock)
        await banking.deliver()
        assert len(picky.listed) == listed
        await banking.ask()
        assert await banking.alarms() == []
        court.send((DISHONEST, court.row(DISHONEST, 7, "finance")))
        await court.hear()


async def test_a_list_that_was_given_up_is_dead_alarmed_and_replayed_with_what_is_true_then(
    banking: Banking, bank: Callable[[], SandboxBank], world: World
) -> None:
    court, broken = banking.court, bank()
    ours = await banking.open(broken, COUNTY, secret="another")
    court.send((DISHONEST, court.row(DISHONEST, 1, "police")))
    await court.hear()
    await banking.tell()
    assert broken.taken == {}, "a signature of another secret is nobody's"
    async with world.sessions.system("test") as session:
        await session.execute(update(Delivery).values(status=DeliveryStatus.DEAD, ended_at=world.clock()))
        await session.execute(text("delete from delivery_lane"))
    assert "ALARM_DELIVERY_DEAD" in await banking.alarms()
    world.clock.advance(days=14)
    assert await banking.chase() == 0, "what never arrived is not chased, however long ago"
    broken.secret = "another"
    async with world.sessions.system("test") as session:
        await replay_dead(session, endpoint_id=ours, since=None, at=world.clock())
    await banking.deliver()
    assert names(broken) == [("温县公安局", "（2026）豫0825执1号")]


async def test_a_destination_is_refused_with_every_reason_and_no_client_sees_it(
    banking: Banking, bank: Callable[[], SandboxBank], world: World
) -> None:
    bad = destinations.Destination(
        channel=Channel.BANK, organization_id=new_id(), url="https://10.0.0.1/x", account="", secret=""
    )
    with pytest.raises(Refused) as refused:
        async with world.sessions.system("test") as session:
            guard = egress_guard(banking.runtime.settings.delivery)
            await destinations.register(session, world.keyring, guard, bad, clock=world.clock)
    codes = [each.code for each in refused.value.reasons]
    assert codes == ["URL_HOST", "DESTINATION_ACCOUNT", "DESTINATION_SECRET"]
    ours = await banking.open(bank(), COUNTY)
    async with world.sessions.write(world["county.admin"]) as session:
        assert await session.scalar(text("select count(*) from webhook_endpoint")) == 0
        changed = await session.execute(text("update webhook_endpoint set status = 'PAUSED'"))
        assert changed.rowcount == 0
    async with world.sessions.system("test") as session:
        with pytest.raises(Refused):
            await destinations.resume(session, ours, clock=world.clock)
        await destinations.pause(session, ours, clock=world.clock)
        await destinations.resume(session, ours, clock=world.clock)
