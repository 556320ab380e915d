"""Changes asked for by ids, keys and names of others: the answer is that of what does not exist, and nothing moves."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import GraphQLEnumType, GraphQLInputObjectType, get_nullable_type, is_list_type, is_non_null_type
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from hub.core.ids import encode_node_id, new_id
from hub.db import models
from hub.db.target import DatabaseRole
from hub.runtime import Runtime
from schema.build import build_schema
from schema.execution import Asked
from tests.isolation.oracle import Oracle
from tests.obligations.steps import Steps
from tests.support.asking import Asker
from tests.support.content import TAGS
from tests.support.rows import Content
from tests.support.world import COUNTY, World

MUTATIONS = build_schema().graphql.mutation_type.fields
ADVANCED = {
    "advanceDoubleList": models.DoubleList,
    "editDoubleListItem": models.DoubleListItem,
    "advanceDoubleListItem": models.DoubleListItem,
    "advanceJointMeeting": models.JointMeeting,
    "advanceLinkageTask": models.LinkageTask,
    "advanceLinkageMatter": models.LinkageMatter,
    "advanceCoordinationRequest": models.CoordinationRequest,
    "advanceMembershipChange": models.MembershipChange,
}
REFUSAL = "{ __typename ... on Refusal { code message messageEn currentVersion reasons { code path message } } }"
CALLERS = ("county.police", "county.court", "city.tax", "neighbour.office")


def written(kind: Any, name: str, world: World) -> str:
    """The least that the type takes."""
    kind = get_nullable_type(kind)
    if is_list_type(kind):
        return f"[{written(kind.of_type, name, world)}]"
    if isinstance(kind, GraphQLEnumType):
        return min(kind.values)
    if isinstance(kind, GraphQLInputObjectType):
        needed = {key: each for key, each in kind.fields.items() if is_non_null_type(each.type)}
        return "{" + ", ".join(f"{key}: {written(each.type, key, world)}" for key, each in needed.items()) + "}"
    literals = {"Int": "1", "Float": "1.0", "Boolean": "true", "Date": '"2026-09-01"'}
    literals |= {"DateTime": '"2026-09-01T09:00:00+08:00"'}
    if kind.name == "ID":
        return f'"{encode_node_id("OR", world.organizations["county.police"])}"'
    return literals.get(kind.name, f'"{COUNTY if name == "jurisdictionCode" else "文字内容"}"')


def changes(name: str, world: World) -> list[str]:
    """What stands beside the id: every event of the workflow, or the input."""
    arguments = MUTATIONS[name].args
    if "event" not in arguments:
        return [f"input: {written(arguments['input'].type, 'input', world)}"]
    events = get_nullable_type(arguments["event"].type).fields
    return [f"event: {{{key}: {written(event.type, key, world)}}}" for key, event in events.items()]


async def standing(engine: AsyncEngine) -> list[Any]:
    """What a change would have touched."""
    async with engine.connect() as connection:
        found: list[Any] = []
        for model in {*ADVANCED.values(), models.Responsibility}:
            table = model.__table__
            rows = await connection.execute(
                select(table.c.id, table.c.version, table.c.updated_at).order_by(table.c.id)
            )
            found += [(table.name, *row) for row in rows]
        return [*found, await connection.scalar(select(func.count()).select_from(models.OutboxEvent))]


@pytest.mark.attack("D6")
@pytest.mark.attack("D1")
async def test_every_event_on_a_hidden_id_answers_as_on_one_that_does_not_exist(
    world: World, content: Content, runtime: Runtime, engines: dict[DatabaseRole, AsyncEngine]
) -> None:
    """Whatever the event and the version said to be expected; and no row, event or version moves. Every caller tries
    every event, by turns with a version and without, on one hidden row after the other."""
    executor = Asker(world, build_schema(), runtime)
    before = await standing(engines[DatabaseRole.SYSTEM])
    for turn, caller in enumerate(CALLERS):
        oracle = Oracle(world, content, caller)
        for name, model in ADVANCED.items():
            hidden = [row["id"] for row in content.of(model) if not oracle.sees(model, row)]
            for number, change in enumerate(changes(name, world), start=turn):
                version = ", expectedVersion: 1" if number % 2 else ""
                text = f"mutation($id: ID!) {{ {name}(id: $id, {change}{version}) {REFUSAL} }}"
                tried = hidden[number % len(hidden)] if hidden else new_id()
                ids = [encode_node_id(TAGS[model], key) for key in (new_id(), tried)]
                answers = [(await executor.run(Asked(text, {"id": each}), world[caller])).content() for each in ids]
                assert len(set(answers)) == 1, (caller, text, answers)
                assert b'"Refusal"' in answers[0] or b'"errors"' in answers[0]
    assert await standing(engines[DatabaseRole.SYSTEM]) == before


@pytest.mark.attack("D2")
async def test_ids_named_inside_an_input_tell_nothing_of_hidden_rows(
    world: World, content: Content, runtime: Runtime, engines: dict[DatabaseRole, AsyncEngine]
) -> None:
    executor = Asker(world, build_schema(), runtime)
    oracle = Oracle(world, content, "county.police")
    hidden = [row["id"] for row in content.of(models.DoubleListItem) if not oracle.sees(models.DoubleListItem, row)]
    named = 'leader: "甲", division: "乙", person: "丙", post: "丁"'
    asked = 'jurisdictionCode: "410825", subject: "事由", disputeSummary: "分歧", attemptedDirectContact: true'
    unit = encode_node_id("OR", world.organizations["county.finance"])
    to = f'counterpartOrganizationIds: ["{unit}"]'
    opened = f"mutation($id: ID!) {{ openCoordinationRequest(input: {{itemId: $id, {asked}, {to}}}) {REFUSAL} }}"
    before = await standing(engines[DatabaseRole.SYSTEM])
    for text in (
        f"mutation($id: ID!) {{ nameResponsibility(input: {{targetId: $id, {named}}}) {REFUSAL} }}",
        opened,
    ):
        ids = [encode_node_id("DI", key) for key in (new_id(), *hidden[:3])]
        answers = {(await executor.run(Asked(text, {"id": each}), world["county.police"])).content() for each in ids}
        assert len(answers) == 1, answers
        assert b'"Refusal"' in answers.pop()
    assert await standing(engines[DatabaseRole.SYSTEM]) == before


@pytest.mark.attack("D7")
async def test_a_key_that_is_taken_elsewhere_is_not_told(steps: Steps) -> None:
    """The neighbour may not open the county's list, whether it stands already or not."""
    text = f'mutation {{ createDoubleList(input: {{jurisdictionCode: "{COUNTY}", year: 2026}}) {REFUSAL} }}'
    neighbour = await steps.client("neighbour.office")
    before = await neighbour.ask(text)
    await steps.open_list()
    assert (await neighbour.ask(text))["data"] == before["data"]
    assert before["data"]["createDoubleList"]["code"] == "NOT_FOUND"


