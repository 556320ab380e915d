"""Listings whose life has ended are archived after the time of the policy."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update

from hub.canonical.exchange_codes import DishonestyStatus
from hub.core.clock import local_date
from hub.credit.telling import announce
from hub.credit.workflow import ENDED
from hub.db.bulk import among
from hub.db.models import DishonestyRecord
from hub.db.session import SystemSession
from hub.policy.store import PolicyStore

PORTION = 5_000


async def archive(session: SystemSession, store: PolicyStore, at: datetime) -> int:
    """Archive what was averted, repaired or revoked longer ago than the pack of its place keeps it open; how many."""
    record, done = DishonestyRecord, 0
    places = await session.scalars(select(record.jurisdiction_id).where(record.status.in_(ENDED)).distinct())
    for place in places.all():
        pack = await store.pack(session, place, local_date(at))
        before = at - timedelta(days=pack.number("dishonesty.archive_days"))
        found = await session.scalars(
            select(record.id)
            .where(record.status.in_(ENDED), record.jurisdiction_id == place, record.status_since <= before)
            .order_by(record.status_since)
            .limit(PORTION)
            .with_for_update(skip_locked=True)
        )
        keys = found.all()
        await session.execute(
            update(record)
            .where(among(record.id, keys))
            .values(archived_from=record.status, status=DishonestyStatus.ARCHIVED, status_since=at)
            .execution_options(synchronize_session=False)
        )
        await announce(session, dict.fromkeys(keys, "changed"))
        done += len(keys)
    return done
