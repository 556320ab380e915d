"""The stop of a web process, held back until what lasts has been told to end.

The HTTP server lets go of open WebSockets as soon as it gets the signal: their clients would see the connection break.
Hence SIGINT and SIGTERM are blocked and waited for by a thread, which first lets the app say goodbye and then hands the
signal on to whoever had a handler for it.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from threading import Thread

import structlog

log = structlog.get_logger("hub.http")

FAREWELL_SECONDS = 5
"""How long the app may take; the server's own time to stop begins afterwards."""
_SIGNALS = frozenset({signal.SIGINT, signal.SIGTERM})


class HeldBack(Thread):
    """Waits for the first signal. ``first`` is set to what the app does before the server learns of it."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(name="held-back-signals", daemon=True)
        self.first: Callable[[], Awaitable[None]] | None = None
        self._loop = loop

    def run(self) -> None:
        number = signal.sigwait(_SIGNALS)
        if self.first is not None:
            try:
                asyncio.run_coroutine_threadsafe(self._farewell(self.first), self._loop).result(FAREWELL_SECONDS + 1)
            except Exception as error:
                log.exception("farewell failed", kind=type(error).__name__)
        # This thread alone takes signals from now on; Python runs their handlers in the main thread all the same.
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
        os.kill(os.getpid(), number)

    async def _farewell(self, first: Callable[[], Awaitable[None]]) -> None:
        try:
            await asyncio.wait_for(first(), FAREWELL_SECONDS)
        except TimeoutError:
            log.warning("connections left open", seconds=FAREWELL_SECONDS)


@contextmanager
def held_back_signals() -> Iterator[HeldBack]:
    """Hold signals back from this thread and those it starts; at the end they reach it again."""
    held = HeldBack(asyncio.get_running_loop())
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    held.start()
    try:
        yield held
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
