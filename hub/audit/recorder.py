"""Writes audit entries in the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
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


@dataclass(frozen=True, slots=True)
class About:
    """One entry of several of an action. ``detail`` holds codes, states and keys; never personal data or text."""

    target: Target
    detail: Mapping[str, object]


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
    """Append one entry and return its id. ``detail`` as in ``About``."""
    about = About(target, detail or {})
    row = _row(principal, action, about, at) | {"outcome": outcome.value, "reason": reason}
    await session.execute(insert(AuditEvent).values(row))
    key: UUID = row["id"]
    return key


async def record_each(
    session: AsyncSession, principal: Principal, action: AuditAction, entries: Sequence[About], *, at: datetime
) -> None:
    """Append an entry of a done action for each, in one statement."""
    rows = [_row(principal, action, each, at) for each in entries]
    if rows:
        await session.execute(insert(AuditEvent), rows)


def _row(principal: Principal, action: AuditAction, about: About, at: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "at": at,
        "event": action.value,
        "outcome": Outcome.DONE.value,
        "jurisdiction_path": about.target.path,
        "subject": principal.subject,
        "organization_id": principal.organization_id,
        "on_behalf_of_id": principal.on_behalf_of,
        "target_kind": about.target.kind,
        "target_id": about.target.id,
        "reason": None,
        "purpose": principal.purpose,
        "correlation_id": correlation_id.get(),
        "detail": dict(about.detail),
    }
