"""Composition root of background work: scheduled jobs, what courts hand in, deliveries, exports, seals, old events.

Several may run at once.
"""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from functools import partial
from logging import ERROR, WARNING

import structlog

from connectors.kit.keyed import Instants
from connectors.registry import (
    campaign_banks_at,
    civil_affairs_at,
    connectors_at,
    finance_systems_at,
    market_registers_at,
    tax_systems_at,
)
from hub import channels
from hub.addresses.exchanging import MarketExchange
from hub.bulk.running import BulkRunner, Export
from hub.campaign.exchanging import BankExchange
from hub.canonical.codes import Channel
from hub.core.egress.client import Bounds, OutgoingClient
from hub.db.notices import listen
from hub.db.session import SystemSession
from hub.delivery.banks.acknowledging import Acknowledging
from hub.delivery.carriers import Carrier, WebhookCarrier
from hub.delivery.dispatch import Sender
from hub.delivery.relay import Relay, unread
from hub.delivery.running import DeliveryRunner
from hub.events.retention import BATCH as EVENTS
from hub.events.retention import forget_events
from hub.evidence.sealing import BATCH, seal_pending
from hub.evidence.stamping import StampRefused, stamp_waiting, unstamped_since
from hub.evidence.tokens import load_authorities
from hub.feeds.handing import Feeder
from hub.ingest.rounds import Inbox
from hub.marriage.exchanging import MarriageExchange
from hub.plans.exchanging import FinanceExchange
from hub.repair.exchanging import TaxExchange
from hub.runtime import Runtime, egress_guard, stay_loaded
from hub.schedule import run_scheduled, worker_name

log = structlog.get_logger("hub.worker")

INTERVAL_SECONDS = 60
SCHEDULE_SECONDS = 5
EXPORT_SECONDS = 1
YOUNG = 20_000
"""Objects made between two collections: thousands of rows are let go as a whole, and no cycles with them."""


async def work_until_stopped(runtime: Runtime, export: Export, *, once: bool = False) -> None:
    """Work until SIGINT or SIGTERM: scheduled jobs, seals every minute, exports and deliveries as they are asked for.

    A job or request under way is finished first; an export is let go between two portions and taken up again by another
    worker.
    """
    stay_loaded()
    gc.set_threshold(YOUNG)
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stopped.set)
    runner = BulkRunner(runtime.sessions, runtime.settings, runtime.clock, runtime.bulk_holder, export)
    instants = Instants(runtime.clock)
    acknowledging, holders = channels.acknowledging(runtime, instants), channels.holder_systems(runtime)
    collecting = channels.collecting(runtime, holders)
    async with delivering(runtime, instants, holders) as deliveries:
        if once:
            await work_round(runtime)
            await hear(runtime)
            await export_all(runner, stopped)
            await runner.tidy()
            await deliveries.drain(stopped)
            await acknowledging.round()
            await collecting.round()
            return
        await asyncio.gather(
            _rounds(runtime, runner, stopped),
            _scheduled(runtime, stopped),
            _acknowledging(acknowledging, stopped),
            _hearing(runtime, stopped),
            collecting.run(runtime.settings.ingest_seconds, stopped),
            *(_exports(runner, stopped) for _ in range(runtime.settings.bulk_at_once)),
            deliveries.run(stopped),
            listen(runtime.sessions.address, deliveries.ring, stopped),
        )


@asynccontextmanager
async def delivering(
    runtime: Runtime, instants: Instants, holders: channels.HolderSystems | None = None
) -> AsyncIterator[DeliveryRunner]:
    """What delivers, over a client of its own. ``instants`` and ``holders`` are those of this process."""
    settings = runtime.settings.delivery
    bounds = Bounds(settings.connect_seconds, settings.total_seconds, settings.response_bytes)
    client = OutgoingClient(
        egress_guard(settings),
        bounds,
        connections=settings.endpoints_at_once * settings.connections_per_endpoint,
        authorities=settings.authorities,
    )
    relay = Relay(runtime.sessions, runtime.clock, runtime.webhook_holder)
    webhooks = WebhookCarrier(runtime.sessions, runtime.keyring, runtime.webhook_holder, client)
    systems = holders or channels.holder_systems(runtime)
    carriers: dict[Channel, Carrier] = {Channel.WEBHOOK: webhooks, **channels.carriers(runtime, instants, systems)}
    sender = Sender(runtime.sessions, settings, runtime.clock, runtime.policy, carriers, worker_name())
    try:
        yield DeliveryRunner(relay, sender)
    finally:
        await client.aclose()


async def _rounds(runtime: Runtime, runner: BulkRunner, stopped: asyncio.Event) -> None:
    while not stopped.is_set():
        await seal_and_stamp(runtime)
        await forget_old_events(runtime)
        await _quietly("files", runner.tidy())
        await _wait(stopped, INTERVAL_SECONDS)


