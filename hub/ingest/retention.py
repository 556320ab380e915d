"""What was handed in is kept as it was sent for as long as policy says; then its content goes, and its digest stays."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update

from hub.canonical.exchange_codes import QUARANTINE
from hub.db.models import InboxMessage, InboxRefusal
from hub.db.session import SystemSession

KEPT = "exchange.kept_days"
PORTION = 10_000


async def forget_contents(session: SystemSession, *, at: datetime, kept: timedelta) -> int:
    """One portion of it, the oldest first; how many rows. What waits for a person keeps its content until it is
    settled; ids, digests, states and reasons stay, so that a message that comes again is known."""
    message, refusal = InboxMessage, InboxRefusal
    over = (
        select(message.id)
        .where(
            message.body_sealed.is_not(None),
            message.settled_at <= at - kept,
            message.state.not_in(QUARANTINE),
        )
        .order_by(message.settled_at)
        .limit(PORTION)
    )
    messages = await session.scalars(
        update(message)
        .where(message.id.in_(over))
        .values(body_sealed=None)
        .returning(message.id)
        .execution_options(synchronize_session=False)
    )
    refused = select(refusal.id).where(refusal.body_sealed.is_not(None), refusal.at <= at - kept).limit(PORTION)
    refusals = await session.scalars(
        update(refusal)
        .where(refusal.id.in_(refused))
        .values(body_sealed=None)
        .returning(refusal.id)
        .execution_options(synchronize_session=False)
    )
    return len(messages.all()) + len(refusals.all())
