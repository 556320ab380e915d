"""What is said to whom, made when it is sent: a liaison who has left meanwhile is not written to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from hub.canonical.codes import Channel
from hub.canonical.connector import Outgoing
from hub.core.keyring import KeyRing
from hub.db.models import Delivery, Liaison, Notification, NotificationCause, Organization, WebhookEndpoint
from hub.db.session import SystemSession
from hub.notification.causes import reachable
from hub.notification.wording import Said, words
from hub.organizations.liaisons import open_email, open_phone


async def contents(
    keyring: KeyRing, session: SystemSession, endpoint: WebhookEndpoint, deliveries: Sequence[Delivery]
) -> Mapping[UUID, Outgoing]:
    """The message of each delivery. The contact is read from its seal here and kept nowhere else."""
    keys = {each.object_id for each in deliveries}
    causes: defaultdict[UUID | None, list[Said]] = defaultdict(list)
    for cause in await session.scalars(select(NotificationCause).where(NotificationCause.notification_id.in_(keys))):
        causes[cause.notification_id].append(Said(cause.code, cause.due_on))
    found = await session.execute(
        select(Notification.id, Liaison, Organization.name)
        .join(Liaison, Liaison.id == Notification.liaison_id)
        .join(Organization, Organization.id == Notification.organization_id)
        .where(Notification.id.in_(keys), Liaison.valid_to.is_(None))
    )
    said = {
        key: Outgoing(
            str(key),
            "notification",
            words(unit, causes[key], endpoint.channel),
            to=_contact(keyring, liaison, endpoint.channel),
        )
        for key, liaison, unit in found.tuples()
        if reachable(liaison, endpoint.channel)
    }
    return {each.id: said[each.object_id] for each in deliveries if each.object_id in said}


def _contact(keyring: KeyRing, liaison: Liaison, channel: Channel) -> str:
    if channel is Channel.EMAIL and liaison.email_sealed is not None:
        return open_email(keyring, liaison.id, liaison.email_sealed)
    if liaison.phone_sealed is None:
        raise ValueError("not reachable")
    return open_phone(keyring, liaison.id, liaison.phone_sealed)
