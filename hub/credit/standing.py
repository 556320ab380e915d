"""Listings that stand, as checks find them: kept with every move of a listing, by keyed hashes alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.exchange_codes import STANDING
from hub.core.keyring import KeyRing
from hub.credit.watching import standing_keys
from hub.db.bulk import among, insert_rows
from hub.db.models import DishonestyRecord, Organization, StandingListing, Subject
from hub.subjects.keys import code_key, name_key
from hub.subjects.resolving import whole_name


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
            func.coalesce(Subject.uscc, Organization.uscc),
            Subject.identity_hash,
            Subject.id,
            Subject.name,
            Subject.name_sealed,
        )
        .join(Subject, (Subject.id == DishonestyRecord.subject_id) & (Subject.tenant_id == DishonestyRecord.tenant_id))
        .outerjoin(Organization, Organization.id == Subject.organization_id)
        .where(among(DishonestyRecord.id, records), DishonestyRecord.status.in_(STANDING))
    )
    standing: list[dict[str, Any]] = [
        {
            "record_id": record,
            "tenant_id": tenant,
            "root": path.partition("/")[0],
            "identity": identity or code_key(keyring, uscc or ""),
            "name": name_key(keyring, whole_name(keyring, subject, name, sealed)),
            "since": since,
        }
        for record, tenant, path, since, uscc, identity, subject, name, sealed in rows
    ]
    await insert_rows(session, StandingListing, standing)
    return before | {key for row in standing for key in (row["identity"], row["name"])}


async def index_missing(session: AsyncSession, keyring: KeyRing, *, limit: int) -> int:
    """Listings that stand and that checks do not find yet, or by their name alone: told before there were checks, or
    of a body that has become another unit since. How many were taken in."""
    missing = (
        select(DishonestyRecord.id)
        .outerjoin(StandingListing, StandingListing.record_id == DishonestyRecord.id)
        .where(DishonestyRecord.status.in_(STANDING), StandingListing.record_id.is_(None))
    )
    # A former code gives way to the name's hash (trigger ``forget_former_code``).
    stale = select(StandingListing.record_id).where(StandingListing.identity == StandingListing.name)
    records = list(await session.scalars(union_all(missing.limit(limit), stale.limit(limit))))
    if records:
        await keep_standing(session, keyring, records)
    return len(records)
