"""How many lasting connections are open in this process, in all and for each client."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from hub.config import StreamSettings

Release = Callable[[], None]


class Connections:
    def __init__(self, settings: StreamSettings) -> None:
        self._settings = settings
        self._clients: Counter[str] = Counter()
        self.unidentified = 0

    @property
    def full(self) -> bool:
        return self._clients.total() + self.unidentified >= self._settings.connections

    def take(self, client: str) -> Release | None:
        """Count a connection of the client until the returned call; None when one more would be too many."""
        if self._clients[client] >= self._settings.connections_per_client or self._clients.total() >= (
            self._settings.connections
        ):
            return None
        self._clients[client] += 1
        held = True

        def release() -> None:
            nonlocal held
            if held:
                held = False
                self._clients[client] -= 1
                self._clients += Counter()

        return release
