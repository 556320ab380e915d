"""A link opens its file once, for its time, unchanged; and nothing can be learned from one that does not."""

from __future__ import annotations

import asyncio
import base64
from datetime import UTC, datetime
from uuid import UUID

import orjson
import pytest
from sqlalchemy import func, select

from hub.bulk.links import mint
from hub.core.keyring import KeyRing
from hub.db.models import BulkLinkUse
from tests.hub.bulk.conftest import ITEMS
from tests.support.bulk import Bulk
from tests.support.client import ISSUER, ClientOf
from tests.support.world import World


async def used(world: World) -> int:
    async with world.sessions.system("test") as session:
        return await session.scalar(select(func.count()).select_from(BulkLinkUse)) or 0


@pytest.fixture
async def done(bulk: Bulk, client_of: ClientOf, items):
    return await bulk.done(await client_of("county.police"), ITEMS)


async def test_a_link_opens_the_file_once_and_asking_again_gives_another(
    bulk: Bulk, client_of: ClientOf, done, items
) -> None:
    first = await bulk.get(done["url"])
    again = await bulk.get(done["url"])
    assert (first.status_code, again.status_code) == (200, 404)
    assert again.json()["code"] == "BULK_LINK_INVALID"
    assert items[0] not in again.text
    other = (await bulk.state(await client_of("county.police"), done))["url"]
    assert other != done["url"]
    assert (await bulk.get(other)).content == first.content


async def test_of_many_at_the_same_time_one_gets_the_file(bulk: Bulk, done) -> None:
    answers = await asyncio.gather(*(bulk.get(done["url"]) for _ in range(6)))
    assert sorted(each.status_code for each in answers) == [200, 404, 404, 404, 404, 404]


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "DELETE", "OPTIONS"])
async def test_other_methods_neither_use_a_link_up_nor_tell_anything(bulk: Bulk, world: World, done, method) -> None:
    answer = await bulk.get(done["url"], method)
    forged = await bulk.get(f"{ISSUER}/exports/nothing", method)
    assert (answer.status_code, forged.status_code) == (405, 405)
    assert answer.headers.get("content-length") == forged.headers.get("content-length")
    assert await used(world) == 0
    assert (await bulk.get(done["url"])).status_code == 200


async def test_a_part_is_refused_and_does_not_use_the_link_up(bulk: Bulk, world: World, done) -> None:
    for asked in ("bytes=0-0", "bytes=5-", "lines=1", ""):
        answer = await bulk.get(done["url"], range=asked)
        assert (answer.status_code, answer.json()["code"]) == (416, "BULK_WHOLE_ONLY")
    assert await used(world) == 0
    assert (await bulk.get(done["url"])).status_code == 200


async def test_a_link_past_its_time_or_changed_anywhere_opens_nothing(bulk: Bulk, world: World, done) -> None:
    path = done["url"].removeprefix(f"{ISSUER}/exports/")
    raw = base64.urlsafe_b64decode(path + "=" * (-len(path) % 4))
    changed = [bytes((*raw[:place], raw[place] ^ 1, *raw[place + 1 :])) for place in range(0, len(raw), 5)]
    forged = [base64.urlsafe_b64encode(each).rstrip(b"=").decode() for each in changed]
    forged += [path[:-1], path + "A", path + "=", path[:-2], "", "A" * 700, "é"]
    for each in forged:
        assert (await bulk.get(f"{ISSUER}/exports/{each}")).status_code == 404, each
    assert await used(world) == 0
    world.clock.advance(seconds=299)
    still = await bulk.get(done["url"], "HEAD")
    assert still.status_code == 405
    world.clock.advance(seconds=1)
    assert (await bulk.get(done["url"])).status_code == 404


async def test_a_link_signed_by_another_key_or_for_another_client_opens_nothing(bulk: Bulk, world: World, done) -> None:
    path = done["url"].removeprefix(f"{ISSUER}/exports/")
    payload = base64.urlsafe_b64decode(path + "=" * (-len(path) % 4))[:-32]
    key, _, expires, _ = orjson.loads(payload)
    until = datetime.fromtimestamp(expires, UTC)
    other = mint(KeyRing({"k1": b"2" * 32}), UUID(hex=key), "county.police", until=until)
    foreign = mint(world.keyring, UUID(hex=key), "county.finance", until=until)
    unknown = mint(world.keyring, UUID(int=7), "county.police", until=until)
    for each in (other, foreign, unknown):
        assert (await bulk.get(f"{ISSUER}{each}")).status_code == 404
    own = mint(world.keyring, UUID(hex=key), "county.police", until=until)
    assert (await bulk.get(f"{ISSUER}{own}")).status_code == 200


async def test_no_link_outlives_its_file(bulk: Bulk, world: World, client_of: ClientOf, done) -> None:
    world.clock.advance(hours=23, minutes=58)
    url = (await bulk.state(await client_of("county.police"), done))["url"]
    world.clock.advance(minutes=2)
    assert (await bulk.get(url)).status_code == 404
