"""How an endpoint does: left alone after failures, paused after days of them, disabled when the receiver is gone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import func, true, update

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target, record
from hub.canonical.codes import DeliveryFault, EndpointReason, EndpointStatus
from hub.core.principal import Principal
from hub.db.models import WebhookEndpoint
from hub.db.session import SystemSession
from hub.delivery.attempts import Attempt
from hub.delivery.policies import DeliveryPolicy
from hub.delivery.queue import Batch

log = structlog.get_logger("hub.delivery")

Endpoint = WebhookEndpoint
WORKER = Principal(subject="system:delivery", organization_id=None)


async def note_health(
    session: SystemSession,
    batch: Batch,
    attempts: Sequence[Attempt],
    policy: DeliveryPolicy,
    at: datetime,
) -> None:
    """Take note of attempts at an endpoint. Any success shows that it is well: failures beside it are the messages'."""
    endpoint = batch.endpoint
    failed = [each for each in attempts if each.fault is not None]
    if any(each.fault is DeliveryFault.GONE for each in failed):
        await stop(session, endpoint, EndpointStatus.DISABLED, EndpointReason.GONE, at)
    elif len(failed) < len(attempts):
        await _well(session, endpoint)
    elif failed:
        await _ailing(session, batch, failed, policy, at)


async def _well(session: SystemSession, endpoint: WebhookEndpoint) -> None:
    ailing = (Endpoint.id == endpoint.id, (Endpoint.failures > 0) | Endpoint.open_until.is_not(None))
    await _change(session, ailing, {"failures": 0, "failing_since": None, "open_until": None})


async def _ailing(
    session: SystemSession, batch: Batch, failed: Sequence[Attempt], policy: DeliveryPolicy, at: datetime
) -> None:
    """What fails while the endpoint is left alone already counts no further: only a trial does."""
    endpoint = batch.endpoint
    row = (
        await session.execute(
            update(Endpoint)
            .where(Endpoint.id == endpoint.id, true() if batch.trying else Endpoint.open_until.is_(None))
            .values(failures=Endpoint.failures + 1, failing_since=func.coalesce(Endpoint.failing_since, at))
            .returning(Endpoint.failures, Endpoint.failing_since)
            .execution_options(synchronize_session=False)
        )
    ).one_or_none()
    if row is None:
        return
    asked = max((each.asked for each in failed if each.asked is not None), default=None)
    until = policy.circuit_until(row.failures, at)
    if asked is not None:
        until = max(until or at, at + min(asked, policy.longest_pause))
    await _change(session, (Endpoint.id == endpoint.id,), {"open_until": until})
    if at - row.failing_since >= policy.pause_after:
        await stop(session, endpoint, EndpointStatus.PAUSED, EndpointReason.FAILING, at)


async def stop(
    session: SystemSession, endpoint: WebhookEndpoint, status: EndpointStatus, reason: EndpointReason, at: datetime
) -> None:
    """Stop an active endpoint, with an alarm. Its owner resumes it."""
    changed = await _change(
        session,
        (Endpoint.id == endpoint.id, Endpoint.status == EndpointStatus.ACTIVE),
        {"status": status, "status_reason": reason, "version": Endpoint.version + 1, "updated_at": at},
    )
    if changed is None:
        return
    log.error("endpoint stopped", endpoint=str(endpoint.id), status=status.value, reason=reason.value, alarm=True)
    await record(
        session,
        WORKER,
        AuditAction.WEBHOOK_STOPPED,
        at=at,
        target=Target("WebhookEndpoint", endpoint.id, endpoint.jurisdiction_path),
        detail={"status": status.value, "reason": reason.value},
    )


async def _change(session: SystemSession, where: tuple[Any, ...], values: dict[str, Any]) -> UUID | None:
    return await session.scalar(
        update(Endpoint)
        .where(*where)
        .values(values)
        .returning(Endpoint.id)
        .execution_options(synchronize_session=False)
    )
