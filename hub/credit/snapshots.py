"""Listings as a full snapshot of their court finds them: what it lacks was deleted, or averted, and not told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import case, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.exchange_codes import STANDING, CaseListKind, DishonestyStatus, MirrorStatus
from hub.core.clock import local_date
from hub.credit import service
from hub.credit.telling import announce, told_as
from hub.credit.watching import standing_keys, tell_checkers, watched
from hub.db.bulk import among
from hub.db.models import DishonestyRecord, StandingListing
from hub.policy.pack import PolicyPack
from hub.subjects import snapshots
from hub.subjects.home import Home
from hub.subjects.snapshots import ListMirror, standing_at

_ACTIVE = standing_at(DishonestyRecord.mirror_status)


def _ended(as_of: datetime) -> dict[str, Any]:
    stood = DishonestyRecord.status.in_(STANDING)
    return {
        "mirror_status": MirrorStatus.ENDED,
        "status": case((stood, DishonestyStatus.DELETED_SHIELDED.value), else_=DishonestyStatus.AVERTED.value),
        "deleted_on": case((stood, local_date(as_of)), else_=None),
        "status_since": as_of,
    }


async def _follow(session: AsyncSession, ended: Sequence[UUID], pack: PolicyPack, as_of: datetime) -> None:
    """Checks find them no more, and whoever relies on them is told."""
    keys = await standing_keys(session, ended)
    await session.execute(delete(StandingListing).where(among(StandingListing.record_id, ended)))
    rows = await session.execute(
        select(DishonestyRecord.id, DishonestyRecord.status).where(among(DishonestyRecord.id, ended))
    )
    if keys:
        await tell_checkers(session, list(keys), since=as_of - watched(pack))
    await announce(session, {key: told_as(DishonestyStatus.EXEC_FILED, status) for key, status in rows.tuples()})


MIRROR = ListMirror(service.MIRROR, CaseListKind.DISHONEST, _ACTIVE, _ended, _follow)


async def known_content(session: AsyncSession, home: Home, keys: Sequence[str]) -> dict[str, str]:
    """Content digests of standing listings by key."""
    return await snapshots.known_content(session, home, DishonestyRecord, _ACTIVE, keys)
