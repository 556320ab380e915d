"""Two callers at once: one wins, the other is told; a repeated request takes effect once."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import func, select

from hub.db.models import AuditEvent, DoubleList, DoubleListItem
from tests.obligations.steps import Steps
from tests.support.client import ClientOf
from tests.support.world import COUNTY, World


@pytest.fixture
def steps(world: World, client_of: ClientOf) -> Steps:
    return Steps(world, client_of)


async def test_of_two_changes_from_one_version_exactly_one_is_accepted(steps: Steps, world: World) -> None:
    await steps.open_list()
    item = await steps.propose("court")
    await (await steps.client("office")).authorize()
    answers = await asyncio.gather(
        *(steps.item(unit, item, "submit", expectedVersion="1") for unit in ("court", "office"))
    )
    accepted = [answer for answer in answers if "status" in answer]
    refused = [answer for answer in answers if "code" in answer]
    assert len(accepted) == len(refused) == 1
    assert refused[0]["code"] in {"VERSION_CONFLICT", "CONFLICT"}
    assert (await steps.state(item))["version"] == 2


async def test_one_idempotency_key_used_twice_at_once_takes_effect_once(steps: Steps, world: World) -> None:
    office = await steps.client("office")
    await office.authorize()
    given = f'input: {{jurisdictionCode: "{COUNTY}", year: 2026}}, idempotencyKey: "open-the-list"'
    answers = await asyncio.gather(*(office.change("createDoubleList", given, "doubleList") for _ in range(4)))
    assert len({str(answer) for answer in answers}) == 1
    assert "id" in answers[0]
    async with world.sessions.system("test") as session:
        assert await session.scalar(select(func.count()).select_from(DoubleList)) == 1
        made = select(func.count()).select_from(AuditEvent).where(AuditEvent.event == "doublelist:create")
        assert await session.scalar(made) == 1


async def test_proposals_at_once_get_codes_of_their_own(steps: Steps, world: World) -> None:
    await steps.open_list()
    for unit in ("court", "police", "finance"):
        await (await steps.client(unit)).authorize()
    made = await asyncio.gather(
        *(steps.propose(unit, lead="court", cooperating=("police",)) for unit in ("court", "police", "finance") * 3)
    )
    assert sorted(each["code"] for each in made) == [f"2026-{number:03d}" for number in range(1, 10)]
    async with world.sessions.system("test") as session:
        assert await session.scalar(select(func.count()).select_from(DoubleListItem)) == 9


async def test_a_cancelled_request_leaves_nothing_half_done_and_no_scope_behind(steps: Steps, world: World) -> None:
    await steps.open_list()
    item = await steps.propose("court")
    for pause in (0.0, 0.001, 0.004, 0.01, 0.02):
        task = asyncio.create_task(steps.item("court", item, "submit"))
        await asyncio.sleep(pause)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        state = await steps.state(item)
        assert (state["status"], state["version"]) in {("DRAFT", 1), ("SUBMITTED", 2)}
        finance = await steps.read("finance", "{ doubleListItems { totalCount } }")
        assert finance["doubleListItems"]["totalCount"] == 0
