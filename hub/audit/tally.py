"""Counts of an installation's use, kept in the process and written in batches.

What was counted since the last batch is lost when a process is killed.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Generic, TypeVar

import structlog

log = structlog.get_logger("hub.audit")

INTERVAL = timedelta(minutes=1)
H = TypeVar("H")
I = TypeVar("I")  # noqa: E741 - of H, holder, and I, item


class Tally(Generic[H, I]):
    """How often each holder used each item. ``write`` stores a batch; one that fails is kept for the next.

    ``name`` says in the log what could not be written.
    """

    def __init__(
        self, name: str, write: Callable[[Mapping[H, Counter[I]]], Awaitable[None]], *, interval: timedelta = INTERVAL
    ) -> None:
        self._name = name
        self._write = write
        self._interval = interval
        self._counts: dict[H, Counter[I]] = {}
        self._since: datetime | None = None
        self._settling: asyncio.Task[None] | None = None

    def add(self, holder: H, items: Collection[I], *, at: datetime) -> None:
        """Count one use of each item. Never waits: a batch whose time has come is written beside."""
        if items:
            counts = self._of(holder)
            for item in items:
                counts[item] += 1
        if not self._counts:
            return
        if self._since is None:
            self._since = at
        elif at - self._since >= self._interval and (self._settling is None or self._settling.done()):
            self._settling = asyncio.create_task(self._settle_quietly())

    async def settle(self) -> None:
        """Write what is still only counted."""
        counts, self._counts, self._since = self._counts, {}, None
        if not counts:
            return
        try:
            await self._write(counts)
        except BaseException:
            for holder, items in counts.items():
                self._of(holder).update(items)
            raise

    def _of(self, holder: H) -> Counter[I]:
        counts = self._counts.get(holder)
        if counts is None:
            counts = self._counts[holder] = Counter()
        return counts

    async def _settle_quietly(self) -> None:
        try:
            await self.settle()
        except Exception as error:
            log.exception("counts not written yet", of=self._name, kind=type(error).__name__)

    async def aclose(self) -> None:
        if self._settling is not None:
            await self._settling
        await self._settle_quietly()
