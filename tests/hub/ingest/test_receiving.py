"""Deliveries are taken in whole or refused whole, answered either way, and nothing accepted is lost or taken twice."""

from __future__ import annotations

from sqlalchemy import func, select

from hub.db import models
from tests.support.court import DISHONEST, PENDING, TERMINATED, Court


async def count(court: Court, model, *where) -> int:
    async with court.world.sessions.system("test") as session:
        return await session.scalar(select(func.count()).select_from(model).where(*where)) or 0


async def test_a_batch_is_taken_in_receipted_applied_and_cleared_from_the_ferry(court: Court) -> None:
    court.send((DISHONEST, court.row(DISHONEST, 1, "police")), (PENDING, court.row(PENDING, 2, "finance")))
    court.send((TERMINATED, court.row(TERMINATED, 3, "civil")))
    await court.hear()
    first, second = court.system.receipts()
    assert (first["accepted"], first["rows"], first["reasons"]) == (True, 2, [])
    assert second["batch"] == 2
    assert await count(court, models.DishonestyRecord) == 1
    assert await count(court, models.CaseListEntry) == 2
    assert list((court.system.folder.incoming).iterdir()) == []
    assert [each["messages"] for each in court.system.results()] == [{"APPLIED": 2}, {"APPLIED": 1}]
