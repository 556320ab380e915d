"""Destinations that an operator registers: banks that are told lists, gateways for e-mail and text messages, systems of
holders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from sqlalchemy import select

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target, record
from hub.canonical.codes import Channel, EndpointReason, EndpointStatus
from hub.core.clock import Clock
from hub.core.egress.addresses import AddressGuard
from hub.core.errors import Reason, Refused, refuse_if
from hub.core.ids import new_id
from hub.core.keyring import KeyRing
from hub.core.principal import Principal
from hub.db.models import WebhookEndpoint
from hub.db.session import SystemSession
from hub.delivery import secrets
from hub.delivery.banks.planning import broadcast
from hub.delivery.lanes import hasten
from hub.delivery.orders import queue_open
from hub.workflow.rows import home_jurisdiction, placed_in

OPERATOR = Principal(subject="system:operator", organization_id=None)
_LONGEST = 200
FERRY = re.compile(r"ferry:[0-9a-z][0-9a-z-]{0,59}")
"""A folder of the ferry, by its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """``account`` is who the hub is there: an account, or the address that mail comes from. A mail server may need no
    ``secret``. A holder's system writes in a ``shape``, seals with the key of ``seal_key`` (PEM), answers
    ``query_types`` and is told events of ``event_types``."""

    channel: Channel
    organization_id: UUID
    url: str
    account: str
    secret: str
    shape: str | None = None
    seal_key: str | None = None
    query_types: tuple[str, ...] = ()
    event_types: tuple[str, ...] = ()


async def register(
    session: SystemSession, keyring: KeyRing, guard: AddressGuard, given: Destination, *, clock: Clock
) -> UUID:
    """A new destination of an organisation, active at once. Raises ``Refused`` with every reason (URL_*,
    DESTINATION_*)."""
    refuse_if(_problems(guard, given))
    home = await home_jurisdiction(session, given.organization_id)
    made = WebhookEndpoint(
        id=new_id(),
        organization_id=given.organization_id,
        **placed_in(home),
        channel=given.channel,
        client_id="",
        account=given.account,
        url=given.url,
        event_types=list(given.event_types),
        shape=given.shape,
        seal_key=given.seal_key,
        query_types=list(given.query_types) or None,
        status=EndpointStatus.ACTIVE,
        created_at=clock(),
        updated_at=clock(),
    )
    session.add(made)
    await session.flush()
    await secrets.issue(session, keyring, made.id, at=clock(), given=given.secret)
    await _audit(session, AuditAction.WEBHOOK_CREATED, made, clock, channel=given.channel.value)
    return made.id


def _problems(guard: AddressGuard, given: Destination) -> Iterator[Reason]:
    mail = given.channel is Channel.EMAIL
    ferry = given.channel is Channel.HOLDER and FERRY.fullmatch(given.url) is not None
    if not ferry:
        yield from (guard.find_mail_problems if mail else guard.find_url_problems)(given.url, ("url",))
    if (given.channel is Channel.HOLDER) != (given.shape is not None and is_seal_key(given.seal_key or "")):
        yield Reason("DESTINATION_HOLDER", ("seal_key",))
    if not 1 <= len(given.account) <= _LONGEST or not given.account.isprintable():
        yield Reason("DESTINATION_ACCOUNT", ("account",), {"limit": _LONGEST})
    if not given.secret and not mail and not ferry:
        yield Reason("DESTINATION_SECRET", ("secret",))


def is_seal_key(pem: str) -> bool:
    """Whether it is a public key on P-256."""
    try:
        key = load_pem_public_key(pem.encode())
    except ValueError:
        return False
    return isinstance(key, EllipticCurvePublicKey) and isinstance(key.curve, SECP256R1)


async def resume(session: SystemSession, key: UUID, *, clock: Clock) -> None:
    """Send again, whatever had stopped it; what waits is sent now. Raises ``Refused`` (ENDPOINT_UNKNOWN,
    DESTINATION_STATUS)."""
    row = await destination(session, key)
    if row.status is EndpointStatus.ACTIVE and row.open_until is None:
        raise Refused(Reason("DESTINATION_STATUS"))
    row.status, row.status_reason = EndpointStatus.ACTIVE, None
    row.failures, row.failing_since, row.open_until = 0, None, None
    await _changed(session, row, "resume", clock)
    await hasten(session, row.id, at=clock())


async def pause(session: SystemSession, key: UUID, *, clock: Clock) -> None:
    """Send nothing until it is resumed; what is to be told meanwhile waits."""
    row = await destination(session, key)
    row.status, row.status_reason = EndpointStatus.PAUSED, EndpointReason.OWNER
    await _changed(session, row, "pause", clock)


async def resend(session: SystemSession, key: UUID, *, clock: Clock) -> None:
    """Tell a bank its whole list anew, a holder all its open orders. Raises ``Refused`` (ENDPOINT_UNKNOWN,
    DESTINATION_CHANNEL)."""
    row = await destination(session, key)
    if row.channel is Channel.BANK:
        await broadcast(session, row, clock(), whole=True)
    elif row.channel is Channel.HOLDER:
        await queue_open(session, row, clock())
    else:
        raise Refused(Reason("DESTINATION_CHANNEL"))
    await _audit(session, AuditAction.WEBHOOK_CHANGED, row, clock, event="resend")


async def destination(session: SystemSession, key: UUID) -> WebhookEndpoint:
    """Locked. Raises ``Refused`` (ENDPOINT_UNKNOWN)."""
    row = WebhookEndpoint
    known = (row.id == key, row.channel != Channel.WEBHOOK, row.status != EndpointStatus.DELETED)
    found = await session.scalar(select(row).where(*known).with_for_update())
    if found is None:
        raise Refused(Reason("ENDPOINT_UNKNOWN", params={"id": key}))
    return found


async def _changed(session: SystemSession, row: WebhookEndpoint, event: str, clock: Clock) -> None:
    row.version += 1
    row.updated_at = clock()
    await session.flush()
    await _audit(session, AuditAction.WEBHOOK_CHANGED, row, clock, event=event)


async def _audit(
    session: SystemSession, action: AuditAction, row: WebhookEndpoint, clock: Clock, **detail: object
) -> None:
    target = Target("WebhookEndpoint", row.id, row.jurisdiction_path)
    await record(session, OPERATOR, action, at=clock(), target=target, detail=detail)
