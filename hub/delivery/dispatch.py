"""Sends what is due: several endpoints at once, several lanes of each, the deliveries of a lane one after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import structlog

from hub.canonical.codes import Channel
from hub.config import DeliverySettings
from hub.core.clock import Clock, local_date
from hub.db.session import Sessions
from hub.delivery.carriers import Carrier, Errand
from hub.delivery.health import note_health
from hub.delivery.outcomes import Course, Step
from hub.delivery.policies import DeliveryPolicy
from hub.delivery.queue import JOB, Batch, Queue
from hub.delivery.recording import record_courses
from hub.policy.store import PolicyStore

log = structlog.get_logger("hub.delivery")

_GATHER_SECONDS = 0.02
"""What ends at about the same time is written in one transaction."""


@dataclass(slots=True)
class Round:
    """A batch being sent. ``failures`` in a row, over all its lanes."""

    batch: Batch
    errand: Errand
    policy: DeliveryPolicy
    slots: asyncio.Semaphore
    failures: int = field(default=0)

    @property
    def hopeless(self) -> bool:
        return self.failures >= self.policy.circuit_failures


@dataclass(frozen=True, slots=True)
class Sender:
    """One per worker process."""

    sessions: Sessions
    settings: DeliverySettings
    clock: Clock
    policies: PolicyStore
    carriers: Mapping[Channel, Carrier]
    owner: str

    @property
    def queue(self) -> Queue:
        lease = timedelta(seconds=self.settings.lease_seconds)
        return Queue(self.sessions, self.owner, lease, self.settings.lanes_per_claim)

    async def serve(self, endpoint_id: UUID, stopping: asyncio.Event) -> int:
        """Send to one endpoint until nothing is due; how many attempts that took."""
        done = 0
        while not stopping.is_set():
            batch = await self.queue.claim(endpoint_id, self.clock())
            if batch is None:
                break
            done += await self._send(batch, stopping)
        return done

    async def _send(self, batch: Batch, stopping: asyncio.Event) -> int:
        this = await self._prepare(batch)
        if this is None:
            return 0
        courses = [Course(lane) for lane in batch.lanes]
        pending = {asyncio.create_task(self._run(this, course, stopping)) for course in courses}
        attempts = 0
        try:
            while pending:
                done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
                if pending:
                    more, pending = await asyncio.wait(pending, timeout=_GATHER_SECONDS)
                    done |= more
                attempts += await self._record(this, [task.result() for task in done])
        finally:
            for task in pending:
                task.cancel()
        return attempts

    async def _prepare(self, batch: Batch) -> Round | None:
        """How to send it; None when nothing more may be sent."""
        at = self.clock()
        errand = await self.carriers[batch.endpoint.channel].errand(batch, at)
        if errand is None:
            return None
        async with self.sessions.system(JOB) as session:
            pack = await self.policies.pack(session, batch.endpoint.jurisdiction_id, local_date(at))
        slots = asyncio.Semaphore(self.settings.connections_per_endpoint)
        return Round(batch, errand, DeliveryPolicy.of(pack), slots)

    async def _run(self, this: Round, course: Course, stopping: asyncio.Event) -> Course:
        """Send the deliveries of a lane in order, as long as the lease surely lasts and the endpoint answers."""
        async with this.slots:
            for delivery in course.lane.deliveries:
                if stopping.is_set() or this.hopeless or not self._in_time(this):
                    break
                step = Step(delivery, await this.errand.send(delivery, self.clock()))
                course.steps.append(step)
                if step.failed:
                    this.failures += 1
                    break
                this.failures = 0
        return course

    def _in_time(self, this: Round) -> bool:
        return self.clock() + timedelta(seconds=self.settings.total_seconds) < this.batch.until

    async def _record(self, this: Round, courses: list[Course]) -> int:
        at = self.clock()
        async with self.sessions.system(JOB) as session:
            written = await record_courses(session, this.batch, courses, this.errand.receiver, this.policy, at)
            attempts = [each for course in written for each in course.attempts]
            await note_health(session, this.batch, attempts, this.policy, at)
        return len(attempts)


class Dispatcher:
    """Keeps one task for each endpoint that has something due, so that a slow receiver holds up nobody else's."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender
        self._serving: dict[UUID, asyncio.Task[int]] = {}

    async def look(self, stopping: asyncio.Event) -> int:
        """Begin to serve the endpoints that are ready; how many are being served."""
        # First: while the database is away, what ended would end every pause at once.
        self._forget_ended()
        ready = await self._sender.queue.ready(self._sender.clock())
        for endpoint_id in ready:
            if len(self._serving) >= self._sender.settings.endpoints_at_once:
                break
            if endpoint_id not in self._serving:
                self._serving[endpoint_id] = asyncio.create_task(self._serve(endpoint_id, stopping))
        return len(self._serving)

    async def settle(self) -> None:
        """Wait for what is under way."""
        await asyncio.gather(*self._serving.values(), return_exceptions=True)
        self._forget_ended()

    async def any_ended(self) -> None:
        """Wait until some endpoint has nothing due any more; for ever while none is served."""
        if self._serving:
            await asyncio.wait(self._serving.values(), return_when=asyncio.FIRST_COMPLETED)
        else:
            await asyncio.Event().wait()

    def _forget_ended(self) -> None:
        self._serving = {key: task for key, task in self._serving.items() if not task.done()}

    async def _serve(self, endpoint_id: UUID, stopping: asyncio.Event) -> int:
        try:
            return await self._sender.serve(endpoint_id, stopping)
        except Exception as error:
            log.exception("endpoint not served", endpoint=str(endpoint_id), kind=type(error).__name__)
            return 0
