"""Runs exports: reads portion after portion as the client stands at that moment, and writes them to a file."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO

import structlog

from hub.audit.reads import Sensitive
from hub.bulk.files import ExportFolder, StorageError, close_durably, write
from hub.bulk.queue import JOB, Job, LostError, Queue
from hub.bulk.rights import Rights
from hub.config import Settings
from hub.core.clock import Clock
from hub.core.errors import Reason, Refused
from hub.core.principal import Principal
from hub.db.session import Sessions

log = structlog.get_logger("hub.bulk")


@dataclass(frozen=True, slots=True)
class Portion:
    """Some rows as JSON Lines; ``after`` continues behind them, after ``pause`` seconds; None at the end."""

    lines: bytes
    rows: int
    after: str | None
    masked: frozenset[str]
    sensitive: frozenset[Sensitive]
    pause: float = 0


class LaterError(Exception):
    """Nothing was read: the client's quota does not cover the portion before ``seconds`` have passed."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"in {seconds} s")
        self.seconds = seconds


Export = Callable[[str, Principal, str | None, datetime], Awaitable[Portion]]
"""``export(query, principal, after, at)``. Raises ``LaterError``, or ``Refused`` on what the principal may not read."""

Holder = Callable[[Job], Awaitable[Principal | None]]
"""The client behind a job as it stands now; None when it is disabled or its token revoked."""


class BulkRunner:
    """One per worker process; ``stopping`` lets go of an export between two portions."""

    def __init__(self, sessions: Sessions, settings: Settings, clock: Clock, holder: Holder, export: Export) -> None:
        self._sessions = sessions
        self._settings = settings
        self._clock = clock
        self._renewal = settings.bulk_lease_seconds / 3
        self._holder = holder
        self._export = export
        self._files = ExportFolder(settings.home)
        self._queue = Queue(
            sessions,
            lease=timedelta(seconds=settings.bulk_lease_seconds),
            running=settings.bulk_running,
            attempts=settings.bulk_attempts,
        )

    async def run_next(self, stopping: asyncio.Event) -> bool:
        """Run the next export; False when there was none."""
        job = await self._queue.claim(self._clock())
        if job is None:
            return False
        whole = False
        try:
            whole = await self._run(job, stopping)
        except LostError:
            log.info("export let go", job=str(job.id), attempt=job.attempt)
        except Refused as refused:
            await self._fail(job, refused.code)
        except StorageError:
            log.exception("export not written", job=str(job.id))
            await self._fail(job, "BULK_STORAGE")
        finally:
            if not whole:
                self._files.destroy(job.name)
        return True

    async def _fail(self, job: Job, code: str) -> None:
        try:
            await self._queue.fail(job, code, self._clock())
        except LostError:
            log.info("export let go", job=str(job.id), attempt=job.attempt)

    async def _run(self, job: Job, stopping: asyncio.Event) -> bool:
        """True when the file is whole and told of; False when the work was given back."""
        with self._files.begin(job.name) as file:
            rights = await self._read(job, file, stopping)
            if rights is None:
                return False
            await asyncio.to_thread(close_durably, file)
        await self._holding(job, rights)
        await self._finish(job)
        return True

    async def _read(self, job: Job, file: BinaryIO, stopping: asyncio.Event) -> Rights | None:
        """Every row into the file, as fast as the quota pays; the rights, None when the work was given back."""
        rights: Rights | None = None
        started, after = self._clock(), None
        while True:
            principal = await self._holding(job, rights)
            if rights is None:
                rights = Rights.of(principal)
                await self._queue.progress(job, self._clock(), rights=rights.to_store())
            try:
                portion = await self._export(job.query, principal, after, started)
            except LaterError as later:
                pause = later.seconds
            else:
                self._take(job, portion, file)
                after, pause = portion.after, portion.pause
                if after is None:
                    return rights
            if not await self._paused(job, pause, stopping):
                await self._queue.give_back(job, self._clock())
                return None

    async def _paused(self, job: Job, seconds: float, stopping: asyncio.Event) -> bool:
        """Wait, the lease renewed meanwhile; False when the worker is to stop."""
        while True:
            await self._queue.progress(job, self._clock())
            with suppress(TimeoutError):
                async with asyncio.timeout(min(seconds, self._renewal)):
                    await stopping.wait()
            seconds -= self._renewal
            if stopping.is_set() or seconds <= 0:
                return not stopping.is_set()

    async def _holding(self, job: Job, rights: Rights | None) -> Principal:
        """The client now. Raises ``Refused`` (BULK_RIGHTS_LOST) unless it still holds everything it began with."""
        principal = await self._holder(job)
        if principal is None or (rights is not None and not rights.still_held(principal)):
            raise Refused(Reason("BULK_RIGHTS_LOST"))
        return principal

    def _take(self, job: Job, portion: Portion, file: BinaryIO) -> None:
        job.rows += portion.rows
        job.size += len(portion.lines)
        job.masked |= portion.masked
        job.sensitive |= portion.sensitive
        settings = self._settings
        if job.rows > settings.bulk_maximum_rows or job.size > settings.bulk_maximum_bytes:
            raise Refused(Reason("BULK_TOO_LARGE"))
        write(file, portion.lines)

    async def _finish(self, job: Job) -> None:
        """The row stays locked while the file gets its name: a worker that lost the work cannot come in between."""
        at = self._clock()
        async with self._sessions.system(JOB) as session:
            expires = at + timedelta(hours=self._settings.bulk_kept_hours)
            await self._queue.complete(session, job, at, expires=expires)
            self._files.finish(job.name)

    async def tidy(self) -> int:
        """Destroy the files that no export has any more; how many."""
        names = set(self._files.names())
        gone = names - await self._queue.kept(names) if names else set()
        for name in gone:
            self._files.destroy(name)
        return len(gone)
