"""Departments learn that a subject they have checked has changed; what has, they find by checking again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from hub.db.bulk import among
from hub.db.models import CheckedSubject, StandingListing
from hub.events.outbox import Event, publish_each
from hub.policy.pack import PolicyPack

_SPREAD = text(
    """
    with chosen as materialized (
        select id from subject_check where spread_at is null order by at limit :portion for update skip locked
    ), waiting as (
        update subject_check told set spread_at = now() from chosen where told.id = chosen.id returning told.*
    ), asked as (
        select distinct on (w.organization_id, a.key) w.tenant_id, w.jurisdiction_path, w.organization_id, a.key,
            w.service_case_number, nullif(w."references" ->> a.place, '') as reference, w.at
        from waiting w cross join lateral (
            select place, substring(w.keys from place * 32 + 1 for 32) as key
            from generate_series(0, length(w.keys) / 32 - 1) place
        ) a
        order by w.organization_id, a.key, w.at desc
    ), kept as (
        insert into checked_subject
            (id, tenant_id, jurisdiction_path, organization_id, key, service_case_number, reference, checked_at)
        select uuidv7(), tenant_id, jurisdiction_path, organization_id, key, service_case_number, reference, at
        from asked
        on conflict (organization_id, key) do update set service_case_number = excluded.service_case_number,
            reference = excluded.reference, checked_at = excluded.checked_at, updated_at = now()
        where checked_subject.checked_at <= excluded.checked_at
    )
    select count(*) from waiting
    """
)
PORTION = 20
"""Checks taken at a time: each may be about thousands of subjects."""


def watched(pack: PolicyPack) -> timedelta:
    """For how long after a check its department is told of a change."""
    return timedelta(days=pack.number("check.watch.days"))


async def spread(session: AsyncSession) -> int:
    """Remember whom each check was about; how many checks were taken in."""
    done = 0
    while taken := int((await session.execute(_SPREAD, {"portion": PORTION})).scalar_one()):
        done += taken
    return done


async def tell_checkers(session: AsyncSession, keys: Sequence[bytes], *, since: datetime) -> int:
    """Tell every department that has checked one of these subjects since then; how many were told."""
    await spread(session)
    rows = await session.execute(
        update(CheckedSubject)
        .where(among(CheckedSubject.key, set(keys)), CheckedSubject.checked_at >= since)
        .values(changed_at=func.now(), updated_at=func.now(), version=CheckedSubject.version + 1)
        .returning(CheckedSubject.id, CheckedSubject.tenant_id, CheckedSubject.version)
        .execution_options(synchronize_session=False)
    )
    told = rows.all()
    await publish_each(
        session,
        [
            Event(
                tenant_id=tenant,
                type_="check.changed",
                key=f"CheckedSubject:{key}",
                ids={"id": str(key), "version": version},
            )
            for key, tenant, version in told
        ],
    )
    return len(told)


async def standing_keys(session: AsyncSession, records: Sequence[object]) -> set[bytes]:
    """By what checks find these listings."""
    rows = await session.execute(
        select(StandingListing.identity, StandingListing.name).where(among(StandingListing.record_id, records))
    )
    return {key for pair in rows.tuples() for key in pair}


async def forget_checked(session: AsyncSession, *, at: datetime, kept: timedelta) -> int:
    """Whom a department checked so long ago that changes are not told any more; how many were forgotten."""
    done = await session.execute(delete(CheckedSubject).where(CheckedSubject.checked_at < at - kept))
    return int(done.rowcount)  # type: ignore[attr-defined]
