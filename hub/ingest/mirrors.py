"""Which mirror a list stands in, and what follows for the rows that a snapshot of it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.exchange_codes import CaseListKind
from hub.cases import snapshots as entries
from hub.credit import snapshots as listings
from hub.policy.pack import PolicyPack
from hub.policy.store import PolicyStore
from hub.punishment.following import follow_listings
from hub.restriction.mirror import SNAPSHOT
from hub.subjects.snapshots import ListMirror


def mirror_of(kind: CaseListKind) -> ListMirror:
    if kind is CaseListKind.CONSUMPTION_RESTRICTION:
        return SNAPSHOT
    return replace(listings.MIRROR, after=_ended) if kind is CaseListKind.DISHONEST else entries.mirror(kind)


async def _ended(session: AsyncSession, ended: Sequence[UUID], pack: PolicyPack, as_of: datetime) -> None:
    """Checks find the listings no more, and the measures on them are to be lifted."""
    if listings.MIRROR.after is not None:
        await listings.MIRROR.after(session, ended, pack, as_of)
    await follow_listings(session, PolicyStore(), ended, as_of)
