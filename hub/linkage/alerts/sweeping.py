"""The background sweep that raises whatever is due."""

from __future__ import annotations

from datetime import datetime

from hub.core.clock import local_date
from hub.db.models import CoordinationRequest
from hub.db.session import SystemSession
from hub.linkage.alerts.bodies import bodies, body_alerts
from hub.linkage.alerts.due import active_rows, alerts_of
from hub.linkage.alerts.raising import raise_alert, raise_all
from hub.linkage.alerts.steps import step_alert, waiting
from hub.linkage.policies import linkage_policy
from hub.policy.store import PolicyStore


async def sweep(session: SystemSession, store: PolicyStore, now: datetime) -> int:
    """Raise whatever is due at ``now``; returns how many alerts are new. Safe to run in several workers at once."""
    return (
        await _sweep_deadlines(session, store, now)
        + await _sweep_steps(session, store, now)
        + await _sweep_bodies(session, store, now)
    )


async def _sweep_deadlines(session: SystemSession, store: PolicyStore, now: datetime) -> int:
    today, raised = local_date(now), 0
    async for row in active_rows(session):
        policy = await linkage_policy(store, session, row.jurisdiction_id, today)
        raised += await raise_all(session, row, row.title, alerts_of(row, policy, today), now)
    return raised


async def _sweep_steps(session: SystemSession, store: PolicyStore, now: datetime) -> int:
    today, raised = local_date(now), 0
    calendar = await store.calendar(session)
    async for step, row in waiting(session):
        policy = await linkage_policy(store, session, row.jurisdiction_id, today)
        alert = await step_alert(session, step, row, policy, calendar, today)
        if alert is not None:
            title = row.subject if isinstance(row, CoordinationRequest) else row.title
            raised += await raise_alert(session, row, title, alert, now)
    return raised


async def _sweep_bodies(session: SystemSession, store: PolicyStore, now: datetime) -> int:
    today, raised = local_date(now), 0
    for body in await bodies(session):
        policy = await linkage_policy(store, session, body.jurisdiction_id, today)
        raised += await raise_all(session, body, body.name, await body_alerts(session, body, policy, today), now)
    return raised
