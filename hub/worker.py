"""Composition root of background work: alerts, deadlines, deliveries, old events, spent tokens, bulk exports.

Several may run at once.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from logging import ERROR, WARNING

import structlog

from connectors.registry import connectors_at
from hub.auth.retention import forget_expired
from hub.bulk.retention import expire
from hub.bulk.running import BulkRunner, Export
from hub.db.session import SystemSession
from hub.events.retention import BATCH as EVENTS
from hub.events.retention import forget_events
from hub.evidence.sealing import BATCH, seal_pending
from hub.evidence.stamping import StampRefused, load_authorities, stamp_waiting, unstamped_since
from hub.ingest.rounds import Inbox
from hub.linkage.alerts.sweeping import sweep
from hub.linkage.recomputing import recompute
from hub.runtime import Runtime

log = structlog.get_logger("hub.worker")

INTERVAL_SECONDS = 60
EXPORT_SECONDS = 1


async def work_until_stopped(runtime: Runtime, export: Export, *, once: bool = False) -> None:
    """Run a round, then one every minute until SIGINT or SIGTERM, and exports as they are asked for.

    A job under way is finished first; an export is let go between two portions and taken up again by another worker.
    """
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stopped.set)
    runner = BulkRunner(runtime.sessions, runtime.settings, runtime.clock, runtime.bulk_holder, export)
    if once:
        await work_round(runtime)
        await hear(runtime)
        await export_all(runner, stopped)
        await runner.tidy()
        return
    beside = [_exports(runner, stopped) for _ in range(runtime.settings.bulk_at_once)]
    await asyncio.gather(_rounds(runtime, runner, stopped), _hearing(runtime, stopped), *beside)


async def _rounds(runtime: Runtime, runner: BulkRunner, stopped: asyncio.Event) -> None:
    while not stopped.is_set():
        await work_round(runtime)
        await _quietly("files", runner.tidy())
        await _wait(stopped, INTERVAL_SECONDS)


async def _exports(runner: BulkRunner, stopped: asyncio.Event) -> None:
    while not stopped.is_set():
        await _quietly("exports", export_all(runner, stopped))
        await _wait(stopped, EXPORT_SECONDS)


async def _hearing(runtime: Runtime, stopped: asyncio.Event) -> None:
    while not stopped.is_set():
        await _quietly("hearing", hear(runtime, stopped))
        await _wait(stopped, runtime.settings.ingest_seconds)


async def hear(runtime: Runtime, stopped: asyncio.Event | None = None) -> int:
    """Take in what other systems have handed over, apply it and answer; how much was done.

    Ends between two deliveries or two portions of messages when ``stopped`` is set.
    """
    inbox = Inbox(runtime.sessions, runtime.keyring, runtime.policy, runtime.clock, stopped or asyncio.Event())
    return await inbox.round(connectors_at(runtime.settings.ferry_folder))


async def export_all(runner: BulkRunner, stopped: asyncio.Event) -> int:
    """Run exports until none waits; how many."""
    done = 0
    while not stopped.is_set() and await runner.run_next(stopped):
        done += 1
    return done


async def _wait(stopped: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stopped.wait(), seconds)


async def _quietly(job: str, work: Awaitable[int]) -> None:
    try:
        await work
    except Exception as error:
        log.exception("job failed", job=job, kind=type(error).__name__)


async def work_round(runtime: Runtime) -> None:
    """Every job once, each in a transaction of its own; one that fails does not keep the others from running."""
    await _attempt("deadlines", runtime, lambda session: recompute(session, runtime.policy))
    await _attempt("alerts", runtime, lambda session: sweep(session, runtime.policy, runtime.clock()))
    remembered = timedelta(days=runtime.settings.bulk_remembered_days)
    await _attempt("expiry", runtime, lambda session: expire(session, at=runtime.clock(), remembered=remembered))
    await seal_and_stamp(runtime)
    await forget_old_events(runtime)
    await _attempt("tokens", runtime, lambda session: forget_expired(session, at=runtime.clock()))


async def forget_old_events(runtime: Runtime) -> None:
    """Delete the events past their time, a batch in each transaction."""
    before = runtime.clock() - timedelta(days=runtime.settings.events_kept_days)
    while await _attempt("events", runtime, lambda session: forget_events(session, before=before)) == EVENTS:
        pass


async def seal_and_stamp(runtime: Runtime) -> None:
    """Chain and seal what was exchanged, then ask for time stamps; an authority that is away blocks nothing."""
    settings = runtime.settings
    sealing = partial(seal_pending, keyring=runtime.keyring, algorithm=settings.evidence_digest)
    while await _attempt("sealing", runtime, lambda session: sealing(session, at=runtime.clock())) == BATCH:
        pass
    if settings.timestamp_url is None or settings.timestamp_roots is None:
        return
    try:
        await stamp_waiting(runtime.sessions, settings.timestamp_url, load_authorities(settings.timestamp_roots))
    except StampRefused as refused:
        async with runtime.sessions.system("stamping") as session:
            since = await unstamped_since(session)
        late = since is not None and runtime.clock() - since > timedelta(minutes=settings.timestamp_alarm_minutes)
        log.log(ERROR if late else WARNING, "seals wait for a time stamp", why=str(refused), since=since, alarm=late)


async def _attempt(job: str, runtime: Runtime, work: Callable[[SystemSession], Awaitable[int]]) -> int:
    """How much was done; 0 when it failed."""
    try:
        async with runtime.sessions.system(job) as session:
            done = await work(session)
    except Exception as error:
        log.exception("job failed", job=job, kind=type(error).__name__)
        return 0
    if done:
        log.info("job done", job=job, rows=done)
    return done
