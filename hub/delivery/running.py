"""The part of a worker that delivers: reads events on, sends what is due, until it is told to stop."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

from hub.delivery.dispatch import Dispatcher, Sender
from hub.delivery.relay import BATCH, Relay

log = structlog.get_logger("hub.delivery")

HURRY_SECONDS = 0.5
LONGEST_HURRY_SECONDS = 60.0
"""How soon to look again for what was committed and cannot be read yet, and for how long."""


class DeliveryRunner:
    """One per worker process. ``ring`` makes it look at once; it looks by itself every ``poll_seconds`` anyhow."""

    def __init__(self, relay: Relay, sender: Sender) -> None:
        self._relay = relay
        self._sender = sender
        self._dispatcher = Dispatcher(sender)
        self._committed, self._due = asyncio.Event(), asyncio.Event()

    def ring(self) -> None:
        self._committed.set()
        self._due.set()

    async def run(self, stopping: asyncio.Event) -> None:
        """Returns when what was under way has ended, which takes no longer than a request may."""
        await asyncio.gather(self._reading(stopping), self._sending(stopping))

    async def drain(self, stopping: asyncio.Event) -> None:
        """Read and send all that can be, once."""
        while await self._relay.relay_next() == BATCH and not stopping.is_set():
            pass
        while await self._dispatcher.look(stopping) and not stopping.is_set():
            await self._dispatcher.any_ended()
        await self._dispatcher.settle()

    async def _reading(self, stopping: asyncio.Event) -> None:
        loop, hurried_until = asyncio.get_running_loop(), 0.0
        while not stopping.is_set():
            found = await self._quietly(self._relay.relay_next)
            if found:
                self._due.set()
            # A commit that rang is not read while an older transaction runs, which rings for nobody when it ends.
            hurried_until = 0.0 if found else hurried_until
            if found < BATCH:
                hurried = loop.time() < hurried_until
                seconds = HURRY_SECONDS if hurried else self._sender.settings.poll_seconds
                if await self._wait(stopping, self._committed, seconds=seconds):
                    hurried_until = loop.time() + LONGEST_HURRY_SECONDS

    async def _sending(self, stopping: asyncio.Event) -> None:
        while not stopping.is_set():
            await self._quietly(lambda: self._dispatcher.look(stopping))
            await self._wait(
                stopping, self._due, self._dispatcher.any_ended(), seconds=self._sender.settings.poll_seconds
            )
        await self._dispatcher.settle()

    async def _wait(
        self, stopping: asyncio.Event, rung: asyncio.Event, *others: Awaitable[None], seconds: float
    ) -> bool:
        """Until stopped or rung, until another thing happens, or the time to look anyhow has come; whether rung."""
        waits = [asyncio.ensure_future(each) for each in (stopping.wait(), rung.wait(), *others)]
        try:
            await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in waits:
                each.cancel()
            with suppress(asyncio.CancelledError):
                await asyncio.gather(*waits, return_exceptions=True)
        heard = rung.is_set()
        rung.clear()
        return heard

    @staticmethod
    async def _quietly(work: Callable[[], Awaitable[int]]) -> int:
        try:
            return await work()
        except Exception as error:
            log.exception("deliveries not worked on", kind=type(error).__name__)
            return 0
