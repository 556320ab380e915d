"""Endpoints and deliveries over GraphQL: what their owner does, and that nobody else's exist."""

from __future__ import annotations

import hashlib

import pytest
from standardwebhooks import Webhook

from tests.schema.delivery.conftest import Owner
from tests.support.client import ClientOf
from tests.support.hooks import Hooks
from tests.support.receiving import Receiver, status


async def test_an_endpoint_is_registered_tested_and_tells_of_what_happens(
    hooks: Hooks, court: Owner, item: str, receiver: Receiver
) -> None:
    made = await court.create(receiver.url, "doublelistitem.edited")
    endpoint = made["webhookEndpoint"]
    assert (endpoint["status"], endpoint["version"], endpoint["clientId"]) == ("ACTIVE", 1, "county.court")
    asked = await court.test(endpoint["id"])
    assert (asked["delivery"]["status"], asked["delivery"]["eventType"]) == ("WAITING", "webhook.test")
    await hooks.work()
    await hooks.touch(item)
    await hooks.work()
    assert [each["type"] for each in receiver.events] == ["webhook.test", "doublelistitem.edited"]
    key = Webhook(made["secret"])._whsecret
    assert len(key) == 32
    assert [each["status"] for each in await court.deliveries()] == ["DELIVERED", "DELIVERED"]
    assert (await court.deliveries())[0]["orderingKey"].startswith("DoubleListItem:")


async def test_a_key_makes_registering_safe_to_repeat(court: Owner, receiver: Receiver) -> None:
    once = ', idempotencyKey: "hook-000001"'
    first, again = [await court.create(receiver.url, more=once) for _ in range(2)]
    assert first == again
    assert len(await court.endpoints()) == 1
    other = await court.create(receiver.url + "/other", more=once)
    assert other["code"] == "IDEMPOTENCY_KEY_REUSED"


@pytest.mark.parametrize(
    ("url", "types", "codes"),
    [
        ("https://127.0.0.2/", ["task.*"], ["URL_HOST"]),
        ("http://169.254.169.254/latest", ["task.*"], ["URL_HOST"]),
        ("ftp://example.com/", ["task.*"], ["URL_SCHEME"]),
        ("https://user:pass@example.com/", ["task.*"], ["URL_INVALID"]),
        ("https://0x7f.1/", ["no.such", "task.*", "task.nothing"], ["URL_HOST", *["EVENT_TYPE_UNKNOWN"] * 2]),
        ("https://example.com/", ["task.*", "task.*"], ["EVENT_TYPES_NUMBER"]),
        ("https://example.com/", [], ["EVENT_TYPES_NUMBER"]),
        ("https://example.com/", ["webhook.test"], ["EVENT_TYPE_UNKNOWN"]),
    ],
)
async def test_a_bad_endpoint_is_refused_whole_with_every_reason(
    court: Owner, url: str, types: list[str], codes: list[str]
) -> None:
    listed = ", ".join(f'"{each}"' for each in types)
    refused = await court.ask("webhookEndpointCreate", f'input: {{url: "{url}", eventTypes: [{listed}]}}', "")
    assert [reason["code"] for reason in refused["reasons"]] == codes
    assert all(reason["path"][0] == "input" for reason in refused["reasons"])
    assert await court.endpoints() == []


async def test_pausing_resuming_changing_rotating_and_deleting(
    hooks: Hooks, court: Owner, item: str, receiver: Receiver
) -> None:
    made = await court.create(receiver.url)
    await hooks.work()
    key = made["webhookEndpoint"]["id"]
    paused = (await court.change("Pause", key, more=", expectedVersion: 1"))["webhookEndpoint"]
    assert (paused["status"], paused["statusReason"], paused["version"]) == ("PAUSED", "OWNER", 2)
    assert (await court.change("Pause", key))["code"] == "WEBHOOK_STATUS"
    stale = await court.change("Resume", key, more=", expectedVersion: 1")
    assert (stale["code"], stale["currentVersion"]) == ("VERSION_CONFLICT", 2)
    await hooks.touch(item)
    await hooks.work()
    assert receiver.received == []
    assert (await court.test(key))["code"] == "WEBHOOK_STATUS"
    assert (await court.change("Resume", key))["webhookEndpoint"]["status"] == "ACTIVE"
    await hooks.work()
    assert len(receiver.received) == 1
    changed = (await court.change("Update", key, '{eventTypes: ["task.*"]}'))["webhookEndpoint"]
    assert (changed["eventTypes"], changed["url"]) == (["task.*"], receiver.url)
    rotated = await court.rotate(key, ", expectedVersion: 4")
    assert rotated["secret"].startswith("whsec_")
    assert rotated["secret"] != made["secret"]
    gone = (await court.change("Delete", key))["webhookEndpoint"]
    assert gone["status"] == "DELETED"
    for act in ("Pause", "Resume", "Delete"):
        assert (await court.change(act, key))["code"] == "NOT_FOUND"
    assert (await court.rotate(key))["code"] == "NOT_FOUND"


