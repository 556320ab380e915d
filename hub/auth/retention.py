"""Forgetting what can no longer matter: spent assertions and revoked tokens past their expiry."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete

from hub.db.models import RevokedToken, UsedAssertion
from hub.db.session import SystemSession

# Longer than any leeway and any difference between the clocks of two replicas.
_MARGIN = timedelta(minutes=5)


async def forget_expired(session: SystemSession, *, at: datetime) -> int:
    """Delete rows whose token or assertion expired well before ``at``; returns how many."""
    forgotten = 0
    for model in (UsedAssertion, RevokedToken):
        gone = await session.scalars(delete(model).where(model.expires_at < at - _MARGIN).returning(model.jti))
        forgotten += len(gone.all())
    return forgotten
