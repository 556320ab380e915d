"""The rows of a delivery, portion by portion: read and checked in a thread, one portion ahead of the database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from hub.canonical.connector import Connector, Row
from hub.core.keyring import KeyRing
from hub.ingest.prepared import Prepared, prepare

PORTION = 4_000
ENOUGH = 1_000
"""Rows to be applied are gathered until there are as many: each round of statements costs as much for few of them."""


@dataclass(frozen=True, slots=True)
class Portion:
    """``read`` rows, of which ``unchanged`` say word for word what the mirror holds. The others are ``prepared``, and
    may come with a later portion than they were read with."""

    prepared: list[Prepared]
    unchanged: int
    read: int


@dataclass(frozen=True, slots=True)
class Reader:
    """Blocks, and raises ``Refused`` where the files break off."""

    connector: Connector
    keyring: KeyRing
    rows: Iterator[Row]
    batch: int
    told_at: datetime
    now: datetime

    def next_rows(self) -> list[Row]:
        """The next rows, their digests taken; none at the end."""
        found = list(islice(self.rows, PORTION))
        for row in found:
            _ = row.content_digest
        return found

    def work(self, rows: Sequence[Row]) -> tuple[list[Prepared], list[Row]]:
        """Check rows, and read on."""
        return [self._prepare(row) for row in rows], self.next_rows()

    def _prepare(self, row: Row) -> Prepared:
        return prepare(self.connector, self.keyring, row, batch=self.batch, told_at=self.told_at, now=self.now)


async def portions(
    reader: Reader, to_be_read: Callable[[Sequence[Row]], Awaitable[Sequence[Row]]]
) -> AsyncGenerator[Portion, None]:
    """Portions in their order. While one is taken in, the next is read; ``to_be_read`` is asked in between, so that
    both may use one connection."""
    ready: Portion | None = None
    gathered: list[Prepared] = []
    rows = await asyncio.to_thread(reader.next_rows)
    while rows:
        left, read = await to_be_read(rows), len(rows)
        following = asyncio.create_task(asyncio.to_thread(reader.work, left))
        try:
            if ready is not None:
                yield ready
        finally:
            await asyncio.wait([following])
        prepared, rows = following.result()
        gathered += prepared
        enough = not rows or len(gathered) >= ENOUGH
        ready = Portion(gathered if enough else [], read - len(left), read)
        gathered = [] if enough else gathered
    if ready is not None:
        yield ready
