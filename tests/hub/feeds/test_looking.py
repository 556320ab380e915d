"""A round of feeding costs what changed, not what the mirror holds; nothing is missed that was committed late."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from hub.canonical.exchange_codes import CaseListKind
from hub.db.session import SystemSession
from hub.db.target import DatabaseRole
from hub.feeds import looking
from hub.feeds.choosing import AT_ONCE, choose
from hub.runtime import Runtime
from hub.subjects.home import home_of
from hub.worker import hear
from tests.support.court import PENDING, court_at, settle
from tests.support.world import COUNTY, World

SOURCE = f"credit:{COUNTY}/file"
LISTS = frozenset(CaseListKind)
HELD = 2_000
_COPIES = """
    insert into case_list_entry (id, tenant_id, jurisdiction_id, jurisdiction_path, source, source_key, source_sequence,
        source_version, occurred_at, received_at, message_key, content_digest, list_kind, status, case_id, subject_id,
        court_id, case_number, role, government_subject, listed_on, created_at, updated_at)
    select gen_random_uuid(), tenant_id, jurisdiction_id, jurisdiction_path, source, source_key || n, source_sequence,
        source_version, occurred_at, received_at, message_key, content_digest, list_kind, status, case_id, subject_id,
        court_id, case_number, role, government_subject, listed_on, now() - interval '1 day', now() - interval '1 day'
    from case_list_entry, generate_series(1, :held) n
"""
_LOOKED_AT = """
    select seq_scan, seq_tup_read + idx_tup_fetch from pg_stat_xact_user_tables where relname = 'case_list_entry'
"""


async def chosen(session: SystemSession) -> int:
    return await choose(session, await home_of(session, SOURCE), LISTS)


async def looked_at(session: SystemSession) -> tuple[int, int]:
    """Scans of the whole mirror, and rows of it read, on this connection so far."""
    scans, rows = (await session.execute(text(_LOOKED_AT))).tuples().one()
    return scans, rows


async def test_a_round_reads_what_changed_and_scans_no_mirror(
    world: World, runtime: Runtime, tmp_path: Path, engines: dict[DatabaseRole, AsyncEngine]
) -> None:
    await settle(world)
    court = court_at(world, runtime, tmp_path)
    court.send((PENDING, court.row(PENDING, 1, "police")))
    await hear(court.runtime)
    async with world.sessions.system("test") as session:
        for table in ("feed_row", "feed_position"):
            await session.execute(text(f"delete from {table}"))
        await session.execute(text("update case_list_entry set updated_at = now() - interval '1 day'"))
        await session.execute(text(_COPIES), {"held": HELD})
    rounds: list[int] = []
    while not rounds or rounds[-1]:
        async with world.sessions.system("test") as session:
            rounds.append(await chosen(session))
    assert rounds == [AT_ONCE] * (HELD // AT_ONCE) + [1, 0]

    async with engines[DatabaseRole.OWNER].begin() as connection:
        await connection.execute(text("analyze case_list_entry, dishonesty_record, legal_case, subject, feed_row"))
    async with world.sessions.system("test") as session:
        await session.execute(text("update case_list_entry set updated_at = now() where source_key like '%77'"))
    async with world.sessions.system("test") as session:
        before = await looked_at(session)
        told = await chosen(session)
        scans, rows = (now - then for now, then in zip(await looked_at(session), before, strict=True))
    assert (told, scans) == (HELD // 100, 0)
    assert rows <= 3 * told

    async with world.sessions.system("test") as session:
        await session.execute(text("update legal_case set confidentiality = 'PRIVACY', updated_at = now()"))
    async with world.sessions.system("test") as session:
        assert await chosen(session) == AT_ONCE + HELD // 100


async def test_what_is_committed_behind_what_was_seen_is_told_of(
    world: World,
    runtime: Runtime,
    tmp_path: Path,
    engines: dict[DatabaseRole, AsyncEngine],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await settle(world)
    court = court_at(world, runtime, tmp_path)
    court.send(*((PENDING, court.row(PENDING, number, "police")) for number in (1, 2)))
    await hear(court.runtime)
    monkeypatch.setattr(looking, "SLACK", timedelta())
    changed = "update case_list_entry set updated_at = now() where source_key like :key"
    async with engines[DatabaseRole.SYSTEM].connect() as late:
        assert (await late.execute(text(changed), {"key": "%1号%"})).rowcount == 1
        async with world.sessions.system("test") as session:
            await session.execute(text(changed), {"key": "%2号%"})
        for expected in (2, 0):
            async with world.sessions.system("test") as session:
                assert await chosen(session) == expected
        await late.commit()
    async with world.sessions.system("test") as session:
        assert await chosen(session) == 1
