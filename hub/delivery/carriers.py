"""How each channel is prepared and spoken: webhooks by what their client may read, other systems by their connector."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from hub.canonical.codes import DeliveryFault, EndpointReason, EndpointStatus
from hub.canonical.connector import Outgoing, Taker, Unreachable
from hub.core.egress.client import OutgoingClient
from hub.core.errors import Refused
from hub.core.keyring import KeyRing
from hub.core.principal import Principal
from hub.db.models import Delivery, WebhookEndpoint
from hub.db.session import Sessions, SystemSession
from hub.delivery.attempts import Attempt, attempt
from hub.delivery.health import stop
from hub.delivery.queue import JOB, Batch
from hub.delivery.rights import Holder, readable, receiver
from hub.delivery.secrets import signing
from hub.events.catalogue import TEST
from hub.evidence.digests import canonical

Send = Callable[[Delivery, datetime], Awaitable[Attempt | None]]
"""Makes one attempt; None where the delivery is withdrawn instead."""
Contents = Callable[[SystemSession, WebhookEndpoint, Sequence[Delivery]], Awaitable[Mapping[UUID, Outgoing]]]
"""What is to be said of each delivery now; of one that is left out nothing may be said any more."""


@dataclass(frozen=True, slots=True)
class Errand:
    """``receiver`` is who the exchange log says it was for."""

    receiver: Principal
    send: Send


class Carrier(Protocol):
    async def errand(self, batch: Batch, at: datetime) -> Errand | None:
        """How to send a batch; None when nothing may be sent any more, and the endpoint is stopped."""
        ...


@dataclass(frozen=True, slots=True)
class WebhookCarrier:
    """Signed webhooks; what the client behind the endpoint cannot read any more is withdrawn."""

    sessions: Sessions
    keyring: KeyRing
    holder: Holder
    client: OutgoingClient

    async def errand(self, batch: Batch, at: datetime) -> Errand | None:
        endpoint = batch.endpoint
        principal = await receiver(self.holder, endpoint.client_id, endpoint.organization_id)
        async with self.sessions.system(JOB) as session:
            if principal is None:
                await stop(session, endpoint, EndpointStatus.PAUSED, EndpointReason.CLIENT_DISABLED, at)
                return None
            keys = await signing(session, self.keyring, endpoint.id, at=at)
        told = await self._told(principal, batch.deliveries)

        async def send(delivery: Delivery, at: datetime) -> Attempt | None:
            return await attempt(self.client, endpoint.url, keys, delivery, at) if delivery.id in told else None

        return Errand(principal, send)

    async def _told(self, principal: Principal, deliveries: Sequence[Delivery]) -> frozenset[UUID]:
        """Deliveries whose rows the receiver can still read."""
        events = [(each.event_type, each.object_id) for each in deliveries if each.event_type != TEST]
        seen = await readable(self.sessions, principal, events)
        return frozenset(
            each.id for each in deliveries if each.event_type == TEST or (each.event_type, each.object_id) in seen
        )


@dataclass(frozen=True, slots=True)
class SystemCarrier:
    """Another system, by its connector: ``system`` opens it from an endpoint and its secret."""

    sessions: Sessions
    keyring: KeyRing
    contents: Contents
    system: Callable[[WebhookEndpoint, str], Taker]

    async def errand(self, batch: Batch, at: datetime) -> Errand | None:
        async with self.sessions.system(JOB) as session:
            keys = await signing(session, self.keyring, batch.endpoint.id, at=at)
            said = await self.contents(session, batch.endpoint, batch.deliveries)
        system = self.system(batch.endpoint, keys[0] if keys else "")

        async def send(delivery: Delivery, at: datetime) -> Attempt | None:
            return await _handed_over(system, said[delivery.id], at) if delivery.id in said else None

        return Errand(Principal(f"destination:{batch.endpoint.id}", batch.endpoint.organization_id), send)


async def _handed_over(system: Taker, outgoing: Outgoing, at: datetime) -> Attempt:
    """Whatever happens out there is in the result. The digest leaves out who it is for: that is a person."""
    content = {"key": outgoing.key, "kind": outgoing.kind, "body": outgoing.body}
    digest = hashlib.sha256(canonical(content)).hexdigest()
    try:
        await asyncio.to_thread(system.push, outgoing)
    except Unreachable as away:
        return Attempt(at, digest, away.fault)
    except Refused:
        return Attempt(at, digest, DeliveryFault.STATUS)
    return Attempt(at, digest)
