"""Connections end when the token, the client or the service does."""

from __future__ import annotations

import json

import httpx
from sqlalchemy import update

from hub.db.models import OAuthClient
from tests.schema.subscriptions.speaking import ITEMS


async def disable(world, key: str) -> None:
    async with world.sessions.system("test") as session:
        await session.execute(update(OAuthClient).where(OAuthClient.client_id == key).values(disabled_at=world.clock()))


async def test_a_disabled_client_is_closed_with_4403_and_hears_no_more(hub, world, token_of) -> None:
    async with hub.socket(await token_of("county.police")) as socket:
        await socket.subscribe()
        await socket.settled()
        await disable(world, "county.police")
        world.clock.advance(seconds=3)
        assert await socket.closed() == (4403, "TOKEN_INVALID")


async def test_a_token_that_runs_out_is_closed_with_4403(hub, world, token_of) -> None:
    async with hub.socket(await token_of("county.police")) as socket:
        await socket.settled()
        world.clock.advance(days=1)
        assert await socket.closed() == (4403, "TOKEN_EXPIRED")


async def test_a_revoked_token_is_closed_with_4403(hub, world, client_of) -> None:
    client = await client_of("county.police")
    token = await client.authorize()
    async with hub.socket(token) as socket:
        await socket.settled()
        answer = await client.http.post(
            "/oauth/revoke", data={"token": token}, auth=(client.client_id, client.client_secret)
        )
        assert answer.status_code == 200
        world.clock.advance(seconds=3)
        assert await socket.closed() == (4403, "TOKEN_INVALID")


async def test_a_service_that_ends_says_so(hub, token_of) -> None:
    async with hub.socket(await token_of("county.police")) as socket:
        await socket.settled()
        await hub.runtime.events.aclose()
        assert await socket.closed() == (1001, "STREAM_ENDING")


async def test_no_connection_grows_older_than_allowed(serve, token_of) -> None:
    hub = await serve(maximum_age_minutes=0.002)
    async with hub.socket(await token_of("county.police")) as socket:
        assert await socket.closed() == (1001, "STREAM_ENDING")


async def test_server_sent_events_give_next_and_complete(hub, token_of) -> None:
    async with httpx.AsyncClient() as http:
        answer = await http.post(
            f"{hub.url}/graphql",
            json={"query": "{ viewer { clientId } }"},
            headers={"authorization": f"Bearer {await token_of('county.police')}", "accept": "text/event-stream"},
        )
    assert answer.headers["content-type"].startswith("text/event-stream")
    comment, event, data, *rest = answer.text.splitlines()[0:1] + [
        line for line in answer.text.splitlines()[2:] if line
    ]
    assert (comment, event, rest) == (":", "event: next", ["event: complete", "data:"])
    assert json.loads(data.removeprefix("data: "))["data"] == {"viewer": {"clientId": "county.police"}}


async def test_server_sent_events_without_a_token_are_401(hub) -> None:
    async with httpx.AsyncClient() as http:
        answer = await http.post(f"{hub.url}/graphql", json={"query": ITEMS}, headers={"accept": "text/event-stream"})
    assert answer.status_code == 401


async def test_server_sent_events_end_with_the_reason_when_the_client_is_disabled(hub, world, token_of) -> None:
    headers = {"authorization": f"Bearer {await token_of('county.police')}", "accept": "text/event-stream"}
    async with (
        httpx.AsyncClient(timeout=10) as http,
        http.stream("POST", f"{hub.url}/graphql", json={"query": ITEMS}, headers=headers) as answer,
    ):
        await disable(world, "county.police")
        world.clock.advance(seconds=3)
        said = [line async for line in answer.aiter_lines() if line]
    assert json.loads(said[2].removeprefix("data: "))["errors"][0]["extensions"]["code"] == "TOKEN_INVALID"
    assert said[-2:] == ["event: complete", "data:"]


EVERY_TYPE = "application/graphql-response+json, application/json, text/event-stream, multipart/mixed"


async def test_a_client_that_names_every_media_type_is_streamed_to_for_subscriptions_alone(hub, token_of) -> None:
    headers = {"authorization": f"Bearer {await token_of('county.police')}", "accept": EVERY_TYPE}
    async with httpx.AsyncClient(base_url=hub.url, headers=headers) as http:
        plain = await http.post("/graphql", json={"query": "{ viewer { clientId } }"})
        assert plain.headers["content-type"].startswith("application/graphql-response+json")
        async with http.stream("POST", "/graphql", json={"query": ITEMS}) as streamed:
            assert streamed.status_code == 200
            assert streamed.headers["content-type"].startswith("text/event-stream")
            assert await anext(streamed.aiter_lines()) == ":"
