"""List entries as a full snapshot of their court finds them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.exchange_codes import CaseListKind, MirrorStatus
from hub.cases.service import MIRROR
from hub.db.models import CaseListEntry
from hub.subjects import snapshots
from hub.subjects.home import Home
from hub.subjects.snapshots import ListMirror, standing_at

_ACTIVE = standing_at(CaseListEntry.status)


def mirror(kind: CaseListKind) -> ListMirror:
    """The entries of one list; what a snapshot lacks is off the list."""
    stands = and_(CaseListEntry.list_kind == kind, _ACTIVE)
    return ListMirror(MIRROR, kind, stands, lambda _: {"status": MirrorStatus.ENDED})


async def known_content(session: AsyncSession, home: Home, keys: Sequence[str]) -> dict[str, str]:
    """Content digests of active entries by key, whatever their list."""
    return await snapshots.known_content(session, home, CaseListEntry, _ACTIVE, keys)
