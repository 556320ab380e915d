"""Forgetting what can no longer matter: spent assertions, revoked tokens, leases of processes that died."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete

from hub.db.models import ConnectionLease, RevokedToken, UsedAssertion, UsedSignature
from hub.db.session import SystemSession

# Longer than any leeway and any difference between the clocks of two replicas.
_MARGIN = timedelta(minutes=5)
_EXPIRING = (
    (UsedAssertion, UsedAssertion.jti),
    (UsedSignature, UsedSignature.instant),
    (RevokedToken, RevokedToken.jti),
    (ConnectionLease, ConnectionLease.client_id),
)


async def forget_expired(session: SystemSession, *, at: datetime) -> int:
    """Delete rows whose token, assertion or lease expired well before ``at``; returns how many."""
    forgotten = 0
    for model, key in _EXPIRING:
        gone = await session.scalars(delete(model).where(model.expires_at < at - _MARGIN).returning(key))
        forgotten += len(gone.all())
    return forgotten
