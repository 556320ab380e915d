"""Composition root of background work: alerts, provisional deadlines, spent tokens. Several may run at once."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

from hub.auth.retention import forget_expired
from hub.db.session import SystemSession
from hub.linkage.alerts import sweep
from hub.linkage.recomputing import recompute
from hub.runtime import Runtime

log = structlog.get_logger("hub.worker")

INTERVAL_SECONDS = 60


async def work_until_stopped(runtime: Runtime, *, once: bool = False) -> None:
    """Run a round, then one every minute until SIGINT or SIGTERM; a job under way is finished first."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stopped.set)
    while not stopped.is_set():
        await work_round(runtime)
        if once:
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(stopped.wait(), INTERVAL_SECONDS)


async def work_round(runtime: Runtime) -> None:
    """Every job once, each in a transaction of its own; one that fails does not keep the others from running."""
    await _attempt("deadlines", runtime, lambda session: recompute(session, runtime.policy))
    await _attempt("alerts", runtime, lambda session: sweep(session, runtime.policy, runtime.clock()))
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