async def _scheduled(runtime: Runtime, stopped: asyncio.Event) -> None:
    while not stopped.is_set():
        await run_scheduled(runtime)
        await _wait(stopped, SCHEDULE_SECONDS)


async def _acknowledging(asking: Acknowledging, stopped: asyncio.Event) -> None:
    while not stopped.is_set():
        await _quietly("acknowledgements", asking.round())
        await _wait(stopped, INTERVAL_SECONDS)


async def _exports(runner: BulkRunner, stopped: asyncio.Event) -> None:
    while not stopped.is_set():
        await _quietly("exports", export_all(runner, stopped))
        await _wait(stopped, EXPORT_SECONDS)


async def _hearing(runtime: Runtime, stopped: asyncio.Event) -> None:
    while not stopped.is_set():
        await _quietly("hearing", hear(runtime, stopped))
        await _wait(stopped, runtime.settings.ingest_seconds)


async def hear(runtime: Runtime, stopped: asyncio.Event | None = None) -> int:
    """Take in what other systems have handed over, apply it and answer, then feed those that are fed, and exchange
    with civil affairs, finance, tax, market regulation and banks; how much was done.

    Ends between two deliveries or two portions of messages when ``stopped`` is set.
    """
    lease = timedelta(seconds=runtime.settings.ingest_lease_seconds)
    inbox = Inbox(runtime.sessions, runtime.keyring, runtime.policy, runtime.clock, stopped or asyncio.Event(), lease)
    connectors = connectors_at(runtime.settings.ferry_folder, runtime.settings.links_folder)
    done = await inbox.round(connectors)
    if not inbox.stopped.is_set():
        done += await Feeder(runtime.sessions, runtime.policy, runtime.clock).round(connectors)
        done += await exchange(runtime)
    return done


async def exchange(runtime: Runtime) -> int:
    """Exchange what civil affairs, finance, tax and market regulation are told and asked; take in what banks hand over;
    how much was done."""
    links, shared = runtime.settings.links_folder, (runtime.sessions, runtime.policy, runtime.keyring, runtime.clock)
    done = await MarriageExchange(*shared).round(civil_affairs_at(links))
    done += await FinanceExchange(*shared).round(finance_systems_at(links))
    done += await BankExchange(runtime.gate).round(campaign_banks_at(links))
    done += await TaxExchange(*shared).round(tax_systems_at(links))
    return done + await MarketExchange(*shared).round(market_registers_at(links))


async def export_all(runner: BulkRunner, stopped: asyncio.Event) -> int:
    """Run exports until none waits; how many."""
    done = 0
    while not stopped.is_set() and await runner.run_next(stopped):
        done += 1
    return done


async def _wait(stopped: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stopped.wait(), seconds)


async def _quietly(job: str, work: Awaitable[int]) -> None:
    try:
        await work
    except Exception as error:
        log.exception("job failed", job=job, kind=type(error).__name__)


async def work_round(runtime: Runtime) -> None:
    """Whatever is due now, once; what fails does not keep the rest from running."""
    await run_scheduled(runtime)
    await seal_and_stamp(runtime)
    await forget_old_events(runtime)


async def forget_old_events(runtime: Runtime) -> None:
    """Delete the events past their time that were read on, a batch in each transaction."""
    before = runtime.clock() - timedelta(days=runtime.settings.events_kept_days)
    forgetting = partial(forget_events, before=before, kept=(unread(),))
    while await _attempt("events", runtime, forgetting) == EVENTS:
        pass


async def seal_and_stamp(runtime: Runtime) -> None:
    """Chain and seal what was exchanged, then ask for time stamps; an authority that is away blocks nothing."""
    settings = runtime.settings
    sealing = partial(
        seal_pending,
        keyring=runtime.keyring,
        algorithm=settings.evidence_digest,
        signature=settings.evidence_signature,
    )
    while await _attempt("sealing", runtime, lambda session: sealing(session, at=runtime.clock())) == BATCH:
        pass
    if settings.timestamp_url is None or settings.timestamp_roots is None:
        return
    try:
        await stamp_waiting(runtime.sessions, settings.timestamp_url, load_authorities(settings.timestamp_roots))
    except StampRefused as refused:
        async with runtime.sessions.system("stamping") as session:
            since = await unstamped_since(session)
        late = since is not None and runtime.clock() - since > timedelta(minutes=settings.timestamp_alarm_minutes)
        log.log(ERROR if late else WARNING, "seals wait for a time stamp", why=str(refused), since=since, alarm=late)


async def _attempt(job: str, runtime: Runtime, work: Callable[[SystemSession], Awaitable[int]]) -> int:
    """How much was done; 0 when it failed."""
    try:
        async with runtime.sessions.system(job) as session:
            done = await work(session)
    except Exception as error:
        log.exception("job failed", job=job, kind=type(error).__name__)
        return 0
    if done:
        log.info("job done", job=job, rows=done)
    return done