@pytest.mark.attack("D7")
async def test_an_idempotency_key_is_its_clients_own(steps: Steps) -> None:
    """The same key of another client neither answers with the first one's result nor is refused as taken."""
    await steps.open_list()
    place = {"jurisdictionCode": f'"{COUNTY}"', "year": "2026"}
    made = []
    for unit, lead in (("court", "court"), ("finance", "finance")):
        given = f'input: {{{steps.draft(lead, (), **place)}}}, idempotencyKey: "shared-key-1"'
        client = await steps.client(unit)
        made.append(await client.change("proposeDoubleListItem", given, "doubleListItem", "id code"))
    assert made[0]["id"] != made[1]["id"]


@pytest.mark.attack("D8")
@pytest.mark.attack("D15")
async def test_no_input_takes_an_owner_and_no_unit_records_for_another(steps: Steps) -> None:
    inputs = [each for each in build_schema().graphql.type_map.values() if isinstance(each, GraphQLInputObjectType)]
    owned = {"tenantId", "jurisdictionId", "jurisdictionPath", "createdBy", "createdAt", "proposerOrganizationId"}
    assert [
        (each.name, key) for each in inputs for key in each.fields if key in owned and "Filter" not in each.name
    ] == []
    await steps.open_list()
    place = {"jurisdictionCode": f'"{COUNTY}"', "year": "2026"}
    given = f'input: {{{steps.draft("court", (), **place)}}}, onBehalfOf: "{steps.organization("court")}"'
    refused = await (await steps.client("police")).change("proposeDoubleListItem", given, "doubleListItem", "id")
    assert refused["code"] == "RECORDING_BY_OFFICE_ONLY"
    items = await steps.read("office", "{ doubleListItems { totalCount } }")
    assert items["doubleListItems"]["totalCount"] == 0
