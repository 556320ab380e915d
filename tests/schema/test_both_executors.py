"""Pass-through and graphql-core give the same answer: on operations generated from the schema, for several roles."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
    is_non_null_type,
    parse,
    validate,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncEngine

from hub.audit.catalogue import AuditAction
from hub.db.models import AuditEvent
from hub.db.target import DatabaseRole
from schema.build import build_schema
from schema.execution import Asked, Executor
from tests.obligations.steps import Steps
from tests.support.client import ClientOf
from tests.support.documents import published
from tests.support.world import COUNTY, World

SCHEMA = build_schema().graphql
ROLES = ("county.office", "county.police", "county.audit", "county.portal", "city.police", "neighbour.court")
ROOTS = sorted(set(SCHEMA.query_type.fields) - {"explainAccess"})
DEPTH = 4


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
def operations(draw: st.DrawFn) -> str:
    roots = draw(st.lists(st.sampled_from(ROOTS), min_size=1, max_size=3, unique=True))
    known = SCHEMA.query_type.fields
    fields = [f"{name}{arguments(draw, known[name])}{below(draw, known[name].type, DEPTH)}" for name in roots]
    return "query Q($yes: Boolean = true) { " + " ".join(fields) + " __typename @include(if: $yes) }"


def comparable(content: bytes) -> dict:
    """An answer without what the first of two askers has left to the second."""
    found = json.loads(content)
    found.get("extensions", {}).get("cost", {}).pop("available", None)
    limit = found["data"] if found.get("data") else {}
    for key, value in limit.items():
        if isinstance(value, dict) and key.endswith("rateLimit"):
            limit[key] = {name: told for name, told in value.items() if not name.endswith(("available", "resetAt"))}
    return found


@pytest.fixture
async def filled(world: World, client_of: ClientOf) -> World:
    steps = Steps(world, client_of)
    item = await steps.running()
    await steps.item("court", item, "report", '{text: "进展", progressPercent: 40}')
    await steps.propose("finance", lead="finance", cooperating=("civil",))
    return world


@pytest.fixture
def unread(engines: dict[DatabaseRole, AsyncEngine]) -> Callable[[], Awaitable[None]]:
    """Takes back what a read of the audit log wrote into it, so that the next reader finds it the same."""

    async def forget() -> None:
        async with engines[DatabaseRole.OWNER].begin() as connection:
            await connection.execute(delete(AuditEvent).where(AuditEvent.event == AuditAction.AUDIT_READ.value))

    return forget


async def test_generated_operations_answer_alike_with_and_without_pass_through(
    filled: World, runtime, unread: Callable[[], Awaitable[None]]
) -> None:
    """All examples in one event loop and one world; two thousand comparisons."""
    passing, completing = Executor(build_schema(), runtime), Executor(build_schema(), runtime, pass_through=False)
    kept: list[str] = []

    @settings(max_examples=350, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(operations())
    def gather(operation: str) -> None:
        kept.append(operation)

    gather()
    passed = 0
    operations_ = list(dict.fromkeys(kept))
    valid = [each for each in operations_ if not validate(SCHEMA, parse(each))]
    ids = dict(zip(valid, await published(filled, *valid), strict=True))
    assert len(ids) > 200
    for operation in operations_:
        for role in ROLES:
            trusted = role.endswith("portal")
            asked = Asked(document_id=ids.get(operation, operation)) if trusted else Asked(operation)
            fast = await passing.run(asked, filled[role])
            if fast.sensitive:
                await unread()
            slow = await completing.run(asked, filled[role])
            if slow.sensitive:
                await unread()
            assert fast.sensitive == slow.sensitive, (role, operation)
            assert comparable(fast.content()) == comparable(slow.content()), (role, operation)
            passed += fast.text is not None
    assert passed > 200
