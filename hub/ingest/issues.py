"""What a person should look into about a source: opened once, counted, closed when it is settled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.exchange_codes import IssueKind
from hub.core.ids import new_id
from hub.db.bulk import upsert_rows
from hub.db.models import DataQualityIssue
from hub.subjects.home import Home


async def open_issues(
    session: AsyncSession, home: Home, kind: IssueKind, about: Iterable[str], *, at: datetime
) -> None:
    rows = [
        {
            "id": new_id(),
            **home.provided,
            "kind": kind,
            "about": each,
            "occurrences": 1,
            "first_seen_at": at,
            "last_seen_at": at,
        }
        for each in dict.fromkeys(about)
    ]
    await upsert_rows(
        session,
        DataQualityIssue,
        rows,
        key=("source", "kind", "about"),
        changes=lambda new, old: {
            "occurrences": old.occurrences + 1,
            "last_seen_at": new.last_seen_at,
            "resolved_at": None,
        },
    )


async def close_issues(
    session: AsyncSession, home: Home, kind: IssueKind, about: Sequence[str] | None, *, at: datetime
) -> None:
    """Settled: those about the things named, or all of the kind."""
    statement = update(DataQualityIssue).where(
        DataQualityIssue.source == home.source,
        DataQualityIssue.kind == kind,
        DataQualityIssue.resolved_at.is_(None),
    )
    if about is not None:
        statement = statement.where(DataQualityIssue.about.in_(about))
    await session.execute(statement.values(resolved_at=at).execution_options(synchronize_session=False))


async def open_gaps(session: AsyncSession, source: str, *, limit: int = 100) -> tuple[int, ...]:
    """Batch numbers that are still missing."""
    rows = await session.scalars(
        select(DataQualityIssue.about)
        .where(
            DataQualityIssue.source == source,
            DataQualityIssue.kind == IssueKind.BATCH_GAP,
            DataQualityIssue.resolved_at.is_(None),
        )
        .order_by(func.length(DataQualityIssue.about), DataQualityIssue.about)
        .limit(limit)
    )
    return tuple(int(each) for each in rows)
