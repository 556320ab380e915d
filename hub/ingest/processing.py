"""Messages taken from the inbox and applied: in order for each key, once, by any number of workers."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import aliased

from hub.canonical.connector import Connector
from hub.canonical.exchange_codes import InboxStatus
from hub.canonical.records import Message
from hub.core.clock import Clock, local_date
from hub.core.errors import Reason, Refused
from hub.core.keyring import KeyRing
from hub.db.bulk import update_rows
from hub.db.models import InboxBatch, InboxMessage
from hub.db.session import Sessions, SystemSession
from hub.ingest.applying import Arrived, Outcome
from hub.ingest.bringing import bring
from hub.ingest.prepared import business_key, message_context
from hub.ingest.reasons import kept_reasons
from hub.policy.store import PolicyStore
from hub.subjects.home import home_of

log = structlog.get_logger("hub.ingest")

JOB = "ingest"
PORTION = 1_000
FRONT = 4 * PORTION
LEASE = timedelta(seconds=120)
_ATTEMPTS = "exchange.attempts"


class LeaseLost(Exception):
    """Another worker took the messages up, or a person moved them."""


@dataclass(frozen=True, slots=True)
class Claimed:
    id: UUID
    attempt: int
    source: str


@dataclass(frozen=True, slots=True)
class Processor:
    sessions: Sessions
    keyring: KeyRing
    policy: PolicyStore
    clock: Clock
    stopped: asyncio.Event = field(default_factory=asyncio.Event)
    lease: timedelta = LEASE

    async def run(self, connectors: Mapping[str, Connector]) -> int:
        """Apply until nothing waits that these connectors can read; how many messages were settled."""
        done = 0
        while not self.stopped.is_set() and (claimed := await self._claim(tuple(connectors))):
            by_source: defaultdict[str, list[Claimed]] = defaultdict(list)
            for each in claimed:
                by_source[each.source].append(each)
            for source, messages in by_source.items():
                done += await self._portion(connectors[source], messages)
        return done

    async def _claim(self, sources: tuple[str, ...]) -> list[Claimed]:
        """The next messages, the oldest of each key, leased to this worker alone."""
        now = self.clock()
        message, earlier = InboxMessage, aliased(InboxMessage)
        # Only those in front are asked whether they are the oldest of their key.
        front = (
            select(message.id, message.source, message.business_key, message.position)
            .where(
                message.state == InboxStatus.RECEIVED,
                message.source.in_(sources),
                or_(message.lease_until.is_(None), message.lease_until <= now),
            )
            .order_by(message.position)
            .limit(FRONT)
            .subquery()
        )
        first = (
            select(func.min(earlier.position))
            .where(
                earlier.source == front.c.source,
                earlier.business_key == front.c.business_key,
                earlier.state == InboxStatus.RECEIVED,
            )
            .scalar_subquery()
        )
        chosen = (
            select(message.id)
            .join(front, front.c.id == message.id)
            .where(front.c.position == first)
            .order_by(front.c.position)
            .limit(PORTION)
            .with_for_update(of=message, skip_locked=True)
            .cte("chosen")  # looked for once: as a subquery it may be run for every row, and the limit limits nothing
            .prefix_with("MATERIALIZED")
        )
        statement = (
            update(message)
            .where(message.id == chosen.c.id)
            .values(attempt=message.attempt + 1, lease_until=now + self.lease)
            .returning(message.id, message.attempt, message.source)
            .execution_options(synchronize_session=False)
        )
        async with self.sessions.system(JOB) as session:
            return [Claimed(*row) for row in await session.execute(statement)]

    async def _portion(self, connector: Connector, claimed: Sequence[Claimed]) -> int:
        """All at once; when that fails, in halves, so that a poisonous message harms itself alone."""
        try:
            return await self._apply(connector, claimed)
        except Exception as error:
            if len(claimed) > 1:
                half = len(claimed) // 2
                return sum([await self._portion(connector, each) for each in (claimed[:half], claimed[half:])])
            if isinstance(error, LeaseLost):
                return 0
            log.exception("message failed", message=str(claimed[0].id), kind=type(error).__name__)
            await self._failed(claimed[0])
            return 0

    async def _apply(self, connector: Connector, claimed: Sequence[Claimed]) -> int:
        now = self.clock()
        async with self.sessions.system(JOB) as session:
            home = await home_of(session, connector.source)
            rows = await _rows(session, claimed)
            read = await asyncio.to_thread(self._read_all, connector, rows, now)
            arrived = [each for each in read if isinstance(each, Arrived)]
            outcomes = await bring(session, self.policy, self.keyring, home, now, arrived)
            outcomes |= {each.id: each for each in read if isinstance(each, Outcome)}
            await _settle(session, outcomes.values(), now)
        return len(outcomes)

    def _read_all(self, connector: Connector, rows: Sequence[Any], now: datetime) -> list[Arrived | Outcome]:
        return [self._read(connector, message, batch, now) for message, batch in rows]

    def _read(self, connector: Connector, kept: InboxMessage, batch: InboxBatch, now: datetime) -> Arrived | Outcome:
        if kept.body_sealed is None:
            return Outcome(kept.id, InboxStatus.INVALID, (Reason("MESSAGE_WITHOUT_CONTENT"),))
        cells = json.loads(self.keyring.open(kept.body_sealed, context=message_context(kept.id)))
        row = connector.row(kept.file, kept.row_number, kept.list_kind, cells)
        try:
            message: Message = connector.translate(row, told_at=batch.sent_at or kept.received_at, now=now)
        except Refused as refused:
            return Outcome(kept.id, InboxStatus.INVALID, refused.reasons)
        key = business_key(self.keyring, message)
        return Arrived(kept.id, message, key, row.content_digest, kept.received_at)

    async def _failed(self, claimed: Claimed) -> None:
        """Try again later, or give up to a person after the policy's number of attempts."""
        now = self.clock()
        async with self.sessions.system(JOB) as session:
            home = await home_of(session, claimed.source)
            pack = await self.policy.pack(session, home.jurisdiction_id, local_date(now))
            if claimed.attempt < pack.number(_ATTEMPTS):
                return
            for message, _ in await _rows(session, [claimed]):
                outcome = Outcome(message.id, InboxStatus.QUARANTINED, (Reason("MESSAGE_UNAPPLICABLE"),))
                await _settle(session, [outcome], now)


async def _rows(session: SystemSession, claimed: Sequence[Claimed]) -> Sequence[Any]:
    """The messages with their batches, locked. Raises ``LeaseLost`` unless all are still this worker's."""
    found = await session.execute(
        select(InboxMessage, InboxBatch)
        .join(InboxBatch, InboxBatch.id == InboxMessage.batch_id)
        .where(InboxMessage.id.in_([each.id for each in claimed]), InboxMessage.state == InboxStatus.RECEIVED)
        .order_by(InboxMessage.position)
        .with_for_update(of=InboxMessage)
    )
    rows = found.all()
    if {(message.id, message.attempt) for message, _ in rows} != {(each.id, each.attempt) for each in claimed}:
        raise LeaseLost
    return rows


async def _settle(session: SystemSession, outcomes: Iterable[Outcome], now: datetime) -> None:
    """Say of messages what came of them."""
    rows = [
        {
            "id": each.id,
            "state": each.state,
            "reasons": kept_reasons(each.reasons),
            "match_id": each.match_id,
            "lease_until": None,
            "settled_at": now,
        }
        for each in outcomes
    ]
    await update_rows(session, InboxMessage, rows)
