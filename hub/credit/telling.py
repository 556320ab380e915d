"""What others learn of a step in a listing's life: an event with ids only, named by what it means for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import func, update
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.exchange_codes import STANDING, DishonestyStatus
from hub.db.bulk import among
from hub.db.models import DishonestyRecord
from hub.events.outbox import Event, publish_each

S = DishonestyStatus


def told_as(before: DishonestyStatus, after: DishonestyStatus) -> str:
    """What the event is called by which others learn of a step."""
    if before == after:
        return "corrected" if after in STANDING else "changed"
    if after in STANDING:
        return "changed" if before in STANDING else "listed"
    return {S.DELETED_SHIELDED: "deleted", S.REVOKED: "revoked", S.AVERTED: "averted", S.REPAIRED: "repaired"}.get(
        after, "changed"
    )


async def announce(session: AsyncSession, changes: Mapping[UUID, str]) -> None:
    """Raise the version of each listing and tell of it, by ids only."""
    rows = await session.execute(
        update(DishonestyRecord)
        .where(among(DishonestyRecord.id, changes))
        .values(version=DishonestyRecord.version + 1, updated_at=func.now())
        .returning(DishonestyRecord.id, DishonestyRecord.tenant_id, DishonestyRecord.version)
        .execution_options(synchronize_session=False)
    )
    await tell(session, [(key, tenant, changes[key], version) for key, tenant, version in rows.all()])


async def tell(session: AsyncSession, changes: Iterable[tuple[UUID, UUID, str, int]]) -> None:
    """Tell of listings whose version has been raised: id, tenant, what it means for others, version."""
    await publish_each(
        session,
        [
            Event(
                tenant_id=tenant,
                type_=f"dishonesty.{meaning}",
                key=f"DishonestyRecord:{key}",
                ids={"id": str(key), "version": version},
            )
            for key, tenant, meaning, version in changes
        ],
    )
