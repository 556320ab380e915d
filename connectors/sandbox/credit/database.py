"""The platform's exchange database, at a PostgreSQL or MariaDB server that runs."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, delete, insert, select
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from connectors.credit.wire import EXCHANGE
from connectors.kit.database import receipt_name
from connectors.kit.store import RECEIPTS
from connectors.kit.waiting import wait
from connectors.sandbox.credit.batches import Batch
from connectors.sandbox.credit.tables import exchange_tables, make_roles, make_tables

T = TypeVar("T")

_SECONDS = 60
_TEXT = "utf8mb4"
_HEADINGS = {name: heading for heading, name in EXCHANGE.outgoing.items()}


class DatabaseEnd:
    """``server`` is an URL with the rights to make databases and roles; the database is made anew."""

    def __init__(self, server: URL, name: str) -> None:
        self._server = server
        postgresql = server.get_backend_name() == "postgresql"
        self._owner = server.set(database=name) if postgresql else server.set(database=name, query={"charset": _TEXT})
        self.reader, self.writer = f"{name}_reader", f"{name}_writer"
        self.passwords = {self.reader: secrets.token_hex(16), self.writer: secrets.token_hex(16)}
        self.roles = {"reader": self.reader, "writer": self.writer}
        self._tables = exchange_tables().tables
        self._held: Any = None
        self.closed = False
        self._drop()
        wait(self._admin(f"create database {name}" + ("" if postgresql else f" character set {_TEXT}")), _SECONDS)
        self.run(make_tables)
        self.run(lambda connection: make_roles(connection, self.passwords, self.reader, self.writer))

    def address(self, role: str) -> str:
        """URL of a role, without its password."""
        owner = self._owner
        kind, query = owner.get_backend_name(), owner.query
        found = URL.create(kind, role, host=owner.host, port=owner.port, database=owner.database, query=query)
        return found.render_as_string()

    def url(self, role: str) -> URL:
        """URL of a role, with its password."""
        return self._owner.set(username=role, password=self.passwords[role])

    def run(self, work: Callable[[Connection], T]) -> T:
        """In one transaction, as the owner."""

        async def within() -> T:
            engine = create_async_engine(self._owner, poolclass=NullPool)
            try:
                async with engine.begin() as connection:
                    return await connection.run_sync(work)
            finally:
                await engine.dispose()

        return wait(within(), _SECONDS)

    def place(self, batch: Batch) -> None:
        """Rows and their batch in one transaction."""

        def write(connection: Connection) -> None:
            for part in batch.parts.values():
                listed = EXCHANGE.lists[part.kind]
                names = listed.columns.items()
                rows = [
                    {
                        listed.batch: batch.number,
                        listed.row: number,
                        **{name: row.get(column) for column, name in names},
                    }
                    for number, row in enumerate(part.rows, 1)
                ]
                if rows:
                    connection.execute(insert(self._tables[listed.name]), rows)
            head = {
                "batch_no": batch.number,
                "manifest": batch.manifest.decode(),
                "signature": batch.signature.decode(),
            }
            connection.execute(insert(self._tables[EXCHANGE.batches]), head)

        self.run(write)

    def waiting(self) -> int:
        batches = self._tables[EXCHANGE.batches].c
        found = self.run(lambda connection: connection.execute(select(batches.batch_no, batches.manifest)).all())
        receipts = self.documents(RECEIPTS)
        return sum(receipt_name(number, manifest) not in receipts for number, manifest in found)

    def documents(self, place: str) -> dict[str, bytes]:
        document = self._tables[EXCHANGE.documents].c
        statement = select(document.name, document.content).where(document.place == place)
        rows = self.run(lambda connection: connection.execute(statement).all())
        return {name: content.encode() for name, content in rows}

    def fed(self) -> dict[str, list[dict[str, str]]]:
        table = self._tables[EXCHANGE.rows]
        statement = select(table).order_by(table.c.push_key, table.c.row_no)
        found: dict[str, list[dict[str, str]]] = {}
        for row in self.run(lambda connection: connection.execute(statement).mappings().all()):
            cells = {heading: row[name] for name, heading in _HEADINGS.items() if row[name]}
            found.setdefault(row["push_key"], []).append(cells)
        return found

    def say(self, key: str, content: bytes) -> None:
        answer = {"push_key": key, "content": content.decode()}
        self.run(lambda connection: connection.execute(insert(self._tables[EXCHANGE.answers]), answer))

    def hang(self, *, on: bool) -> None:
        """Hold the table of batches, so that nobody can read it."""
        if on:
            self._held = wait(self._hold(), _SECONDS)
        elif self._held is not None:
            engine, connection = self._held
            self._held = None

            async def free() -> None:
                await connection.close()
                await engine.dispose()

            wait(free(), _SECONDS)

    async def _hold(self) -> Any:
        engine = create_async_engine(self._owner, poolclass=NullPool)
        connection = await engine.connect()
        how = (
            "lock table {} in access exclusive mode" if engine.dialect.name == "postgresql" else "lock tables {} write"
        )
        await connection.exec_driver_sql(how.format(EXCHANGE.batches))
        return engine, connection

    def empty(self) -> None:
        """Take everything out again."""
        self.hang(on=False)
        self.run(lambda connection: [connection.execute(delete(table)) for table in self._tables.values()])

    def close(self) -> None:
        self.hang(on=False)
        self.closed = True
        self._drop()

    def _drop(self) -> None:
        force = " with (force)" if self._server.get_backend_name() == "postgresql" else ""
        wait(self._admin(f"drop database if exists {self._owner.database}{force}"), _SECONDS)

    async def _admin(self, statement: str) -> None:
        engine = create_async_engine(self._server, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        try:
            async with engine.connect() as connection:
                await connection.exec_driver_sql(statement)
        finally:
            await engine.dispose()
