"""When not to ask again: a circuit breaker, and a budget that retries may not exceed."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock


@dataclass(frozen=True, slots=True)
class Patience:
    """``attempts`` for one call; retries may be ``share`` of all calls and ``spare`` more. After ``failures`` in a row
    nothing is asked for ``rest`` seconds, then one call finds out. ``pause`` is the first wait in seconds, doubled."""

    attempts: int = 3
    share: float = 0.1
    spare: float = 10
    failures: int = 5
    rest: float = 30
    pause: float = 0.2


class Breaker:
    """Safe for threads; lasts as long as its connector."""

    def __init__(self, patience: Patience, now: Callable[[], float] = time.monotonic) -> None:
        self.patience = patience
        self._now = now
        self._lock = Lock()
        self._failures = 0
        self._closed_from = 0.0
        self._retries = patience.spare

    def may_call(self) -> bool:
        """False while the system is left in peace; the first call after that is let through alone."""
        with self._lock:
            if self._failures < self.patience.failures:
                return True
            if self._now() < self._closed_from:
                return False
            self._closed_from = self._now() + self.patience.rest
            return True

    def may_retry(self) -> bool:
        """Take one retry from the budget."""
        with self._lock:
            if self._retries < 1 or self._failures >= self.patience.failures:
                return False
            self._retries -= 1
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._failures = 0
            self._retries = min(self.patience.spare, self._retries + self.patience.share)

    def failed(self) -> None:
        with self._lock:
            self._failures += 1
            if self._failures >= self.patience.failures:
                self._closed_from = self._now() + self.patience.rest
