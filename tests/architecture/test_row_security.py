"""Row security stands on every table, for the roles as they are, in the database as migrated."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from hub.db.base import Base
from hub.db.target import DatabaseRole

TABLES = sorted(Base.metadata.tables)
UNREADABLE = {
    "oauth_client",
    "signing_key",
    "used_assertion",
    "revoked_token",
    "outbox_event",
    "event_epoch",
    "client_quota",
    "connection_lease",
    "trusted_document",
    "exchange_pending",
    "exchange_link",
    "exchange_seal",
    "exchange_stamp",
    "evidence_key",
    "bulk_link_use",
    "inbox_refusal",
    "snapshot_portion",
    "field_usage",
    "webhook_secret",
    "event_reader",
    "scheduled_tick",
    "broadcast",
    "broadcast_row",
    "notification",
    "notification_cause",
    "document_series",
    "used_signature",
    "feed_position",
    "subject_rekeying",
}
APPEND_ONLY = ("audit_event", "outbox_event", "exchange_entry")


@pytest.fixture
def owner(engines: dict[DatabaseRole, AsyncEngine]) -> AsyncEngine:
    return engines[DatabaseRole.OWNER]


async def test_row_security_is_enabled_and_forced_on_every_table(owner: AsyncEngine) -> None:
    async with owner.connect() as connection:
        rows = await connection.execute(
            text(
                "select relname, relrowsecurity, relforcerowsecurity from pg_class "
                "where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace"
            )
        )
        found = {row.relname: (row.relrowsecurity, row.relforcerowsecurity) for row in rows}
    assert {name for name in TABLES if found[name] != (True, True)} == set()
    assert set(found) - set(TABLES) == {"alembic_version"}


async def test_no_policy_of_the_application_role_lets_everything_through(owner: AsyncEngine) -> None:
    async with owner.connect() as connection:
        rows = await connection.execute(
            text("select tablename, policyname, qual, with_check from pg_policies where 'hub_app' = any (roles)")
        )
        found = list(rows)
    assert found
    assert [row for row in found if "true" in (row.qual, row.with_check)] == []


async def test_the_serving_roles_own_nothing_and_bypass_nothing(owner: AsyncEngine) -> None:
    """But for background work's temporary tables, which its own connection alone sees."""
    async with owner.connect() as connection:
        rows = list(
            await connection.execute(
                text(
                    "select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, "
                    "(select count(*) from pg_class where relowner = r.oid and relnamespace not in "
                    "(select oid from pg_namespace where nspname like 'pg_%')) as owned, "
                    "has_database_privilege(rolname, current_database(), 'temporary') as temporary "
                    "from pg_roles r where rolname in ('hub_app', 'hub_system', 'hub_owner')"
                )
            )
        )
    assert len(rows) == 3
    for row in rows:
        assert {row.rolsuper, row.rolbypassrls, row.rolcreaterole, row.rolcreatedb} == {False}, row
        assert row.owned == 0 or row.rolname == "hub_owner"
        assert row.temporary is (row.rolname == "hub_system") or row.rolname == "hub_owner"


async def test_every_function_with_the_owners_rights_fixes_its_search_path_and_is_not_public(
    owner: AsyncEngine,
) -> None:
    async with owner.connect() as connection:
        rows = list(
            await connection.execute(
                text(
                    "select proname, proconfig, has_function_privilege('public', oid, 'execute') as anybody "
                    "from pg_proc where prosecdef and pronamespace = 'public'::regnamespace"
                )
            )
        )
    assert rows
    for row in rows:
        assert any(setting.startswith("search_path=pg_catalog") for setting in row.proconfig or ()), row.proname
        assert not row.anybody, row.proname


@pytest.mark.parametrize("table", TABLES)
async def test_nothing_set_means_no_rows(world, engines: dict[DatabaseRole, AsyncEngine], table: str) -> None:
    async with engines[DatabaseRole.APP].connect() as connection:
        readable = await connection.scalar(text("select has_table_privilege(:name, 'select')"), {"name": table})
        if readable:
            assert await connection.scalar(text(f'select count(*) from "{table}"')) == 0
        else:
            assert table in UNREADABLE


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("change", ["update {} set id = id", "delete from {}", "truncate {}"])
async def test_what_was_recorded_cannot_be_changed_by_the_application(world, table: str, change: str) -> None:
    with pytest.raises(DBAPIError) as refused:
        async with world.sessions.write(world["county.office"]) as session:
            await session.execute(text(change.format(table)))
    assert refused.value.orig.sqlstate == "42501"


@pytest.mark.attack("D14")
async def test_no_cascade_and_no_trigger_goes_around_row_security(owner: AsyncEngine) -> None:
    """A cascade deletes as the owner, so none starts from what a client may delete or renumber; a trigger with the
    owner's rights would write as the owner: those there are empty or queue the codes by which checks find the row's own
    subject or unit, or move what they find of the row's own measure, and do nothing else."""
    async with owner.connect() as connection:
        cascades = await connection.scalars(
            text(
                "select conname from pg_constraint where contype = 'f' and (confdeltype, confupdtype) <> ('a', 'a') "
                "and (confupdtype <> 'a' or has_table_privilege('hub_app', confrelid, 'delete'))"
            )
        )
        elevated = await connection.scalars(
            text("select tgname from pg_trigger t join pg_proc p on p.oid = t.tgfoid where p.prosecdef")
        )
        assert (list(cascades), sorted(elevated)) == (
            [],
            ["found_anew", "found_anew", "found_anew", "hand_over_standing", "lost_anew"],
        )
