"""What ends by itself: deliveries of deleted endpoints, records long over, secrets that sign nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from hub.canonical.codes import DeliveryStatus, EndpointStatus
from hub.db.models import Delivery, DeliveryLane, WebhookEndpoint
from hub.db.session import SystemSession
from hub.delivery.secrets import destroy_spent

PORTION = 10_000


async def tidy(session: SystemSession, *, at: datetime, kept: timedelta) -> int:
    """One portion of it; how many rows."""
    deleted = select(WebhookEndpoint.id).where(WebhookEndpoint.status == EndpointStatus.DELETED)
    withdrawn = await session.scalars(
        update(Delivery)
        .where(Delivery.endpoint_id.in_(deleted), Delivery.status == DeliveryStatus.WAITING)
        .values(status=DeliveryStatus.WITHDRAWN, ended_at=at, next_attempt_at=None)
        .returning(Delivery.id)
        .execution_options(synchronize_session=False)
    )
    await session.execute(delete(DeliveryLane).where(DeliveryLane.endpoint_id.in_(deleted)))
    over = select(Delivery.id).where(Delivery.ended_at <= at - kept).limit(PORTION)
    forgotten = await session.scalars(delete(Delivery).where(Delivery.id.in_(over)).returning(Delivery.id))
    return len(withdrawn.all()) + len(forgotten.all()) + await destroy_spent(session, at=at)
