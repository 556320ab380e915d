"""Listings a full snapshot of their court no longer has: deletions that were not told."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.exchange_codes import CaseListKind, DishonestyStatus, MirrorStatus
from hub.core.clock import local_date
from hub.db.models import DishonestyRecord, SnapshotKey
from hub.subjects.home import Home


def standing(home: Home, as_of: datetime) -> ColumnElement[bool]:
    """Listings of the source that stood when the snapshot was taken."""
    return and_(
        DishonestyRecord.source == home.source,
        DishonestyRecord.mirror_status == MirrorStatus.ACTIVE,
        DishonestyRecord.occurred_at <= as_of,
    )


def missing(batch_id: UUID) -> Any:
    return ~(
        select(SnapshotKey.business_key)
        .where(
            SnapshotKey.batch_id == batch_id,
            SnapshotKey.list_kind == CaseListKind.DISHONEST,
            SnapshotKey.business_key == DishonestyRecord.source_key,
        )
        .exists()
    )


async def count(session: AsyncSession, home: Home, batch_id: UUID, as_of: datetime) -> tuple[int, int]:
    """Listings that stood, and those of them the snapshot has not."""
    found = await session.execute(
        select(func.count(), func.count().filter(missing(batch_id)))
        .select_from(DishonestyRecord)
        .where(standing(home, as_of))
    )
    all_, gone = found.one()
    return all_, gone


async def end_missing(session: AsyncSession, home: Home, batch_id: UUID, as_of: datetime) -> int:
    """Shield what the snapshot has not; how many."""
    done = await session.execute(
        update(DishonestyRecord)
        .where(standing(home, as_of), missing(batch_id))
        .values(
            mirror_status=MirrorStatus.ENDED,
            status=DishonestyStatus.DELETED_SHIELDED,
            deleted_on=local_date(as_of),
            occurred_at=as_of,
            content_digest="",
            updated_at=func.now(),
        )
        .execution_options(synchronize_session=False)
    )
    return int(done.rowcount)  # type: ignore[attr-defined]


async def known_content(session: AsyncSession, home: Home, keys: list[str]) -> dict[str, str]:
    """Content digests of standing listings by key."""
    rows = await session.execute(
        select(DishonestyRecord.source_key, DishonestyRecord.content_digest).where(
            DishonestyRecord.source == home.source,
            DishonestyRecord.source_key.in_(keys),
            DishonestyRecord.mirror_status == MirrorStatus.ACTIVE,
        )
    )
    return dict(rows.tuples().all())
