"""What came of deliveries, written in one transaction: the deliveries, their lanes, the exchange log.

Only the worker that holds a lane by its last fencing token may write; what a late one brings is not written at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import ARRAY, BigInteger, DateTime, Integer, String, Uuid, cast, column, delete, exists, func, update
from sqlalchemy.types import TypeEngine

from hub.audit.catalogue import AuditAction, Outcome
from hub.audit.recorder import Target, record
from hub.canonical.codes import DeliveryStatus
from hub.core.principal import Principal
from hub.db.models import Delivery, DeliveryLane
from hub.db.session import SystemSession
from hub.delivery.outcomes import Change, Course, Step, change_of, dispatches
from hub.delivery.policies import DeliveryPolicy
from hub.delivery.queue import Batch
from hub.evidence.recorder import sent

log = structlog.get_logger("hub.delivery")

Lane = DeliveryLane
KIND = "Delivery"
WORKER = Principal(subject="system:delivery", organization_id=None)
_MOMENT = DateTime(timezone=True)
_LANE: dict[str, TypeEngine[Any]] = {"key": String(), "fence": BigInteger(), "due_at": _MOMENT}
_DELIVERY: dict[str, TypeEngine[Any]] = {
    "id": Uuid(),
    "status": String(),
    "attempts": Integer(),
    "first_attempt_at": _MOMENT,
    "attempted_at": _MOMENT,
    "next_attempt_at": _MOMENT,
    "ended_at": _MOMENT,
    "fault": String(),
    "http_status": Integer(),
}


async def record_courses(
    session: SystemSession,
    batch: Batch,
    courses: Sequence[Course],
    receiver: Principal,
    policy: DeliveryPolicy,
    at: datetime,
) -> list[Course]:
    """Write it down; the courses written, which leave out those whose lane was lost."""
    changes = {course.lane.key: [change_of(step, policy, at) for step in course.steps] for course in courses}
    held = await _let_go(session, batch, courses, changes, at)
    written = [course for course in courses if course.lane.key in held]
    for course in courses:
        if course.lane.key not in held:
            log.warning("lane lost", endpoint=str(batch.endpoint.id), fence=course.lane.fence)
    await _write(session, [change for course in written for change in changes[course.lane.key]])
    await _close_empty(session, batch, sorted(held))
    attempts = [each for course in written for each in dispatches(course, receiver)]
    await sent(session, batch.endpoint.jurisdiction_path, attempts)
    for course in written:
        for change, step in zip(changes[course.lane.key], course.steps, strict=True):
            if change.status is DeliveryStatus.DEAD:
                await _given_up(session, change, step, at)
    return written


def _given(types: dict[str, TypeEngine[Any]], rows: Sequence[tuple[Any, ...]]) -> Any:
    """Rows as a table of one statement, whatever their number."""
    arrays = [cast(list(values), ARRAY(of)) for values, of in zip(zip(*rows, strict=True), types.values(), strict=True)]
    columns = [column(name, of) for name, of in types.items()]
    return func.unnest(*arrays).table_valued(*columns, name="given").render_derived()


async def _let_go(
    session: SystemSession, batch: Batch, courses: Sequence[Course], changes: dict[str, list[Change]], at: datetime
) -> set[str]:
    """Give the lanes back, each due when its next delivery is; the keys of those that were still held."""
    rows = []
    for lane in (course.lane for course in courses):
        last = changes[lane.key][-1:]
        rows.append((lane.key, lane.fence, next((each.next_attempt_at for each in last), None) or at))
    given = _given(_LANE, rows)
    mine = (Lane.endpoint_id == batch.endpoint.id, Lane.key == given.c.key, Lane.fence == given.c.fence)
    held = await session.scalars(
        update(Lane)
        .where(*mine)
        .values(due_at=given.c.due_at, owner=None)
        .returning(Lane.key)
        .execution_options(synchronize_session=False)
    )
    return set(held)


async def _write(session: SystemSession, changes: Sequence[Change]) -> None:
    if not changes:
        return
    given = _given(_DELIVERY, [tuple(getattr(change, name) for name in _DELIVERY) for change in changes])
    await session.execute(
        update(Delivery)
        .where(Delivery.id == given.c.id, Delivery.status == DeliveryStatus.WAITING)
        .values({name: given.c[name] for name in _DELIVERY if name != "id"})
        .execution_options(synchronize_session=False)
    )


async def _close_empty(session: SystemSession, batch: Batch, keys: Sequence[str]) -> None:
    waiting = exists().where(
        Delivery.endpoint_id == Lane.endpoint_id,
        Delivery.key == Lane.key,
        Delivery.status == DeliveryStatus.WAITING,
    )
    await session.execute(
        delete(Lane)
        .where(Lane.endpoint_id == batch.endpoint.id, Lane.key == func.any(cast(keys, ARRAY(String))), ~waiting)
        .execution_options(synchronize_session=False)
    )


async def _given_up(session: SystemSession, change: Change, step: Step, at: datetime) -> None:
    row = step.delivery
    log.error("delivery given up", endpoint=str(row.endpoint_id), delivery=str(row.id), alarm=True)
    await record(
        session,
        WORKER,
        AuditAction.DELIVERY_GIVEN_UP,
        at=at,
        target=Target(KIND, row.id, row.jurisdiction_path),
        outcome=Outcome.REFUSED,
        reason=change.fault,
        detail={"attempts": change.attempts},
    )
