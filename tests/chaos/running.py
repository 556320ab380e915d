"""One run: an installation under load, processes killed one after the other, then everything counted."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.chaos import account
from tests.chaos.installation import Installation
from tests.chaos.kills import DOWN, Killer
from tests.chaos.load import MOST_IN_FLIGHT, MOST_UNHEARD, Effects, Ferrying, Reporting
from tests.support.receiving import receiving

REST_SECONDS = 90
ITEMS = 4


@dataclass
class Outcome:
    """``faults`` is empty when nothing was lost, doubled or out of order."""

    counts: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


async def run(home: Path, *, count: int, seed: int, large: int = 0, say: Callable[[str], None] = print) -> Outcome:
    """Kill ``count`` times; ``large`` batches of some thousand rows are sent besides."""
    random = Random(seed)
    installation = Installation(home)
    try:
        installation.wait_ready()
        async with receiving() as receiver:
            effects = Effects(receiver)
            receiver.answer = effects.answer
            reporting = Reporting(installation, random)
            await reporting.register(receiver.url)
            ferrying = Ferrying(installation, random)
            killer = Killer(installation, ferrying, effects, random)
            async with _load(installation, ferrying, reporting, effects):
                for number in range(1, count + 1):
                    if large and number % max(count // large, 1) == 0:
                        ferrying.send(6_000)
                    await killer.kill_next()
                    if number % 10 == 0:
                        say(
                            f"{number}/{count}  {len(ferrying.cases)} 行 (rows)  {len(effects.by_id)} 投递 (deliveries)"
                        )
            say("负载已停，等待落定 (the load has ended; waiting for rest)")
            return await _settled(installation, ferrying, reporting, effects, killer, say)
    finally:
        installation.serving.end()


@asynccontextmanager
async def _load(
    installation: Installation, ferrying: Ferrying, reporting: Reporting, effects: Effects
) -> AsyncIterator[None]:
    """Batches and reports while what is under way stays within bounds, and whoever starts the main process again."""
    stopped = asyncio.Event()
    items = (await reporting.items())[:ITEMS]

    async def report(item: str) -> None:
        while not stopped.is_set():
            if len(reporting.acknowledged) - len(effects.order) < MOST_UNHEARD:
                await reporting.report(item)
            await asyncio.sleep(0.05)

    async def hand_in() -> None:
        while not stopped.is_set():
            if ferrying.in_flight() < MOST_IN_FLIGHT:
                ferrying.send()
            await asyncio.sleep(0.5)

    async def raise_again() -> None:
        while True:
            installation.raise_again()
            await asyncio.sleep(0.2)

    raising = asyncio.create_task(raise_again())
    tasks = [asyncio.create_task(each) for each in (*map(report, items), hand_in())]
    try:
        yield
    finally:
        stopped.set()
        # A report under way asks until it is answered: somebody starts the main process again until the last one is.
        await asyncio.gather(*tasks)
        raising.cancel()


async def _settled(
    installation: Installation,
    ferrying: Ferrying,
    reporting: Reporting,
    effects: Effects,
    killer: Killer,
    say: Callable[[str], None],
) -> Outcome:
    """Wait until nothing is missing, or nothing has moved for long enough; then count."""
    await asyncio.to_thread(installation.wait_whole)
    until, found = time.monotonic() + REST_SECONDS, ["nothing read"]
    seen: account.Seen = {}
    before: list[str] = []
    while found and time.monotonic() < until:
        await asyncio.sleep(0.5)
        with suppress(*DOWN):
            connection = await installation.connect()
            try:
                await account.hasten(connection)
                seen = await account.figures(connection)
                found = list(account.faults(seen, ferrying, reporting, effects))
                if await account.missing_deliveries(connection):
                    found.append("committed events that were not delivered")
            finally:
                await connection.close()
        if not ferrying.answered():
            found.append(f"{ferrying.batches} batches, {len(ferrying.system.results())} results")
        if found != before:
            before, until = found, time.monotonic() + REST_SECONDS
    for each in found:
        say(each)
    broken = await asyncio.to_thread(account.evidence, installation)
    counts = {
        **dict(sorted(killer.counts.items())),
        "kills": sum(killer.counts.values()),
        "kills that waited for room": killer.pauses,
        "starts of the main process": installation.starts,
        "batches": ferrying.batches,
        "rows applied once": seen.get("messages", {}).get("APPLIED", 0),
        "changes asked for": len(reporting.texts),
        "asked again": reporting.asked_again,
        "events delivered": len(effects.by_id),
        "received again": effects.again,
    }
    return Outcome(counts, [*found, *([broken] if broken else [])])
