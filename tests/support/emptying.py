"""Takes away what a test has written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import asyncpg

from hub.db.target import DatabaseTarget

LARGE = 1024 * 1024  # bytes of a table, its dead rows included, from which a new file is cheaper than deleting


@dataclass(frozen=True, slots=True)
class Emptying:
    """Empties every table over a session of the superuser, whom neither policies nor triggers hold up.

    TRUNCATE gives every table and index a new file: a tenth of a second for all of them, after a thousand tests. So the
    few that hold rows are looked for, and their rows deleted. Writers are waited for, as TRUNCATE does.
    """

    connection: Any
    lock: str
    find: str

    @classmethod
    async def of(cls, target: DatabaseTarget) -> Self:
        connection = await asyncpg.connect(
            host=target.host,
            port=target.port,
            user=target.admin,
            password=target.admin_password,
            database=target.database,
            server_settings={"session_replication_role": "replica"},  # foreign keys wait for nobody's order
        )
        rows = await connection.fetch(
            "select quote_ident(tablename) as name from pg_tables "
            "where schemaname = 'public' and tablename <> 'alembic_version'"
        )
        names = [row["name"] for row in rows]
        looks = (f"select '{n}' as name, pg_relation_size('{n}') as size where exists (select from {n})" for n in names)
        return cls(connection, f"lock table {', '.join(names)} in exclusive mode", " union all ".join(looks))

    async def __call__(self) -> None:
        async with self.connection.transaction():
            await self.connection.execute(self.lock)
            found = await self.connection.fetch(self.find)
            large = [each["name"] for each in found if each["size"] > LARGE]
            statements = [f"truncate {', '.join(large)} cascade"] if large else []
            statements += [f"delete from {each['name']}" for each in found if each["name"] not in large]
            if statements:
                await self.connection.execute("; ".join(statements))
