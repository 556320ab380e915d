"""When and what is killed: at random, or when something has been seen to be half done."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from typing import Any

import asyncpg

from tests.chaos.installation import Installation, Part
from tests.chaos.load import MOST_IN_FLIGHT, Effects, Ferrying

SEEN_SECONDS = 4
ROOM_SECONDS = 120
_COMMITTED = "select count(*) from inbox_batch"
_TAKEN_UP = "select count(*) from inbox_message where state = 'RECEIVED' and lease_until is not null"
_TAKING_IN = "select count(*) from pg_stat_activity where state = 'idle in transaction' and query ilike '%inbox%'"
_SENDING = "select count(*) from delivery_lane where owner is not null and due_at > now()"
DOWN = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
)
"""A database that is being killed or started again; a query that is wrong is none of these."""


@dataclass
class Killer:
    installation: Installation
    ferrying: Ferrying
    effects: Effects
    random: Random
    counts: Counter[str] = field(default_factory=Counter)
    pauses: int = 0

    async def kill_next(self) -> None:
        """One more; returns when something was killed. What is in flight has come down to what may be before."""
        await self._room()
        points: list[tuple[str, Callable[[], Awaitable[Part]]]] = [
            ("at random", self._at_random),
            ("at random", self._at_random),
            ("batch committed, receipt not yet given", lambda: self._grown(_COMMITTED, Part.WORKER)),
            ("messages taken up, not applied", lambda: self._seen(_TAKEN_UP, Part.WORKER)),
            ("rows being taken in", lambda: self._seen(_TAKING_IN, Part.DATABASE)),
            ("lanes leased", lambda: self._seen(_SENDING, Part.DATABASE)),
            ("request sent, answer outstanding", self._request_open),
            ("mutation under way", self._mutation),
        ]
        while True:
            name, point = self.random.choice(points)
            part = await point()
            if self.installation.kill(part):
                self.counts[f"{part.value}, {name}"] += 1
                return
            await asyncio.sleep(0.2)

    async def _room(self) -> None:
        """Killed without a pause, two cores never end a large batch, and all that comes after it piles up."""
        until = time.monotonic() + ROOM_SECONDS
        waited = False
        while self.ferrying.in_flight() > MOST_IN_FLIGHT and time.monotonic() < until:
            waited = True
            await asyncio.sleep(0.2)
        self.pauses += waited

    async def _at_random(self) -> Part:
        await asyncio.sleep(self.random.uniform(0.2, 2))
        draw = self.random.random()
        if draw < 0.1:
            return Part.MAIN
        return self.random.choice([Part.WORKER, Part.WEB, Part.DATABASE])

    async def _mutation(self) -> Part:
        await asyncio.sleep(self.random.uniform(0.01, 0.2))
        return Part.WEB

    async def _request_open(self) -> Part:
        self.effects.open.clear()
        self.effects.hold = 1
        with suppress(TimeoutError):
            await asyncio.wait_for(self.effects.open.wait(), SEEN_SECONDS)
        return Part.WORKER

    async def _grown(self, query: str, part: Part) -> Part:
        before = await self._count(query)
        self.ferrying.send()
        await self._until(query, lambda count: count > before)
        return part

    async def _seen(self, query: str, part: Part) -> Part:
        self.ferrying.send()
        await self._until(query, lambda count: count > 0)
        return part

    async def _until(self, query: str, holds: Callable[[int], bool]) -> None:
        """Look until it holds, for a while; a database that is down is asked again."""
        until = time.monotonic() + SEEN_SECONDS
        while time.monotonic() < until:
            with suppress(*DOWN):
                connection = await self.installation.connect()
                try:
                    while time.monotonic() < until:
                        if holds(await connection.fetchval(query)):
                            return
                        await asyncio.sleep(0.005)
                finally:
                    connection.terminate()
            await asyncio.sleep(0.1)

    async def _count(self, query: str) -> int:
        while True:
            with suppress(*DOWN):
                connection: Any = await self.installation.connect()
                try:
                    return int(await connection.fetchval(query))
                finally:
                    connection.terminate()
            await asyncio.sleep(0.1)
