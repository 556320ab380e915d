"""Deliveries in an exchange database: batches above the high-water mark, rows with tombstones, staging tables for ours.

Nothing there is ours to delete: a batch that has its receipt is done. The same statements serve PostgreSQL, MariaDB and
MySQL; what differs is how roles are looked at (``kit/exchange.py``).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from connectors.kit.exchange import Role
from connectors.kit.folder import MANIFEST
from connectors.kit.mapping import ExchangeMap
from connectors.kit.spool import SpooledStore
from connectors.kit.store import RECEIPTS, row_line
from connectors.kit.waiting import wait
from hub.canonical.connector import Unreachable
from hub.canonical.exchange_codes import CaseListKind
from hub.core.errors import Reason, Refused

T = TypeVar("T")

LOST = "EXCHANGE_LOST"
LOOKBACK = 1_000
"""Batches below the mark that are looked at again: one that was refused may be put right."""
AT_ONCE = 100
_PART = re.compile(r"(\d{8,16})-([a-z_]{1,40})\.jsonl")


class DatabaseStore(SpooledStore):
    def __init__(self, reader: Role, writer: Role, mapping: ExchangeMap, most_bytes: int) -> None:
        super().__init__(most_bytes)
        self._reader = reader
        self._writer = writer
        self._map = mapping

    def _listed(self) -> Iterator[tuple[str, str, str]]:
        """Raises ``Unreachable`` (EXCHANGE_*)."""
        self._do(self._writer, _nothing)
        for number, manifest, signature in self._do(self._reader, self._batches):
            yield f"{number:08}{MANIFEST}", manifest or "", signature or ""

    async def _batches(self, connection: AsyncConnection) -> list[Any]:
        batch, document = self._map.batch_table.c, self._map.document_table.c
        receipts = select(document.name).where(document.place == RECEIPTS, document.name.like("%.receipt.json"))
        highest = await connection.scalar(receipts.with_only_columns(func.max(document.name)))
        above = max(0, int(highest.partition("-")[0]) - LOOKBACK) if highest else 0
        names = set(await connection.scalars(receipts.where(document.name >= f"{above:08}")))
        statement = select(batch.batch_no, batch.manifest, batch.signature).where(batch.batch_no > above)
        rows = await connection.execute(statement.order_by(batch.batch_no).limit(LOOKBACK + AT_ONCE))
        return [row for row in rows if receipt_name(row[0], row[1] or "") not in names][:AT_ONCE]

    def put(self, place: str, name: str, content: bytes) -> None:
        self._insert(self._map.document_table, [{"place": place, "name": name, "content": content.decode()}])

    def put_rows(self, key: str, rows: Sequence[Mapping[str, str]]) -> None:
        columns = self._map.outgoing
        values: list[dict[str, object]] = [
            {"push_key": key, "row_no": number, **{columns[name]: row.get(name) for name in columns}}
            for number, row in enumerate(rows, 1)
        ]
        self._insert(self._map.row_table, values)

    def answer(self, key: str, limit: int) -> bytes | None:
        answer = self._map.answer_table.c

        async def said(connection: AsyncConnection) -> str | None:
            found: str | None = await connection.scalar(select(answer.content).where(answer.push_key == key))
            return found

        content = self._do(self._reader, said)
        return content.encode() if content and len(content) <= limit else None

    def clear(self, names: list[str]) -> None:  # noqa: ARG002 - the receipt says it
        self._spool.forget()

    def set_aside(self, names: list[str]) -> None:  # noqa: ARG002 - the receipt says it
        self._spool.forget()

    def _copy(self, name: str) -> None:
        found = _PART.fullmatch(name)
        kind = next((kind for kind in self._map.lists if found and kind.value.lower() == found[2]), None)
        if found is None or kind is None:
            raise Refused(Reason("BATCH_FILE_MISSING", (), {"file": name}))
        batch = int(found[1])

        async def copy(connection: AsyncConnection) -> None:
            with self._spool.writing(name) as write:
                async for cells in self._rows(connection, kind, batch):
                    write(row_line(cells))

        self._do(self._reader, copy)

    async def _rows(self, connection: AsyncConnection, kind: CaseListKind, batch: int) -> AsyncIterator[dict[str, str]]:
        mapped = self._map.lists[kind]
        clause = mapped.clause
        names = list(mapped.columns.items())
        statement = select(*(clause.c[name] for _, name in names))
        statement = statement.where(clause.c[mapped.batch] == batch).order_by(clause.c[mapped.row])
        async for row in await connection.stream(statement):
            told = zip(names, row, strict=True)
            yield {column.value: str(value) for (column, _), value in told if value not in (None, "")}

    def _insert(self, table: Any, values: list[dict[str, object]]) -> None:
        async def write(connection: AsyncConnection) -> None:
            await connection.execute(insert(table), values)

        try:
            self._do(self._writer, write)
        except IntegrityError:
            # It is there already: what has one key is handed over once.
            return

    def _do(self, role: Role, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """Raises ``Unreachable``: the role may do too much, or the database is away or too slow."""

        async def within() -> T:
            async with role.connect() as connection:
                return await work(connection)

        try:
            return wait(within(), role.seconds)
        except PermissionError as error:
            raise Unreachable(str(error)) from error
        except IntegrityError:
            raise
        except (SQLAlchemyError, OSError) as error:
            raise Unreachable(LOST) from error


async def _nothing(_: AsyncConnection) -> None:
    """Connecting is enough to see what a role may do."""


def receipt_name(number: int, manifest: str) -> str:
    """Name of the receipt of a batch; one with another manifest is another delivery."""
    return f"{number:08}-{hashlib.sha256(manifest.encode()).hexdigest()[:8]}.receipt.json"
