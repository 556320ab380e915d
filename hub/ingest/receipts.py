"""Receipts, made from what is kept: the same however often they are asked for."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.connector import Receipt, RowFault
from hub.canonical.exchange_codes import BatchStatus, InboxStatus
from hub.core.errors import Reason
from hub.db.models import InboxBatch, InboxMessage, InboxRefusal
from hub.ingest.issues import open_gaps
from hub.ingest.reasons import read_reasons

MOST_FAULTS = 10_000
"""Lines of an error report; a file with more is faulty as a whole, and its receipt says how many."""


async def receipt_of(session: AsyncSession, batch: InboxBatch, *, duplicate: bool = False) -> Receipt:
    accepted = batch.status is BatchStatus.ACCEPTED
    return Receipt(
        number=batch.receipt_number,
        batch=batch.number,
        digest=batch.digest,
        at=batch.received_at,
        accepted=accepted,
        duplicate=duplicate,
        rows=batch.accepted_rows,
        unchanged=batch.unchanged_rows,
        duplicates=batch.duplicate_rows,
        missing_batches=await open_gaps(session, batch.source) if accepted else (),
        reasons=read_reasons(batch.reasons),
        faults=await _faults(session, batch) if accepted else (),
    )


async def _faults(session: AsyncSession, batch: InboxBatch) -> tuple[RowFault, ...]:
    invalid = await session.execute(
        select(InboxMessage.file, InboxMessage.row_number, InboxMessage.message_id, InboxMessage.reasons)
        .where(
            InboxMessage.batch_id == batch.id,
            InboxMessage.state == InboxStatus.INVALID,
            InboxMessage.revision == 0,
        )
        .order_by(InboxMessage.position)
        .limit(MOST_FAULTS)
    )
    found = [RowFault(row.file, row.row_number, row.message_id, read_reasons(row.reasons)) for row in invalid]
    reused = await session.execute(
        select(InboxRefusal.file, InboxRefusal.row_number, InboxRefusal.message_id)
        .where(InboxRefusal.batch_id == batch.id)
        .order_by(InboxRefusal.id)
        .limit(MOST_FAULTS)
    )
    found += [RowFault(row.file, row.row_number, row.message_id, (Reason("MESSAGE_ID_REUSED"),)) for row in reused]
    return tuple(found)
