"""What is scheduled: every job with its cadence and its misfire policy."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Awaitable, Callable, Collection
from datetime import datetime, timedelta

import structlog

from hub.addresses.watching import WORKER as ADDRESSES
from hub.addresses.watching import watch_addresses
from hub.auth.retention import forget_expired
from hub.bankruptcy.watching import watch_bankruptcies
from hub.bulk.retention import expire
from hub.bureau import tell_monthly
from hub.campaign.freezing import WORKER as CAMPAIGN
from hub.campaign.freezing import freeze_figures
from hub.campaign.linking import link_late
from hub.channels import calendar_feed
from hub.clues.watching import WORKER as CLUES
from hub.clues.watching import watch_clues
from hub.control.watching import watch_controls
from hub.core.clock import local_date
from hub.core.errors import Reason, refuse_if
from hub.credit.ending import archive
from hub.credit.overdue import tell_of_late_listings
from hub.credit.standing import index_missing
from hub.credit.watching import forget_checked, spread
from hub.db.session import SystemSession
from hub.delivery.banks.acknowledging import chase
from hub.delivery.banks.planning import plan
from hub.delivery.retention import tidy
from hub.delivery.watching import alarms, figures
from hub.evasion.watching import WORKER as EVASION
from hub.evasion.watching import watch_clues as watch_evasion
from hub.holders.retention import forget_set_aside
from hub.ingest.retention import KEPT, forget_contents
from hub.inquiry.resealing import rotate
from hub.inquiry.sweep import Sweep
from hub.inquiry.watching import watch_queries
from hub.integrity.background import work_on_integrity
from hub.linkage.alerts.sweeping import sweep
from hub.linkage.recomputing import recompute
from hub.lookout.watching import watch_lookouts
from hub.marriage.watching import WORKER as MARRIAGE
from hub.marriage.watching import watch_batches
from hub.notification.composing import notify
from hub.objection.background import work_on_objections
from hub.plans.watching import WORKER as PLANS
from hub.plans.watching import watch_plans
from hub.policy.calendar_file import CalendarFormat, parse_calendar_file
from hub.policy.importing import import_calendars
from hub.punishment.watching import watch_measures
from hub.repair.background import work_on_repairs
from hub.restriction.rekeying import find_anew
from hub.runtime import Runtime
from hub.scheduling.retention import forget_ticks
from hub.scheduling.ticks import Job, Misfire, Scheduler
from hub.supervision.background import work_on_notices
from hub.workflow.idempotency import forget as forget_keys

log = structlog.get_logger("hub.schedule")

INDEXED = 5_000
"""Listings a run makes known to checks, of those that stood before there were checks."""
TIDYING = "schedule.tidying.minutes"
Tidy = Callable[[SystemSession, datetime], Awaitable[int]]


async def run_scheduled(runtime: Runtime) -> None:
    """Run the jobs whose ticks are due, each tick in one worker alone."""
    scheduler = Scheduler(runtime.sessions, runtime.clock, runtime.policy, worker_name())
    await scheduler.run_due(*jobs_of(runtime))


async def run_named(runtime: Runtime, names: Collection[str]) -> dict[str, int]:
    """Run jobs now, whether they are due or not; how many rows each did. Raises ``Refused`` (JOB_UNKNOWN)."""
    jobs = {job.name: job for job in jobs_of(runtime)}
    refuse_if([Reason("JOB_UNKNOWN", params={"job": n, "known": ", ".join(jobs)}) for n in names if n not in jobs])
    scheduler = Scheduler(runtime.sessions, runtime.clock, runtime.policy, worker_name())
    return {name: await scheduler.run_now(jobs[name]) for name in names}


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
        Job("notices", "schedule.notices.minutes", Misfire.LATEST, _notices(runtime)),
        Job("listings", "schedule.alerts.minutes", Misfire.LATEST, _now(runtime, _listings(runtime))),
        Job("repairs", "schedule.alerts.minutes", Misfire.LATEST, _now(runtime, _repairs(runtime))),
        Job("integrity", "schedule.notices.minutes", Misfire.LATEST, _integrity(runtime)),
        Job("bureau", "schedule.notices.minutes", Misfire.LATEST, lambda session: _bureau(session, runtime)),
        Job("measures", "schedule.alerts.minutes", Misfire.LATEST, _now(runtime, _measures(runtime))),
        Job("queries", "schedule.alerts.minutes", Misfire.LATEST, _now(runtime, _queries(runtime))),
        Job("campaign", "schedule.notices.minutes", Misfire.LATEST, _now(runtime, _campaigns(runtime))),
        Job("marriage", "schedule.notices.minutes", Misfire.LATEST, _now(runtime, _marriages(runtime))),
        Job("addresses", "schedule.notices.minutes", Misfire.LATEST, _now(runtime, _addresses(runtime))),
        Job("bankruptcies", "schedule.notices.minutes", Misfire.LATEST, _now(runtime, _bankruptcies(runtime))),
        Job("controls", "schedule.alerts.minutes", Misfire.LATEST, _now(runtime, _controls(runtime))),
        Job("lookouts", "schedule.alerts.minutes", Misfire.LATEST, _now(runtime, _lookouts(runtime))),
        Job("clues", "schedule.alerts.minutes", Misfire.LATEST, _now(runtime, _clues(runtime))),
        Job("evasion", "schedule.alerts.minutes", Misfire.LATEST, _now(runtime, _evasion(runtime))),
        Job("plans", "schedule.alerts.minutes", Misfire.LATEST, _now(runtime, _plans(runtime))),
        *(Job(name, TIDYING, Misfire.LATEST, _now(runtime, work)) for name, work in _tidying(runtime).items()),
        Job("broadcasts", "schedule.broadcasts.minutes", Misfire.LATEST, lambda session: _broadcasts(session, runtime)),
        Job(
            "notifications",
            "schedule.notifications.minutes",
            Misfire.LATEST,
            lambda session: notify(session, policy, clock()),
        ),
        Job("calendar", "schedule.calendar.minutes", Misfire.LATEST, lambda session: _calendar(session, runtime)),
        Job("watch", "schedule.watch.minutes", Misfire.SKIP, lambda session: _watch(session, runtime)),
    )


async def _bureau(session: SystemSession, runtime: Runtime) -> int:
    """The month's reports, where the bureau has a folder."""
    folder = runtime.settings.bureau
    return 0 if folder is None else await tell_monthly(session, runtime, folder)


