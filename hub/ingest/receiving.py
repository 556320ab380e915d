"""Deliveries: verified, taken in whole or not at all, and answered with a receipt either way."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, text

from hub.audit.catalogue import AuditAction, Outcome
from hub.audit.recorder import Target, record
from hub.canonical.connector import Connector, Delivery, Receipt
from hub.canonical.exchange_codes import BatchKind, BatchStatus, IssueKind
from hub.core.clock import Clock, local_date
from hub.core.errors import Reason, Refused
from hub.core.ids import new_id
from hub.core.keyring import KeyRing
from hub.db.models import InboxBatch, Reconciliation
from hub.db.session import Sessions, SystemSession
from hub.evidence.recorder import Message, received
from hub.ingest.door import Door, Tally
from hub.ingest.issues import close_issues, open_issues
from hub.ingest.progress import Progress
from hub.ingest.reading import Reader, portions
from hub.ingest.reasons import kept_reasons
from hub.ingest.receipts import receipt_of
from hub.ingest.standing import succeeded
from hub.ingest.straight import Straight
from hub.policy.store import PolicyStore
from hub.subjects.home import Home, home_of

JOB = "inbox"
KIND = "InboxBatch"
MOST_GAPS = 1_000
LARGE = 5_000
TAKEN_AWAY = frozenset({"BATCH_FILE_MISSING", "BATCH_SIGNATURE"})
"""What is wrong with a delivery some of whose files are gone, its signature among them."""
RENEWED_AFTER = frozenset({1, 8, 64, 512})
"""Portions of a large batch: what was planned for empty tables, checks of foreign keys among it, is planned anew. Else
each row would read all that came before it."""
_SAMPLE = text("set local default_statistics_target = 10")
"""What tells an empty table from a full one needs few rows; autovacuum looks at more of them."""
_RENEW = text(
    "analyze (skip_locked) inbox_message, legal_case, subject, case_list_entry, case_list_entry_party, "
    "dishonesty_record, dishonesty_record_party"
)


@dataclass(frozen=True, slots=True)
class Receiver:
    sessions: Sessions
    keyring: KeyRing
    policy: PolicyStore
    clock: Clock
    straight_from: int = LARGE
    """Batches of as many rows are applied as they are taken in."""

    async def receive(self, connector: Connector, delivery: Delivery) -> Receipt:
        """Take a delivery in and hand its receipt back. Raises ``Refused`` (SOURCE_UNKNOWN) for a strange source,
        ``Unreachable``; every other fault of the delivery is in the receipt."""
        now = self.clock()
        try:
            await asyncio.to_thread(connector.verify, delivery, now=now)
            receipt = await self._take(connector, delivery, now)
            await self._renew_statistics(receipt)
        except Refused as refused:
            known = await self._cleared(connector.source, delivery, refused)
            receipt = known or await self._refuse(connector.source, delivery, refused, now)
        await asyncio.to_thread(connector.accept, delivery, receipt)
        return receipt

    async def _take(self, connector: Connector, delivery: Delivery, now: datetime) -> Receipt:
        async with self.sessions.system(JOB) as session:
            home = await home_of(session, connector.source)
            await _lock(session, connector.source)
            known = await _known(session, home, delivery)
            if known is not None:
                return await receipt_of(session, known, duplicate=True)
            await _refuse_stale(session, home, delivery)
            pack = await self.policy.pack(session, home.jurisdiction_id, local_date(now))
            batch = await _keep(session, home, delivery, BatchStatus.ACCEPTED, now)
            straight = (
                Straight(session, self.keyring, home, self.policy, now) if delivery.rows >= self.straight_from else None
            )
            tally = Tally()
            await self._take_rows(connector, delivery, Door(session, self.keyring, home, batch, tally, straight, now))
            _count(batch, tally)
            await _note_gaps(session, home, batch)
            await close_issues(session, home, IssueKind.BATCH_REFUSED, [_about(delivery)], at=now)
            silence = timedelta(days=pack.number("exchange.silence.days"))
            await succeeded(session, home, connector, batch, stale_at=now + silence, at=now)
            clause = pack.basis("push.case_lists").clause
            message = Message("receiveBatch", delivery.digest, batch.id, f"{delivery.number}", clause)
            await received(session, home.principal, message, at=now)
            await _record(session, home, AuditAction.BATCH_RECEIVED, batch, now)
            return await receipt_of(session, batch)

    async def _take_rows(self, connector: Connector, delivery: Delivery, door: Door) -> None:
        told_at = delivery.sent_at or door.now
        reader = Reader(connector, self.keyring, connector.read(delivery), delivery.number, told_at, door.now)
        progress, written = Progress(connector.source, delivery), 0
        async with aclosing(portions(reader, door.to_be_read)) as coming:
            async for portion in coming:
                await door.take(portion)
                progress.passed(portion.read)
                written += bool(portion.prepared)
                if door.straight and portion.prepared and written in RENEWED_AFTER:
                    await _renew(door.session)

    async def _renew_statistics(self, receipt: Receipt) -> None:
        """After a large batch the planner would else take the inbox for nearly empty until autovacuum comes by."""
        if receipt.rows > LARGE:
            async with self.sessions.system(JOB) as session:
                await _renew(session)

    async def _cleared(self, source: str, delivery: Delivery, refused: Refused) -> Receipt | None:
        """The receipt of a delivery that was accepted and whose files are being taken away: by another worker just now,
        or by one that died over it."""
        if not {each.code for each in refused.reasons} <= TAKEN_AWAY:
            return None
        async with self.sessions.system(JOB) as session:
            home = await home_of(session, source)
            await _lock(session, source)
            known = await _with_digest(session, home, delivery, BatchStatus.ACCEPTED)
            return None if known is None else await receipt_of(session, known, duplicate=True)

    async def _refuse(self, source: str, delivery: Delivery, refused: Refused, now: datetime) -> Receipt:
        """Keep that it came and why it was refused; nothing of its content."""
        async with self.sessions.system(JOB) as session:
            home = await home_of(session, source)
            await _lock(session, source)
            batch = await _with_digest(session, home, delivery, BatchStatus.REFUSED)
            if batch is None or batch.reasons != kept_reasons(refused.reasons):
                batch = await _keep(session, home, delivery, BatchStatus.REFUSED, now, refused.reasons)
                await open_issues(session, home, IssueKind.BATCH_REFUSED, [_about(delivery)], at=now)
                await _record(session, home, AuditAction.BATCH_REFUSED, batch, now, refused)
            return await receipt_of(session, batch)


async def _renew(session: SystemSession) -> None:
    await session.execute(_SAMPLE)
    await session.execute(_RENEW)


async def _lock(session: SystemSession, source: str) -> None:
    """One delivery of a source at a time, whatever the number of workers."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"inbox:{source}", 0))))


