"""Old events are forgotten batch by batch, what somebody still needs is kept, and who was behind learns of it."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from pydantic import ValidationError
from sqlalchemy import select, update

from hub.config import Settings, StreamSettings
from hub.core.errors import Refused
from hub.core.ids import new_id
from hub.core.texts import problem_text
from hub.db.models import OutboxEvent
from hub.db.session import Sessions
from hub.events.positions import Event, Position, all_kept, present, read_after
from hub.events.retention import forget_events
from hub.events.stream import EventStream
from hub.runtime import Runtime
from hub.worker import work_round
from tests.support.events import TOPIC, tell

START = Position(0, 0, 0)


async def events(sessions: Sessions) -> list[Event]:
    async with sessions.system("test") as session:
        return await read_after(session, START, limit=10_000)


async def told_events(sessions: Sessions, count: int) -> list[Event]:
    """Once they can be read: a transaction elsewhere on the server, however long, comes first."""
    found = await events(sessions)
    for _ in range(400):
        if len(found) >= count:
            break
        await asyncio.sleep(0.05)
        found = await events(sessions)
    return found


async def age(sessions: Sessions, *ids: UUID, to: datetime) -> None:
    async with sessions.system("test") as session:
        about = OutboxEvent.ids["id"].astext.in_([str(each) for each in ids])
        await session.execute(update(OutboxEvent).where(about).values(created_at=to))


async def forget(sessions: Sessions, before: datetime, **more) -> int:
    async with sessions.system("test") as session:
        return await forget_events(session, before=before, **more)


async def kept_behind(sessions: Sessions, position: Position) -> bool:
    async with sessions.system("test") as session:
        return await all_kept(session, position)


async def test_events_before_the_instant_go_in_batches_and_a_reader_behind_them_is_told(sessions, clock) -> None:
    old, young = [new_id() for _ in range(5)], [new_id() for _ in range(2)]
    for each in (*old, *young):
        await tell(sessions, each)
    before = await told_events(sessions, len(old) + len(young))
    await age(sessions, *old, to=clock())
    assert all([await kept_behind(sessions, each.position) for each in before])
    limit = clock() + timedelta(days=1)
    assert [await forget(sessions, limit, batch=2) for _ in range(4)] == [2, 2, 1, 0]
    assert [each.object_id for each in await told_events(sessions, 2)] == young
    known = [await kept_behind(sessions, each.position) for each in before]
    assert known == [False] * 4 + [True] * 3, "behind the last that was forgotten nothing is missing"


async def test_what_somebody_still_needs_stays_however_old(sessions, clock) -> None:
    needed, sent = new_id(), new_id()
    await tell(sessions, needed, sent)
    await age(sessions, needed, sent, to=clock())
    undelivered = OutboxEvent.ids["id"].astext == str(needed)
    assert await forget(sessions, clock() + timedelta(days=1), kept=[undelivered]) == 1
    assert [each.object_id for each in await told_events(sessions, 1)] == [needed]
    unknown = OutboxEvent.ids["nothing"].astext == "x"
    assert await forget(sessions, clock() + timedelta(days=1), kept=[unknown]) == 0
    assert await forget(sessions, clock() + timedelta(days=1)) == 1


async def test_a_feed_that_would_begin_before_what_is_kept_is_refused_with_what_to_do(sessions, clock) -> None:
    ids = [new_id() for _ in range(3)]
    for each in ids:
        await tell(sessions, each)
    first, *_ = await told_events(sessions, 3)
    stream = EventStream(sessions, poll_seconds=0.01, waiting=10)
    reading = await stream.join(TOPIC, first.position, lambda _event, _audience: True)
    await age(sessions, *ids, to=clock())
    await forget(sessions, clock() + timedelta(days=1))
    for attempt in (reading.next(), stream.join(TOPIC, first.position, lambda _event, _audience: True)):
        with pytest.raises(Refused) as refused:
            await attempt
        assert refused.value.code == "CURSOR_TOO_OLD"
    text = problem_text("CURSOR_TOO_OLD", {})
    assert ("重新读取" in text.zh, "read the objects again" in text.en) == (True, True)
    await stream.aclose()


async def test_no_position_ahead_of_the_database_is_taken(sessions) -> None:
    await tell(sessions, new_id())
    async with sessions.system("test") as session:
        now = await present(session)
    assert await kept_behind(sessions, now)
    for ahead in (
        Position(now.epoch, now.transaction + 1_000, 1),
        Position(now.epoch + 1, now.transaction, 1),
        Position(now.epoch - 1, now.transaction, 1),
    ):
        assert not await kept_behind(sessions, ahead)


async def test_the_worker_forgets_events_past_the_days_of_the_settings(world, runtime: Runtime) -> None:
    gone, stays = new_id(), new_id()
    await tell(world.sessions, gone, stays)
    days = runtime.settings.events_kept_days
    await age(world.sessions, gone, to=world.clock() - timedelta(days=days, seconds=1))
    await age(world.sessions, stays, to=world.clock() - timedelta(days=days))
    await work_round(runtime)
    async with world.sessions.system("test") as session:
        left = set(await session.scalars(select(OutboxEvent.ids["id"].astext)))
    assert str(stays) in left
    assert str(gone) not in left


def test_events_are_kept_longer_than_any_cursor_may_be_old() -> None:
    assert Settings(_env_file=None).events_kept_days > StreamSettings().cursor_days
    with pytest.raises(ValidationError):
        Settings(_env_file=None, events_kept_days=7, streams=StreamSettings(cursor_days=7))
