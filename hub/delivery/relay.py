"""From the outbox to deliveries: one row for each event and endpoint whose client may read what it is about.

One worker at a time reads on, from where the last one came to; its place and the deliveries are written together, so
that no event is missed or told twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, false, func, select, tuple_, union_all
from sqlalchemy.dialects.postgresql import insert

from hub.canonical.codes import SERVED, Channel, DeliveryStatus
from hub.core.clock import Clock
from hub.core.ids import new_id
from hub.db.models import (
    ControlOrder,
    Delivery,
    EventReader,
    ExecutionOrder,
    LookoutOrder,
    OutboxEvent,
    WebhookEndpoint,
)
from hub.db.session import Sessions, SystemSession
from hub.delivery.lanes import open_lanes
from hub.delivery.orders import controls_of, lookouts_of, queries_of
from hub.delivery.rights import Holder, may_concern, readable, receiver
from hub.events.audience import Audience, audiences
from hub.events.catalogue import FAMILIES, family_of, matches
from hub.events.positions import Event, Position, present, read_after

JOB = "webhooks"
BATCH = 500


@dataclass(frozen=True, slots=True)
class Relay:
    """One per worker process."""

    sessions: Sessions
    clock: Clock
    holder: Holder

    async def relay_next(self) -> int:
        """Read one batch of events; how many there were. 0 when another worker is at it."""
        async with self.sessions.system(JOB) as session:
            if not await session.scalar(select(func.pg_try_advisory_xact_lock(func.hashtext(JOB)))):
                return 0
            place = await self._place(session)
            behind = Position(place.epoch, place.transaction_id, place.number)
            events = await read_after(session, behind, limit=BATCH)
            if events:
                await self._spread(session, events)
                last = events[-1].position
                place.epoch, place.transaction_id, place.number = last.epoch, last.transaction, last.number
            place.read_at = self.clock()
            return len(events)

    async def _place(self, session: SystemSession) -> EventReader:
        """Where reading goes on; at first from now."""
        known = await session.get(EventReader, JOB)
        if known is None:
            now = await present(session)
            known = EventReader(
                name=JOB, epoch=now.epoch, transaction_id=now.transaction, number=now.number, read_at=self.clock()
            )
            session.add(known)
            await session.flush()
        return known

    async def _spread(self, session: SystemSession, events: Sequence[Event]) -> None:
        endpoints = await session.scalars(select(WebhookEndpoint).where(WebhookEndpoint.status.in_(SERVED)))
        wanted = {each: [event for event in events if _wants(each, event)] for each in endpoints}
        concerned = {event.id: event for mine in wanted.values() for event in mine}
        known = await _audiences(session, concerned.values())
        at = self.clock()
        told = []
        for endpoint, mine in wanted.items():
            holder = endpoint.channel is Channel.HOLDER
            heard = await _of_holder(session, endpoint, mine) if holder else await self._told(endpoint, mine, known)
            told += [(endpoint, event) for event in heard]
        if told:
            rows = [row_of(endpoint, event, at) for endpoint, event in told]
            await session.execute(insert(Delivery).on_conflict_do_nothing(), rows)
            await open_lanes(session, ((endpoint.id, event.key) for endpoint, event in told), at=at)

    async def _told(
        self, endpoint: WebhookEndpoint, events: Sequence[Event], known: dict[UUID, Audience]
    ) -> list[Event]:
        """Of the events, those about rows that the endpoint's client can read."""
        if not events:
            return []
        principal = await receiver(self.holder, endpoint.client_id, endpoint.organization_id)
        if principal is None:
            return []
        near = [
            event
            for event in events
            if (family := family_of(event.type)) and may_concern(principal, family, known.get(event.object_id))
        ]
        if not near:
            return []
        seen = await readable(self.sessions, principal, ((event.type, event.object_id) for event in near))
        return [event for event in near if (event.type, event.object_id) in seen]


def _wants(endpoint: WebhookEndpoint, event: Event) -> bool:
    """What had ended before an endpoint was registered it is not told, however far behind the relay was."""
    since = Position(endpoint.since_epoch, endpoint.since_transaction, 0)
    return event.position >= since and matches(endpoint.event_types, event.type)


async def _of_holder(session: SystemSession, endpoint: WebhookEndpoint, events: Sequence[Event]) -> list[Event]:
    """Of the events, those about orders that the holder's system answers."""
    if not events:
        return []
    ids = {event.object_id for event in events}
    queries = queries_of(endpoint).with_only_columns(ExecutionOrder.id).where(ExecutionOrder.id.in_(ids))
    controls = controls_of(endpoint).with_only_columns(ControlOrder.id).where(ControlOrder.id.in_(ids))
    lookouts = lookouts_of(endpoint).with_only_columns(LookoutOrder.id).where(LookoutOrder.id.in_(ids))
    own = set(await session.scalars(union_all(queries, controls, lookouts)))
    return [event for event in events if event.object_id in own]


def unread() -> ColumnElement[bool]:
    """Of the outbox, what the relay has yet to read on; nothing where no relay ever ran."""
    row, reader = OutboxEvent, EventReader
    place = select(reader.epoch, reader.transaction_id, reader.number).where(reader.name == JOB).scalar_subquery()
    return func.coalesce(tuple_(row.epoch, row.transaction_id, row.number) > place, false())


async def _audiences(session: SystemSession, events: Iterable[Event]) -> dict[UUID, Audience]:
    by_family: defaultdict[str, set[UUID]] = defaultdict(set)
    for event in events:
        if (family := family_of(event.type)) is not None:
            by_family[family.name].add(event.object_id)
    found: dict[UUID, Audience] = {}
    for name, ids in by_family.items():
        found |= await audiences(session, FAMILIES[name].topic, ids)
    return found


def row_of(endpoint: WebhookEndpoint, event: Event, at: datetime) -> dict[str, object]:
    """A delivery that waits."""
    return {
        "id": new_id(),
        "tenant_id": event.tenant_id,
        "endpoint_id": endpoint.id,
        "organization_id": endpoint.organization_id,
        "jurisdiction_path": endpoint.jurisdiction_path,
        "event_id": event.id,
        "event_type": event.type,
        "schema_version": event.schema_version,
        "key": event.key,
        "object_id": event.object_id,
        "ids": event.ids,
        "epoch": event.position.epoch,
        "transaction_id": event.position.transaction,
        "number": event.position.number,
        "event_at": event.at,
        "status": DeliveryStatus.WAITING,
        "attempts": 0,
        "created_at": at,
    }
