"""How deliveries stand, for operators: figures, and alarms for what is stuck, late or silent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, func, select

from hub.canonical.codes import DeliveryStatus, EndpointReason, EndpointStatus, TickStatus
from hub.core.clock import local_date
from hub.core.errors import Reason
from hub.db.models import Delivery, DeliveryLane, EventReader, OutboxEvent, ScheduledTick, WebhookEndpoint
from hub.db.session import SystemSession
from hub.delivery.banks.acknowledging import bank_alarms
from hub.delivery.orders import holder_alarms
from hub.delivery.relay import JOB, unread
from hub.policy.store import PolicyStore

STUCK_AFTER = timedelta(minutes=5)
"""A lease that ended so long ago without anybody taking the lane up, or events that nobody reads."""
JOB_SILENT_AFTER = timedelta(hours=25)
"""No job is due less often than once a day."""


@dataclass(frozen=True, slots=True)
class EndpointFigures:
    id: UUID
    organization_id: UUID
    jurisdiction_id: UUID
    status: EndpointStatus
    reason: EndpointReason | None
    failures: int
    failing_since: datetime | None
    waiting: int
    oldest: datetime | None
    dead: int


@dataclass(frozen=True, slots=True)
class JobFigures:
    """``done_at`` is when the last tick was finished, ``oldest_due`` the first one that still waits."""

    name: str
    last_tick: datetime
    done_at: datetime | None
    oldest_due: datetime | None


@dataclass(frozen=True, slots=True)
class Figures:
    """``unread_since`` is when the oldest event came that is not read on yet; ``read_at`` when the reader last
    looked."""

    at: datetime
    endpoints: Sequence[EndpointFigures]
    jobs: Sequence[JobFigures]
    abandoned_lanes: int
    unread_since: datetime | None
    read_at: datetime | None


async def figures(session: SystemSession, at: datetime) -> Figures:
    """Everything an operator is told, as it stands."""
    reader = await session.get(EventReader, JOB)
    lost = and_(DeliveryLane.owner.is_not(None), DeliveryLane.due_at < at - STUCK_AFTER)
    serving = select(WebhookEndpoint.id).where(WebhookEndpoint.status == EndpointStatus.ACTIVE)
    abandoned = await session.scalar(select(func.count()).where(lost, DeliveryLane.endpoint_id.in_(serving)))
    return Figures(
        at=at,
        endpoints=await _endpoints(session),
        jobs=await _jobs(session),
        abandoned_lanes=abandoned or 0,
        unread_since=await _unread_since(session, reader),
        read_at=None if reader is None else reader.read_at,
    )


async def alarms(session: SystemSession, policies: PolicyStore, found: Figures) -> list[Reason]:
    """What somebody must look at."""
    day = local_date(found.at)
    late = timedelta(minutes=await policies.shortest(session, "delivery.late_minutes", day))
    return [
        *_of_endpoints(found, late),
        *_of_workers(found),
        *await bank_alarms(session, policies, found.at),
        *await holder_alarms(session),
        *await _of_calendar(session, policies, day),
    ]


async def _of_calendar(session: SystemSession, policies: PolicyStore, day: date) -> list[Reason]:
    """Towards the end of a year whose successor's arrangement nobody has imported."""
    if day.month < await policies.shortest(session, "calendar.alert_month", day):
        return []
    known = (await policies.calendar(session)).is_known(day.year + 1)
    return [] if known else [Reason("ALARM_CALENDAR_MISSING", params={"year": day.year + 1})]


def _of_endpoints(found: Figures, late: timedelta) -> Iterator[Reason]:
    for each in found.endpoints:
        about = {"endpoint": str(each.id)}
        if each.status in (EndpointStatus.PAUSED, EndpointStatus.DISABLED) and each.reason != EndpointReason.OWNER:
            yield Reason("ALARM_ENDPOINT_STOPPED", params={**about, "reason": each.reason or "-"})
        elif each.status is EndpointStatus.ACTIVE and each.oldest is not None and found.at - each.oldest > late:
            yield Reason("ALARM_DELIVERY_LATE", params={**about, "waiting": each.waiting, "since": _told(each.oldest)})
        if each.dead:
            yield Reason("ALARM_DELIVERY_DEAD", params={**about, "dead": each.dead})


def _of_workers(found: Figures) -> Iterator[Reason]:
    if found.abandoned_lanes:
        yield Reason("ALARM_DELIVERY_STUCK", params={"lanes": found.abandoned_lanes})
    if found.unread_since is not None and found.at - found.unread_since > STUCK_AFTER:
        yield Reason("ALARM_EVENTS_UNREAD", params={"since": _told(found.unread_since)})
    if found.read_at is None or found.at - found.read_at > STUCK_AFTER:
        yield Reason("ALARM_READER_SILENT", params={"since": _told(found.read_at)})
    for job in found.jobs:
        waiting = job.oldest_due is not None and found.at - job.oldest_due > STUCK_AFTER
        if waiting or found.at - job.last_tick > JOB_SILENT_AFTER:
            yield Reason("ALARM_JOB_SILENT", params={"job": job.name, "since": _told(job.done_at)})


def _told(instant: datetime | None) -> str:
    return "—" if instant is None else instant.isoformat(timespec="seconds")


async def _endpoints(session: SystemSession) -> list[EndpointFigures]:
    counted = (
        select(
            Delivery.endpoint_id,
            func.count().filter(Delivery.status == DeliveryStatus.WAITING).label("waiting"),
            func.min(Delivery.created_at).filter(Delivery.status == DeliveryStatus.WAITING).label("oldest"),
            func.count().filter(Delivery.status == DeliveryStatus.DEAD).label("dead"),
        )
        .where(Delivery.status.in_((DeliveryStatus.WAITING, DeliveryStatus.DEAD)))
        .group_by(Delivery.endpoint_id)
        .subquery()
    )
    row = WebhookEndpoint
    rows = await session.execute(
        select(
            row.id,
            row.organization_id,
            row.jurisdiction_id,
            row.status,
            row.status_reason,
            row.failures,
            row.failing_since,
            func.coalesce(counted.c.waiting, 0),
            counted.c.oldest,
            func.coalesce(counted.c.dead, 0),
        )
        .outerjoin(counted, counted.c.endpoint_id == row.id)
        .where(row.status != EndpointStatus.DELETED)
        .order_by(row.id)
    )
    return [EndpointFigures(*each) for each in rows.tuples()]


async def _jobs(session: SystemSession) -> list[JobFigures]:
    tick = ScheduledTick
    rows = await session.execute(
        select(
            tick.job,
            func.max(tick.due_at),
            func.max(tick.ended_at).filter(tick.status == TickStatus.DONE),
            func.min(tick.due_at).filter(tick.status == TickStatus.DUE),
        )
        .group_by(tick.job)
        .order_by(tick.job)
    )
    return [JobFigures(*each) for each in rows.tuples()]


async def _unread_since(session: SystemSession, reader: EventReader | None) -> datetime | None:
    if reader is None:
        return None
    row = OutboxEvent
    first = select(row.created_at).where(unread()).order_by(row.epoch, row.transaction_id, row.number).limit(1)
    found: datetime | None = await session.scalar(first)
    return found
