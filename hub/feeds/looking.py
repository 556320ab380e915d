"""Where to look for what a system must be told of: only at what changed since the last look.

A mirrored row bears the time its transaction began (``updated_at``), so that one may appear behind what was seen: the
look goes on from no later than the beginning of the oldest transaction that still runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, literal, or_, select, text, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.exchange_codes import CaseListKind
from hub.db.bulk import among
from hub.db.models import FeedPosition, LegalCase, Subject
from hub.subjects.home import Home

SLACK = timedelta(minutes=1)
"""Transactions of other roles, whose beginning is not seen here, are over by then."""
_OLDEST = text(
    "select coalesce(min(xact_start), now()) from pg_stat_activity "
    "where datname = current_database() and xact_start is not null"
)
_START = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Position:
    """``seen`` is the change last looked at, ``others`` until when cases and subjects were; ``safe`` is as far as
    everything is visible by now."""

    seen: tuple[datetime, UUID]
    others: datetime
    safe: datetime


async def position_of(session: AsyncSession, home: Home, mirror: Any, kinds: frozenset[CaseListKind]) -> Position:
    """Where to go on from: the beginning, while other lists than now were looked at."""
    safe = (await session.execute(_OLDEST)).scalar_one() - SLACK
    kept = await session.get(FeedPosition, (home.source, mirror.__tablename__))
    if kept is None or set(kept.lists) != {kind.value for kind in kinds}:
        return Position((_START, _FIRST), safe, safe)
    return Position((kept.seen_at, kept.seen_id), kept.others_at, safe)


def changed_since(model: Any, position: Position) -> ColumnElement[bool]:
    """Rows of the mirror that changed, to be read in the order of their change."""
    at, key = position.seen
    told: ColumnElement[bool] = tuple_(model.updated_at, model.id) > tuple_(
        literal(at, model.updated_at.type), literal(key, model.id.type)
    )
    return told


async def others_changed_since(session: AsyncSession, model: Any, position: Position) -> ColumnElement[bool] | None:
    """Rows of the mirror whose case or subject has changed since it was made; None when none has."""
    of = []
    for other, key in ((LegalCase, model.case_id), (Subject, model.subject_id)):
        changed = other.updated_at > other.created_at, other.updated_at > position.others
        if ids := (await session.scalars(select(other.id).where(*changed))).all():
            of.append(among(key, ids))
    return or_(*of) if of else None


async def keep_position(
    session: AsyncSession,
    home: Home,
    mirror: Any,
    kinds: frozenset[CaseListKind],
    position: Position,
    last: tuple[datetime, UUID] | None,
    *,
    others_done: bool,
) -> None:
    """``last`` is the change a full portion ended with; None when there was no more."""
    safe = (position.safe, _FIRST)
    seen = max(position.seen, safe if last is None else min(last, safe))
    values = {
        "lists": sorted(kind.value for kind in kinds),
        "seen_at": seen[0],
        "seen_id": seen[1],
        "others_at": position.safe if others_done else position.others,
    }
    key: Sequence[str] = ("source", "mirror")
    kept = insert(FeedPosition).values(source=home.source, mirror=mirror.__tablename__, **values)
    await session.execute(kept.on_conflict_do_update(index_elements=key, set_=values))
