"""The feed of the working calendar: read on schedule, kept in versions, refused whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from connectors.sandbox.calendar.system import CalendarFault, SandboxCalendar
from connectors.sandbox.serving import WireFault
from hub.db.models import CalendarYearRow, ScheduledTick
from hub.delivery.watching import alarms, figures
from hub.policy.calendar_file import CalendarFormat, parse_calendar_file
from hub.policy.store import PolicyStore
from hub.runtime import Runtime
from hub.schedule import run_scheduled
from tests.support.hooks import LOOPBACK
from tests.support.world import World


@pytest.fixture
def feed() -> Iterator[SandboxCalendar]:
    with SandboxCalendar([2026, 2027, 2028]) as found:
        yield found


@pytest.fixture
def reader(runtime: Runtime, feed: SandboxCalendar) -> Runtime:
    settings = runtime.settings.model_copy(update={"calendar_url": f"{feed.url}/calendar.json", "delivery": LOOPBACK})
    return replace(runtime, settings=settings)


async def read(reader: Runtime, world: World) -> str:
    """What came of the day's reading."""
    world.clock.advance(days=1)
    await run_scheduled(reader)
    async with world.sessions.system("test") as session:
        ticks = select(ScheduledTick.status).filter_by(job="calendar").order_by(ScheduledTick.due_at.desc())
        return str((await session.scalars(ticks)).first())


async def versions(world: World) -> list[tuple[int, int]]:
    async with world.sessions.system("test") as session:
        row = CalendarYearRow
        return [
            tuple(each) for each in await session.execute(select(row.year, row.version).order_by(row.year, row.version))
        ]


async def alarmed(world: World) -> list[str]:
    async with world.sessions.system("test") as session:
        raised = await alarms(session, PolicyStore(), await figures(session, world.clock()))
        return [each.code for each in raised if each.code == "ALARM_CALENDAR_MISSING"]


async def test_a_feed_is_read_once_a_day_and_kept_in_versions(
    reader: Runtime, feed: SandboxCalendar, world: World
) -> None:
    world.clock.move_to(2026, 12, 1)
    assert await alarmed(world) == ["ALARM_CALENDAR_MISSING"]
    for fault, codes in {
        CalendarFault.OVERLAP: ["CALENDAR_DATE_TWICE"] * 3,
        CalendarFault.MISSING_YEAR: ["CALENDAR_YEAR_MISSING"],
        CalendarFault.WORKED_HOLIDAY: ["CALENDAR_BOTH"] * 3,
    }.items():
        feed.faults = {fault}
        with pytest.raises(Exception) as refused:
            parse_calendar_file(feed.answer("", {}, b"").body, CalendarFormat.JSON)
        assert [reason.code for reason in refused.value.reasons] == codes
        assert (await read(reader, world), await versions(world)) == ("FAILED", [])
    feed.faults, feed.wire_faults = set(), {WireFault.TRUNCATE}
    assert (await read(reader, world), await versions(world)) == ("FAILED", [])
    feed.wire_faults = set()
    assert await read(reader, world) == "DONE"
    assert await versions(world) == [(2026, 1), (2027, 1), (2028, 1)]
    assert await alarmed(world) == []
    requests = feed.requests
    await run_scheduled(reader)
    assert feed.requests == requests, "once a day"
    feed.years = [2026, 2027, 2028, 2029]
    assert await read(reader, world) == "DONE"
    assert await versions(world) == [(2026, 1), (2027, 1), (2028, 1), (2029, 1)]


async def test_a_corrected_year_is_a_new_version_that_wins_and_the_old_one_stays_as_it_was(
    reader: Runtime, feed: SandboxCalendar, world: World, engines
) -> None:
    await read(reader, world)
    feed._arrangement = lambda year, made=feed._arrangement: {**made(year), "workdays": []}  # type: ignore[method-assign]
    await read(reader, world)
    assert await versions(world) == [(year, version) for year in (2026, 2027, 2028) for version in (1, 2)]
    async with world.sessions.system("test") as session:
        calendar = await PolicyStore().calendar(session)
        assert not calendar.years[2027].shifted_workdays
        with pytest.raises(DBAPIError):
            await session.execute(text("update calendar_year set content = '{}'"))
