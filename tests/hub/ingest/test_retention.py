"""Contents of settled messages end by policy; what proves them, and what waits for a person, stays."""

from __future__ import annotations

from sqlalchemy import select

from connectors.kit.list_columns import Column
from hub.db import models
from hub.schedule import jobs_of, worker_name
from hub.scheduling.ticks import Scheduler
from tests.support.court import PENDING, Court

UNKNOWN: dict[str, str] = {Column.USCC: "", Column.SUBJECT_NAME: "某某办事处"}
"""A body without a code that is no known unit: its message waits for a person."""


async def kept(court: Court) -> dict[str, bool]:
    async with court.world.sessions.system("test") as session:
        found = await session.scalars(select(models.InboxMessage).order_by(models.InboxMessage.position))
        return {each.state.value: each.body_sealed is not None for each in found if len(each.digest) == 64}


async def sweep(court: Court) -> None:
    runtime = court.runtime
    (job,) = (each for each in jobs_of(runtime) if each.name == "contents")
    await Scheduler(runtime.sessions, runtime.clock, runtime.policy, worker_name()).run_due(job)


async def test_a_years_content_goes_and_its_digest_stays(court: Court) -> None:
    row = court.row(PENDING, 1, "police")
    court.send((PENDING, row), (PENDING, court.row(PENDING, 2, "finance", **UNKNOWN)))
    await court.hear()
    court.send((PENDING, {**row, "案由": "另一案由"}))
    await court.hear()
    for days, content in ((364, True), (2, False)):
        court.world.clock.advance(days=days)
        await sweep(court)
        assert await kept(court) == {"APPLIED": content, "NEEDS_INFORMATION": True}
        async with court.world.sessions.system("test") as session:
            (refusal,) = await session.scalars(select(models.InboxRefusal))
        assert (refusal.body_sealed is not None, len(refusal.digest)) == (content, 64)
    # It is still known: the same message does nothing, whatever its age.
    court.send((PENDING, row))
    await court.hear()
    assert [receipt["duplicateRows"] for receipt in court.system.receipts()] == [0, 0, 1]
    assert len(await kept(court)) == 2
