"""Listings that stand, as checks find them: kept with every move of a listing, by keyed hashes alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.exchange_codes import STANDING
from hub.core.keyring import KeyRing
from hub.credit.watching import standing_keys
from hub.db.bulk import among, insert_rows
from hub.db.models import DishonestyRecord, StandingListing
from hub.subjects.found_by import marks
from hub.subjects.keys import code_key


async def keep_standing(session: AsyncSession, keyring: KeyRing, records: Sequence[UUID]) -> set[bytes]:
    """Bring what checks find to how these listings stand now; by what they were found before, or are now."""
    before = await standing_keys(session, records)
    await session.execute(delete(StandingListing).where(among(StandingListing.record_id, records)))
    rows = await session.execute(
        select(
            DishonestyRecord.id,
            DishonestyRecord.tenant_id,
            DishonestyRecord.jurisdiction_path,
            DishonestyRecord.listed_on,
            DishonestyRecord.subject_id,
        ).where(among(DishonestyRecord.id, records), DishonestyRecord.status.in_(STANDING))
    )
    stand = rows.tuples().all()
    found = await marks(session, keyring, {row[4] for row in stand})
    standing: list[dict[str, Any]] = [
        {
            "record_id": record,
            "tenant_id": tenant,
            "root": path.partition("/")[0],
            "identity": mark.identity or code_key(keyring, ""),
            "name": mark.name,
            "since": since,
        }
        for record, tenant, path, since, subject in stand
        for mark in found[subject]
    ]
    await insert_rows(session, StandingListing, standing)
    return before | {key for row in standing for key in (row["identity"], row["name"])}


async def index_missing(session: AsyncSession, keyring: KeyRing, *, limit: int) -> int:
    """Listings that stand and that checks do not find yet: told before there were checks. How many were taken in."""
    missing = (
        select(DishonestyRecord.id)
        .outerjoin(StandingListing, StandingListing.record_id == DishonestyRecord.id)
        .where(DishonestyRecord.status.in_(STANDING), StandingListing.record_id.is_(None))
    )
    records = list(await session.scalars(missing.limit(limit)))
    if records:
        await keep_standing(session, keyring, records)
    return len(records)
