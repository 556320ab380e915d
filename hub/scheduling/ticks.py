"""Ticks: the instants at which a job is due, one row each; whoever locks the row runs the job."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

import structlog
from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from hub.canonical.codes import TickStatus
from hub.core.clock import Clock, local_date
from hub.db.models import ScheduledTick
from hub.db.session import Sessions, SystemSession
from hub.policy.store import PolicyStore

log = structlog.get_logger("hub.scheduling")

JOB = "scheduling"

_MIDNIGHT = datetime(2000, 1, 1, tzinfo=UTC) - timedelta(hours=8)
"""Ticks are counted from a midnight in Shanghai: a daily job is due at midnight."""
_SKIPPED_KEPT = 100
_MOST = 1_000
"""Passed ticks that are run where all are."""
Tick = ScheduledTick
Work = Callable[[SystemSession], Awaitable[int]]


class Misfire(StrEnum):
    """What becomes of ticks that passed while no worker ran: all are run, the latest alone, or none that is late."""

    ALL = "ALL"
    LATEST = "LATEST"
    SKIP = "SKIP"


@dataclass(frozen=True, slots=True)
class Job:
    """``cadence`` is the policy parameter with the minutes between ticks. ``work`` runs in the tick's own transaction
    and tells how many rows it did."""

    name: str
    cadence: str
    misfire: Misfire
    work: Work


def last_tick(now: datetime, every: timedelta) -> datetime:
    """The latest tick not after ``now``."""
    return now - (now - _MIDNIGHT) % every


def passed(last: datetime | None, now: datetime, every: timedelta) -> int:
    """How many ticks there were after ``last`` up to ``now``; with no last one, one."""
    return 1 if last is None else max(-((last - last_tick(now, every)) // every), 0)


def due_ticks(last: datetime | None, now: datetime, every: timedelta) -> list[datetime]:
    """Ticks after ``last`` up to ``now``, oldest first, the latest of them where there are many: a worker that was away
    for a month has not to look at each minute of it. With no last one, the latest alone."""
    tick = last_tick(now, every)
    count = min(passed(last, now, every), _MOST + _SKIPPED_KEPT)
    return [tick - every * back for back in reversed(range(count))]


def sort_out(ticks: list[datetime], misfire: Misfire, now: datetime, every: timedelta) -> tuple[list[datetime], int]:
    """Ticks to run, and how many of the oldest are skipped."""
    match misfire:
        case Misfire.ALL:
            kept = ticks[-_MOST:]
        case Misfire.LATEST:
            kept = ticks[-1:]
        case Misfire.SKIP:
            kept = [tick for tick in ticks[-1:] if now - tick < every / 2]
    return kept, len(ticks) - len(kept)


@dataclass(frozen=True, slots=True)
class Scheduler:
    """One per worker process."""

    sessions: Sessions
    clock: Clock
    policies: PolicyStore
    owner: str

    async def run_due(self, *jobs: Job) -> int:
        """Run the jobs for every tick that is due and that no other worker runs; how many rows they did."""
        try:
            due = await self._plan(jobs)
        except Exception as error:
            log.exception("jobs not scheduled", kind=type(error).__name__)
            return 0
        return sum([await self._run(job) for job in jobs if job.name in due])

    async def _run(self, job: Job) -> int:
        done = 0
        try:
            while (rows := await self._run_next(job)) is not None:
                done += rows
        except Exception as error:
            log.exception("job not scheduled", job=job.name, kind=type(error).__name__)
        return done

    async def run_now(self, job: Job) -> int:
        """Run the job whether it is due or not, as a tick of its own; how many rows it did."""
        async with self.sessions.system(job.name) as session:
            row = _row(job, self.clock(), TickStatus.DUE)
            await session.execute(insert(Tick).on_conflict_do_nothing(), [row])
        return await self._run(job)

    async def _plan(self, jobs: Sequence[Job]) -> set[str]:
        """Enter the ticks that have come since the last; the names of the jobs of which any waits."""
        now, rows = self.clock(), list[dict[str, object]]()
        named = Tick.job.in_([job.name for job in jobs])
        async with self.sessions.system(JOB) as session:
            packs = await self.policies.in_force(session, local_date(now))
            found = await session.execute(select(Tick.job, func.max(Tick.due_at)).where(named).group_by(Tick.job))
            last = dict(found.tuples().all())
            for job in jobs:
                every = timedelta(minutes=min(pack.number(job.cadence) for pack in packs))
                rows += _ticks(job, last.get(job.name), now, every)
            if rows:
                await session.execute(insert(Tick).on_conflict_do_nothing(), rows)
            due = await session.scalars(select(Tick.job).where(named, Tick.status == TickStatus.DUE).distinct())
            return set(due)

    async def _run_next(self, job: Job) -> int | None:
        """Run one tick in the transaction that locks it; None when none is left. Whatever ends the worker before it
        commits leaves the tick to another."""
        started = self.clock()
        due = select(Tick).where(Tick.job == job.name, Tick.status == TickStatus.DUE).order_by(Tick.due_at).limit(1)
        tick: datetime | None = None
        try:
            async with self.sessions.system(job.name) as session:
                row = await session.scalar(due.with_for_update(skip_locked=True))
                if row is None:
                    return None
                tick = row.due_at
                rows = await job.work(session)
                row.status, row.owner, row.rows = TickStatus.DONE, self.owner, rows
                row.started_at, row.ended_at = started, self.clock()
        except Exception as error:
            if tick is None:
                raise
            log.exception("job failed", job=job.name, kind=type(error).__name__)
            await self._fail(job, tick, started)
            return 0
        if rows:
            log.info("job done", job=job.name, rows=rows)
        return rows

    async def _fail(self, job: Job, tick: datetime, started: datetime) -> None:
        """A tick that failed is not run again: the next one is."""
        async with self.sessions.system(job.name) as session:
            await session.execute(
                update(Tick)
                .where(Tick.job == job.name, Tick.due_at == tick, Tick.status == TickStatus.DUE)
                .values(status=TickStatus.FAILED, owner=self.owner, started_at=started, ended_at=self.clock())
            )


def _ticks(job: Job, last: datetime | None, now: datetime, every: timedelta) -> list[dict[str, object]]:
    ticks = due_ticks(last, now, every)
    kept, skipped = sort_out(ticks, job.misfire, now, every)
    rows = [_row(job, tick, TickStatus.SKIPPED) for tick in ticks[:skipped][-_SKIPPED_KEPT:]]
    if skipped:
        skipped += passed(last, now, every) - len(ticks)
        log.warning("ticks skipped", job=job.name, ticks=skipped, misfire=job.misfire.value)
    return rows + [_row(job, tick, TickStatus.DUE) for tick in kept]


def _row(job: Job, tick: datetime, status: TickStatus) -> dict[str, object]:
    return {"job": job.name, "due_at": tick, "status": status}
