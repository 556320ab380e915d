"""Listings as a full snapshot of their court finds them: what it lacks was deleted and not told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import literal
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.exchange_codes import CaseListKind, DishonestyStatus, MirrorStatus
from hub.core.clock import local_date
from hub.db.models import DishonestyRecord
from hub.subjects import snapshots
from hub.subjects.home import Home
from hub.subjects.snapshots import ListMirror

_ACTIVE = DishonestyRecord.mirror_status == MirrorStatus.ACTIVE


def _shielded(as_of: datetime) -> dict[str, Any]:
    return {
        "mirror_status": MirrorStatus.ENDED,
        "status": DishonestyStatus.DELETED_SHIELDED,
        "deleted_on": local_date(as_of),
    }


MIRROR = ListMirror(DishonestyRecord, CaseListKind.DISHONEST, _ACTIVE, _shielded)


async def known_content(session: AsyncSession, home: Home, keys: Sequence[str]) -> dict[str, str]:
    """Content digests of standing listings by key."""
    return await snapshots.known_content(session, home, DishonestyRecord, _ACTIVE, keys)


async def standing(session: AsyncSession, home: Home, digests: Sequence[str]) -> dict[tuple[CaseListKind, str], str]:
    """Keys of standing listings by list and content digest."""
    kind = literal(CaseListKind.DISHONEST.value)
    return await snapshots.standing_keys(session, home, DishonestyRecord, kind, _ACTIVE, digests)
