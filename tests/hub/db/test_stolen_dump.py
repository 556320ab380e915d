"""A stolen dump shows no person: everything that was told of people is sealed, and stays so when keys change."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import select, update

from hub.core.keyring import KeyRing
from hub.db.models import ServiceAddress, Subject
from hub.db.target import DatabaseTarget
from hub.inquiry.resealing import rotate
from hub.inquiry.sweep import Sweep
from hub.runtime import Runtime
from hub.subjects.resolving import identity_context, whole_name
from tests.obligations.steps import Steps
from tests.support.addresses import Addresses
from tests.support.client import ClientOf
from tests.support.marriage import ADOPTED, citizen, decision
from tests.support.world import World

HOME, PHONE = "河南省焦作市温县北街17号3单元", "13912345678"


@pytest.fixture
async def told(world: World, client_of: ClientOf, runtime: Runtime, tmp_path: Path) -> AsyncIterator[Addresses]:
    """A listed person with an address and a telephone number, and a couple that parted."""
    made = Addresses(Steps(world, client_of), runtime, tmp_path)
    await made.prepare()
    whose = {"uscc": None, "citizenId": made.citizen}
    await made.committed("court", "SELF_DECLARED", HOME, **whose)
    await made.declare("court", "PHONE", PHONE, **whose)
    await made.steps.adopt(**ADOPTED)
    given = {"items": [decision(3)]}
    client = await made.steps.client("court")
    declared = "$i: MarriageRecordingInput!"
    recorded = await client.change(
        "recordMarriageItems", "input: $i", "marriageBatch", "id", declared=declared, i=given
    )
    assert "id" in recorded, recorded
    yield made
    made.register.stop()


async def test_a_dump_of_everything_holds_no_name_number_telephone_or_address(
    told: Addresses, database: DatabaseTarget
) -> None:
    parted = decision(3)
    secrets = {told.citizen, told.person, citizen(6), citizen(7), HOME, "北街17号", PHONE}
    secrets |= {parted[party]["name"] for party in ("partyA", "partyB")}
    hidden = {secret.encode().hex() for secret in secrets}
    connection = await asyncpg.connect(
        host=database.host,
        port=database.port,
        user=database.admin,
        password=database.admin_password,
        database=database.database,
    )
    try:
        tables = await connection.fetch(
            "select quote_ident(tablename) as name from pg_tables where schemaname = 'public'"
        )
        rows = 0
        for (name,) in tables:
            found = await connection.fetch(f"select t::text as line from {name} t")
            rows += len(found)
            dump = "\n".join(row["line"] for row in found)
            assert [secret for secret in secrets | hidden if secret in dump] == [], name
    finally:
        await connection.close()
    assert rows > 100


async def test_a_new_key_seals_everything_anew_and_names_told_in_clear_before(told: Addresses) -> None:
    world = told.steps.world
    fresh = KeyRing({"k9": bytes(range(32))})
    ring = KeyRing({**world.keyring._keys, "k9": fresh._keys["k9"]})
    async with world.sessions.system("test") as session:
        person = (await session.scalars(select(Subject).where(Subject.identity_hash.is_not(None)))).one()
        assert (person.name, person.name_sealed is None) == (person.name_masked, False)
        told_so = update(Subject).where(Subject.id == person.id).values(name=told.person, name_sealed=None)
        await session.execute(told_so)
    at = world.clock() + timedelta(days=400)
    async with world.sessions.system("test") as session:
        assert await rotate(Sweep(session, world.policy, ring, at)) > 0
    async with world.sessions.system("test") as session:
        assert await rotate(Sweep(session, world.policy, ring, at)) == 0, "what is sealed anew is not again"
        person = (await session.scalars(select(Subject).where(Subject.identity_hash.is_not(None)))).one()
        address = (await session.scalars(select(ServiceAddress).where(ServiceAddress.uscc.is_(None)))).first()
    assert (person.name, whole_name(fresh, person.id, person.name, person.name_sealed)) == (
        person.name_masked,
        told.person,
    )
    assert fresh.open(person.identity_sealed, context=identity_context(person.id)) == told.citizen
    assert address.value_sealed.raw.startswith(b"t2.")
    assert base64.b64encode(told.person.encode()) not in person.name_sealed.raw
