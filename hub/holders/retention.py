"""How long what was set aside is kept: as long as an answer is after its purpose; then only its receipt."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update

from hub.core.clock import local_date
from hub.db.models import HolderAnswer
from hub.db.session import SystemSession
from hub.policy.store import PolicyStore

PORTION = 1_000


async def forget_set_aside(session: SystemSession, policies: PolicyStore, at: datetime) -> int:
    """Destroy messages whose days are over; how many. Their digests, reasons and receipts stay."""
    days = await policies.shortest(session, "inquiry.kept_days", local_date(at))
    old = select(HolderAnswer.id).where(
        HolderAnswer.content_sealed.is_not(None), HolderAnswer.received_at <= at - timedelta(days=days)
    )
    gone = await session.scalars(
        update(HolderAnswer)
        .where(HolderAnswer.id.in_(old.limit(PORTION)))
        .values(content_sealed=None)
        .returning(HolderAnswer.id)
        .execution_options(synchronize_session=False)
    )
    return len(gone.all())
