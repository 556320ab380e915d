"""Every table that a caller may read is drawn and ruled by the oracle, or named here with the reason why not."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from hub.db.target import DatabaseRole
from tests.isolation.oracle import AGGREGATES, RULES
from tests.support.rows import Content
from tests.support.world import World

KNOWN_TO_ALL = {
    "address_feed": "how long a register has been silent",
    "calendar_year": "working days of the year",
    "court": "which organisations are courts, and of what level",
    "jurisdiction": "the division of the country",
    "organization": "which public bodies there are",
    "organization_alias": "what else they are called",
    "organization_function": "what they act as",
    "organization_group": "which of them a notice means together",
    "organization_group_member": "which of them it means",
    "organization_superior": "whom they are under",
    "policy_pack": "rules of a place, which every caller of it is judged by",
    "tenant_key": "data keys, wrapped by master keys that are in no table",
}
"""What whoever is identified reads, whose it may be: the test below asks the least of callers."""
OWED: set[str] = set()
READABLE = text(
    "select relname from pg_class where relrowsecurity and relnamespace = 'public'::regnamespace "
    "and has_any_column_privilege('hub_app', oid, 'select')"
)


@pytest.fixture
def owner(engines: dict[DatabaseRole, AsyncEngine]) -> AsyncEngine:
    return engines[DatabaseRole.OWNER]


async def test_every_table_that_a_caller_may_read_is_drawn_and_ruled_or_has_its_reason(
    content: Content, owner: AsyncEngine
) -> None:
    """A new table fails until it is either. Tables that the serving role may not read are shown to nobody."""
    async with owner.connect() as connection:
        readable = set(await connection.scalars(READABLE))
    ruled = {model.__table__.name for model in (*RULES, *AGGREGATES) if content.of(model)}
    assert readable - ruled == KNOWN_TO_ALL.keys() | OWED
    assert not KNOWN_TO_ALL.keys() & OWED


async def test_what_is_known_to_all_is_known_to_the_least_of_callers(
    world: World, content: Content, owner: AsyncEngine
) -> None:
    """Reference data has no owner whose row it could be: the portal finds every row that there is."""
    counts = text(" union all ".join(f"select '{name}', count(*) from {name}" for name in KNOWN_TO_ALL))
    async with owner.connect() as connection:
        there = dict((await connection.execute(counts)).tuples().all())
    async with world.sessions.read(world["neighbour.portal"]) as session:
        assert dict((await session.execute(counts)).tuples().all()) == there
