"""One attempt: what is sent, how it is signed, and what the answer means."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from hub.canonical.codes import DeliveryFault
from hub.canonical.sending import BROKEN, PAUSE, fault_behind, fault_of
from hub.core.egress.client import OutgoingClient
from hub.core.ids import encode_node_id
from hub.db.models import Delivery
from hub.delivery.signing import message_id, signed_headers
from hub.events.catalogue import family_of
from hub.evidence.digests import canonical

_HEADERS = {"content-type": "application/json", "user-agent": "linkage-hub-webhooks/1", "accept": "*/*"}


@dataclass(frozen=True, slots=True)
class Attempt:
    """``asked`` is the pause the receiver asked for. Digests are hexadecimal SHA-256: of the body sent, and of the part
    of the answer's body that was read."""

    at: datetime
    request_digest: str
    fault: DeliveryFault | None = None
    http_status: int | None = None
    asked: timedelta | None = None
    response_digest: str | None = None


def body_of(delivery: Delivery) -> bytes:
    """The event as sent: ids only, in canonical form (RFC 8785), so that every attempt sends the same bytes."""
    ids = dict(delivery.ids)
    family = family_of(delivery.event_type)
    if family is not None:
        ids["node"] = encode_node_id(family.tag, delivery.object_id)
    return canonical(
        {
            "id": str(delivery.event_id),
            "type": delivery.event_type,
            "schemaVersion": delivery.schema_version,
            "key": delivery.key,
            "ids": ids,
        }
    )


async def attempt(client: OutgoingClient, url: str, keys: Sequence[str], delivery: Delivery, at: datetime) -> Attempt:
    """Send it once. Whatever happens out there is in the result."""
    body = body_of(delivery)
    digest = hashlib.sha256(body).hexdigest()
    headers = {**_HEADERS, **signed_headers(keys, message_id(delivery.id), body, at=at)}
    try:
        response = await client.post(url, headers, body)
    except BROKEN as error:
        return Attempt(at, digest, fault_behind(error))
    return Attempt(
        at,
        digest,
        fault_of(response),
        response.status,
        asked_pause(response.headers, at) if response.status in PAUSE else None,
        hashlib.sha256(response.body).hexdigest(),
    )


def asked_pause(headers: Mapping[str, str], at: datetime) -> timedelta | None:
    """``Retry-After`` (RFC 9110 §10.2.3) in seconds or as a date; None where it is neither."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit() and len(value) < 10:
        return timedelta(seconds=int(value))
    try:
        named = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(named.replace(tzinfo=named.tzinfo or UTC) - at, timedelta())
