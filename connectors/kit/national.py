"""The signed headers of the national exchange platform (国家共享交换平台) and of the platforms built after it.

``<prefix>rid`` who asks, ``sid`` which service, ``rtime`` milliseconds since 1970, ``sign`` Base64 of HMAC-SHA256 over
``sid + rid + rtime``. The signature says nothing of the body and holds for as long as the clock lets it, so a receiver
takes each (rid, sid, rtime) once, and a sender never signs the same instant twice.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from hub.core.errors import Reason, Refused

PREFIX = "gjgxjhpt_"
SKEW = timedelta(minutes=5)
_NAME = re.compile(r"[\x21-\x7e]{1,64}")
_MILLISECONDS = re.compile(r"[0-9]{13}")

Keys = Callable[[str], Sequence[str]]
"""The keys a requester may sign with at the moment; none for a requester who is not known."""


def sign(key: str, requester: str, service: str, instant: str) -> str:
    content = f"{service}{requester}{instant}".encode()
    return base64.b64encode(hmac.digest(key.encode(), content, hashlib.sha256)).decode("ascii")


def milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)


@dataclass(frozen=True, slots=True)
class Signed:
    """The four values, as they stand in HTTP headers or in the header of an envelope."""

    requester: str
    service: str
    instant: str
    signature: str

    @classmethod
    def by(cls, key: str, requester: str, service: str, instant: int) -> Signed:
        return cls(requester, service, str(instant), sign(key, requester, service, str(instant)))

    @classmethod
    def of(cls, headers: Mapping[str, str], prefix: str = PREFIX) -> Signed:
        """From headers whatever their case; what is missing is empty."""
        found = {name.lower(): value for name, value in headers.items()}
        return cls(*(found.get(f"{prefix}{name}", "") for name in ("rid", "sid", "rtime", "sign")))

    def headers(self, prefix: str = PREFIX) -> dict[str, str]:
        values = (self.requester, self.service, self.instant, self.signature)
        return {f"{prefix}{name}": value for name, value in zip(("rid", "sid", "rtime", "sign"), values, strict=True)}


@dataclass(slots=True)
class Seen:
    """Remembers for as long as a signature holds, in this process: whoever runs several shares one of these."""

    kept: timedelta = 2 * SKEW
    _instants: dict[Signed, datetime] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def first(self, signed: Signed, now: datetime) -> bool:
        """Whether it was not seen before."""
        with self._lock:
            # Insertion order is order of time: the forgotten ones stand first.
            while self._instants and next(iter(self._instants.values())) < now - self.kept:
                del self._instants[next(iter(self._instants))]
            if signed in self._instants:
                return False
            self._instants[signed] = now
            return True


@dataclass(frozen=True, slots=True)
class Doorkeeper:
    """Verifies what comes in. ``services`` are those that may be asked for here."""

    keys: Keys
    services: frozenset[str]
    skew: timedelta = SKEW
    seen: Seen = field(default_factory=Seen)

    def admit(self, signed: Signed, now: datetime) -> str:
        """Who asks. Raises ``Refused`` with one reason: of what does not verify nothing more is said."""
        requester = self.verify(signed, now)
        if not self.seen.first(signed, now):
            raise Refused(Reason("PLATFORM_REPLAY"))
        return requester

    def verify(self, signed: Signed, now: datetime) -> str:
        """Who asks, for a door that remembers elsewhere what it has let in. Raises ``Refused`` with one reason."""
        for reason in self._faults(signed, now):
            raise Refused(reason)
        return signed.requester

    def _faults(self, signed: Signed, now: datetime) -> Iterator[Reason]:
        if not (_NAME.fullmatch(signed.requester) and _NAME.fullmatch(signed.service) and signed.signature):
            yield Reason("PLATFORM_HEADERS")
        if not _MILLISECONDS.fullmatch(signed.instant):
            yield Reason("PLATFORM_TIME", (), {"seconds": int(self.skew.total_seconds())})
        expected = [sign(key, signed.requester, signed.service, signed.instant) for key in self.keys(signed.requester)]
        # compare_digest takes ASCII text or bytes only.
        given = signed.signature.encode()
        if not any(hmac.compare_digest(each.encode(), given) for each in expected):
            yield Reason("PLATFORM_SIGNATURE")
        if abs(int(signed.instant) - milliseconds(now)) > self.skew / timedelta(milliseconds=1):
            yield Reason("PLATFORM_TIME", (), {"seconds": int(self.skew.total_seconds())})
        if signed.service not in self.services:
            yield Reason("PLATFORM_SERVICE")
