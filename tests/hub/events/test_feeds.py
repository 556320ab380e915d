"""Feeds of events: bounded, the latest of each object, and ended with a reason when nobody keeps up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from sqlalchemy import update

from hub.core.errors import Refused
from hub.core.ids import new_id
from hub.db.models import EventEpoch
from hub.db.session import Sessions
from hub.events.stream import EventStream
from tests.support.events import TOPIC, tell

WAITING = 3


@pytest.fixture
async def stream(sessions: Sessions) -> AsyncIterator[EventStream]:
    made = EventStream(sessions, poll_seconds=0.01, waiting=WAITING)
    yield made
    await made.aclose()


async def heard(stream: EventStream, witness, last: UUID) -> None:
    """Returns once the stream has read as far as the event about ``last``."""
    async with asyncio.timeout(10):
        while (await witness.next()).object_id != last:
            pass


@pytest.mark.attack("S7")
async def test_a_reader_that_falls_behind_is_ended_with_its_reason(sessions: Sessions, stream: EventStream) -> None:
    slow = await stream.join(TOPIC, None, lambda _event, _audience: True)
    many = [new_id() for _ in range(WAITING + 1)]
    witness = await stream.join(TOPIC, None, lambda event, _audience: event.object_id == many[-1])
    await tell(sessions, *many)
    await heard(stream, witness, many[-1])
    with pytest.raises(Refused) as refused:
        await slow.next()
    assert refused.value.code == "STREAM_OVERFLOW"


async def test_of_several_changes_of_one_object_that_wait_the_latest_is_told(
    sessions: Sessions, stream: EventStream
) -> None:
    feed = await stream.join(TOPIC, None, lambda _event, _audience: True)
    one, last = new_id(), new_id()
    witness = await stream.join(TOPIC, None, lambda event, _audience: event.object_id == last)
    await tell(sessions, *([one] * WAITING * 3))
    await tell(sessions, one, name="report")
    await tell(sessions, last)
    await heard(stream, witness, last)
    told = await feed.next()
    assert (told.object_id, told.type) == (one, "doublelistitem.report")
    assert (await feed.next()).object_id == last


async def test_what_waits_is_told_in_the_order_of_positions_so_that_every_cursor_may_be_resumed_after(
    sessions: Sessions, stream: EventStream
) -> None:
    """An object that changed again goes behind those that changed meanwhile."""
    feed = await stream.join(TOPIC, None, lambda _event, _audience: True)
    first, second, last = new_id(), new_id(), new_id()
    witness = await stream.join(TOPIC, None, lambda event, _audience: event.object_id == last)
    await tell(sessions, first, second)
    await tell(sessions, first)
    await tell(sessions, last)
    await heard(stream, witness, last)
    told = [await feed.next() for _ in range(3)]
    assert [each.object_id for each in told] == [second, first, last]
    assert told == sorted(told, key=lambda each: each.position)


async def test_readers_of_a_database_that_is_restored_under_them_are_ended(
    sessions: Sessions, stream: EventStream
) -> None:
    await tell(sessions, new_id())
    feed = await stream.join(TOPIC, None, lambda _event, _audience: True)
    async with sessions.system("test") as session:
        await session.execute(update(EventEpoch).values(origin="another cluster"))
    await tell(sessions, new_id())
    with pytest.raises(Refused) as refused:
        async with asyncio.timeout(10):
            await feed.next()
    assert refused.value.code == "CURSOR_TOO_OLD"
    again, after = await stream.join(TOPIC, None, lambda _event, _audience: True), new_id()
    await tell(sessions, after)
    assert (await again.next()).object_id == after