def _about(delivery: Delivery) -> str:
    return str(delivery.number) if delivery.number else delivery.digest[:8]


async def _with_digest(
    session: SystemSession, home: Home, delivery: Delivery, status: BatchStatus
) -> InboxBatch | None:
    found: InboxBatch | None = await session.scalar(
        select(InboxBatch)
        .where(InboxBatch.source == home.source, InboxBatch.digest == delivery.digest, InboxBatch.status == status)
        .order_by(InboxBatch.received_at.desc())
        .limit(1)
    )
    return found


async def _known(session: SystemSession, home: Home, delivery: Delivery) -> InboxBatch | None:
    """The batch when it came before. Raises ``Refused`` (BATCH_NUMBER_REUSED) when its number means another."""
    same = await _with_digest(session, home, delivery, BatchStatus.ACCEPTED)
    if same is not None:
        return same
    other = select(InboxBatch.id).where(
        InboxBatch.source == home.source,
        InboxBatch.number == delivery.number,
        InboxBatch.status == BatchStatus.ACCEPTED,
    )
    if await session.scalar(other) is not None:
        raise Refused(Reason("BATCH_NUMBER_REUSED", ("batch",), {"number": delivery.number}))
    return None


async def _refuse_stale(session: SystemSession, home: Home, delivery: Delivery) -> None:
    if delivery.kind is not BatchKind.SNAPSHOT:
        return
    later = select(Reconciliation.id).where(
        Reconciliation.source == home.source,
        Reconciliation.list_kind.in_(delivery.lists),
        Reconciliation.as_of >= delivery.sent_at,
    )
    if await session.scalar(later.limit(1)) is not None:
        raise Refused(Reason("SNAPSHOT_STALE", ("sentAt",)))


async def _keep(
    session: SystemSession,
    home: Home,
    delivery: Delivery,
    status: BatchStatus,
    now: datetime,
    reasons: tuple[Reason, ...] = (),
) -> InboxBatch:
    key = new_id()
    batch = InboxBatch(
        id=key,
        **home.provided,
        number=delivery.number,
        kind=delivery.kind,
        status=status,
        receipt_number=f"R{local_date(now):%Y%m%d}-{key.hex[-16:].upper()}",
        digest=delivery.digest,
        manifest=delivery.manifest.replace("\x00", ""),
        lists=[kind.value for kind in delivery.lists],
        declared_rows=delivery.rows,
        accepted_rows=0,
        unchanged_rows=0,
        duplicate_rows=0,
        faulty_rows=0,
        reasons=kept_reasons(reasons),
        sent_at=delivery.sent_at,
        received_at=now,
        settled_at=None if status is BatchStatus.ACCEPTED else now,
    )
    session.add(batch)
    await session.flush()
    return batch


def _count(batch: InboxBatch, tally: Tally) -> None:
    batch.accepted_rows = tally.accepted
    batch.unchanged_rows = tally.unchanged
    batch.duplicate_rows = tally.duplicates
    batch.faulty_rows = tally.faulty


async def _note_gaps(session: SystemSession, home: Home, batch: InboxBatch) -> None:
    """Numbers between the last batch and this one are missing until they come."""
    last = await session.scalar(
        select(func.max(InboxBatch.number)).where(
            InboxBatch.source == home.source,
            InboxBatch.status == BatchStatus.ACCEPTED,
            InboxBatch.id != batch.id,
        )
    )
    if last is not None and batch.number > last + 1:
        missing = range(last + 1, min(batch.number, last + 1 + MOST_GAPS))
        await open_issues(session, home, IssueKind.BATCH_GAP, map(str, missing), at=batch.received_at)
    await close_issues(session, home, IssueKind.BATCH_GAP, [str(batch.number)], at=batch.received_at)


async def _record(
    session: SystemSession,
    home: Home,
    action: AuditAction,
    batch: InboxBatch,
    now: datetime,
    refused: Refused | None = None,
) -> None:
    await record(
        session,
        home.principal,
        action,
        at=now,
        target=Target(KIND, batch.id, home.path),
        outcome=Outcome.DONE if refused is None else Outcome.REFUSED,
        reason=None if refused is None else ",".join(dict.fromkeys(each.code for each in refused.reasons))[:200],
        detail={"batch": batch.number, "rows": batch.accepted_rows, "faulty": batch.faulty_rows},
    )
