"""Bodies that have become another unit, or whose unit bears another code: found anew in listings and orders alike, and
whoever has checked one of them is told once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.core.clock import local_date
from hub.core.keyring import KeyRing
from hub.credit.standing import keep_standing
from hub.credit.watching import standing_keys as listed_by
from hub.credit.watching import tell_checkers, watched
from hub.db.models import ConsumptionRestriction, DishonestyRecord, Subject, SubjectRekeying
from hub.policy.store import PolicyStore
from hub.restriction.standing import keep_restricting
from hub.restriction.standing import standing_keys as restricted_by

PORTION = 200


async def find_anew(session: AsyncSession, policy: PolicyStore, keyring: KeyRing, at: datetime) -> int:
    """Make anew what checks find queued bodies by; how many bodies, at most ``PORTION``."""
    queue = SubjectRekeying
    waiting = (await session.scalars(select(queue).order_by(queue.subject_id).limit(PORTION).with_for_update())).all()
    for body in waiting:
        place = await session.scalar(select(Subject.jurisdiction_id).where(Subject.id == body.subject_id))
        changed = await _find_anew(session, keyring, body)
        if changed and place is not None:
            pack = await policy.pack(session, place, local_date(at))
            await tell_checkers(session, sorted(changed), since=at - watched(pack))
        await session.execute(delete(queue).where(queue.subject_id == body.subject_id))
    return len(waiting)


async def _find_anew(session: AsyncSession, keyring: KeyRing, body: SubjectRekeying) -> set[bytes]:
    """All by which the body is or was found, when that has changed."""
    record, order = DishonestyRecord, ConsumptionRestriction
    records = list(await session.scalars(select(record.id).where(record.subject_id == body.subject_id)))
    orders = list(await session.scalars(select(order.id).where(order.subject_id == body.subject_id)))
    before = await _keys(session, records, orders) | set(body.former)
    await keep_standing(session, keyring, records)
    await keep_restricting(session, keyring, orders)
    after = await _keys(session, records, orders)
    return before | after if before != after else set()


async def _keys(session: AsyncSession, records: Sequence[object], orders: Sequence[object]) -> set[bytes]:
    return await listed_by(session, records) | await restricted_by(session, orders)
