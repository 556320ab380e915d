"""The file of an export is what paging through the list gives: same rows, same order, same bytes, same masks."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
    is_non_null_type,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.core.errors import Refused
from hub.core.principal import Principal
from schema.build import build_schema
from schema.bulk import exports
from schema.bulk.exporting import Exporter
from schema.execution import Asked, Executor
from tests.obligations.steps import Steps
from tests.support.client import ClientOf
from tests.support.world import COUNTY, World

SCHEMA = build_schema().graphql
ROLES = ("county.office", "county.police", "county.audit", "county.government", "city.police", "neighbour.court")
LISTS = sorted(
    name
    for name, field in SCHEMA.query_type.fields.items()
    if get_named_type(field.type).name.endswith("Connection") and name not in {"auditEvents", "bulkOperations"}
)
FILLED = sorted({"doubleListItems", "doubleLists", "jointMeetings", "jurisdictions", "organizations"} & set(LISTS))
PAGE = "__typename @include(if: $yes) pageInfo { hasNextPage endCursor }"


def arguments(draw: st.DrawFn, field) -> str:
    given_ = []
    for name, argument in field.args.items():
        needed = is_non_null_type(argument.type)
        if name == "first":
            given_.append(f"first: {draw(st.integers(1, 6))}")
        elif name == "id" and needed:
            given_.append('id: "REkBog36CDZ_W7O-nRCh_adH"')
        elif name == "ids" and needed:
            given_.append('ids: ["REkBog36CDZ_W7O-nRCh_adH", "T1IBog36B2lyG7jlTy92gsYc"]')
        elif isinstance(get_named_type(argument.type), GraphQLEnumType) and (needed or draw(st.booleans())):
            given_.append(f"{name}: {draw(st.sampled_from(sorted(get_named_type(argument.type).values)))}")
        elif needed:
            given_.append(f'{name}: "{COUNTY}"')
    return f"({', '.join(given_)})" if given_ else ""


def selection(draw: st.DrawFn, type_, depth: int) -> str:
    fields = dict(type_.fields)
    if depth == 0:
        fields = {name: field for name, field in fields.items() if is_leaf_type(get_named_type(field.type))}
    names = draw(st.lists(st.sampled_from(sorted(fields)), min_size=1, max_size=5, unique=True)) if fields else []
    parts = ["__typename"] if not names or draw(st.booleans()) else []
    for name in names:
        alias = f"{draw(st.sampled_from(('a', 'b', 'c')))}_{name}: " if draw(st.integers(0, 3)) == 0 else ""
        directive = draw(st.sampled_from(("", "", "", " @include(if: $yes)", " @skip(if: $yes)")))
        parts.append(f"{alias}{name}{arguments(draw, fields[name])}{directive}{below(draw, fields[name].type, depth)}")
    return "{ " + " ".join(parts) + " }"


def below(draw: st.DrawFn, type_, depth: int) -> str:
    named = get_named_type(type_)
    if isinstance(named, GraphQLInterfaceType):
        chosen = draw(st.sampled_from([each.name for each in SCHEMA.get_possible_types(named)]))
        inner = selection(draw, SCHEMA.get_type(chosen), max(depth - 2, 0))
        return f"{{ __typename id ... on {chosen} {inner} }}"
    if isinstance(named, GraphQLObjectType):
        return " " + selection(draw, named, max(depth - 1, 0))
    return ""


@st.composite
def lists(draw: st.DrawFn) -> tuple[str, str, str]:
    """Name, arguments besides the page, and the selection of a row."""
    name = draw(st.sampled_from(draw(st.sampled_from((FILLED, LISTS)))))
    field = SCHEMA.query_type.fields[name]
    others = {key: value for key, value in field.args.items() if key not in {"first", "after"}}
    known = arguments(draw, type("Field", (), {"args": others}))
    node = SCHEMA.get_type(get_named_type(field.type).name.removesuffix("Connection"))
    return name, known.strip("()"), selection(draw, node, 3)


@pytest.fixture
async def filled(world: World, client_of: ClientOf) -> World:
    steps = Steps(world, client_of)
    item = await steps.running()
    await steps.item("court", item, "report", '{text: "进展", progressPercent: 40}')
    for number in range(4):
        await steps.propose("court", title=f'"事项{number}"', dueOn='"2026-10-30"')
    await steps.propose("finance", lead="finance", cooperating=("civil",))
    return world


async def paged(executor: Executor, principal: Principal, name: str, known: str, row: str) -> tuple[Any, set[str]]:
    """Lines and masked fields, or the code of the refusal."""
    after, lines, masked = "", [], set()
    while True:
        given_ = ", ".join(part for part in (known, "first: 2", after) if part)
        asked = f"query Q($yes: Boolean = true) {{ {name}({given_}) {{ nodes {row} {PAGE} }} }}"
        answer = orjson.loads((await executor.run(Asked(asked), principal)).content())
        if "errors" in answer:
            return answer["errors"][0]["extensions"]["code"], set()
        page = answer["data"][name]
        lines += [orjson.dumps(each) for each in page["nodes"]]
        masked |= set(answer.get("extensions", {}).get("masked", ()))
        if not page["pageInfo"]["hasNextPage"]:
            return lines, masked
        after = f'after: "{page["pageInfo"]["endCursor"]}"'


async def exported(exporter: Exporter, principal: Principal, query: str, at: Any) -> tuple[Any, set[str]]:
    after, lines, masked = None, [], set()
    while True:
        try:
            portion = await exporter.portion(query, principal, after, at)
        except Refused as refused:
            return refused.code, set()
        lines += portion.lines.splitlines()
        masked |= portion.masked
        after = portion.after
        if after is None:
            return lines, masked


async def test_generated_lists_are_exported_as_they_are_paged(filled: World, runtime, monkeypatch) -> None:
    monkeypatch.setattr(exports, "SIZES", (3, 1))
    executor, exporter = Executor(build_schema(), runtime), Exporter(build_schema(), runtime)
    kept: list[tuple[str, str, str]] = []

    @settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(lists())
    def gather(drawn: tuple[str, str, str]) -> None:
        kept.append(drawn)

    gather()
    rows = refusals = 0
    for place, (name, known, row) in enumerate(dict.fromkeys(kept)):
        page = f"{{ __typename @include(if: $yes) edges {{ n: node {row} }} }}"
        query = f"query Q($yes: Boolean = true) {{ l: {name}{f'({known})' if known else ''} {page} }}"
        for role in ROLES[place % 2 :: 2]:
            expected = await paged(executor, filled[role], name, known, row)
            found = await exported(exporter, filled[role], query, runtime.clock())
            assert found == expected, (role, query)
            rows += len(expected[0]) if isinstance(expected[0], list) else 0
            refusals += isinstance(expected[0], str)
    assert rows > 50
    assert refusals > 0


WRITTEN = (
    "{ l: doubleListItems(first: 2) { nodes { title } } }",
    "{ doubleListItems { __typename totalCount pageInfo { endCursor } nodes { title } } }",
    """{ ...Roots } fragment Roots on Query { doubleListItems { ...Rows } }
       fragment Rows on DoubleListItemConnection { nodes { title } }""",
    "{ doubleListItems { edges { cursor node { title } } } }",
    """query Named($bulkFirst: Boolean = true) { doubleListItems {
       bulkPage: totalCount nodes @include(if: $bulkFirst) { title } } }""",
    "{ doubleListItems { nodes { title } } doubleListItems { nodes { title } } }",
)


async def test_every_way_to_write_the_list_gives_the_same_rows(filled: World, runtime, monkeypatch) -> None:
    monkeypatch.setattr(exports, "SIZES", (2, 1))
    executor, exporter = Executor(build_schema(), runtime), Exporter(build_schema(), runtime)
    expected, _ = await paged(executor, filled["county.office"], "doubleListItems", "", "{ title }")
    assert len(expected) == 6
    for query in WRITTEN:
        lines, _ = await exported(exporter, filled["county.office"], query, runtime.clock())
        assert lines == expected, query