def _tidying(runtime: Runtime) -> dict[str, Tidy]:
    remembered = timedelta(days=runtime.settings.bulk_remembered_days)

    async def deliveries(session: SystemSession, at: datetime) -> int:
        days = await runtime.policy.longest(session, "delivery.kept_days", local_date(at))
        return await tidy(session, at=at, kept=timedelta(days=days))

    async def checked(session: SystemSession, at: datetime) -> int:
        await spread(session)
        days = await runtime.policy.longest(session, "check.watch.days", local_date(at))
        return await forget_checked(session, at=at, kept=timedelta(days=days))

    async def contents(session: SystemSession, at: datetime) -> int:
        days = await runtime.policy.longest(session, KEPT, local_date(at))
        return await forget_contents(session, at=at, kept=timedelta(days=days))

    async def keys(session: SystemSession, at: datetime) -> int:
        days = await runtime.policy.longest(session, "idempotency.kept_days", local_date(at))
        return await forget_keys(session, before=at - timedelta(days=days))

    return {
        "checks": checked,
        "idempotency": keys,
        "answers": lambda session, at: forget_set_aside(session, runtime.policy, at),
        "expiry": lambda session, at: expire(session, at=at, remembered=remembered),
        "tokens": lambda session, at: forget_expired(session, at=at),
        "deliveries": deliveries,
        "contents": contents,
        "keys": lambda session, at: rotate(Sweep(session, runtime.policy, runtime.keyring, at)),
        "ticks": lambda session, at: forget_ticks(session, at=at),
    }


def _notices(runtime: Runtime) -> Callable[[SystemSession], Awaitable[int]]:
    return lambda session: work_on_notices(session, runtime.policy, runtime.keyring, runtime.clock())


