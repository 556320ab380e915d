"""Composition root of background work: alerts, provisional deadlines, spent tokens, bulk exports.

Several may run at once.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

import structlog

from hub.auth.retention import forget_expired
from hub.bulk.retention import expire
from hub.bulk.running import BulkRunner, Export
from hub.db.session import SystemSession
from hub.linkage.alerts import sweep
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
        await export_all(runner, stopped)
        await runner.tidy()
        return
    await asyncio.gather(_rounds(runtime, runner, stopped), _exports(runner, stopped))


async def _rounds(runtime: Runtime, runner: BulkRunner, stopped: asyncio.Event) -> None:
    while not stopped.is_set():
        await work_round(runtime)
        await _quietly("files", runner.tidy())
        await _wait(stopped, INTERVAL_SECONDS)


async def _exports(runner: BulkRunner, stopped: asyncio.Event) -> None:
    while not stopped.is_set():
        await _quietly("exports", export_all(runner, stopped))
        await _wait(stopped, EXPORT_SECONDS)


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
    await _attempt("tokens", runtime, lambda session: forget_expired(session, at=runtime.clock()))


async def _attempt(job: str, runtime: Runtime, work: Callable[[SystemSession], Awaitable[int]]) -> None:
    try:
        async with runtime.sessions.system(job) as session:
            done = await work(session)
    except Exception as error:
        log.exception("job failed", job=job, kind=type(error).__name__)
    else:
        if done:
            log.info("job done", job=job, rows=done)
