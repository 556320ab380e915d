"""A clock that stands still until a test moves it."""

from __future__ import annotations

from datetime import datetime, timedelta

from hub.core.clock import SHANGHAI


class MovableClock:
    def __init__(self, now: datetime | None = None) -> None:
        self.now = now or datetime(2026, 6, 15, 10, 0, tzinfo=SHANGHAI)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **parts: float) -> None:
        self.now += timedelta(**parts)

    def move_to(self, year: int, month: int, day: int, hour: int = 10) -> None:
        self.now = datetime(year, month, day, hour, tzinfo=SHANGHAI)
