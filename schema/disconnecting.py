"""Work for clients that may go away meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any, TypeVar

from starlette.requests import ClientDisconnect

T = TypeVar("T")
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
PATIENCE_SECONDS = 0.05


class Departures:
    """Watches clients that wait; one per endpoint. Work that ends within a look or two is not watched at all: one timer
    serves all that run, and only what outlasts it gets a task that waits for its client to go away."""

    def __init__(self) -> None:
        self._new: dict[asyncio.Task[Any], Receive] = {}
        self._seen: dict[asyncio.Task[Any], Receive] = {}
        self._watched: dict[asyncio.Task[Any], _Watch] = {}
        self._looking = False

    async def until_gone(self, receive: Receive, work: Coroutine[Any, Any, T]) -> T:
        """The result of ``work``, whose request body has been read. Cancels it and raises ``ClientDisconnect`` when the
        client closes the connection before."""
        task = asyncio.current_task()
        assert task is not None
        self._new[task] = receive
        if not self._looking:
            self._look_soon()
        try:
            return await work
        except asyncio.CancelledError:
            watch = self._watched.get(task)
            if watch is not None and watch.gone and task.uncancel() == 0:
                raise ClientDisconnect from None
            raise
        finally:
            self._end(task)

    def _end(self, task: asyncio.Task[Any]) -> None:
        if self._new.pop(task, None) is None and self._seen.pop(task, None) is None:
            self._watched.pop(task).end()

    def _look_soon(self) -> None:
        self._looking = True
        asyncio.get_running_loop().call_later(PATIENCE_SECONDS, self._look)

    def _look(self) -> None:
        """What was there at the last look already is watched from now on."""
        self._watched.update({task: _Watch(task, receive) for task, receive in self._seen.items()})
        self._seen, self._new = self._new, {}
        self._looking = False
        if self._seen:
            self._look_soon()


class _Watch:
    """Cancels a task when its client goes away."""

    def __init__(self, task: asyncio.Task[Any], receive: Receive) -> None:
        self.gone = False
        self._task = task
        self._receive = receive
        self._watching = asyncio.create_task(self._wait())

    async def _wait(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self.gone = True
        self._task.cancel()

    def end(self) -> None:
        self._watching.cancel()
