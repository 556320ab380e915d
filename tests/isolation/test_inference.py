"""Reads that try to learn of others by what differs: refusals, cursors, aliases, explanations, the audit log."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from hub.core.ids import encode_node_id, new_id
from hub.core.principal import Clearance
from hub.db import models
from hub.runtime import Runtime
from schema.binding.declare import FILTERS, OBJECTS
from schema.binding.fields import ColumnOf, NodeRef, Paged, ToEach, ToOne
from schema.build import build_schema
from schema.execution import Asked, Executor
from tests.isolation.oracle import CONTENT, Oracle
from tests.support.asking import Asker
from tests.support.content import TAGS
from tests.support.rows import Content
from tests.support.world import World

NODE = "query($id: ID!) { node(id: $id) { __typename id } }"


@pytest.fixture
def executor(world: World, runtime: Runtime) -> Executor:
    return Asker(world, build_schema(), runtime)


def hidden(oracle: Oracle, model: type) -> list[str]:
    return [encode_node_id(TAGS[model], row["id"]) for row in oracle.content.of(model) if not oracle.sees(model, row)]


@pytest.mark.attack("D6")
async def test_a_hidden_id_and_one_of_nothing_answer_alike_byte_for_byte(
    world: World, content: Content, executor: Executor
) -> None:
    for caller in ("county.police", "city.police", "neighbour.office", "county.portal", "county.admin"):
        oracle = Oracle(world, content, caller)
        for model in TAGS:
            ids = [encode_node_id(TAGS[model], new_id()), *hidden(oracle, model)[:1]]
            answers = {(await executor.run(Asked(NODE, {"id": each}), world[caller])).content() for each in ids}
            assert len(answers) == 1, (caller, model, answers)


@pytest.mark.attack("D5")
async def test_a_changed_or_foreign_cursor_is_refused_whatever_it_holds(
    world: World, content: Content, executor: Executor
) -> None:
    """Of another client of another organisation, of another list, of another order, with any byte changed."""
    query = "query($a: String) { %s(first: 1, after: $a%s) { nodes { id } pageInfo { endCursor } } }"
    items, tasks = query % ("doubleListItems", ""), query % ("linkageTasks", "")
    turned = query % ("doubleListItems", ", orderBy: DUE_ON_DESC")
    first = await executor.run(Asked(items), world["county.office"])
    cursor = json.loads(first.content())["data"]["doubleListItems"]["pageInfo"]["endCursor"]
    tampered = [cursor[:at] + ("A" if cursor[at] != "A" else "B") + cursor[at + 1 :] for at in range(len(cursor))]
    tried = [("county.police", items, cursor), ("county.office", tasks, cursor), ("county.office", turned, cursor)]
    tried += [("county.office", items, each) for each in [*tampered, cursor + "=", cursor[:-1], "", "-1"]]
    for caller, text, given in tried:
        answer = await executor.run(Asked(text, {"a": given}), world[caller])
        assert answer.data is None, given
        assert [error["extensions"]["code"] for error in answer.errors] == ["CURSOR_INVALID"], given
    again = await executor.run(Asked(items, {"a": cursor}), world["county.office"])
    assert not again.errors


@pytest.mark.attack("D4")
def test_no_filter_and_no_order_reads_a_column_above_its_reader() -> None:
    """Every filter or order over a column of sensitivity names that column, so that the planner can refuse it."""
    seen = 0
    for name, filters in FILTERS.items():
        target = OBJECTS[name.removesuffix("Filter")]
        protected = {
            binding.column if isinstance(binding, (ColumnOf, NodeRef)) else binding.local
            for binding in target.fields.values()
            if isinstance(binding, (ColumnOf, NodeRef, ToOne, ToEach)) and (binding.content or _above(binding, target))
        }
        for condition in filters.conditions.values():
            seen += 1
            assert condition.column not in protected, (name, condition)
    assert seen > 30
    for declaration in OBJECTS.values():
        for binding in declaration.fields.values():
            if isinstance(binding, Paged):
                assert not binding.content


def _above(binding: object, target: object) -> bool:
    level = target.level if binding.level is None else binding.level
    return level > Clearance.L1


@pytest.mark.attack("D4")
async def test_a_masked_column_cannot_be_asked_about(
    world: World, content: Content, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Declared masked for the length of the test. An order needs no such test: its columns are never null, a masked
    one must be, and the schema is not made of one that is both."""
    declaration = OBJECTS["DoubleListItem"]
    masked = replace(declaration.fields["lead_organization"], level=Clearance.L4)
    fields = {**declaration.fields, "lead_organization": masked}
    monkeypatch.setitem(OBJECTS, "DoubleListItem", replace(declaration, fields=fields))
    executor = Asker(world, build_schema.__wrapped__(), runtime)
    query = "query($o: ID!) { doubleListItems(filter: {leadOrganizationId: $o}) { totalCount } }"
    answers = set()
    for unit in ("county.police", "neighbour.civil"):
        asked = {"o": encode_node_id("OR", world.organizations[unit])}
        answer = await executor.run(Asked(query, asked), world["county.office"])
        assert answer.errors[0]["extensions"]["code"] == "FILTER_FORBIDDEN"
        answers.add(answer.content())
    assert len(answers) == 1


