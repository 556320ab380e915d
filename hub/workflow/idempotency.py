"""The memory of mutations: the same key with the same body gives the same outcome, with another body it is refused."""

from __future__ import annotations

import re
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from hub.core.errors import Reason, Refused
from hub.db.models import IdempotencyRecord
from hub.db.session import SystemSession, WriteSession

_KEY = re.compile(r"[\x21-\x7e]{8,128}")

PORTION = 10_000


def check_key(key: str) -> None:
    """Raise ``Refused`` (IDEMPOTENCY_KEY_INVALID) unless the key is 8–128 visible ASCII characters."""
    if not _KEY.fullmatch(key):
        raise Refused(Reason("IDEMPOTENCY_KEY_INVALID", ("idempotencyKey",)))


async def claim(session: WriteSession, *, subject: str, key: str, digest: str, at: datetime) -> UUID | None:
    """Claim a key, or return the id of what it made before.

    A second caller with the same key waits here until the first commits or rolls back. Raises ``Refused``
    (IDEMPOTENCY_KEY_REUSED) when the body differs.
    """
    claimed = await session.scalar(
        insert(IdempotencyRecord)
        .values(subject=subject, key=key, request_digest=digest, created_at=at)
        .on_conflict_do_nothing()
        .returning(IdempotencyRecord.key)
    )
    if claimed is not None:
        return None
    known = await session.scalar(
        select(IdempotencyRecord).where(IdempotencyRecord.subject == subject, IdempotencyRecord.key == key)
    )
    if known is None or known.request_digest != digest or known.outcome is None:
        raise Refused(Reason("IDEMPOTENCY_KEY_REUSED", ("idempotencyKey",)))
    return UUID(known.outcome["id"])


async def settle(session: WriteSession, *, subject: str, key: str, made: UUID) -> None:
    """Keep the outcome, in the transaction of the change."""
    await session.execute(
        update(IdempotencyRecord)
        .where(IdempotencyRecord.subject == subject, IdempotencyRecord.key == key)
        .values(outcome={"id": str(made)})
    )


async def forget(session: SystemSession, *, before: datetime) -> int:
    """Forget keys claimed before the instant, a portion of them; how many. A change asked for again is then made
    again."""
    row = IdempotencyRecord
    old = select(row.subject, row.key).where(row.created_at < before).limit(PORTION)
    gone = await session.scalars(delete(row).where(tuple_(row.subject, row.key).in_(old)).returning(row.key))
    return len(gone.all())
