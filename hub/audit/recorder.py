"""Writes audit entries in the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from hub.audit.catalogue import AuditAction, Outcome
from hub.core.correlation import correlation_id
from hub.core.ids import new_id
from hub.core.principal import Principal
from hub.db.models import AuditEvent


@dataclass(frozen=True, slots=True)
class Target:
    """What an entry is about. ``path`` is the jurisdiction whose auditor may read the entry."""

    kind: str
    id: UUID | None
    path: str


async def record(
    session: AsyncSession,
    principal: Principal,
    action: AuditAction,
    *,
    at: datetime,
    target: Target,
    outcome: Outcome = Outcome.DONE,
    reason: str | None = None,
    detail: Mapping[str, object] | None = None,
) -> UUID:
    """Append one entry and return its id. ``detail`` holds codes, states and keys; never personal data or text."""
    entry = new_id()
    await session.execute(
        insert(AuditEvent).values(
            id=entry,
            at=at,
            event=action.value,
            outcome=outcome.value,
            jurisdiction_path=target.path,
            subject=principal.subject,
            organization_id=principal.organization_id,
            on_behalf_of_id=principal.on_behalf_of,
            target_kind=target.kind,
            target_id=target.id,
            reason=reason,
            purpose=principal.purpose,
            correlation_id=correlation_id.get(),
            detail=dict(detail or {}),
        )
    )
    return entry
