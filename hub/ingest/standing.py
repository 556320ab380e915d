"""How each connector stands: when it last succeeded, whether it is silent or fails."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import case, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.connector import Connector
from hub.canonical.exchange_codes import ConnectorCondition, IssueKind
from hub.core.ids import new_id
from hub.db.models import ConnectorState, InboxBatch
from hub.db.session import SystemSession
from hub.ingest.issues import close_issues, open_issues
from hub.subjects.home import Home, home_of


async def polled(session: AsyncSession, home: Home, connector: Connector, code: str | None, *, at: datetime) -> None:
    """The connector was looked at; ``code`` is why it failed, None when it did not."""
    card = connector.card
    values = {"name": card.name.zh, "card": card.plain(), "failure_code": code, "last_polled_at": at}
    failing = ConnectorCondition.FAILING if code else ConnectorCondition.WORKING
    statement = insert(ConnectorState).values(id=new_id(), **home.provided, condition=failing, **values)
    held = ConnectorState.__table__.c
    silent = held.stale_at.is_not(None) & (held.stale_at <= at)
    state = failing if code else case((silent, ConnectorCondition.SILENT.value), else_=failing.value)
    await session.execute(
        statement.on_conflict_do_update(index_elements=["source"], set_={**values, "condition": state})
    )


async def succeeded(
    session: AsyncSession, home: Home, connector: Connector, batch: InboxBatch, *, stale_at: datetime, at: datetime
) -> None:
    """A delivery came through, be it a zero report."""
    await polled(session, home, connector, None, at=at)
    await session.execute(
        update(ConnectorState)
        .where(ConnectorState.source == home.source)
        .values(
            condition=ConnectorCondition.WORKING,
            last_success_at=at,
            last_batch=func.greatest(func.coalesce(ConnectorState.last_batch, 0), batch.number),
            stale_at=stale_at,
        )
        .execution_options(synchronize_session=False)
    )
    await close_issues(session, home, IssueKind.SOURCE_SILENT, None, at=at)


async def alarm_silence(session: SystemSession, now: datetime) -> int:
    """Open an issue for every source that has been silent too long; how many are."""
    silent = await session.scalars(select(ConnectorState.source).where(ConnectorState.stale_at <= now))
    count = 0
    for source in silent.all():
        home = await home_of(session, source)
        await session.execute(
            update(ConnectorState)
            .where(ConnectorState.source == source, ConnectorState.condition == ConnectorCondition.WORKING)
            .values(condition=ConnectorCondition.SILENT)
            .execution_options(synchronize_session=False)
        )
        await open_issues(session, home, IssueKind.SOURCE_SILENT, ["-"], at=now)
        count += 1
    return count
