"""List entries a full snapshot of their court no longer has."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.exchange_codes import CaseListKind, MirrorStatus
from hub.db.models import CaseListEntry, SnapshotKey
from hub.subjects.home import Home


def standing(home: Home, kind: CaseListKind, as_of: datetime) -> ColumnElement[bool]:
    """Entries of the source that stood on the list when the snapshot was taken."""
    return and_(
        CaseListEntry.source == home.source,
        CaseListEntry.list_kind == kind,
        CaseListEntry.status == MirrorStatus.ACTIVE,
        CaseListEntry.occurred_at <= as_of,
    )


def missing(batch_id: UUID, kind: CaseListKind) -> Any:
    return ~(
        select(SnapshotKey.business_key)
        .where(
            SnapshotKey.batch_id == batch_id,
            SnapshotKey.list_kind == kind,
            SnapshotKey.business_key == CaseListEntry.source_key,
        )
        .exists()
    )


async def count(
    session: AsyncSession, home: Home, kind: CaseListKind, batch_id: UUID, as_of: datetime
) -> tuple[int, int]:
    """Entries that stood on the list, and those of them the snapshot has not."""
    here = standing(home, kind, as_of)
    found = await session.execute(
        select(func.count(), func.count().filter(missing(batch_id, kind))).select_from(CaseListEntry).where(here)
    )
    all_, gone = found.one()
    return all_, gone


async def end_missing(session: AsyncSession, home: Home, kind: CaseListKind, batch_id: UUID, as_of: datetime) -> int:
    """Take off the list what the snapshot has not; how many."""
    done = await session.execute(
        update(CaseListEntry)
        .where(standing(home, kind, as_of), missing(batch_id, kind))
        .values(status=MirrorStatus.ENDED, occurred_at=as_of, content_digest="", updated_at=func.now())
        .execution_options(synchronize_session=False)
    )
    return int(done.rowcount)  # type: ignore[attr-defined]


async def known_content(session: AsyncSession, home: Home, keys: list[str]) -> dict[str, str]:
    """Content digests of active entries by key: a snapshot need not tell again what is as it was."""
    rows = await session.execute(
        select(CaseListEntry.source_key, CaseListEntry.content_digest).where(
            CaseListEntry.source == home.source,
            CaseListEntry.source_key.in_(keys),
            CaseListEntry.status == MirrorStatus.ACTIVE,
        )
    )
    return dict(rows.tuples().all())
