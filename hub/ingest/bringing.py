"""What a portion of messages does: the mirrors, and the notices that follow from them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from hub.canonical.exchange_codes import InboxStatus
from hub.core.clock import local_date
from hub.core.keyring import KeyRing
from hub.db.bulk import among
from hub.db.models import DishonestyRecord
from hub.db.session import SystemSession
from hub.ingest.applying import Applier, Arrived, Outcome
from hub.policy.store import PolicyStore
from hub.punishment.following import follow_listings
from hub.subjects.home import Home
from hub.supervision.background import system_unit
from hub.supervision.mirrored import draft_upon_mirrored


async def bring(
    session: SystemSession, policy: PolicyStore, keyring: KeyRing, home: Home, now: datetime, arrived: Sequence[Arrived]
) -> dict[UUID, Outcome]:
    """What came of each, by its id; no two of them are about the same thing."""
    pack = await policy.pack(session, home.jurisdiction_id, local_date(now))
    calendar = await policy.calendar(session)
    outcomes = await Applier(session, keyring, home, pack, calendar, now).apply(arrived)
    applied = [each.key for each in arrived if outcomes[each.id].state is InboxStatus.APPLIED]
    await follow_listings(session, policy, await _listings(session, home, applied), now)
    await draft_upon_mirrored(system_unit(session, policy, keyring, now), home, pack, applied)
    return outcomes


async def _listings(session: SystemSession, home: Home, keys: Sequence[str]) -> Sequence[UUID]:
    """Which listings those are; of several courts, where one source tells for them."""
    record = DishonestyRecord
    told = record.source == home.source, among(record.source_key, keys)
    return (await session.scalars(select(record.id).where(*told))).all()