async def test_a_new_address_is_tried_at_once(hooks: Hooks, court: Owner, item: str, receiver: Receiver) -> None:
    key = (await court.create("http://127.0.0.1:1024/"))["webhookEndpoint"]["id"]
    await hooks.work()
    await hooks.touch(item)
    await hooks.work()
    (waiting,) = await court.deliveries()
    assert (waiting["status"], waiting["fault"], waiting["attempts"]) == ("WAITING", "UNREACHABLE", 1)
    assert waiting["nextAttemptAt"] is not None
    await court.change("Update", key, f'{{url: "{receiver.url}"}}')
    await hooks.work()
    assert len(receiver.received) == 1
    attempts = "{ deliveries { nodes { attempts history { step outcome requestDigest } } } }"
    (delivery,) = (await court.client.data(attempts))["deliveries"]["nodes"]
    assert [each["outcome"] for each in delivery["history"]] == ["UNREACHABLE", "DONE"]
    assert len({each["requestDigest"] for each in delivery["history"]}) == 1


async def test_a_replay_sends_the_same_message_once_more(
    hooks: Hooks, court: Owner, item: str, receiver: Receiver
) -> None:
    await court.create(receiver.url)
    await hooks.work()
    await hooks.touch(item)
    await hooks.work()
    (delivery,) = await court.deliveries()
    again = (await court.replay(delivery["id"]))["delivery"]
    assert (again["id"], again["status"], again["attempts"]) == (delivery["id"], "WAITING", 0)
    assert (await court.replay(delivery["id"]))["code"] == "DELIVERY_WAITING"
    await hooks.work()
    first, second = receiver.received
    assert (first.id, first.body) == (second.id, second.body)
    assert [each.outcome for each in await hooks.log()] == ["DONE", "DONE"]


@pytest.mark.parametrize(
    "key", ["county.police", "neighbour.court", "county.office", "county.government", "city.justice"]
)
async def test_another_organisations_endpoints_and_deliveries_do_not_exist(
    hooks: Hooks, court: Owner, client_of: ClientOf, item: str, receiver: Receiver, key: str
) -> None:
    endpoint = (await court.create(receiver.url))["webhookEndpoint"]["id"]
    await hooks.work()
    await hooks.touch(item)
    await hooks.work()
    (delivery,) = await court.deliveries()
    other = Owner(await client_of(key))
    assert (await other.endpoints(), await other.deliveries()) == ([], [])
    query = "query($w: ID!, $d: ID!) { webhookEndpoint(id: $w) { id } delivery(id: $d) { id } a: node(id: $w) { id } "
    found = await other.client.data(f"{query} b: node(id: $d) {{ id }} }}", w=endpoint, d=delivery["id"])
    assert set(found.values()) == {None}
    for act in ("Pause", "Resume", "Delete"):
        assert (await other.change(act, endpoint))["code"] == "NOT_FOUND"
    assert (await other.change("Update", endpoint, '{eventTypes: ["task.*"]}'))["code"] == "NOT_FOUND"
    assert (await other.rotate(endpoint))["code"] == "NOT_FOUND"
    assert (await other.test(endpoint))["code"] == "NOT_FOUND"
    assert (await other.replay(delivery["id"]))["code"] == "NOT_FOUND"
    (mine,) = await court.endpoints()
    assert (mine["status"], mine["version"], mine["eventTypes"]) == ("ACTIVE", 1, ["doublelistitem.*"])
    assert len(receiver.received) == 1


async def test_an_administrator_sees_how_they_do_and_not_where_they_go(
    hooks: Hooks, court: Owner, client_of: ClientOf, item: str, receiver: Receiver
) -> None:
    receiver.answer = status(500)
    endpoint = (await court.create(receiver.url))["webhookEndpoint"]["id"]
    await hooks.work()
    await hooks.touch(item)
    await hooks.work()
    admin = Owner(await client_of("county.admin"))
    (seen,) = await admin.endpoints()
    assert (seen["id"], seen["failures"], seen["url"]) == (endpoint, 1, None)
    (delivery,) = await admin.deliveries('(filter: {fault: [STATUS], eventType: "doublelistitem.edited"})')
    assert (delivery["httpStatus"], delivery["orderingKey"], delivery["objectKey"]) == (500, None, None)
    assert (await admin.change("Pause", endpoint))["code"] == "SCOPE_REQUIRED"
    assert await Owner(await client_of("neighbour.admin")).endpoints() == []


async def test_an_organisation_has_so_many_endpoints_and_no_more(court: Owner, receiver: Receiver) -> None:
    made = [await court.create(receiver.url) for _ in range(20)]
    assert (await court.create(receiver.url))["code"] == "WEBHOOKS_TOO_MANY"
    await court.change("Delete", made[0]["webhookEndpoint"]["id"])
    assert "secret" in await court.create(receiver.url)


async def test_what_was_sent_is_proven_by_the_exchange_log(
    hooks: Hooks, court: Owner, item: str, receiver: Receiver
) -> None:
    await court.create(receiver.url)
    await hooks.work()
    await hooks.touch(item)
    await hooks.work()
    query = """{ exchangeMessages(filter: {operation: "doublelistitem.edited"}) {
        nodes { id step outcome subject requestDigest responseDigest idempotencyKey } } }"""
    (entry,) = (await court.client.data(query))["exchangeMessages"]["nodes"]
    assert (entry["step"], entry["outcome"], entry["subject"]) == ("SENT", "DONE", "county.court")
    assert entry["idempotencyKey"] == receiver.received[0].id
    assert entry["requestDigest"] == hashlib.sha256(receiver.received[0].body).hexdigest()
    assert entry["responseDigest"] == hashlib.sha256(b"").hexdigest()
