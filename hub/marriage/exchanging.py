"""Batches handed over to the authority's system, and what it says of them taken in.

Any number of workers may do so at once: what is handed over twice under one key is one thing to the receiver, and a
batch is moved on only from the state it was found in.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

import structlog
from sqlalchemy import select

from hub.canonical.connector import Outgoing, Unreachable
from hub.canonical.marriage import BATCH, CivilAffairs, MarriageBatchStatus, batch_lines
from hub.core.clock import Clock
from hub.core.errors import Reason, Refused
from hub.core.keyring import KeyRing
from hub.core.principal import Principal
from hub.db.models import Jurisdiction, MarriageBatch
from hub.db.session import Sessions, SystemSession
from hub.db.tenant_keys import tenant_keys
from hub.evidence.recorder import Dispatch, Message, received, sent
from hub.inquiry.sweep import Sweep
from hub.marriage.batches import items_of, receiver_of, told
from hub.marriage.receipts import is_whole, receipt_problems, write_receipts
from hub.marriage.sending import key_of, mark_sent
from hub.marriage.watching import WORKER
from hub.marriage.workflow import COURSE
from hub.policy.store import PolicyStore

log = structlog.get_logger("hub.marriage")

S = MarriageBatchStatus
JOB = "marriage"
Step = Callable[[CivilAffairs, UUID], Awaitable[bool]]
LEGAL_BASIS = "婚姻登记条例（国令804）第四条"


@dataclass(frozen=True, slots=True)
class MarriageExchange:
    sessions: Sessions
    policy: PolicyStore
    keyring: KeyRing
    clock: Clock

    async def round(self, systems: Sequence[CivilAffairs]) -> int:
        """Everything once, for every authority with a system; how much was sent or answered. One that fails keeps no
        other waiting."""
        done = 0
        for system in systems:
            try:
                done += await self._exchange(system)
            except Unreachable as lost:
                log.warning("marriage batches wait", source=system.source, code=lost.code)
            except Refused as refused:
                log.warning("no marriage batches exchanged", source=system.source, code=refused.code)
        return done

    async def _exchange(self, system: CivilAffairs) -> int:
        receiver = await self._receiver(system.source)
        steps: tuple[tuple[MarriageBatchStatus, Step], ...] = (
            (S.SEALED, self._hand_over),
            (S.SENT, self._arrived),
            (S.RECEIVED, self._answered),
        )
        done = 0
        for status, step in steps:
            for key in await self._batches(receiver, status):
                done += await step(system, key)
        return done

    async def _receiver(self, source: str) -> UUID:
        """Raises ``Refused`` (MARRIAGE_RECEIVER_UNKNOWN)."""
        region = source.partition(":")[2]
        async with self.sessions.system(JOB) as session:
            sweep = self._sweep(session)
            place = await session.scalar(select(Jurisdiction.id).where(Jurisdiction.code == region))
            if place is None:
                raise Refused(Reason("SOURCE_UNKNOWN"))
            return await receiver_of(session, await sweep.pack(place), place)

    async def _batches(self, receiver: UUID, status: MarriageBatchStatus) -> Sequence[UUID]:
        async with self.sessions.system(JOB) as session:
            of = (MarriageBatch.receiver_id == receiver, MarriageBatch.status == status)
            found = await session.scalars(select(MarriageBatch.id).where(*of).order_by(MarriageBatch.month))
            return found.all()

    async def _hand_over(self, system: CivilAffairs, key: UUID) -> bool:
        async with self.sessions.system(JOB) as session:
            sweep = self._sweep(session)
            batch = await _found(sweep, key, S.SEALED)
            if batch is None:
                return False
            keys = await tenant_keys(session, self.keyring, batch.tenant_id, sweep.at)
            items = await told(session, batch, await items_of(session, batch), keys)
            name = key_of(batch)
            body = {"batch": batch.number, "month": batch.month, "lines": batch_lines(items).decode()}
            code = "DONE"
            try:
                await asyncio.to_thread(system.push, Outgoing(name, BATCH, {**body, "items": len(items)}))
            except Unreachable as lost:
                code = lost.code
            await sent(session, batch.jurisdiction_path, [_dispatch(sweep, batch, name, code)])
            if code != "DONE":
                log.warning("a marriage batch waits", batch=batch.number, code=code)
                return False
            mark_sent(batch, await sweep.pack(batch.jurisdiction_id), await self.policy.calendar(session), sweep.at)
            await sweep.trace(COURSE.action, batch, type_="marriagebatch.sent", sends=batch.sends)
            return True

    async def _arrived(self, system: CivilAffairs, key: UUID) -> bool:
        """Received, or put aside whole where what arrived is not what was sealed, whoever found it."""
        async with self.sessions.system(JOB) as session:
            sweep = self._sweep(session)
            batch = await _found(sweep, key, S.SENT)
            if batch is None:
                return False
            said = await asyncio.to_thread(system.arrival, key_of(batch))
            if said is None:
                return False
            if said.whole and is_whole(batch, said.count, said.digest):
                batch.received_at = sweep.at
                sweep.move(batch, S.RECEIVED)
                await sweep.trace(COURSE.action, batch, type_="marriagebatch.receive")
            else:
                log.error("a marriage batch arrived as another", batch=batch.number, alarm=True)
                sweep.move(batch, S.QUARANTINED)
                await sweep.trace(COURSE.action, batch, type_="marriagebatch.quarantine")
            await _receipted(sweep, batch, said.digest)
            return True

    async def _answered(self, system: CivilAffairs, key: UUID) -> bool:
        async with self.sessions.system(JOB) as session:
            sweep = self._sweep(session)
            batch = await _found(sweep, key, S.RECEIVED)
            if batch is None:
                return False
            said = await asyncio.to_thread(system.receipts, key_of(batch))
            if said is None:
                return False
            items = await items_of(session, batch)
            if receipt_problems(items, said):
                log.error("receipts do not fit their batch", batch=batch.number, alarm=True)
                return False
            write_receipts(batch, items, said, sweep.at)
            sweep.move(batch, S.PROCESSED)
            await sweep.trace(COURSE.action, batch, type_="marriagebatch.process", items=len(said))
            await _receipted(sweep, batch, batch.digest or "")
            return True

    def _sweep(self, session: SystemSession) -> Sweep:
        return Sweep(session, self.policy, self.keyring, self.clock(), WORKER)


async def _found(sweep: Sweep, key: UUID, status: MarriageBatchStatus) -> MarriageBatch | None:
    """The batch, locked, while it stands there yet and nobody else has it."""
    of = (MarriageBatch.id == key, MarriageBatch.status == status)
    found: MarriageBatch | None = await sweep.session.scalar(
        select(MarriageBatch).where(*of).with_for_update(skip_locked=True)
    )
    return found


def _dispatch(sweep: Sweep, batch: MarriageBatch, name: str, code: str) -> Dispatch:
    return Dispatch(
        message_id=batch.id,
        receiver=Principal(f"connector:{BATCH}", batch.receiver_id),
        operation=BATCH,
        request_digest=batch.digest or "",
        response_digest=None,
        outcome=code,
        target_id=batch.id,
        at=sweep.at,
        idempotency_key=name,
        legal_basis=LEGAL_BASIS,
    )


async def _receipted(sweep: Sweep, batch: MarriageBatch, digest: str) -> None:
    told_by = Principal(f"connector:{BATCH}", batch.receiver_id)
    message = Message("marriage.receipt", digest, target_id=batch.id, legal_basis=LEGAL_BASIS)
    await received(sweep.session, told_by, message, at=sweep.at, path=batch.jurisdiction_path)
