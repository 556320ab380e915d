"""What a hostile or broken client may send: each ends with its code, none with a failure of the hub."""

from __future__ import annotations

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from tests.schema.subscriptions.speaking import ITEMS

SUBSCRIBE = {"type": "subscribe", "id": "1", "payload": {"query": ITEMS}}


@pytest.mark.parametrize(
    "sent",
    [
        "null",
        "[]",
        '"text"',
        "17",
        "{",
        "",
        "{}",
        '{"type": null}',
        '{"type": "start"}',
        '{"type": "connection_init", "payload": []}',
        '{"type": "subscribe"}',
        '{"type": "subscribe", "id": {}, "payload": {"query": "{ viewer { clientId } }"}}',
        '{"type": "subscribe", "id": "", "payload": {"query": "{ viewer { clientId } }"}}',
        '{"type": "subscribe", "id": "1", "payload": null}',
        '{"type": "subscribe", "id": "1", "payload": {"query": 1}}',
        '{"type": "subscribe", "id": "1", "payload": {"query": "{ viewer { clientId } }", "variables": []}}',
        '{"type": "complete"}',
        '{"type": "complete", "id": 3}',
        "[" * 5000,
        '{"type": ' + "9" * 5000 + "}",
        b"\xff\xfe",
    ],
    ids=lambda sent: repr(sent)[:40],
)
async def test_a_message_that_is_none_closes_with_4400(hub, token_of, sent) -> None:
    async with hub.socket(await token_of("county.police")) as socket:
        if isinstance(sent, str) and "connection_init" in sent:
            await socket.raw.send(sent)
            assert (await socket.closed())[0] == 4429
            return
        await socket.raw.send(sent)
        assert (await socket.closed())[0] == 4400


async def test_subscribing_before_the_connection_is_opened_closes_with_4401(hub) -> None:
    async with hub.socket() as socket:
        await socket.say(**SUBSCRIBE)
        assert (await socket.closed())[0] == 4401


@pytest.mark.parametrize(
    "payload", [None, {}, {"Authorization": 3}, {"Authorization": "Bearer x.y.z"}, {"Authorization": "Basic eDp5"}]
)
async def test_no_or_a_bad_token_closes_with_4403(hub, payload) -> None:
    async with hub.socket() as socket:
        await socket.say(type="connection_init", payload=payload)
        assert (await socket.closed())[0] == 4403


async def test_two_initialisations_close_with_4429(hub, token_of) -> None:
    async with hub.socket(await token_of("county.police")) as socket:
        await socket.say(type="connection_init")
        assert (await socket.closed())[0] == 4429


async def test_silence_at_the_start_closes_with_4408(serve) -> None:
    hub = await serve(init_seconds=0.1)
    async with hub.socket() as socket:
        assert (await socket.closed())[0] == 4408


async def test_a_client_that_answers_no_ping_is_let_go(serve, token_of) -> None:
    hub = await serve(ping_seconds=0.1)
    async with hub.socket(await token_of("county.police")) as socket:
        assert await socket.closed() == (4408, "No answer to ping")


async def test_an_id_in_use_closes_with_4409(hub, token_of) -> None:
    async with hub.socket(await token_of("county.police")) as socket:
        await socket.subscribe()
        await socket.subscribe()
        assert (await socket.closed())[0] == 4409


async def test_a_message_too_big_closes_with_1009(hub, token_of) -> None:
    async with hub.socket(await token_of("county.police")) as socket:
        await socket.raw.send('{"type": "ping", "payload": {"x": "' + "x" * hub.runtime.settings.body_limit + '"}}')
        assert (await socket.closed())[0] == 1009


@pytest.mark.parametrize("protocol", [None, "graphql-ws", "chat"])
async def test_other_subprotocols_are_not_spoken(hub, protocol) -> None:
    async with hub.socket(protocol=protocol) as socket:
        assert (await socket.closed())[0] == 4406


async def test_a_page_of_another_site_gets_no_connection(hub) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with hub.socket(origin="https://evil.example"):
            pass
    assert refused.value.response.status_code == 403
    async with hub.socket(origin=hub.runtime.settings.issuer_url) as socket:
        await socket.settled()


async def test_more_operations_than_allowed_are_refused_and_the_others_go_on(serve, token_of) -> None:
    hub = await serve(subscriptions_per_connection=2)
    async with hub.socket(await token_of("county.police")) as socket:
        for key in ("1", "2", "3"):
            await socket.subscribe(key=key)
        message = await socket.hear()
        assert (message["type"], message["id"]) == ("error", "3")
        assert message["payload"][0]["extensions"]["code"] == "SUBSCRIPTIONS_TOO_MANY"
        await socket.say(type="complete", id="1")
        await socket.settled()
        await socket.subscribe("{ viewer { clientId } }", key="3")
        assert (await socket.update()) == {"clientId": "county.police"}


async def test_connections_of_a_client_are_counted_over_both_protocols(serve, token_of) -> None:
    hub = await serve(connections_per_client=2)
    token = await token_of("county.police")
    async with hub.socket(token), hub.socket(token), hub.socket() as third:
        await third.say(type="connection_init", payload={"Authorization": f"Bearer {token}"})
        assert await third.closed() == (4403, "CONNECTIONS_TOO_MANY")
        headers = {"authorization": f"Bearer {token}", "accept": "text/event-stream"}
        async with httpx.AsyncClient() as http:
            answer = await http.post(f"{hub.url}/graphql", json={"query": ITEMS}, headers=headers)
        assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (429, "CONNECTIONS_TOO_MANY")
        async with hub.socket(await token_of("county.civil")):
            pass


async def test_unopened_connections_are_bounded_as_a_whole(serve) -> None:
    hub = await serve(connections=1)
    async with hub.socket() as first:
        await first.settled()
        with pytest.raises(InvalidStatus):
            async with hub.socket():
                pass


async def test_invalid_documents_and_variables_are_errors_of_the_operation_alone(hub, token_of) -> None:
    async with hub.socket(await token_of("county.police")) as socket:
        for query in (
            "subscription {",
            "subscription { nothing }",
            "subscription { taskChanged { id } t: taskChanged { id } }",
        ):
            await socket.subscribe(query)
            assert (await socket.hear())["type"] == "error"
        await socket.subscribe(ids=7.5)
        assert (await socket.hear())["type"] == "error"
        await socket.subscribe(ids=["AAAA"])
        assert (await socket.hear())["payload"][0]["extensions"]["code"] == "ID_INVALID"
        await socket.subscribe(after="AAAA")
        assert (await socket.hear())["payload"][0]["extensions"]["code"] == "CURSOR_INVALID"


async def test_a_subscription_over_a_plain_request_says_where_to_send_it(client_of) -> None:
    answer = await (await client_of("county.police")).post({"query": ITEMS}, accept="application/graphql-response+json")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"]["code"] == "SUBSCRIPTION_NEEDS_STREAM"
