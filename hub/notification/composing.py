"""Makes messages of what waits: one for each liaison and channel, not at night, not too often."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, exists, func, select, update

from hub.canonical.codes import SERVED, Channel, DeliveryStatus
from hub.core.clock import local_date
from hub.core.ids import new_id
from hub.db.models import Delivery, Liaison, Notification, NotificationCause, WebhookEndpoint
from hub.db.session import SystemSession
from hub.delivery.lanes import open_lanes
from hub.notification.causes import gather
from hub.notification.policies import NotificationPolicies, NotificationPolicy
from hub.policy.calendar import WorkingCalendar
from hub.policy.store import PolicyStore

EVENT = "notification.message"
"""Event type of what is delivered to a gateway; never told as an event."""
_LOCK = "notification"
Cause = NotificationCause


async def notify(session: SystemSession, store: PolicyStore, at: datetime) -> int:
    """Gather what is new and make the messages that may go out now; how many messages."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtext(_LOCK))))
    policies = NotificationPolicies(store, session, local_date(at))
    await gather(session, policies, at)
    await _forget(session, policies, at)
    calendar = await store.calendar(session)
    waiting = await session.execute(
        select(Liaison, Cause.channel)
        .join(Cause, Cause.liaison_id == Liaison.id)
        .where(Cause.notification_id.is_(None), Liaison.valid_to.is_(None))
        .distinct()
        .order_by(Liaison.id, Cause.channel)
    )
    return sum([await _compose(session, policies, liaison, channel, calendar, at) for liaison, channel in waiting])


async def _compose(
    session: SystemSession,
    policies: NotificationPolicies,
    liaison: Liaison,
    channel: Channel,
    calendar: WorkingCalendar,
    at: datetime,
) -> bool:
    policy = await policies.of(liaison.jurisdiction_id, local_date(at))
    if channel not in policy.channels:
        return False
    disturbs = policy.is_quiet(at, calendar) or await _was_told_lately(session, policy, liaison, channel, at)
    if disturbs and not await _is_urgent(session, policy.urgent, liaison, channel):
        return False
    gateway = await _gateway(session, liaison, channel)
    if gateway is None:
        return False
    await _send(session, gateway, liaison, channel, at)
    return True


async def _is_urgent(session: SystemSession, kinds: Sequence[str], liaison: Liaison, channel: Channel) -> bool:
    """Whether something waits that is told by night and day, whenever the last message went."""
    waiting = select(Cause.cause).where(
        Cause.liaison_id == liaison.id,
        Cause.channel == channel,
        Cause.notification_id.is_(None),
        Cause.code.in_(kinds),
    )
    return bool(await session.scalar(select(waiting.exists())))


async def _was_told_lately(
    session: SystemSession, policy: NotificationPolicy, liaison: Liaison, channel: Channel, at: datetime
) -> bool:
    last = await session.scalar(
        select(func.max(Notification.made_at)).filter_by(liaison_id=liaison.id, channel=channel)
    )
    return last is not None and at - last < policy.gap


async def _gateway(session: SystemSession, liaison: Liaison, channel: Channel) -> WebhookEndpoint | None:
    """The nearest gateway of the liaison's jurisdiction or of one above it."""
    row = WebhookEndpoint
    above = select(Liaison.jurisdiction_path).where(Liaison.id == liaison.id).scalar_subquery()
    return await session.scalar(
        select(row)
        .where(row.channel == channel, row.status.in_(SERVED), above.startswith(row.jurisdiction_path))
        .order_by(func.length(row.jurisdiction_path).desc(), row.id)
        .limit(1)
    )


async def _send(
    session: SystemSession, gateway: WebhookEndpoint, liaison: Liaison, channel: Channel, at: datetime
) -> None:
    made = Notification(
        id=new_id(),
        tenant_id=liaison.tenant_id,
        liaison_id=liaison.id,
        organization_id=liaison.organization_id,
        channel=channel,
        made_at=at,
    )
    session.add(made)
    await session.flush()
    await session.execute(
        update(Cause)
        .where(Cause.liaison_id == liaison.id, Cause.channel == channel, Cause.notification_id.is_(None))
        .values(notification_id=made.id)
    )
    session.add(_delivery(gateway, made, at))
    await session.flush()
    await open_lanes(session, [(gateway.id, str(liaison.id))], at=at)


def _delivery(gateway: WebhookEndpoint, made: Notification, at: datetime) -> Delivery:
    """The messages to one liaison are sent one after the other."""
    return Delivery(
        id=new_id(),
        tenant_id=gateway.tenant_id,
        endpoint_id=gateway.id,
        organization_id=gateway.organization_id,
        jurisdiction_path=gateway.jurisdiction_path,
        event_id=made.id,
        event_type=EVENT,
        schema_version=1,
        key=str(made.liaison_id),
        object_id=made.id,
        ids={"id": str(made.id)},
        epoch=0,
        transaction_id=int(at.timestamp()),
        number=0,
        event_at=at,
        status=DeliveryStatus.WAITING,
        created_at=at,
    )


async def _forget(session: SystemSession, policies: NotificationPolicies, at: datetime) -> None:
    """What could not be sent for too long, or whose liaison has left, is not told any more."""
    old = Cause.raised_at < at - await policies.longest_memory()
    left = exists().where(Liaison.id == Cause.liaison_id, Liaison.valid_to.is_not(None))
    await session.execute(delete(Cause).where(Cause.notification_id.is_(None), old | left))