def _integrity(runtime: Runtime) -> Callable[[SystemSession], Awaitable[int]]:
    return lambda session: work_on_integrity(session, runtime.policy, runtime.keyring, runtime.clock())


def _queries(runtime: Runtime) -> Tidy:
    return lambda session, at: watch_queries(session, runtime.policy, runtime.keyring, at)


def _campaigns(runtime: Runtime) -> Tidy:
    async def work(session: SystemSession, at: datetime) -> int:
        sweep = Sweep(session, runtime.policy, runtime.keyring, at, CAMPAIGN)
        # Figures first: they need campaigns alone, and no row of theirs may be held before.
        frozen = await freeze_figures(sweep)
        await link_late(sweep)
        return frozen

    return work


def _marriages(runtime: Runtime) -> Tidy:
    return lambda session, at: watch_batches(Sweep(session, runtime.policy, runtime.keyring, at, MARRIAGE))


def _addresses(runtime: Runtime) -> Tidy:
    return lambda session, at: watch_addresses(Sweep(session, runtime.policy, runtime.keyring, at, ADDRESSES))


def _listings(runtime: Runtime) -> Tidy:
    async def work(session: SystemSession, at: datetime) -> int:
        await index_missing(session, runtime.keyring, limit=INDEXED)
        await find_anew(session, runtime.policy, runtime.keyring, at)
        told = await tell_of_late_listings(session, runtime.policy, at)
        return told + await archive(session, runtime.policy, at)

    return work


def _repairs(runtime: Runtime) -> Tidy:
    async def work(session: SystemSession, at: datetime) -> int:
        done = await work_on_repairs(session, runtime.policy, runtime.keyring, at)
        return done + await work_on_objections(session, runtime.policy, runtime.keyring, at)

    return work


def _bankruptcies(runtime: Runtime) -> Tidy:
    return lambda session, at: watch_bankruptcies(session, runtime.policy, at)


def _controls(runtime: Runtime) -> Tidy:
    return lambda session, at: watch_controls(session, runtime.policy, runtime.keyring, at)


def _clues(runtime: Runtime) -> Tidy:
    return lambda session, at: watch_clues(Sweep(session, runtime.policy, runtime.keyring, at, CLUES))


def _evasion(runtime: Runtime) -> Tidy:
    return lambda session, at: watch_evasion(Sweep(session, runtime.policy, runtime.keyring, at, EVASION))


def _plans(runtime: Runtime) -> Tidy:
    return lambda session, at: watch_plans(Sweep(session, runtime.policy, runtime.keyring, at, PLANS))


def _lookouts(runtime: Runtime) -> Tidy:
    return lambda session, at: watch_lookouts(session, runtime.policy, runtime.keyring, at)


def _measures(runtime: Runtime) -> Tidy:
    return lambda session, at: watch_measures(session, runtime.policy, runtime.keyring, at)


def _now(runtime: Runtime, work: Tidy) -> Callable[[SystemSession], Awaitable[int]]:
    return lambda session: work(session, runtime.clock())


async def _broadcasts(session: SystemSession, runtime: Runtime) -> int:
    """Tell banks what changed, and chase those that are silent; how much of either."""
    at = runtime.clock()
    return await plan(session, runtime.policy, at) + await chase(session, runtime.policy, at)


async def _calendar(session: SystemSession, runtime: Runtime) -> int:
    """Read the feed of the working calendar, if there is one; how many years were new. Raises ``Refused``,
    ``Unreachable``."""
    feed = calendar_feed(runtime.settings)
    if feed is None:
        return 0
    found = parse_calendar_file(await asyncio.to_thread(feed.fetch), CalendarFormat.JSON)
    return len(await import_calendars(session, found, origin=str(runtime.settings.calendar_url), clock=runtime.clock))


async def _watch(session: SystemSession, runtime: Runtime) -> int:
    """Write every alarm to the log; how many."""
    raised = await alarms(session, runtime.policy, await figures(session, runtime.clock()))
    for alarm in raised:
        log.error("alarm", code=alarm.code, alarm=True, **alarm.params)
    return len(raised)
