"""Figures of deliveries and scheduled jobs for Prometheus, read from the database when they are asked for."""

from __future__ import annotations

from collections import Counter

from prometheus_client import CollectorRegistry, Gauge

from hub.canonical.codes import EndpointStatus
from hub.core.clock import Clock
from hub.db.session import Sessions
from hub.delivery.watching import alarms, figures
from hub.policy.store import PolicyStore


async def gauges(sessions: Sessions, policies: PolicyStore, clock: Clock, registry: CollectorRegistry) -> None:
    """Put them into the registry; nothing of them names an organisation."""
    async with sessions.system("metrics") as session:
        found = await figures(session, clock())
        raised = await alarms(session, policies, found)

    def gauge(name: str, text: str, value: float, **labels: str) -> None:
        made = known.get(name) or Gauge(name, text, list(labels), registry=registry)
        known[name] = made
        (made.labels(**labels) if labels else made).set(value)

    known: dict[str, Gauge] = {}
    by_status = Counter(each.status for each in found.endpoints)
    for status in EndpointStatus:
        gauge("hub_webhook_endpoints", "Webhook endpoints by state", by_status[status], status=status.value)
    waits = [(found.at - each.oldest).total_seconds() for each in found.endpoints if each.oldest is not None]
    gauge("hub_deliveries_waiting", "Deliveries that wait", sum(each.waiting for each in found.endpoints))
    gauge("hub_deliveries_dead", "Deliveries given up", sum(each.dead for each in found.endpoints))
    gauge("hub_deliveries_oldest_seconds", "Age of the delivery that waits longest", max(waits, default=0))
    if found.unread_since is not None:
        unread = (found.at - found.unread_since).total_seconds()
        gauge("hub_events_unread_seconds", "Age of the oldest event not read on", unread)
    for job in found.jobs:
        age = (found.at - (job.done_at or job.last_tick)).total_seconds()
        gauge("hub_job_done_seconds", "Seconds since a job was last done", age, job=job.name)
    for code, count in Counter(each.code for each in raised).items():
        gauge("hub_alarms", "What somebody must look at", count, code=code)
