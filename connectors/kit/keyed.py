"""Who we are on an exchange platform: the key that signs, renewed before it ends, and a clock that agrees with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Lock

from connectors.kit.national import Signed, milliseconds
from hub.canonical.codes import DeliveryFault
from hub.canonical.connector import Unreachable
from hub.core.clock import Clock

_EARLY = timedelta(seconds=30)
"""A key is renewed so long before it ends, so that no request is under way when it does."""
MOST_SKEW = timedelta(minutes=15)
"""A platform whose clock is further off than this is not followed: it, or the hub, is broken."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """``until`` in milliseconds of the platform's clock."""

    key: str
    until: int


class Instants:
    """Milliseconds to sign with, never the same twice; one for each process."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0
        self._lock = Lock()

    def next(self) -> int:
        with self._lock:
            self._last = max(self._last + 1, milliseconds(self._clock()))
            return self._last


Renew = Callable[[Signed], SigningKey]
"""Asks the platform for a key, signed with the secret that only this asks with."""


@dataclass(slots=True)
class Identity:
    """One for each platform and process."""

    requester: str
    secret: str
    key_service: str
    clock: Clock
    _key: SigningKey | None = None
    _ahead: int = 0
    _last: int = 0
    _lock: Lock = field(default_factory=Lock)

    def signed(self, service: str, renew: Renew) -> Signed:
        """Headers for one request, under a key that holds. Raises what ``renew`` raises."""
        with self._lock:
            now = self._now()
            if self._key is None or now > self._key.until - _EARLY // timedelta(milliseconds=1):
                self._key = renew(Signed.by(self.secret, self.requester, self.key_service, now))
                now = self._now()
            return Signed.by(self._key.key, self.requester, service, now)

    def forget_key(self) -> None:
        """The platform does not know the key any more."""
        with self._lock:
            self._key = None

    def follow(self, theirs: int) -> None:
        """Set by the platform's clock, in milliseconds. Raises ``Unreachable`` where that is too far from ours."""
        ahead = theirs - milliseconds(self.clock())
        if abs(ahead) > MOST_SKEW / timedelta(milliseconds=1):
            raise Unreachable("PLATFORM_CLOCK", DeliveryFault.GARBLED)
        with self._lock:
            self._ahead, self._last = ahead, 0

    def _now(self) -> int:
        """The platform's time, never the same twice."""
        self._last = max(self._last + 1, milliseconds(self.clock()) + self._ahead)
        return self._last
