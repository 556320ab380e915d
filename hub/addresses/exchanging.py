"""Registers are asked what changed since the last time, and told of addresses at which nobody could be served."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import structlog
from sqlalchemy import func, select

from hub.addresses.applying import Register, apply
from hub.addresses.keeping import registrar_of
from hub.addresses.watching import WORKER
from hub.canonical.addresses import REFERRAL, Delta, MarketRegister, ServiceAddressStatus
from hub.canonical.connector import Outgoing, Unreachable
from hub.core.clock import Clock, local_date
from hub.core.errors import Reason, Refused
from hub.core.keyring import KeyRing
from hub.core.principal import Principal
from hub.db.models import AddressFeed, Jurisdiction, ServiceAddress
from hub.db.session import Sessions, SystemSession
from hub.db.tenant_keys import tenant_keys
from hub.evidence.recorder import Dispatch, sent
from hub.inquiry.sweep import Sweep
from hub.policy.store import PolicyStore

log = structlog.get_logger("hub.addresses")

JOB = "addresses"
LEGAL_BASIS = "温政办〔2021〕13号 二（四）26"
MOST_PAGES = 1000
"""Of one round; the next round goes on where it ended."""


@dataclass(frozen=True, slots=True)
class MarketExchange:
    """One at a time for each register: a lock of the transaction keeps a second worker from the same page."""

    sessions: Sessions
    policy: PolicyStore
    keyring: KeyRing
    clock: Clock

    async def round(self, systems: Sequence[MarketRegister]) -> int:
        """Everything once, for every register; how many changes were taken in or referrals handed over."""
        done = 0
        for system in systems:
            try:
                done += await self._hear(system) + await self._refer(system)
            except Unreachable as lost:
                log.warning("the register is away", source=system.source, code=lost.code)
            except Refused as refused:
                log.warning("nothing heard of the register", source=system.source, code=refused.code)
        return done

    async def _hear(self, system: MarketRegister) -> int:
        done = 0
        for _ in range(MOST_PAGES):
            applied, more = await self._page(system)
            done += applied
            if not more:
                break
        return done

    async def _page(self, system: MarketRegister) -> tuple[int, bool]:
        async with self.sessions.system(JOB) as session:
            lock = func.pg_try_advisory_xact_lock(func.hashtextextended(f"{JOB}:{system.source}", 0))
            if not await session.scalar(select(lock)):
                return 0, False
            register = await self._register(session, system.source)
            feed = await session.get(AddressFeed, system.source)
            if feed is None:
                feed = AddressFeed(source=system.source, watermark=0, heard_at=register.at, faulty=0)
                session.add(feed)
            number = f"{system.source}:{feed.watermark}:{register.at:%Y%m%d%H%M%S}"
            delta: Delta = await asyncio.to_thread(system.changes, feed.watermark, number=number)
            if delta.watermark < feed.watermark:
                raise Refused(Reason("WATERMARK_BACK"))
            done = sum([await apply(session, register, each) for each in delta.told])
            for fault in delta.faulty:
                log.error("a change is unreadable", sequence=fault.sequence, code=fault.code, alarm=True)
            more = delta.more and delta.watermark > feed.watermark
            feed.watermark, feed.heard_at = delta.watermark, register.at
            feed.faulty += len(delta.faulty)
            return done, more

    async def _register(self, session: SystemSession, source: str) -> Register:
        region, at = source.partition(":")[2], self.clock()
        place = await session.scalar(select(Jurisdiction).where(Jurisdiction.code == region))
        if place is None:
            raise Refused(Reason("SOURCE_UNKNOWN"))
        pack = await self.policy.pack(session, place.id, local_date(at))
        provider = await registrar_of(session, pack, place.id)
        keys = await tenant_keys(session, self.keyring, place.tenant_id, at)
        return Register(source, provider, place, keys, local_date(at), at)

    async def _refer(self, system: MarketRegister) -> int:
        async with self.sessions.system(JOB) as session:
            register = await self._register(session, system.source)
            waiting = await session.scalars(
                select(ServiceAddress.id).where(
                    ServiceAddress.registrar_id == register.provider_id,
                    ServiceAddress.status == ServiceAddressStatus.ABNORMAL_OPERATION_REFERRED,
                    ServiceAddress.referral_sent_at.is_(None),
                )
            )
            keys = waiting.all()
        return sum([await self._hand_over(system, key) for key in keys])

    async def _hand_over(self, system: MarketRegister, key: UUID) -> bool:
        """Only what the register needs: whose address failed, which kind, when; the address itself it has."""
        async with self.sessions.system(JOB) as session:
            of = (ServiceAddress.id == key, ServiceAddress.referral_sent_at.is_(None))
            row = await session.scalar(select(ServiceAddress).where(*of).with_for_update(skip_locked=True))
            if row is None:
                return False
            sweep = Sweep(session, self.policy, self.keyring, self.clock(), WORKER)
            body = {
                "uscc": row.uscc,
                "addressKind": row.kind.value,
                "returnedOn": None if row.returned_on is None else row.returned_on.isoformat(),
                "dueOn": None if row.referral_due_on is None else row.referral_due_on.isoformat(),
            }
            await asyncio.to_thread(system.push, Outgoing(str(row.id), REFERRAL, body))
            row.referral_sent_at = sweep.at
            dispatch = Dispatch(
                message_id=row.id,
                receiver=Principal(f"connector:{system.source}", row.registrar_id),
                operation=REFERRAL,
                request_digest=row.value_index.hex(),
                response_digest=None,
                outcome="DONE",
                target_id=row.id,
                at=sweep.at,
                idempotency_key=str(row.id),
                legal_basis=LEGAL_BASIS,
            )
            await sent(session, row.jurisdiction_path, [dispatch])
            return True
