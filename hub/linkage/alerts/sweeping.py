"""The background sweep that raises whatever is due."""

from __future__ import annotations

from datetime import datetime

from hub.core.clock import local_date
from hub.db.models import CoordinationRequest
from hub.db.session import SystemSession
from hub.linkage.alerts.bodies import bodies, body_alerts
from hub.linkage.alerts.due import active_rows, alerts_of
from hub.linkage.alerts.steps import step_alert, waiting
from hub.linkage.policies import Policies
from hub.policy.store import PolicyStore
from hub.workflow.raising import raise_alert, raise_all


async def sweep(session: SystemSession, store: PolicyStore, now: datetime) -> int:
    """Raise whatever is due at ``now``; returns how many alerts are new. Safe to run in several workers at once."""
    policies = Policies(store, session, local_date(now))
    return (
        await _sweep_deadlines(session, policies, now)
        + await _sweep_steps(session, policies, now)
        + await _sweep_bodies(session, policies, now)
    )


async def _sweep_deadlines(session: SystemSession, policies: Policies, now: datetime) -> int:
    raised = 0
    async for row in active_rows(session):
        alerts = alerts_of(row, await policies.of(row.jurisdiction_id), policies.on)
        raised += await raise_all(session, row, row.title, alerts, now)
    return raised


async def _sweep_steps(session: SystemSession, policies: Policies, now: datetime) -> int:
    raised = 0
    calendar = await policies.store.calendar(session)
    async for step, row in waiting(session):
        policy = await policies.of(row.jurisdiction_id)
        alert = await step_alert(session, step, row, policy, calendar, policies.on)
        if alert is not None:
            title = row.subject if isinstance(row, CoordinationRequest) else row.title
            raised += await raise_alert(session, row, title, alert, now)
    return raised


async def _sweep_bodies(session: SystemSession, policies: Policies, now: datetime) -> int:
    raised = 0
    for body in await bodies(session):
        alerts = await body_alerts(session, body, await policies.of(body.jurisdiction_id), policies.on)
        raised += await raise_all(session, body, body.name, alerts, now)
    return raised
