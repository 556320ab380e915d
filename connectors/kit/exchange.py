"""Exchange databases (前置库), PostgreSQL and MariaDB or MySQL: that our roles there can do no harm.

Two roles: one reads the sender's tables and can do nothing else, one may insert into the hub's staging tables and can
do nothing else. A role that could do more is refused before a row is read or written.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy import URL, Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

READER_WRITES, WRITER_READS, OWNS = "EXCHANGE_READER_WRITES", "EXCHANGE_WRITER_READS", "EXCHANGE_ROLE_OWNS"
_PRIVILEGES = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
_GRANT = re.compile(r"GRANT (?P<what>.+?) ON (?P<on>.+?) TO (?P<rest>.+)", re.DOTALL)
_OF_COLUMNS = {"SELECT", "INSERT", "UPDATE", "REFERENCES"}
_ALWAYS = {"USAGE"}
_FOR_TRIALS = ("`test`.", "`test\\_%`.", "`test\\\\_%`.")
"""Databases that MariaDB opens to everybody when it is installed."""


@dataclass(frozen=True, slots=True)
class Role:
    """One role at the database: how it logs in, the one privilege it may have, how long a transaction may take."""

    url: URL
    privilege: str
    seconds: float

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[AsyncConnection]:
        """One transaction, read-only for a role that reads; a role that could do more is refused.

        Raises ``PermissionError`` with the code, ``SQLAlchemyError``, ``OSError``.
        """
        engine = create_async_engine(self.url, poolclass=NullPool, connect_args=self._arguments())
        try:
            async with engine.begin() as connection:
                code = await connection.run_sync(self._excess)
                if code is not None:
                    raise PermissionError(code)
                yield connection
        finally:
            await engine.dispose()

    def _arguments(self) -> dict[str, object]:
        reads = self.privilege == "SELECT"
        if self.url.get_backend_name() == "postgresql":
            settings = {
                "statement_timeout": str(int(self.seconds * 1000)),
                "default_transaction_read_only": "on" if reads else "off",
            }
            return {"timeout": self.seconds, "server_settings": settings}
        first = "set session transaction read only" if reads else "set session transaction read write"
        return {"connect_timeout": self.seconds, "charset": "utf8mb4", "init_command": first}

    def _excess(self, connection: Connection) -> str | None:
        """Why the role may not be used: the code of the problem."""
        if connection.dialect.name == "postgresql":
            return self._excess_in_postgresql(connection)
        grants = [str(row[0]) for row in connection.execute(text("show grants"))]
        return next(filter(None, (self._excess_of_grant(grant) for grant in grants)), None)

    def _excess_in_postgresql(self, connection: Connection) -> str | None:
        if connection.execute(text(_POWERS)).scalar_one():
            return OWNS
        others = [each for each in _PRIVILEGES if each != self.privilege]
        asked = {"others": ",".join(others), "of_columns": ",".join(set(others) & _OF_COLUMNS)}
        found = connection.execute(text(_TABLES), asked).scalar_one()
        return self._code if found else None

    def _excess_of_grant(self, grant: str) -> str | None:
        found = _GRANT.fullmatch(grant)
        if found is None or "GRANT OPTION" in found["rest"].upper():
            # A role granted to a role, or what can be given away.
            return OWNS
        held = set(_privileges(found["what"]))
        if held <= _ALWAYS or (found["rest"].startswith("PUBLIC") and found["on"].startswith(_FOR_TRIALS)):
            return None
        if found["on"].strip() == "*.*" or "ALL PRIVILEGES" in held:
            return OWNS
        return None if held <= {self.privilege} | _ALWAYS else self._code

    @property
    def _code(self) -> str:
        return READER_WRITES if self.privilege == "SELECT" else WRITER_READS


def _privileges(told: str) -> Iterator[str]:
    """``SELECT (`a`, `b`), INSERT`` without the columns."""
    yield from (each.strip().upper() for each in re.sub(r"\([^)]*\)", "", told).split(","))


_POWERS = """
select bool_or(r.rolsuper or r.rolcreaterole or r.rolcreatedb or r.rolreplication or r.rolbypassrls
    or exists (
        select from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname not in ('pg_catalog', 'information_schema') and pg_has_role(r.oid, c.relowner, 'usage'))
    or exists (
        select from pg_namespace n
        where n.nspname not like 'pg\\_temp%' and has_schema_privilege(r.oid, n.oid, 'create')))
from pg_roles r where r.rolname in (current_user, session_user)
"""
"""Whether the role is superuser or the like, owns a table, or could make one."""

_TABLES = """
select exists (
    select from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname not in ('pg_catalog', 'information_schema')
      and (has_table_privilege(c.oid, cast(:others as text))
           or has_any_column_privilege(c.oid, cast(:of_columns as text))))
"""
