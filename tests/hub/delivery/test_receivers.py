"""Receivers as they are: away, slow, broken, overloaded, gone. Nothing is lost, and nobody is hammered."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from hub.delivery import endpoints
from tests.obligations.steps import Steps
from tests.support.hooks import Hooks
from tests.support.receiving import Answer, Receiver, endless, never, raw, receiving, status

HEAD = b"HTTP/1.1 200 OK\r\ncontent-length: 1000000000\r\n\r\n"


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (status(500, b"oops"), "STATUS"),
        (status(404), "STATUS"),
        (status(302, location="http://127.0.0.1/other"), "REDIRECT"),
        (status(307, location="http://169.254.169.254/latest"), "REDIRECT"),
        (raw(b"\x00\xff garbage that is no HTTP\r\n\r\n"), "GARBLED"),
        (raw(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nshort"), "GARBLED"),
        (raw(b""), "GARBLED"),
        (raw(b"HTTP/1.1 200 OK\r\n" + b"x: y\r\n" * 60_000), "GARBLED"),
        (never, "TIMEOUT"),
        (endless(HEAD, b"x", 0.05), "TIMEOUT"),
        (endless(b"HTTP/1.1 200 OK\r\nx: ", b"y", 0.05), "TIMEOUT"),
        (endless(b"", b"HTTP/1.1 103 Early\r\n\r\n", 0.02), "TIMEOUT"),
    ],
    ids=["500", "404", "302", "307", "garbage", "cut", "silence", "headers", "never", "drip", "dripping head", "103"],
)
async def test_a_failed_attempt_is_told_by_code_and_the_next_one_delivers(
    hooks: Hooks, item: str, receiver: Receiver, answer: Answer, fault: str
) -> None:
    await hooks.register("county.court", receiver.url)
    receiver.answer = answer
    await hooks.touch(item)
    await hooks.work()
    (waiting,) = await hooks.deliveries()
    assert (waiting.status, waiting.fault, waiting.attempts) == ("WAITING", fault, 1)
    pause = waiting.next_attempt_at - hooks.world.clock()
    assert timedelta(seconds=40) < pause < timedelta(seconds=80)
    await hooks.work()
    assert len(receiver.received) == 1, "not before its time"
    receiver.answer = status(200, b"thanks")
    hooks.world.clock.advance(seconds=81)
    await hooks.work()
    (done,) = await hooks.deliveries()
    assert (done.status, done.fault, done.http_status, done.attempts) == ("DELIVERED", None, 200, 2)
    first, second = receiver.received
    assert (first.id, first.body) == (second.id, second.body)
    failed, delivered = await hooks.log()
    assert (failed.outcome, delivered.outcome) == (fault, "DONE")
    assert failed.message_id == delivered.message_id == done.id
    assert failed.request_digest == delivered.request_digest
    assert delivered.response_digest is not None


@pytest.mark.parametrize("answer", [status(200, b"\xff\x00{garbage"), endless(HEAD, b"x" * 65_536, 0)])
async def test_two_hundred_is_delivered_whatever_the_body_says_and_no_more_of_it_is_read_than_allowed(
    hooks: Hooks, item: str, receiver: Receiver, answer: Answer
) -> None:
    await hooks.register("county.court", receiver.url)
    receiver.answer = answer
    await hooks.touch(item, times=2)
    await hooks.work()
    assert [each.status for each in await hooks.deliveries()] == ["DELIVERED", "DELIVERED"]


async def test_a_receiver_that_answers_500_for_a_day_gets_everything_in_order_afterwards(
    hooks: Hooks, item: str, receiver: Receiver
) -> None:
    endpoint = await hooks.register("county.court", receiver.url)
    receiver.answer = status(500)
    for minute in range(0, 24 * 60, 10):
        if minute % 240 == 0:
            await hooks.touch(item)
        await hooks.work()
        hooks.world.clock.advance(minutes=10)
    assert len(receiver.received) < 20, "left alone for longer and longer"
    assert {each.event["ids"]["version"] for each in receiver.received} == {1}
    assert (await hooks.endpoint(endpoint)).failures >= 5
    receiver.answer, receiver.received = status(204), []
    hooks.world.clock.advance(hours=5)
    await hooks.work()
    deliveries = await hooks.deliveries()
    assert [each.status for each in deliveries] == ["DELIVERED"] * 6
    assert [each.event["id"] for each in receiver.received] == [str(each.event_id) for each in deliveries]
    well = await hooks.endpoint(endpoint)
    assert (well.status, well.failures, well.failing_since, well.open_until) == ("ACTIVE", 0, None, None)


async def test_an_endpoint_that_fails_for_days_is_paused_and_waits_for_its_owner(
    hooks: Hooks, item: str, receiver: Receiver, capsys: pytest.CaptureFixture[str]
) -> None:
    endpoint = await hooks.register("county.court", receiver.url)
    receiver.answer = status(500)
    await hooks.touch(item)
    for _ in range(20):
        await hooks.work()
        hooks.world.clock.advance(hours=5)
    stopped = await hooks.endpoint(endpoint)
    assert (stopped.status, stopped.status_reason) == ("PAUSED", "FAILING")
    assert "endpoint stopped" in capsys.readouterr().out
    tried = len(receiver.received)
    hooks.world.clock.advance(days=2)
    await hooks.touch(item)
    await hooks.work()
    assert len(receiver.received) == tried
    assert [each.status for each in await hooks.deliveries()] == ["WAITING", "WAITING"]
    receiver.answer = status(204)
    await hooks.change("county.court", endpoints.resume, endpoint)
    await hooks.work()
    assert [each.status for each in await hooks.deliveries()] == ["DELIVERED", "DELIVERED"]


@pytest.mark.attack("K12")
async def test_a_message_refused_again_and_again_is_given_up_and_the_ones_behind_it_go_on(
    hooks: Hooks, steps: Steps, item: str, receiver: Receiver
) -> None:
    other = (await steps.propose("court", title='"别的"'))["id"]
    await hooks.register("county.court", receiver.url)
    await hooks.touch(item, times=2)
    poison: list[str] = []

    async def picky(request, writer) -> None:
        poison[:] = poison or [request.id]
        await status(400 if request.id in poison else 204)(request, writer)

    receiver.answer = picky
    for _ in range(40):
        await hooks.work()
        await hooks.touch(other)
        hooks.world.clock.advance(hours=5)
    first, second, *others = await hooks.deliveries()
    assert (first.status, first.fault, first.http_status, second.status) == ("DEAD", "STATUS", 400, "DELIVERED")
    assert first.ended_at - first.first_attempt_at >= timedelta(days=7)
    assert {each.status for each in others[:-1]} == {"DELIVERED"}, "what is wrong with one message harms no other"


@pytest.mark.parametrize("code", [429, 503])
async def test_a_receiver_that_asks_for_a_pause_gets_it(hooks: Hooks, item: str, receiver: Receiver, code: int) -> None:
    endpoint = await hooks.register("county.court", receiver.url)
    receiver.answer = status(code, retry_after="1800")
    await hooks.touch(item)
    await hooks.work()
    assert (await hooks.endpoint(endpoint)).open_until == hooks.world.clock() + timedelta(minutes=30)
    receiver.answer = status(204)
    hooks.world.clock.advance(minutes=29)
    await hooks.work()
    assert len(receiver.received) == 1
    hooks.world.clock.advance(minutes=2)
    await hooks.work()
    assert [each.status for each in await hooks.deliveries()] == ["DELIVERED"]


@pytest.mark.parametrize(
    ("value", "minutes"),
    [("Mon, 15 Jun 2026 02:20:00 GMT", 20), ("99999999", 240), ("-5", 1), ("soon", 1), ("1e9", 1), ("", 1)],
)
async def test_a_pause_asked_for_as_a_date_too_long_or_senseless(
    hooks: Hooks, item: str, receiver: Receiver, value: str, minutes: int
) -> None:
    await hooks.register("county.court", receiver.url)
    receiver.answer = status(429, retry_after=value)
    await hooks.touch(item)
    await hooks.work()
    (waiting,) = await hooks.deliveries()
    pause = waiting.next_attempt_at - hooks.world.clock()
    assert timedelta(minutes=minutes * 0.79) < pause < timedelta(minutes=minutes * 1.21)


async def test_a_receiver_that_is_gone_disables_its_endpoint(hooks: Hooks, item: str, receiver: Receiver) -> None:
    endpoint = await hooks.register("county.court", receiver.url)
    receiver.answer = status(410)
    await hooks.touch(item)
    await hooks.work()
    gone = await hooks.endpoint(endpoint)
    assert (gone.status, gone.status_reason) == ("DISABLED", "GONE")
    await hooks.touch(item)
    await hooks.work()
    assert len(receiver.received) == len(await hooks.deliveries()) == 1


async def test_an_address_where_nobody_listens(hooks: Hooks, item: str) -> None:
    async with receiving() as gone:
        url = gone.url
    await hooks.register("county.court", url)
    await hooks.touch(item)
    await hooks.work()
    assert [each.fault for each in await hooks.deliveries()] == ["UNREACHABLE"]


async def test_after_failures_in_a_row_one_delivery_alone_tries_before_the_others_follow(
    hooks: Hooks, steps: Steps, receiver: Receiver
) -> None:
    await steps.open_list()
    items = [(await steps.propose("court", title=f'"事项{number}"'))["id"] for number in range(12)]
    endpoint = await hooks.register("county.court", receiver.url)
    receiver.answer = status(500)
    for each in items:
        await hooks.touch(each)
    await hooks.work()
    assert (await hooks.endpoint(endpoint)).open_until is not None or len(receiver.received) <= 12
    for _ in range(12):
        hooks.world.clock.advance(minutes=2)
        await hooks.work()
        if (await hooks.endpoint(endpoint)).open_until is not None:
            break
    hooks.world.clock.advance(hours=4, minutes=50)
    before = len(receiver.received)
    await hooks.work()
    assert len(receiver.received) == before + 1, "one tries, and fails"
    hooks.world.clock.advance(hours=4, minutes=50)
    receiver.answer = status(204)
    await hooks.work()
    assert [each.status for each in await hooks.deliveries()] == ["DELIVERED"] * 12


async def test_a_slow_receiver_holds_up_nobody_elses_deliveries(hooks: Hooks, item: str, receiver: Receiver) -> None:
    async with receiving() as quick:
        await hooks.register("county.court", receiver.url)
        await hooks.register("county.police", quick.url)
        receiver.answer = never
        await hooks.touch(item)
        working = asyncio.create_task(hooks.work())
        await asyncio.wait_for(quick.first.wait(), 0.5)
        assert not working.done()
        await working
