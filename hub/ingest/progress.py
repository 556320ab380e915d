"""How far a large delivery has come, told to the log every few seconds."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import structlog

from hub.canonical.connector import Delivery

log = structlog.get_logger("hub.ingest")

SECONDS = 5


@dataclass(slots=True)
class Progress:
    source: str
    delivery: Delivery
    rows: int = 0
    portions: int = 0
    _said: float = field(default_factory=time.monotonic)

    def passed(self, rows: int) -> None:
        """So many more rows have been taken in."""
        self.rows += rows
        self.portions += 1
        if time.monotonic() - self._said >= SECONDS:
            self._said = time.monotonic()
            log.info(
                "batch under way",
                source=self.source,
                batch=self.delivery.number,
                rows=self.rows,
                of=self.delivery.rows,
            )
