"""A check is answered once it is on record, however it falls between the writers of the record."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import func, select

from hub.core.ids import new_id
from hub.credit.checks import journal
from hub.credit.checks.budget import Limits
from hub.credit.checks.journal import Entry, Place
from hub.db import models
from hub.runtime import Runtime
from tests.support.world import CITY, COUNTY, PATHS, World

NOT_LONG = 20.0
ROW = {
    "service_case_number": "办件",
    "service_item": "许可",
    "asked": 1,
    "matched": 0,
    "manual": 0,
    "keys": b"0" * 32,
    "references": None,
    "hits": [],
}


def entry(world: World) -> Entry:
    unit = world.organizations["county.police"]
    place = Place(unit, world.jurisdictions[CITY], world.jurisdictions[COUNTY], PATHS[COUNTY])
    return Entry(new_id(), world["county.police"], place, world.clock(), ROW, 0, False, Limits(9, 9, 90, 9))


async def test_a_check_that_arrives_in_the_moment_a_writer_ends_is_put_on_record(
    world: World, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "AT_ONCE", 1)
    async with asyncio.timeout(NOT_LONG):
        await runtime.checks.journal.enter(entry(world))
        used = await runtime.checks.journal.enter(entry(world))
    assert (used.asked, used.refused) == (2, None)
    async with world.sessions.system("test") as session:
        assert await session.scalar(select(func.count()).select_from(models.SubjectCheck)) == 2


async def test_a_writer_that_is_cancelled_leaves_its_place_to_another(
    world: World, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "AT_ONCE", 1)
    known = asyncio.all_tasks()
    first = asyncio.ensure_future(runtime.checks.journal.enter(entry(world)))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    (writer,) = asyncio.all_tasks() - known - {first}
    writer.cancel()
    await asyncio.wait({writer})
    async with asyncio.timeout(NOT_LONG):
        assert (await runtime.checks.journal.enter(entry(world))).refused is None
    first.cancel()
