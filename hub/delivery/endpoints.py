"""What an organisation does with its webhook endpoints; the acts of one of its clients, for itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.codes import EndpointReason, EndpointStatus
from hub.core.errors import Denied, NotFound, Reason, Refused, VersionConflict, refuse_if
from hub.core.ids import new_id
from hub.core.payload import find_problems, listed, optional, required
from hub.core.texts import label_text
from hub.core.workflow import Note
from hub.db.models import WebhookEndpoint
from hub.delivery import secrets
from hub.delivery.lanes import hasten
from hub.delivery.policies import DeliveryPolicy
from hub.events.catalogue import ALL, FAMILIES, is_known
from hub.workflow.rows import home_jurisdiction, placed_in
from hub.workflow.unit import Unit

KIND = "WebhookEndpoint"
MAXIMUM = 20
"""Endpoints of one organisation."""
MAXIMUM_TYPES = 50
_IDLE = (EndpointStatus.PAUSED, EndpointStatus.DISABLED)
_TYPES_TEXT = (
    "事件类型，如 doublelistitem.report，或整类如 task.*",
    "event types such as doublelistitem.report, or whole families such as task.*",
)
_URL_TEXT = ("接收地址，https", "where to send, https")


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookEndpointDraft:
    """登记推送地址 (a webhook endpoint to register)."""

    url: str = required(*_URL_TEXT, limit=2_000)
    event_types: tuple[str, ...] = required(*_TYPES_TEXT, limit=80)


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookEndpointEdit:
    """修改推送地址，未填的不变 (changes of an endpoint; what is left out stays)."""

    url: str | None = optional(*_URL_TEXT, limit=2_000)
    event_types: tuple[str, ...] = listed(*_TYPES_TEXT, limit=80)


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookSecretRotation:
    """更换签名密钥 (a new signing secret)."""

    webhook_endpoint_id: UUID = required("推送地址标识", "id of the endpoint", node="WH")
    expected_version: int | None = optional("所读版本", "version read", minimum=1)


async def register(unit: Unit, draft: WebhookEndpointDraft) -> UUID:
    """A new endpoint with its first secret. Raises ``Refused`` with every reason (URL_*, EVENT_TYPE*,
    WEBHOOKS_TOO_MANY)."""
    _for_itself(unit)
    refuse_if((*find_problems(draft), *unit.egress.find_url_problems(draft.url, ("url",)), *_types(draft.event_types)))
    await unit.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(str(unit.organization_id), 0))))
    open_ = select(func.count()).where(
        WebhookEndpoint.organization_id == unit.organization_id, WebhookEndpoint.status != EndpointStatus.DELETED
    )
    if (await unit.session.scalar(open_) or 0) >= MAXIMUM:
        raise Refused(Reason("WEBHOOKS_TOO_MANY", (), {"limit": MAXIMUM}))
    made = await _placed(unit, draft)
    unit.session.add(made)
    await unit.session.flush()
    await secrets.issue(unit.session, unit.keyring, made.id, at=unit.at)
    await unit.audit(AuditAction.WEBHOOK_CREATED, _target(made), types=list(draft.event_types))
    return made.id


async def _placed(unit: Unit, draft: WebhookEndpointDraft) -> WebhookEndpoint:
    home = await home_jurisdiction(unit.session, unit.organization_id)
    return WebhookEndpoint(
        id=new_id(),
        organization_id=unit.organization_id,
        **placed_in(home),
        client_id=unit.principal.subject,
        url=draft.url,
        event_types=list(draft.event_types),
        status=EndpointStatus.ACTIVE,
        created_at=unit.at,
        updated_at=unit.at,
    )


async def edit(unit: Unit, key: UUID, content: WebhookEndpointEdit, *, expected_version: int | None) -> None:
    """Change address or types. An address that changes is tried at once. Raises ``Refused`` as ``register`` does."""
    problems = [*find_problems(content)]
    if content.url is not None:
        problems += unit.egress.find_url_problems(content.url, ("url",))
    if content.event_types:
        problems += _types(content.event_types)
    refuse_if(problems)
    row = await owned(unit, key, expected_version=expected_version)
    if content.url is not None and content.url != row.url:
        row.url = content.url
        await _tried_again(unit, row)
    row.event_types = list(content.event_types) or row.event_types
    await _changed(unit, row, "edit")


async def pause(unit: Unit, key: UUID, _: Note, *, expected_version: int | None) -> None:
    """Send nothing until it is resumed; what happens meanwhile waits."""
    row = await owned(unit, key, expected_version=expected_version, status=(EndpointStatus.ACTIVE,))
    row.status, row.status_reason = EndpointStatus.PAUSED, EndpointReason.OWNER
    await _changed(unit, row, "pause")


async def resume(unit: Unit, key: UUID, _: Note, *, expected_version: int | None) -> None:
    """Send again, whatever had stopped it; by the rights of the client that resumes it."""
    row = await owned(unit, key, expected_version=expected_version, status=_IDLE)
    row.status, row.status_reason = EndpointStatus.ACTIVE, None
    row.client_id = unit.principal.subject
    await _tried_again(unit, row)
    await _changed(unit, row, "resume")


async def rotate(unit: Unit, asked: WebhookSecretRotation) -> UUID:
    """A new secret; the former signs beside it for as long as the policy says."""
    refuse_if(find_problems(asked))
    where = ("webhookEndpointId",)
    row = await owned(unit, asked.webhook_endpoint_id, expected_version=asked.expected_version, path=where)
    policy = DeliveryPolicy.of(await unit.policy.pack(unit.session, row.jurisdiction_id, unit.today))
    await secrets.issue(unit.session, unit.keyring, row.id, at=unit.at, previous_until=unit.at + policy.secret_overlap)
    await _changed(unit, row, "rotate")
    return row.id


async def delete(unit: Unit, key: UUID, _: Note, *, expected_version: int | None) -> None:
    """For good: what waits is withdrawn and the secrets are destroyed by the worker."""
    row = await owned(unit, key, expected_version=expected_version)
    row.status, row.status_reason = EndpointStatus.DELETED, EndpointReason.OWNER
    await _changed(unit, row, "delete")


async def owned(
    unit: Unit,
    key: UUID,
    *,
    expected_version: int | None = None,
    status: tuple[EndpointStatus, ...] = (),
    path: tuple[str | int, ...] = ("id",),
) -> WebhookEndpoint:
    """An endpoint of the caller's organisation, locked. Raises ``NotFound``, ``VersionConflict``, or ``Refused``
    (WEBHOOK_STATUS) unless it is in one of the states; a deleted one does not exist."""
    _for_itself(unit)
    row = await unit.session.scalar(
        select(WebhookEndpoint)
        .where(WebhookEndpoint.id == key, WebhookEndpoint.status != EndpointStatus.DELETED)
        .with_for_update()
    )
    if row is None:
        raise NotFound(path=path)
    if expected_version is not None and expected_version != row.version:
        raise VersionConflict(expected=expected_version, current=row.version)
    if status and row.status not in status:
        raise Refused(Reason("WEBHOOK_STATUS", path, {"status": label_text(f"EndpointStatus.{row.status}").zh}))
    return row


def _for_itself(unit: Unit) -> None:
    if unit.principal.on_behalf_of is not None:
        raise Denied(Reason("FORBIDDEN"), audit_note="an endpoint is its own organisation's")


async def _tried_again(unit: Unit, row: WebhookEndpoint) -> None:
    """Forget what failed before; what waits for its next attempt is sent now."""
    row.failures, row.failing_since, row.open_until = 0, None, None
    await hasten(unit.session, row.id, at=unit.at)


async def _changed(unit: Unit, row: WebhookEndpoint, event: str) -> None:
    row.version += 1
    row.updated_at = unit.at
    await unit.session.flush()
    await unit.audit(AuditAction.WEBHOOK_CHANGED, _target(row), event=event, version=row.version)


def _target(row: WebhookEndpoint) -> Target:
    return Target(KIND, row.id, row.jurisdiction_path)


def _types(given: tuple[str, ...]) -> Iterator[Reason]:
    if not 1 <= len(given) <= MAXIMUM_TYPES or len(set(given)) < len(given):
        yield Reason("EVENT_TYPES_NUMBER", ("eventTypes",), {"limit": MAXIMUM_TYPES})
    families = ", ".join(f"{name}{ALL}" for name in FAMILIES)
    for index, each in enumerate(given[:MAXIMUM_TYPES]):
        if not is_known(each):
            yield Reason("EVENT_TYPE_UNKNOWN", ("eventTypes", index), {"value": each[:80], "families": families})
