"""An organisation is told of what it may read, in order, once, by ids alone."""

from __future__ import annotations

from uuid import UUID

import pytest
from jsonschema import Draft202012Validator
from sqlalchemy import delete, func, select, update

from hub.core.ids import decode_node_id
from hub.db.models import DoubleListItem, DoubleListItemParty, OAuthClient
from hub.delivery import endpoints
from hub.events.catalogue import schema
from hub.events.outbox import publish
from tests.obligations.steps import Steps
from tests.support.hooks import Hooks
from tests.support.receiving import Receiver, after, receiving, status


async def test_parties_are_told_of_their_changes_and_nobody_else_is(hooks: Hooks, steps: Steps) -> None:
    async with receiving() as police, receiving() as civil, receiving() as neighbour:
        await hooks.register("county.police", police.url)
        await hooks.register("county.civil", civil.url)
        stranger = await hooks.register("neighbour.office", neighbour.url)
        await steps.open_list()
        item = await steps.propose("court", cooperating=("police",))
        await hooks.work()
        (told,) = police.events
        assert decode_node_id(item["id"])[1] == UUID(told["ids"]["id"])
        assert (told["type"], told["ids"]["node"]) == ("doublelistitem.created", item["id"])
        Draft202012Validator(schema("doublelistitem")).validate(told)
        assert (civil.received, neighbour.received) == ([], [])
        assert await hooks.deliveries(stranger) == []


async def test_an_office_is_told_of_what_its_role_covers_and_of_the_types_it_asked_for(
    hooks: Hooks, steps: Steps, receiver: Receiver
) -> None:
    await hooks.register("county.office", receiver.url, "doublelist.*", "doublelistitem.submit")
    await steps.open_list()
    await steps.propose("court")
    await hooks.work()
    assert {each["type"] for each in receiver.events} == {"doublelist.created"}


async def test_events_of_one_object_arrive_one_after_the_other_and_others_beside_them(
    hooks: Hooks, steps: Steps, receiver: Receiver
) -> None:
    await steps.open_list()
    items = [(await steps.propose("court", title=f'"事项{number}"'))["id"] for number in range(3)]
    await hooks.register("county.court", receiver.url)
    receiver.answer = after(0.01, status(200))
    for item in items:
        await hooks.touch(item, times=12)
    await hooks.work()
    versions: dict[str, list[int]] = {}
    for event in receiver.events:
        versions.setdefault(event["ids"]["node"], []).append(event["ids"]["version"])
    assert versions == {item: list(range(1, 13)) for item in items}
    assert len({each.id for each in receiver.received}) == 36
    assert receiver.most_busy > 1


async def test_no_event_before_the_endpoint_was_there_and_none_twice(
    hooks: Hooks, steps: Steps, receiver: Receiver
) -> None:
    await steps.open_list()
    item = (await steps.propose("court"))["id"]
    await hooks.register("county.court", receiver.url)
    assert receiver.received == []
    await hooks.touch(item)
    await hooks.work()
    await hooks.work()
    assert len(receiver.received) == 1


async def test_an_endpoint_hears_what_was_under_way_when_it_was_registered_and_nothing_that_had_ended(
    hooks: Hooks, steps: Steps, receiver: Receiver
) -> None:
    await steps.open_list()
    item = (await steps.propose("court"))["id"]
    await hooks.work()
    await hooks.touch(item)  # No worker has read this yet.
    await hooks.client_of("county.court")
    draft = endpoints.WebhookEndpointDraft(url=receiver.url, event_types=("doublelistitem.*",))
    async with hooks.world.sessions.system("test") as session:
        key = decode_node_id(item)[1]
        tenant = await session.scalar(select(DoubleListItem.tenant_id).where(DoubleListItem.id == key))
        told = {"id": str(key), "version": 2}
        name = f"DoubleListItem:{key}"
        await publish(session, tenant_id=tenant, type_="doublelistitem.edited", key=name, ids=told)
        await hooks.act("county.court", lambda unit: endpoints.register(unit, draft))
    await hooks.work()
    assert [event["ids"]["version"] for event in receiver.events] == [2]


async def test_a_row_that_left_the_receivers_sight_is_withdrawn_before_it_is_sent(
    hooks: Hooks, steps: Steps, receiver: Receiver
) -> None:
    await steps.open_list()
    item = (await steps.propose("court", cooperating=("police",)))["id"]
    endpoint = await hooks.register("county.police", receiver.url)
    await hooks.change("county.police", endpoints.pause, endpoint)
    await hooks.touch(item)
    await hooks.work()
    assert [each.status for each in await hooks.deliveries()] == ["WAITING"]
    async with hooks.world.sessions.system("test") as session:
        await session.execute(
            delete(DoubleListItemParty).where(
                DoubleListItemParty.item_id == decode_node_id(item)[1],
                DoubleListItemParty.organization_id == hooks.world.organizations["county.police"],
            )
        )
    await hooks.change("county.police", endpoints.resume, endpoint)
    await hooks.work()
    assert receiver.received == []
    assert [(each.status, each.attempts) for each in await hooks.deliveries()] == [("WITHDRAWN", 0)]
    assert await hooks.log() == []


@pytest.mark.parametrize("lost", ["webhook:manage", "doublelist:read"])
async def test_a_client_that_lost_its_scope_is_told_nothing_more(
    hooks: Hooks, steps: Steps, receiver: Receiver, lost: str
) -> None:
    await steps.open_list()
    item = (await steps.propose("court"))["id"]
    await hooks.register("county.court", receiver.url)
    async with hooks.world.sessions.system("test") as session:
        await session.execute(
            update(OAuthClient)
            .where(OAuthClient.client_id == "county.court")
            .values(scopes=func.array_remove(OAuthClient.scopes, lost))
        )
    await hooks.touch(item)
    await hooks.work()
    assert receiver.received == []
    assert await hooks.deliveries() == []


async def test_an_endpoint_of_a_disabled_client_is_paused_with_what_waits_for_it(
    hooks: Hooks, item: str, receiver: Receiver
) -> None:
    endpoint = await hooks.register("county.court", receiver.url)
    await hooks.change("county.court", endpoints.pause, endpoint)
    await hooks.touch(item)
    await hooks.work()
    await hooks.change("county.court", endpoints.resume, endpoint)
    async with hooks.world.sessions.system("test") as session:
        await session.execute(
            update(OAuthClient).where(OAuthClient.client_id == "county.court").values(disabled_at=hooks.world.clock())
        )
    await hooks.work()
    stopped = await hooks.endpoint(endpoint)
    assert (stopped.status, stopped.status_reason) == ("PAUSED", "CLIENT_DISABLED")
    assert receiver.received == []
    assert [each.status for each in await hooks.deliveries()] == ["WAITING"]
