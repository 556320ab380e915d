"""The queue of deliveries in PostgreSQL: lanes claimed with a lease and a fencing token, shared by all workers.

What it costs to claim depends on the endpoints that have something due, never on how much waits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, String, cast, column, exists, func, or_, select, true, update
from sqlalchemy.orm import aliased

from hub.canonical.codes import DeliveryStatus, EndpointStatus
from hub.db.models import Delivery, DeliveryLane, WebhookEndpoint
from hub.db.session import Sessions, SystemSession

JOB = "delivery"
DEPTH = 8
"""Deliveries of one lane taken up at once."""
Endpoint = WebhookEndpoint
Lane = DeliveryLane


@dataclass(frozen=True, slots=True)
class Taken:
    """A lane held by this worker until the lease ends, and what is first in it, in order."""

    key: str
    fence: int
    deliveries: Sequence[Delivery]


@dataclass(frozen=True, slots=True)
class Batch:
    """Lanes of one endpoint. ``until`` is the end of the lease; ``trying`` whether a single delivery tries if the
    endpoint is well again."""

    endpoint: WebhookEndpoint
    lanes: Sequence[Taken]
    until: datetime
    trying: bool

    @property
    def deliveries(self) -> list[Delivery]:
        return [each for lane in self.lanes for each in lane.deliveries]


@dataclass(frozen=True, slots=True)
class Queue:
    sessions: Sessions
    owner: str
    lease: timedelta
    lanes: int

    async def ready(self, at: datetime) -> list[UUID]:
        """Endpoints that may be sent to and have something due, the longest waiting first."""
        due = exists().where(Lane.endpoint_id == Endpoint.id, Lane.due_at <= at)
        async with self.sessions.system(JOB) as session:
            found = await session.scalars(select(Endpoint.id).where(*_open(at), due).order_by(Endpoint.id))
            return list(found)

    async def claim(self, endpoint_id: UUID, at: datetime) -> Batch | None:
        """Take up some lanes of an endpoint; None when nothing is due, or others hold it all."""
        async with self.sessions.system(JOB) as session:
            endpoint = await session.scalar(select(Endpoint).where(Endpoint.id == endpoint_id, *_open(at)))
            if endpoint is None:
                return None
            trying = endpoint.open_until is not None
            until = at + self.lease
            if trying and not await _alone(session, endpoint, until):
                return None
            taken = await self._take(session, endpoint_id, at, until, limit=1 if trying else self.lanes)
            if not taken:
                return None
            found = await _first_of(session, endpoint_id, sorted(taken), depth=1 if trying else DEPTH)
            lanes = [Taken(key, fence, found[key]) for key, fence in taken.items()]
            return Batch(endpoint, lanes, until, trying)

    async def _take(
        self, session: SystemSession, endpoint_id: UUID, at: datetime, until: datetime, *, limit: int
    ) -> dict[str, int]:
        """Fencing tokens of the lanes taken, by key."""
        due = (
            select(Lane.key)
            .where(Lane.endpoint_id == endpoint_id, Lane.due_at <= at)
            .order_by(Lane.due_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
            .cte("due")
            .prefix_with("MATERIALIZED")
        )
        rows = await session.execute(
            update(Lane)
            .where(Lane.endpoint_id == endpoint_id, Lane.key == due.c.key)
            .values(due_at=until, fence=Lane.fence + 1, owner=self.owner)
            .returning(Lane.key, Lane.fence)
            .execution_options(synchronize_session=False)
        )
        return {key: fence for key, fence in rows}  # noqa: C416 - a Row is no pair to the type checker


def _open(at: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Endpoint.status == EndpointStatus.ACTIVE, or_(Endpoint.open_until.is_(None), Endpoint.open_until <= at)


async def _alone(session: SystemSession, endpoint: WebhookEndpoint, until: datetime) -> bool:
    """Whether this worker is the one that tries an endpoint again; the others leave it alone meanwhile."""
    claimed = await session.scalar(
        update(Endpoint)
        .where(Endpoint.id == endpoint.id, Endpoint.open_until == endpoint.open_until)
        .values(open_until=until)
        .returning(Endpoint.id)
        .execution_options(synchronize_session=False)
    )
    return claimed is not None


async def _first_of(
    session: SystemSession, endpoint_id: UUID, keys: Sequence[str], *, depth: int
) -> dict[str, list[Delivery]]:
    """What waits first in each lane, in the order of events."""
    lane = func.unnest(cast(keys, ARRAY(String))).table_valued(column("key", String), name="lane").render_derived()
    first = (
        select(Delivery)
        .where(
            Delivery.endpoint_id == endpoint_id, Delivery.key == lane.c.key, Delivery.status == DeliveryStatus.WAITING
        )
        .order_by(Delivery.epoch, Delivery.transaction_id, Delivery.number)
        .limit(depth)
        .lateral("first")
    )
    row = aliased(Delivery, first)
    ordered = select(row).select_from(lane.join(first, true())).order_by(row.epoch, row.transaction_id, row.number)
    found: defaultdict[str, list[Delivery]] = defaultdict(list)
    for delivery in await session.scalars(ordered):
        found[delivery.key].append(delivery)
    return found
