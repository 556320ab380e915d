"""Cost is known before anything is read: weights add up, page sizes multiply, and too much never reaches SQL."""

from __future__ import annotations

from dataclasses import replace

import orjson
import pytest
from graphql import parse

from hub.runtime import Runtime
from schema.build import build_schema
from schema.cost import Costs
from schema.documents import Document
from schema.execution import Asked, Executor
from tests.schema.test_limits import doubling
from tests.support.client import ClientOf
from tests.support.world import World

COSTS = Costs(build_schema().graphql, build_schema().planner.bindings)


def cost(text: str, **variables: object) -> int:
    document = Document.of(text, parse(text))
    return COSTS.of(document, document.operations[0], variables)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{ __typename }", 1),
        ("{ viewer { clientId scopes } }", 1),
        ("{ a: viewer { clientId } b: viewer { clientId } }", 2),
        ("{ doubleListItems(first: 10) { nodes { id title } } }", 1 + 10),
        ("{ doubleListItems { nodes { id } } }", 1 + 20),
        ("{ doubleListItems(first: 10) { edges { cursor node { title } } pageInfo { hasNextPage } } }", 1 + 10),
        ("{ doubleListItems(first: 10) { totalCount } }", 1 + 5),
        ("{ doubleListItems(first: 10) { nodes { leadOrganization { name } } } }", 1 + 10 * 2),
        ("{ doubleListItems(first: 10) { nodes { progressReports(first: 5) { nodes { text } } } } }", 1 + 10 * 7),
        ("{ ...a ...a } fragment a on Query { viewer { clientId } }", 2),
        ("{ viewer @skip(if: true) { clientId } }", 1),
        ('{ nodes(ids: ["a", "b", "c"]) { id } }', 3),
        ('{ a: __schema { types { name } } __type(name: "Query") { name } }', 200),
    ],
)
def test_weights_add_up_and_page_sizes_multiply(text: str, expected: int) -> None:
    assert cost(text) == expected


def test_variables_and_their_defaults_are_page_sizes_too() -> None:
    text = "query($n: Int = 7, $ids: [ID!]!) { doubleListItems(first: $n) { nodes { id } } nodes(ids: $ids) { id } }"
    assert cost(text, n=7, ids=["x"]) == 1 + 7 + 1
    assert cost(text, n=50, ids=["x"] * 4) == 1 + 50 + 4
    assert cost(text, n=10**9, ids=[]) == 1 + 100


def test_what_directives_leave_out_is_not_charged() -> None:
    text = "query($yes: Boolean!) { viewer { clientId } doubleListItems(first: 9) @include(if: $yes) { nodes { id } } }"
    assert (cost(text, yes=False), cost(text, yes=True)) == (1, 11)


def test_a_change_is_charged_for_itself_and_for_what_is_read_back() -> None:
    text = """mutation { a: advanceDoubleListItem(id: "x", event: {submit: {}}) { ...r }
        b: advanceDoubleListItem(id: "x", event: {submit: {}}) { ...r } }
        fragment r on AdvanceDoubleListItemResult { ... on DoubleListItemChange { doubleListItem { id } } }"""
    assert cost(text) == 2 * (10 + 1 + 1)


def test_doubling_fragments_are_weighed_in_one_pass() -> None:
    assert cost(doubling(25)) == 2**25


async def test_an_operation_beyond_the_maximum_names_both_numbers_and_never_reaches_sql(
    client_of: ClientOf, world: World
) -> None:
    police = await client_of("county.police")
    query = """query($n: Int!) { doubleListItems(first: $n) { nodes {
        doubleList { items(first: $n) { nodes { doubleList { items(first: $n) { nodes { id } } } } } } } } }"""
    await police.data("{ viewer { clientId } }")
    reads = world.sessions.scoped
    fetch, reads.fetch = reads.fetch, None
    answer = await police.post({"query": query, "variables": {"n": 100}})
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["extensions"]["code"]) == (400, "COST_TOO_HIGH")
    told = answer.json()["extensions"]["cost"]
    assert told["actual"] == 0
    assert str(told["requested"]) in error["message"]
    assert "20000" in error["extensions"]["messageEn"]
    assert "data" not in answer.json()
    reads.fetch = fetch
    assert "errors" not in await police.ask(query, {"n": 5})


@pytest.mark.parametrize("pass_through", [True, False])
async def test_every_answer_tells_its_cost_and_what_is_left(world: World, runtime: Runtime, pass_through: bool) -> None:
    executor = Executor(build_schema(), runtime, pass_through=pass_through)
    asked = Asked(
        "{ limit: rateLimit { cost available capacity restoreRate resetAt } doubleListItems { nodes { id } } }"
    )
    answer = await executor.run(asked, world["county.police"])
    assert (answer.text is not None) is pass_through
    body = orjson.loads(answer.content())
    told, limit = body["extensions"]["cost"], body["data"]["limit"]
    assert (told["requested"], told["actual"]) == (21, 21)
    assert (limit["cost"], limit["available"]) == (21, told["available"])
    assert (limit["capacity"], limit["restoreRate"]) == (10**9, told["restoreRate"])
    assert told["available"] == 10**9 - 21
    assert limit["resetAt"] == "2026-06-15T10:00:01.000+08:00"
    refused = await executor.run(Asked("{ doubleListItems(first: 0) { totalCount } }"), world["county.police"])
    assert orjson.loads(refused.content())["extensions"]["cost"]["actual"] == 6


async def test_the_maximum_is_a_setting(world: World, runtime: Runtime) -> None:
    frugal = replace(runtime, settings=runtime.settings.model_copy(update={"maximum_cost": 10}))
    executor = Executor(build_schema(), frugal)
    answer = await executor.run(Asked("{ doubleListItems { nodes { id } } }"), world["county.police"])
    assert answer.errors[0]["extensions"]["code"] == "COST_TOO_HIGH"
    assert not (await executor.run(Asked("{ viewer { clientId } }"), world["county.police"])).errors
