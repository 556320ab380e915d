"""Quotas: a leaky bucket per client in PostgreSQL, leased to each process in small portions.

Every unit a process may spend was taken out of the bucket before, hence whatever the number of processes, what a client
spends never exceeds the capacity and what was restored. What a process did not spend goes back with its next lease;
what a crashed one held is restored with time.
"""

from __future__ import annotations

import asyncio
import math
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.dialects.postgresql import insert

from hub.config import Settings
from hub.core.clock import Clock
from hub.core.errors import Reason, Refused
from hub.db.models import ClientQuota
from hub.db.session import Sessions, SystemSession

SMALLEST_SHARE = 10
"""A lease is what is restored while it lasts, so that whoever calls steadily causes one renewal in that time; and at
most this part of the capacity, so that one process cannot hold a small bucket alone."""

ASKED_AGAIN = timedelta(seconds=1)
"""A client that was refused and asks on is refused from memory for this long, unless what was restored meanwhile is
enough: else who is over its quota would cost the database more than who is within."""


class QuotaExhausted(Refused):
    """Nothing was taken. ``retry_after`` are the seconds until the cost will be there (RFC 9110 §10.2.3)."""

    def __init__(self, level: Level, retry_after: int) -> None:
        super().__init__(Reason("QUOTA_EXHAUSTED", (), {"seconds": retry_after}))
        self.level = level
        self.retry_after = retry_after


class TooCostly(Refused):
    """The bucket could never hold as much."""

    def __init__(self, cost: int, capacity: int) -> None:
        super().__init__(Reason("COST_TOO_HIGH", (), {"requested": cost, "maximum": capacity}))
        self.capacity = capacity


@dataclass(frozen=True, slots=True)
class Level:
    """What a client has at an instant, as this process knows it; others may hold leases of their own."""

    available: int
    capacity: int
    restore_rate: int
    at: datetime

    @property
    def reset_at(self) -> datetime:
        """When the bucket is full again if nothing more is taken."""
        return self.at + timedelta(seconds=math.ceil((self.capacity - self.available) / self.restore_rate))


@dataclass(slots=True)
class _Lease:
    """Units this process may still spend, and what was left in the bucket when it took them."""

    units: int = 0
    remaining: float = 0
    capacity: int = 0
    restore_rate: int = 1
    at: datetime | None = None
    refused_at: datetime | None = None
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    def level(self, now: datetime) -> Level:
        restored = max((now - self.at).total_seconds(), 0) * self.restore_rate if self.at else 0
        available = min(self.remaining + restored + self.units, self.capacity)
        return Level(int(available), self.capacity, self.restore_rate, now)

    def known_short(self, cost: int, now: datetime) -> bool:
        """Whether the bucket was found too low a moment ago, and still is."""
        lately = self.refused_at is not None and timedelta() <= now - self.refused_at < ASKED_AGAIN
        return lately and cost > self.level(now).available

    def refusal(self, cost: int, now: datetime) -> Refused:
        if cost > self.capacity:
            return TooCostly(cost, self.capacity)
        level = self.level(now)
        return QuotaExhausted(level, max(math.ceil((cost - level.available) / self.restore_rate), 1))


class Quota:
    """One per process. Leases are kept by client, hence as many as there are clients."""

    def __init__(self, sessions: Sessions, settings: Settings, clock: Clock) -> None:
        self._sessions = sessions
        self._clock = clock
        self._capacity = settings.quota_capacity
        self._rate = settings.quota_restore_rate
        self._seconds = settings.quota_lease_seconds
        self._lifetime = timedelta(seconds=settings.quota_lease_seconds)
        self._leases: dict[str, _Lease] = {}

    async def take(self, client_id: str, cost: int) -> Level:
        """Charge ``cost`` units; usually without a word to the database.

        Raises ``QuotaExhausted``, or ``TooCostly`` when the bucket could never hold as much.
        """
        lease = self._leases.setdefault(client_id, _Lease())
        now = self._clock()
        if not self._covers(lease, cost, now):
            async with lease.lock:
                if lease.known_short(cost, now):
                    raise lease.refusal(cost, now)
                if not self._covers(lease, cost, now):
                    await self._renew(client_id, lease, cost, now)
                lease.units -= cost
                return lease.level(now)
        lease.units -= cost
        return lease.level(now)

    def give_back(self, client_id: str, cost: int) -> None:
        """Undo a charge for an operation that was not run."""
        self._leases[client_id].units += cost

    def _covers(self, lease: _Lease, cost: int, now: datetime) -> bool:
        return lease.units >= cost and lease.at is not None and now - lease.at <= self._lifetime

    async def _renew(self, client_id: str, lease: _Lease, cost: int, now: datetime) -> None:
        """Return what is left and lease anew. What is on its way back when this fails is restored with time."""
        returned, lease.units = lease.units, 0
        async with self._sessions.system("quota") as session:
            row = await locked_quota(session, client_id, self._capacity, now)
            lease.capacity = row.capacity or self._capacity
            lease.restore_rate = row.restore_rate or self._rate
            if cost > lease.capacity:
                raise lease.refusal(cost, now)
            elapsed = max((now - row.restored_at).total_seconds(), 0)
            available = min(row.available + elapsed * lease.restore_rate + returned, lease.capacity)
            wanted = max(cost, min(lease.restore_rate * self._seconds, lease.capacity // SMALLEST_SHARE))
            granted = min(wanted, int(available)) if available >= cost else 0
            row.available = available - granted
            row.restored_at = max(row.restored_at, now)
        # Only what has been committed may be spent.
        lease.units += granted
        lease.remaining, lease.at, lease.refused_at = available - granted, now, None
        if lease.units < cost:
            lease.refused_at = now
            raise lease.refusal(cost, now)


async def locked_quota(session: SystemSession, client_id: str, capacity: int, now: datetime) -> ClientQuota:
    """The bucket of a client, locked until the transaction ends; a full one is made at the first use."""
    row = await session.get(ClientQuota, client_id, with_for_update=True)
    if row is None:
        full = insert(ClientQuota).values(client_id=client_id, available=capacity, restored_at=now)
        await session.execute(full.on_conflict_do_nothing())
        row = await session.get(ClientQuota, client_id, with_for_update=True)
    if row is None:
        raise LookupError("a bucket vanished while it was made")
    return row
