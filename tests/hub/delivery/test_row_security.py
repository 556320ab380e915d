"""What the database itself lets a department do with endpoints, secrets and deliveries."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.support.hooks import Hooks
from tests.support.receiving import Receiver

TABLES = ("webhook_endpoint", "delivery", "delivery_lane")


@pytest.fixture
async def endpoint(hooks: Hooks, item: str, receiver: Receiver) -> str:
    made = await hooks.register("county.court", receiver.url)
    await hooks.touch(item)
    hooks.stopping.set()
    await hooks.work()
    return str(made)


async def count(hooks: Hooks, key: str, table: str) -> int:
    async with hooks.world.sessions.read(hooks.world[key]) as session:
        return await session.scalar(text(f"select count(*) from {table}"))


async def refused(hooks: Hooks, key: str, statement: str, **values: object) -> str:
    """SQLSTATE of the refusal, or how many rows were touched."""
    try:
        async with hooks.world.sessions.write(hooks.world[key]) as session:
            return str((await session.execute(text(statement), values)).rowcount)
    except DBAPIError as error:
        return str(error.orig.sqlstate)


@pytest.mark.parametrize("table", TABLES)
async def test_rows_exist_for_their_organisation_alone(hooks: Hooks, endpoint: str, table: str) -> None:
    assert await count(hooks, "county.court", table) == 1
    for other in ("county.police", "county.office", "county.audit", "county.portal", "neighbour.court", "city.justice"):
        assert await count(hooks, other, table) == 0


async def test_an_administrator_sees_endpoints_and_deliveries_of_its_jurisdiction(hooks: Hooks, endpoint: str) -> None:
    assert [await count(hooks, "county.admin", table) for table in ("webhook_endpoint", "delivery")] == [1, 1]
    assert [await count(hooks, "neighbour.admin", table) for table in ("webhook_endpoint", "delivery")] == [0, 0]


SECRET = "insert into webhook_secret (id, endpoint_id, sealed, issued_at) values (gen_random_uuid(), :id, 'x', now())"
DELIVERY = """
    insert into delivery (id, tenant_id, endpoint_id, organization_id, jurisdiction_path, event_id, event_type,
                          schema_version, key, object_id, ids, epoch, transaction_id, number, event_at, status,
                          attempts, created_at)
    select gen_random_uuid(), tenant_id, id, {unit}, jurisdiction_path, gen_random_uuid(), '{type}', 1, 'k', id, '{{}}',
           1, 1, 1, now(), 'WAITING', 0, now() from webhook_endpoint
"""


@pytest.mark.parametrize("key", ["county.police", "county.admin", "neighbour.court"])
async def test_nobody_else_writes_to_them(hooks: Hooks, endpoint: str, key: str) -> None:
    denied = "42501"
    assert await refused(hooks, key, SECRET, id=endpoint) == denied
    lane = "insert into delivery_lane (endpoint_id, key, due_at, fence) values (:id, 'x', now(), 0)"
    assert await refused(hooks, key, lane, id=endpoint) == denied
    for change in (
        "update webhook_endpoint set url = 'https://evil.example.com/', version = version + 1",
        "update webhook_endpoint set status = 'PAUSED'",
        "update delivery set status = 'WAITING'",
        "update delivery_lane set due_at = now()",
    ):
        assert await refused(hooks, key, change) == "0"


@pytest.mark.parametrize(
    "statement",
    [
        "select sealed from webhook_secret",
        "delete from webhook_secret",
        "update webhook_secret set sealed = 'x'",
        "delete from webhook_endpoint",
        "delete from delivery",
        "update webhook_endpoint set organization_id = gen_random_uuid()",
        "update delivery set organization_id = gen_random_uuid()",
        "update delivery set status = 'DELIVERED'",
        "update delivery_lane set fence = 0",
        DELIVERY.format(unit="organization_id", type="doublelistitem.report"),
        DELIVERY.format(unit="gen_random_uuid()", type="webhook.test"),
    ],
)
async def test_its_owner_does_no_more_than_the_mutations_need(hooks: Hooks, endpoint: str, statement: str) -> None:
    assert await refused(hooks, "county.court", statement) == "42501"
