"""What is scheduled: every job with its cadence and its misfire policy."""

from __future__ import annotations

import os
import socket
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from hub.auth.retention import forget_expired
from hub.bulk.retention import expire
from hub.core.clock import local_date
from hub.db.session import SystemSession
from hub.delivery.retention import tidy
from hub.delivery.watching import alarms, figures
from hub.linkage.alerts.sweeping import sweep
from hub.linkage.recomputing import recompute
from hub.runtime import Runtime
from hub.scheduling.retention import forget_ticks
from hub.scheduling.ticks import Job, Misfire, Scheduler
from hub.workflow.idempotency import forget as forget_keys

log = structlog.get_logger("hub.schedule")

TIDYING = "schedule.tidying.minutes"
Tidy = Callable[[SystemSession, datetime], Awaitable[int]]


async def run_scheduled(runtime: Runtime) -> None:
    """Run the jobs whose ticks are due, each tick in one worker alone."""
    scheduler = Scheduler(runtime.sessions, runtime.clock, runtime.policy, worker_name())
    for job in jobs_of(runtime):
        await scheduler.run_due(job)


def worker_name() -> str:
    """Which process it is, in leases and ticks."""
    return f"{socket.gethostname()}:{os.getpid()}"[:100]


def jobs_of(runtime: Runtime) -> tuple[Job, ...]:
    """Every scheduled job. Each run does all that is due by then: the latest tick makes up for those that passed while
    no worker ran."""
    policy, clock = runtime.policy, runtime.clock
    return (
        Job("deadlines", "schedule.deadlines.minutes", Misfire.LATEST, lambda session: recompute(session, policy)),
        Job("alerts", "schedule.alerts.minutes", Misfire.LATEST, lambda session: sweep(session, policy, clock())),
        *(Job(name, TIDYING, Misfire.LATEST, _now(runtime, work)) for name, work in _tidying(runtime).items()),
        Job("watch", "schedule.watch.minutes", Misfire.SKIP, lambda session: _watch(session, runtime)),
    )


def _tidying(runtime: Runtime) -> dict[str, Tidy]:
    remembered = timedelta(days=runtime.settings.bulk_remembered_days)

    async def deliveries(session: SystemSession, at: datetime) -> int:
        days = await runtime.policy.longest(session, "delivery.kept_days", local_date(at))
        return await tidy(session, at=at, kept=timedelta(days=days))

    async def keys(session: SystemSession, at: datetime) -> int:
        days = await runtime.policy.longest(session, "idempotency.kept_days", local_date(at))
        return await forget_keys(session, before=at - timedelta(days=days))

    return {
        "idempotency": keys,
        "expiry": lambda session, at: expire(session, at=at, remembered=remembered),
        "tokens": lambda session, at: forget_expired(session, at=at),
        "deliveries": deliveries,
        "ticks": lambda session, at: forget_ticks(session, at=at),
    }


def _now(runtime: Runtime, work: Tidy) -> Callable[[SystemSession], Awaitable[int]]:
    return lambda session: work(session, runtime.clock())


async def _watch(session: SystemSession, runtime: Runtime) -> int:
    """Write every alarm to the log; how many."""
    raised = await alarms(session, runtime.policy, await figures(session, runtime.clock()))
    for alarm in raised:
        log.error("alarm", code=alarm.code, alarm=True, **alarm.params)
    return len(raised)
