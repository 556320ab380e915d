"""Roles, database and schema: everything between an empty server and one the hub can serve from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

import migrations
from hub.core.errors import Reason, Refused
from hub.db.target import DatabaseRole, DatabaseTarget

MINIMUM_VERSION = 180000
_ADVISORY_LOCK = 0x4855_4221


def alembic_config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    return config


def head_revision() -> str:
    head = ScriptDirectory.from_config(alembic_config()).get_current_head()
    if head is None:
        raise RuntimeError("no migration shipped")
    return head


async def prepare(target: DatabaseTarget, *, on_progress: Callable[[str], None] = lambda _: None) -> None:
    """Create roles and database where the admin may, then migrate to head. Safe to repeat and to race."""
    await _create_roles_and_database(target, on_progress)
    await migrate(target, on_progress=on_progress)


async def migrate(target: DatabaseTarget, *, on_progress: Callable[[str], None] = lambda _: None) -> None:
    """Upgrade the schema to head as ``hub_owner``; one process at a time."""
    engine = create_async_engine(target.url(DatabaseRole.OWNER), poolclass=NullPool)
    async with engine.connect() as connection:
        await connection.execute(text("select pg_advisory_lock(:key)"), {"key": _ADVISORY_LOCK})
        await connection.commit()
        try:
            if await connection.run_sync(current_revision) != head_revision():
                on_progress("正在迁移数据库结构 (migrating the schema) …")
                await connection.commit()
                await connection.run_sync(_upgrade)
        finally:
            await connection.rollback()
            await connection.execute(text("select pg_advisory_unlock(:key)"), {"key": _ADVISORY_LOCK})
            await connection.commit()
    await engine.dispose()


def current_revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _upgrade(connection: Connection) -> None:
    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


async def _create_roles_and_database(target: DatabaseTarget, on_progress: Callable[[str], None]) -> None:
    engine = create_async_engine(target.url(database="postgres"), poolclass=NullPool, isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            await _check_version(connection)
            for role in DatabaseRole:
                await _ensure_role(connection, role, target.passwords[role])
            await _ensure_database(connection, target.database, on_progress)
    finally:
        await engine.dispose()


async def _check_version(connection: AsyncConnection) -> None:
    version = int(str(await connection.scalar(text("show server_version_num"))))
    if version < MINIMUM_VERSION:
        raise Refused(Reason("DATABASE_TOO_OLD", params={"version": version // 10000}))


async def _ensure_role(connection: AsyncConnection, role: DatabaseRole, password: str) -> None:
    """Create the role or set its password. ``format`` with %L quotes the password on the server."""
    exists = await connection.scalar(text("select 1 from pg_roles where rolname = :r"), {"r": role.value})
    verb = "alter" if exists else "create"
    ddl = await connection.scalar(
        text(
            f"select format('{verb} role %I login nosuperuser nobypassrls nocreatedb nocreaterole password %L', "
            "cast(:r as text), cast(:p as text))"
        ),
        {"r": role.value, "p": password},
    )
    await connection.exec_driver_sql(str(ddl))


async def _ensure_database(connection: AsyncConnection, name: str, on_progress: Callable[[str], None]) -> None:
    exists = await connection.scalar(text("select 1 from pg_database where datname = :d"), {"d": name})
    quoted = str(await connection.scalar(text("select quote_ident(:d)"), {"d": name}))
    if not exists:
        on_progress("正在创建数据库 (creating the database) …")
        await connection.exec_driver_sql(f"create database {quoted} template template0 encoding 'UTF8'")
    owner = DatabaseRole.OWNER.value
    for statement in (
        f"grant {owner} to current_user",
        f"alter database {quoted} owner to {owner}",
        f"revoke all on database {quoted} from public",
        f"grant connect on database {quoted} to {DatabaseRole.APP.value}, {DatabaseRole.SYSTEM.value}",
        # What background work copies waits in a table of its connection alone.
        f"grant temporary on database {quoted} to {DatabaseRole.SYSTEM.value}",
    ):
        await connection.exec_driver_sql(statement)