def test_what_the_oracle_calls_content_is_declared_content() -> None:
    """So that a superior's masks and this oracle cannot drift apart."""
    for model, columns in CONTENT.items():
        declaration = OBJECTS[model.__name__]
        declared = {
            binding.column for binding in declaration.fields.values() if binding.content and hasattr(binding, "column")
        }
        assert declared == columns, model


@pytest.mark.attack("D2")
async def test_aliases_ask_the_same_field_no_further_than_once(
    world: World, content: Content, executor: Executor
) -> None:
    """A hundred aliases, nested paths back and forth: the same masks, the same absence."""
    inner = "doubleList { items(first: 50) { nodes { id content progressReports { nodes { text } } } } }"
    aliases = " ".join(f"a{number}: content" for number in range(50))
    query = f"{{ doubleListItems(first: 20) {{ nodes {{ id {aliases} {inner} }} }} }}"
    for caller in ("city.police", "county.police"):
        oracle = Oracle(world, content, caller)
        text = (await executor.run(Asked(query), world[caller])).content().decode()
        for row in content.of(models.DoubleListItem):
            shown = oracle.sees(models.DoubleListItem, row) and not oracle.masked(models.DoubleListItem, row)
            assert row["content"] not in text or shown, (caller, row["code"])
        for row in content.of(models.ProgressReport):
            assert row["text"] not in text or oracle.sees(models.ProgressReport, row)


@pytest.mark.attack("D1")
async def test_access_is_explained_to_auditors_of_the_jurisdiction_alone(
    world: World, content: Content, executor: Executor
) -> None:
    query = "query($o: ID!, $i: ID!) { explainAccess(organizationId: $o, id: $i) { visible grounds } }"
    county = [row for row in content.of(models.DoubleListItem) if row["jurisdiction_path"].endswith("410825/")]
    own = encode_node_id("OR", world.organizations["county.police"])
    asked = {"o": own, "i": encode_node_id("DI", county[0]["id"])}
    for caller in ("county.police", "county.office", "county.admin", "county.portal", "city.police"):
        answer = await executor.run(Asked(query, asked), world[caller])
        assert answer.errors[0]["extensions"]["code"] == "SCOPE_REQUIRED"
        assert answer.data in (None, {"explainAccess": None})
    stranger = [
        (await executor.run(Asked(query, {**asked, "i": key}), world["neighbour.audit"])).content()
        for key in (asked["i"], encode_node_id("DI", new_id()))
    ]
    assert stranger[0] == stranger[1] == b'{"data":{"explainAccess":null}}'


@pytest.mark.attack("D3")
async def test_the_audit_log_of_others_is_neither_shown_nor_counted_nor_filtered(
    world: World, content: Content, executor: Executor
) -> None:
    query = """query($f: AuditEventFilter) { auditEvents(first: 100, filter: $f) {
        totalCount nodes { id subject correlationId } } }"""
    foreign = [row for row in content.of(models.AuditEvent) if row["jurisdiction_path"].endswith("410882/")]
    for given in (None, {"subject": foreign[0]["subject"]}, {"jurisdictionCode": "410882"}):
        answer = await executor.run(Asked(query, {"f": given}), world["county.audit"])
        assert not answer.errors
        for row in foreign:
            assert row["correlation_id"] not in answer.content().decode()
    async with world.sessions.read(world["county.police"]) as session:
        assert list(await session.scalars(select(models.AuditEvent.id))) == []


@pytest.mark.attack("D11")
async def test_plans_are_shared_by_rights_and_never_by_data(world: World, content: Content, executor: Executor) -> None:
    """Callers with equal rights share the plan; each gets its own rows, in whatever order they ask."""
    query = "{ doubleListItems(first: 100) { totalCount nodes { id } } viewer { clientId organization { id } } }"
    callers = ["county.police", "county.finance", "neighbour.police", "county.civil"]
    for caller in [*callers, *reversed(callers)]:
        oracle = Oracle(world, content, caller)
        answer = json.loads((await executor.run(Asked(query), world[caller])).content())["data"]
        expected = {
            encode_node_id("DI", row["id"])
            for row in content.of(models.DoubleListItem)
            if oracle.sees(models.DoubleListItem, row)
        }
        assert {node["id"] for node in answer["doubleListItems"]["nodes"]} == expected
        assert answer["viewer"]["clientId"] == caller


@pytest.mark.attack("D10")
async def test_what_is_loaded_for_one_caller_is_never_given_to_another(
    world: World, content: Content, executor: Executor
) -> None:
    """Python fields of callers that ask the same at the same moment: each as when it asks alone."""
    query = "{ doubleListItems(first: 30) { nodes { id availableEvents { event allowed } } } }"
    callers = ["county.office", "county.police", "county.court", "city.police", "county.audit"] * 3
    alone = {each: (await executor.run(Asked(query), world[each])).content() for each in set(callers)}
    assert len(set(alone.values())) == len(alone)
    together = await asyncio.gather(*(executor.run(Asked(query), world[each]) for each in callers))
    assert [each.content() for each in together] == [alone[each] for each in callers]
