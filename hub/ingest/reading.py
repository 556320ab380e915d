"""The rows of a delivery, portion by portion: read and checked in a thread, one portion ahead of the database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from hub.canonical.connector import Connector, Row
from hub.canonical.exchange_codes import CaseListKind
from hub.core.keyring import KeyRing
from hub.ingest.prepared import Prepared, prepare

PORTION = 2_000
Known = Mapping[tuple[CaseListKind, str], str]
"""Business keys of what the mirror holds, by list and digest of the content."""


@dataclass(frozen=True, slots=True)
class Portion:
    """``unchanged`` are rows that say word for word what the mirror holds: list and business key of each."""

    prepared: list[Prepared] = field(default_factory=list)
    unchanged: list[tuple[CaseListKind, str]] = field(default_factory=list)


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

    def work(self, rows: Sequence[Row], known: Known) -> tuple[Portion, list[Row]]:
        """Check rows, but for those that are known, and read on."""
        portion = Portion()
        for row in rows:
            key = known.get((row.list_kind, row.content_digest)) if row.bare else None
            if key is None:
                portion.prepared.append(self._prepare(row))
            else:
                portion.unchanged.append((row.list_kind, key))
        return portion, self.next_rows()

    def _prepare(self, row: Row) -> Prepared:
        return prepare(self.connector, self.keyring, row, batch=self.batch, told_at=self.told_at, now=self.now)


async def portions(
    reader: Reader, standing: Callable[[Sequence[Row]], Awaitable[Known]]
) -> AsyncGenerator[Portion, None]:
    """Portions in their order. While one is taken in, the next is read; ``standing`` is asked in between, so that both
    may use one connection."""
    ready: Portion | None = None
    rows = await asyncio.to_thread(reader.next_rows)
    while rows:
        known = await standing(rows)
        following = asyncio.create_task(asyncio.to_thread(reader.work, rows, known))
        try:
            if ready is not None:
                yield ready
        finally:
            await asyncio.wait([following])
        ready, rows = following.result()
    if ready is not None:
        yield ready
