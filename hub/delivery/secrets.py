"""Secrets of endpoints: sealed under the key ring, bound to their row, opened only to sign and to be issued."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.codes import EndpointStatus
from hub.core.ids import new_id
from hub.core.keyring import KeyRing
from hub.db.models import WebhookEndpoint, WebhookSecret
from hub.db.session import SystemSession
from hub.delivery.signing import new_secret


async def issue(
    session: AsyncSession,
    keyring: KeyRing,
    endpoint_id: UUID,
    *,
    at: datetime,
    previous_until: datetime | None = None,
    given: str | None = None,
) -> None:
    """A new secret that signs from now on, or the one ``given`` by the other side; the one before it signs beside it
    until ``previous_until``."""
    key = new_id()
    await session.execute(
        insert(WebhookSecret).values(
            id=key,
            endpoint_id=endpoint_id,
            sealed=keyring.seal(new_secret() if given is None else given, context=_context(key)),
            issued_at=at,
            previous_until=previous_until,
        )
    )


async def newest(session: SystemSession, keyring: KeyRing, endpoint_id: UUID) -> str | None:
    """The secret that signs, for the owner it is issued to; None when the endpoint was deleted since."""
    row = await session.scalar(
        select(WebhookSecret).where(WebhookSecret.endpoint_id == endpoint_id).order_by(WebhookSecret.id.desc()).limit(1)
    )
    return None if row is None else keyring.open(row.sealed, context=_context(row.id))


async def signing(session: SystemSession, keyring: KeyRing, endpoint_id: UUID, *, at: datetime) -> tuple[str, ...]:
    """The secrets that sign at an instant, newest first."""
    found = await session.scalars(
        select(WebhookSecret).where(WebhookSecret.endpoint_id == endpoint_id).order_by(WebhookSecret.id.desc()).limit(2)
    )
    rows = list(found)
    if len(rows) == 2 and (rows[0].previous_until is None or rows[0].previous_until <= at):
        rows.pop()
    return tuple(keyring.open(row.sealed, context=_context(row.id)) for row in rows)


async def destroy_spent(session: SystemSession, *, at: datetime) -> int:
    """Destroy the secrets that sign nothing any more; how many."""
    deleted = select(WebhookEndpoint.id).where(WebhookEndpoint.status == EndpointStatus.DELETED)
    gone = await session.scalars(
        delete(WebhookSecret).where(WebhookSecret.endpoint_id.in_(deleted)).returning(WebhookSecret.id)
    )
    rows = (await session.scalars(select(WebhookSecret).order_by(WebhookSecret.endpoint_id, WebhookSecret.id))).all()
    spent = list(_spent(rows, at))
    if spent:
        await session.execute(delete(WebhookSecret).where(WebhookSecret.id.in_(spent)))
    return len(gone.all()) + len(spent)


def _spent(rows: Collection[WebhookSecret], at: datetime) -> list[UUID]:
    """Ids of those behind a newer one whose overlap is over. Ordered by endpoint and age."""
    found: list[UUID] = []
    waiting: list[UUID] = []
    endpoint: UUID | None = None
    for row in rows:
        if row.endpoint_id != endpoint:
            endpoint, waiting = row.endpoint_id, []
        if waiting and (row.previous_until is None or row.previous_until <= at):
            found += waiting
            waiting = []
        elif len(waiting) > 1:
            found.append(waiting.pop(0))
        waiting.append(row.id)
    return found


def _context(key: UUID) -> str:
    return f"webhook_secret.sealed:{key}"
