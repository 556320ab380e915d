"""What liaisons are to be told of: alerts of their unit, and alarms about where the hub delivers to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from hub.canonical.codes import AlertSeverity, Channel
from hub.core.clock import local_date
from hub.core.errors import Reason
from hub.core.texts.notification import NOTIFICATION_LABELS
from hub.db.models import Alert, Liaison, NotificationCause, WebhookEndpoint
from hub.db.session import SystemSession
from hub.delivery.watching import alarms, figures
from hub.notification.policies import NotificationPolicies
from hub.policy.store import PolicyStore

_ORDER = tuple(AlertSeverity)
"""The least severe first."""


@dataclass(frozen=True, slots=True)
class Cause:
    """``key`` names it for good: a liaison is told of it once over each channel."""

    key: str
    code: str
    severity: AlertSeverity
    due_on: date | None
    organization_id: UUID
    jurisdiction_id: UUID
    raised_at: datetime


async def gather(session: SystemSession, policies: NotificationPolicies, at: datetime) -> int:
    """Note what is new for whom; how much. Safe to run again, and in several workers at once."""
    since = at - await policies.longest_memory()
    causes = [*await _alerts(session, since), *await _alarms(session, policies.store, at)]
    contacts = await _liaisons(session, {each.organization_id for each in causes})
    rows = [row for each in causes async for row in _told(each, contacts[each.organization_id], policies, at)]
    if not rows:
        return 0
    statement = insert(NotificationCause).on_conflict_do_nothing().returning(NotificationCause.cause)
    return len((await session.scalars(statement, rows)).all())


async def _alerts(session: SystemSession, since: datetime) -> list[Cause]:
    row = Alert
    found = await session.execute(
        select(row.id, row.kind, row.severity, row.due_on, row.organization_id, row.jurisdiction_id, row.raised_at)
        .where(row.raised_at >= since)
        .order_by(row.raised_at, row.id)
    )
    return [
        Cause(f"alert:{key}", kind.value, severity, due_on, unit, place, raised_at)
        for key, kind, severity, due_on, unit, place, raised_at in found
    ]


async def _alarms(session: SystemSession, store: PolicyStore, at: datetime) -> list[Cause]:
    """Once a day for as long as the alarm stands."""
    raised = [each for each in await alarms(session, store, await figures(session, at)) if _of_endpoint(each)]
    keys = {UUID(str(each.params["endpoint"])) for each in raised}
    row = WebhookEndpoint
    mine = (row.id.in_(keys), row.channel == Channel.WEBHOOK)
    found = await session.execute(select(row.id, row.organization_id, row.jurisdiction_id).where(*mine))
    owners = {str(key): (unit, place) for key, unit, place in found}
    return [
        Cause(
            f"{each.code}:{endpoint}:{local_date(at).isoformat()}",
            each.code,
            AlertSeverity.SEVERE,
            None,
            *owners[endpoint],
            at,
        )
        for each in raised
        if (endpoint := str(each.params["endpoint"])) in owners
    ]


def _of_endpoint(alarm: Reason) -> bool:
    return alarm.code in NOTIFICATION_LABELS


async def _liaisons(session: SystemSession, units: Iterable[UUID]) -> defaultdict[UUID, list[Liaison]]:
    """The primary liaisons of units as they stand now."""
    current = (Liaison.organization_id.in_(set(units)), Liaison.is_primary, Liaison.valid_to.is_(None))
    found: defaultdict[UUID, list[Liaison]] = defaultdict(list)
    for each in await session.scalars(select(Liaison).where(*current).order_by(Liaison.id)):
        found[each.organization_id].append(each)
    return found


async def _told(
    cause: Cause, contacts: Sequence[Liaison], policies: NotificationPolicies, at: datetime
) -> AsyncIterator[dict[str, object]]:
    """Rows for the liaisons of the unit where the matter is at home, or for all it has where it has none there."""
    policy = await policies.of(cause.jurisdiction_id, local_date(at))
    if _ORDER.index(cause.severity) < _ORDER.index(policy.severity):
        return
    here = [each for each in contacts if each.jurisdiction_id == cause.jurisdiction_id]
    for liaison in here or contacts:
        for channel in policy.channels:
            if reachable(liaison, channel):
                yield {
                    "liaison_id": liaison.id,
                    "channel": channel,
                    "cause": cause.key,
                    "code": cause.code,
                    "due_on": cause.due_on,
                    "raised_at": cause.raised_at,
                }


def reachable(liaison: Liaison, channel: Channel) -> bool:
    """Whether the hub has what it takes to reach the liaison over a channel: text messages go to mobile numbers."""
    if channel is Channel.EMAIL:
        return liaison.email_sealed is not None
    return liaison.phone_masked is not None and liaison.phone_masked.startswith("1")
