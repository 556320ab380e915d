"""How many lasting connections are open in this process, in all and for each client."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable

from hub.config import StreamSettings

Release = Callable[[], None]


class Connections:
    """One per process."""

    def __init__(self, settings: StreamSettings) -> None:
        self._settings = settings
        self._clients: Counter[str] = Counter()
        self._unidentified = 0
        self._none = asyncio.Event()
        self._none.set()

    @property
    def open(self) -> int:
        return self._clients.total() + self._unidentified

    @property
    def full(self) -> bool:
        return self.open >= self._settings.connections

    def come(self) -> Release:
        """Count a connection that has not said yet whose it is, until the returned call."""
        self._unidentified += 1
        return self._counted(self._go)

    def take(self, client: str) -> Release | None:
        """Count a connection of the client until the returned call; None when one more would be too many."""
        if self._clients[client] >= self._settings.connections_per_client or self._clients.total() >= (
            self._settings.connections
        ):
            return None
        self._clients[client] += 1
        return self._counted(lambda: self._leave(client))

    async def none_open(self) -> None:
        """Returns once the last connection is closed."""
        await self._none.wait()

    def _counted(self, undo: Callable[[], None]) -> Release:
        self._none.clear()
        held = True

        def release() -> None:
            nonlocal held
            if held:
                held = False
                undo()
                if self.open == 0:
                    self._none.set()

        return release

    def _go(self) -> None:
        self._unidentified -= 1

    def _leave(self, client: str) -> None:
        self._clients[client] -= 1
        self._clients += Counter()
