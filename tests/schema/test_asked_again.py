"""The same request again: prepared once, answered as things stand now and as its caller may see them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hub.runtime import Runtime
from schema.build import build_schema
from schema.execution import Answer, Asked, Executor
from tests.obligations.steps import Steps
from tests.support.client import ClientOf
from tests.support.world import World

COUNT = "{ doubleListItems { totalCount nodes { id } } }"
VIEWER = "{ viewer { clientId } rateLimit { available } }"


@pytest.fixture
def executor(runtime: Runtime) -> Executor:
    return Executor(build_schema(), runtime)


def told(answer: Answer) -> bytes:
    assert not answer.errors
    assert answer.text is not None
    return answer.text


async def test_it_follows_the_data(world: World, executor: Executor, client_of: ClientOf) -> None:
    caller = world["county.police"]
    before = told(await executor.run(Asked(COUNT), caller))
    assert told(await executor.run(Asked(COUNT), caller)) == before
    steps = Steps(world, client_of)
    await steps.running()
    await steps.propose("police", lead="police")
    after = told(await executor.run(Asked(COUNT), caller))
    assert (b'"totalCount" : 0' in before, b'"totalCount" : 0' in after) == (True, False)


async def test_each_caller_gets_its_own(world: World, executor: Executor, client_of: ClientOf) -> None:
    steps = Steps(world, client_of)
    await steps.running()
    await steps.propose("finance", lead="finance")
    seen = [told(await executor.run(Asked(COUNT), world[name])) for name in ("county.finance", "neighbour.court") * 2]
    assert seen[0] == seen[2] != seen[1] == seen[3]
    assert b'"totalCount" : 0' in seen[1]


async def test_a_right_that_was_lost_is_felt(world: World, executor: Executor) -> None:
    caller = world["county.police"]
    told(await executor.run(Asked(COUNT), caller))
    refused = await executor.run(Asked(COUNT), replace(caller, scopes=frozenset()))
    assert refused.errors[0]["extensions"]["code"] == "SCOPE_REQUIRED"
    assert refused.text is None


async def test_one_body_of_two_clients_is_answered_to_each(client_of: ClientOf, world: World) -> None:
    found = [await (await client_of(name)).data(VIEWER) for name in ("county.police", "county.court") * 2]
    assert [each["viewer"]["clientId"] for each in found] == ["county.police", "county.court"] * 2
    assert found[2]["rateLimit"]["available"] < found[0]["rateLimit"]["available"]
