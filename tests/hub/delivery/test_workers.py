"""Workers share the queue, die in the middle of it, come back too late: every event arrives, in order."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hub.canonical.codes import DeliveryFault
from hub.core.clock import SHANGHAI
from hub.db.target import DatabaseTarget
from hub.delivery.attempts import Attempt
from hub.delivery.outcomes import Course, Step
from hub.delivery.policies import DeliveryPolicy
from hub.delivery.queue import Batch, Queue
from hub.delivery.recording import record_courses
from hub.policy.store import default_pack
from tests.obligations.steps import Steps
from tests.support.client import ClientOf
from tests.support.events import until_readable
from tests.support.hooks import Hooks
from tests.support.receiving import Receiver, never, status
from tests.support.working import Working

POLICY = DeliveryPolicy.of(default_pack())
Start = Callable[..., Working]


@pytest.fixture
async def start(tmp_path: Path, database: DatabaseTarget) -> AsyncIterator[Start]:
    """Starts workers as processes; none is left."""
    started: list[Working] = []

    def begin(**settings: str) -> Working:
        home = tmp_path / str(len(started))
        home.mkdir()
        started.append(Working(home, database, **settings))
        return started[-1]

    yield begin
    for each in started:
        each.stop()


@pytest.fixture
async def now(hooks: Hooks) -> None:
    """The clock of the tests goes with that of the processes."""
    hooks.world.clock.now = datetime.now(tz=SHANGHAI)


@pytest.fixture
async def todays_item(now: None, steps: Steps) -> str:
    await steps.open_list()
    return str((await steps.propose("court", dueOn='"2027-09-30"'))["id"])


async def until(true: Callable[[], bool], seconds: float = 30) -> None:
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 - what is waited for happens in another process
            await asyncio.sleep(0.02)


async def ended(worker: Working) -> int:
    return await asyncio.to_thread(worker.ended)


async def test_a_worker_killed_in_the_middle_of_a_delivery_is_followed_by_another_after_its_lease(
    hooks: Hooks, todays_item: str, receiver: Receiver, start: Start
) -> None:
    await hooks.register("county.court", receiver.url)
    receiver.received.clear()  # of what is older than the endpoint, what could not be read before is told as well
    await hooks.touch(todays_item, times=3)
    receiver.answer = never
    worker = start(total_seconds="30", lease_seconds="60")
    await until(lambda: bool(receiver.received))
    worker.send(signal.SIGKILL)
    await ended(worker)
    receiver.answer = status(204)
    hooks.world.clock.now = datetime.now(tz=SHANGHAI)
    await hooks.work()
    assert len(receiver.received) == 1, "the lease of the dead lasts"
    hooks.world.clock.advance(seconds=60)
    await hooks.work()
    first, again, *others = receiver.received
    assert (first.id, first.body) == (again.id, again.body)
    assert [each.event["ids"]["version"] for each in (again, *others)] == [1, 2, 3]
    assert [(each.status, each.attempts) for each in await hooks.deliveries()][-3:] == [("DELIVERED", 1)] * 3
    assert len(await hooks.log()) == len(await hooks.deliveries()), "what the dead did not record is not on record"


async def test_a_worker_that_slept_past_its_lease_records_nothing(
    hooks: Hooks, todays_item: str, receiver: Receiver, start: Start
) -> None:
    await hooks.register("county.court", receiver.url)
    await hooks.touch(todays_item, times=2)
    receiver.answer = never
    ghost = start(poll_seconds="600")
    await until(lambda: bool(receiver.received))
    ghost.send(signal.SIGSTOP)
    receiver.answer = status(204)
    hooks.world.clock.now = datetime.now(tz=SHANGHAI) + timedelta(seconds=5)
    await hooks.work()
    assert [(each.status, each.attempts) for each in await hooks.deliveries()] == [("DELIVERED", 1)] * 2
    before = await hooks.deliveries()
    await asyncio.sleep(2)
    ghost.send(signal.SIGCONT)
    await until(lambda: "lane lost" in ghost.log.read_text())
    after = await hooks.deliveries()
    assert [(each.status, each.attempts, each.fault, each.attempted_at) for each in after] == [
        (each.status, each.attempts, each.fault, each.attempted_at) for each in before
    ]
    assert [each.outcome for each in await hooks.log()] == ["DONE", "DONE"]
    assert len(receiver.received) == 3


async def test_a_worker_that_is_told_to_stop_finishes_what_is_under_way(
    hooks: Hooks, todays_item: str, receiver: Receiver, start: Start
) -> None:
    await hooks.register("county.court", receiver.url)
    await hooks.touch(todays_item, times=3)
    told = asyncio.Event()

    async def held(request, writer) -> None:
        await told.wait()
        await status(204)(request, writer)

    receiver.answer = held
    worker = start(total_seconds="10", lease_seconds="60")
    await until(lambda: bool(receiver.received))
    worker.send(signal.SIGTERM)
    await asyncio.sleep(0.5)
    assert worker.process.exitcode is None
    told.set()
    assert await ended(worker) == 0
    assert [each.status for each in await hooks.deliveries()] == ["DELIVERED", "WAITING", "WAITING"]
    hooks.world.clock.now = datetime.now(tz=SHANGHAI)
    await hooks.work()
    assert [each.status for each in await hooks.deliveries()] == ["DELIVERED"] * 3
    assert len(receiver.received) == 3, "what it had not begun it gave back at once"


async def test_a_commit_wakes_a_worker_that_would_look_only_much_later(
    hooks: Hooks, todays_item: str, steps: Steps, receiver: Receiver, start: Start
) -> None:
    await hooks.register("county.court", receiver.url)
    await hooks.touch(todays_item)
    await until_readable(hooks.world.sessions)
    start(poll_seconds="3600")
    await until(lambda: len(receiver.received) == 1)
    await asyncio.sleep(1)
    await steps.propose("court", dueOn='"2027-09-30"', title='"又一事项"')
    await until(lambda: len(receiver.received) == 2, seconds=60)


async def test_several_workers_deliver_everything_once_and_in_order(
    hooks: Hooks, now: None, steps: Steps, receiver: Receiver, start: Start
) -> None:
    await steps.open_list()
    draft = {"dueOn": '"2027-09-30"'}
    items = [(await steps.propose("court", title=f'"事项{n}"', **draft))["id"] for n in range(6)]
    await hooks.register("county.court", receiver.url)
    for item in items:
        await hooks.touch(item, times=20)
    for _ in range(2):
        start()
    await until(lambda: len(receiver.received) >= 120)
    await asyncio.sleep(0.5)
    heard: dict[str, list[int]] = {}
    for event in receiver.events:
        heard.setdefault(event["ids"]["node"], []).append(event["ids"]["version"])
    assert heard == {item: list(range(1, 21)) for item in items}


def queue_of(hooks: Hooks, name: str) -> Queue:
    return Queue(hooks.world.sessions, name, timedelta(seconds=60), 64)


async def claimed(hooks: Hooks, endpoint, name: str) -> Batch:
    batch = await queue_of(hooks, name).claim(endpoint, hooks.world.clock())
    assert batch is not None
    return batch


async def waiting(hooks: Hooks, steps: Steps, receiver: Receiver, items: int):
    """Lanes that wait, with nobody at work."""
    await steps.open_list()
    made = [(await steps.propose("court", title=f'"事项{n}"'))["id"] for n in range(items)]
    endpoint = await hooks.register("county.court", receiver.url)
    hooks.stopping.set()
    for item in made:
        await hooks.touch(item)
    await hooks.work()
    return endpoint


async def test_workers_that_claim_at_once_never_hold_the_same_lane(
    hooks: Hooks, steps: Steps, receiver: Receiver
) -> None:
    endpoint = await waiting(hooks, steps, receiver, 8)
    queues = [Queue(hooks.world.sessions, f"w{n}", timedelta(seconds=60), 3) for n in range(4)]
    batches = await asyncio.gather(*(queue.claim(endpoint, hooks.world.clock()) for queue in queues))
    keys = [lane.key for batch in batches if batch for lane in batch.lanes]
    assert len(keys) == len(set(keys)) == 8


async def test_what_a_late_worker_brings_is_refused_and_what_the_last_one_brings_is_kept(
    hooks: Hooks, steps: Steps, receiver: Receiver, client_of: ClientOf
) -> None:
    endpoint = await waiting(hooks, steps, receiver, 2)
    late = await claimed(hooks, endpoint, "late")
    assert await queue_of(hooks, "early").claim(endpoint, hooks.world.clock()) is None
    hooks.world.clock.advance(seconds=61)
    last = await claimed(hooks, endpoint, "last")
    at = hooks.world.clock()
    court = hooks.world["county.court"]

    async def write(batch: Batch, fault) -> int:
        made = Attempt(at, "0" * 64, fault)
        courses = [Course(lane, [Step(each, made) for each in lane.deliveries]) for lane in batch.lanes]
        async with hooks.world.sessions.system("test") as session:
            return len(await record_courses(session, batch, courses, court, POLICY, at))

    assert await write(late, None) == 0
    assert {each.status for each in await hooks.deliveries()} == {"WAITING"}
    assert await write(last, DeliveryFault.TIMEOUT) == 2
    assert [(each.status, each.fault) for each in await hooks.deliveries()] == [("WAITING", "TIMEOUT")] * 2
    assert await write(late, None) == 0
    assert await write(last, None) == 2, "it holds the lanes until somebody else takes them up"
