"""How the feeds stand, for whoever runs them; and refused rows told again once their cause is gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update

from hub.canonical.exchange_codes import FeedState
from hub.core.ids import new_id
from hub.db.models import FeedRow
from hub.db.session import SystemSession


@dataclass(frozen=True, slots=True)
class Standing:
    """Rows of a system in one state; ``reason`` is one of those given, ``last`` when the last of them was answered."""

    source: str
    state: FeedState
    rows: int
    reason: str | None
    last: datetime | None


async def standings(session: SystemSession) -> Sequence[Standing]:
    row = FeedRow
    found = await session.execute(
        select(row.source, row.state, func.count(), func.max(row.reason), func.max(row.answered_at))
        .group_by(row.source, row.state)
        .order_by(row.source, row.state)
    )
    return [Standing(*each) for each in found]


async def tell_again(session: SystemSession, source: str) -> int:
    """Have the refused rows of a system handed over again under a new key; how many."""
    refused = FeedRow.source == source, FeedRow.state == FeedState.REFUSED
    done = await session.execute(
        update(FeedRow)
        .where(*refused)
        .values(state=FeedState.WAITING, push_key=new_id(), reason=None, sent_at=None, answered_at=None)
        .execution_options(synchronize_session=False)
    )
    return int(done.rowcount)  # type: ignore[attr-defined]
