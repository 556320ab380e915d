"""What is stuck, late or silent is told to the operator: in the log, on the command line, as metrics."""

from __future__ import annotations

import re
import subprocess
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select, update

from hub.canonical.codes import DeliveryFault, DeliveryStatus
from hub.core.clock import SHANGHAI
from hub.db.models import AuditEvent, Delivery, DeliveryLane, EventReader
from hub.db.target import DatabaseTarget
from hub.delivery import endpoints
from hub.delivery.replay import replay_dead
from hub.delivery.retention import tidy
from hub.delivery.watching import alarms, figures
from hub.schedule import run_scheduled
from tests.support.commands import run_hub_in
from tests.support.hooks import Hooks
from tests.support.receiving import Receiver, status
from tests.support.working import installation


async def raised(hooks: Hooks) -> list[str]:
    async with hooks.world.sessions.system("test") as session:
        found = await figures(session, hooks.world.clock())
        return [each.code for each in await alarms(session, hooks.runtime.policy, found)]


@pytest.fixture
async def endpoint(hooks: Hooks, item: str, receiver: Receiver) -> Any:
    """Healthy, with a worker that has just looked, and one delivery that arrived."""
    made = await hooks.register("county.court", receiver.url)
    await run_scheduled(hooks.runtime)
    await hooks.touch(item)
    await hooks.work()
    assert await raised(hooks) == []
    return made


async def test_deliveries_that_wait_too_long_are_late(hooks: Hooks, item: str, receiver: Receiver, endpoint) -> None:
    receiver.answer = status(500)
    await hooks.touch(item)
    await hooks.work()
    hooks.world.clock.advance(minutes=31)
    await hooks.work()
    await run_scheduled(hooks.runtime)
    assert await raised(hooks) == ["ALARM_DELIVERY_LATE"]


async def test_a_silent_worker_and_events_nobody_reads_are_told(hooks: Hooks, item: str, endpoint) -> None:
    async with hooks.world.sessions.system("test") as session:
        await session.execute(update(EventReader).values(number=0, transaction_id=1))
    hooks.world.clock.now = hooks.world.clock.now.replace(year=2099)
    assert {"ALARM_READER_SILENT", "ALARM_EVENTS_UNREAD", "ALARM_JOB_SILENT"} <= set(await raised(hooks))


async def test_a_lane_whose_worker_is_gone_and_that_nobody_takes_up_is_stuck(
    hooks: Hooks, item: str, receiver: Receiver, endpoint
) -> None:
    hooks.stopping.set()
    await hooks.touch(item)
    await hooks.work()
    async with hooks.world.sessions.system("test") as session:
        await session.execute(update(DeliveryLane).values(owner="gone:1"))
    hooks.world.clock.advance(minutes=6)
    assert "ALARM_DELIVERY_STUCK" in await raised(hooks)


async def test_an_endpoint_its_owner_paused_is_no_alarm_and_one_the_hub_stopped_is(
    hooks: Hooks, item: str, receiver: Receiver, endpoint
) -> None:
    await hooks.change("county.court", endpoints.pause, endpoint)
    assert await raised(hooks) == []
    await hooks.change("county.court", endpoints.resume, endpoint)
    receiver.answer = status(410)
    await hooks.touch(item)
    await hooks.work()
    assert await raised(hooks) == ["ALARM_ENDPOINT_STOPPED"]


async def test_alarms_are_written_to_the_log_once_a_tick(
    hooks: Hooks, item: str, receiver: Receiver, endpoint, capsys: pytest.CaptureFixture[str]
) -> None:
    receiver.answer = status(410)
    await hooks.touch(item)
    await hooks.work()
    capsys.readouterr()
    hooks.world.clock.advance(minutes=5)
    for _ in range(3):
        await run_scheduled(hooks.runtime)
    said = capsys.readouterr().out
    assert len(re.findall("ALARM_ENDPOINT_STOPPED", said)) == 1


async def test_metrics_tell_the_figures_and_name_nobody(
    hooks: Hooks, item: str, receiver: Receiver, http: httpx.AsyncClient, endpoint
) -> None:
    receiver.answer = status(410)
    await hooks.touch(item, times=3)
    await hooks.work()
    told = (await http.get("/metrics")).text
    assert 'hub_webhook_endpoints{status="DISABLED"} 1.0' in told
    assert "hub_deliveries_waiting 3.0" in told
    assert 'hub_alarms{code="ALARM_ENDPOINT_STOPPED"} 1.0' in told
    assert 'hub_job_done_seconds{job="alerts"} 0.0' in told
    assert "hub_http_requests_total" in told
    assert str(endpoint) not in told
    assert receiver.url not in told


async def test_the_operator_sees_the_state_and_replays_what_was_given_up(
    hooks: Hooks, item: str, receiver: Receiver, endpoint, tmp_path: Path, database: DatabaseTarget
) -> None:
    (arrived,) = await hooks.deliveries()
    async with hooks.world.sessions.system("test") as session:
        await session.execute(
            update(Delivery).values(status=DeliveryStatus.DEAD, fault=DeliveryFault.STATUS, http_status=400)
        )

    def hub(*arguments: str) -> subprocess.CompletedProcess[str]:
        return run_hub_in(installation(tmp_path, database), *arguments)

    listed = hub("webhooks", "list")
    assert str(endpoint) in listed.stdout, listed.stderr
    assert receiver.url in listed.stdout
    seen = hub("delivery", "status")
    assert seen.returncode == 1
    assert "ALARM_DELIVERY_DEAD" in seen.stderr
    assert hub("delivery", "replay", "--endpoint", "nonsense").returncode == 1
    assert hub("delivery", "replay", "--endpoint", str(endpoint)).stdout.split()[-1] == "1"
    hooks.world.clock.now = datetime.now(tz=SHANGHAI)
    await hooks.work()
    assert [each.id for each in receiver.received] == [f"msg_{arrived.id.hex}"] * 2
    async with hooks.world.sessions.system("test") as session:
        acts = (await session.scalars(select(AuditEvent.event))).all()
        assert "delivery:replay" in acts
        assert await replay_dead(session, endpoint_id=None, since=None, at=hooks.world.clock()) == 0


async def test_what_is_long_over_is_forgotten_and_what_waits_for_a_deleted_endpoint_is_withdrawn(
    hooks: Hooks, item: str, receiver: Receiver, endpoint
) -> None:
    await hooks.change("county.court", endpoints.pause, endpoint)
    await hooks.touch(item)
    await hooks.work()
    await hooks.change("county.court", endpoints.delete, endpoint)

    async def tidied() -> list[str]:
        async with hooks.world.sessions.system("test") as session:
            await tidy(session, at=hooks.world.clock(), kept=timedelta(days=90))
        return [each.status.value for each in await hooks.deliveries()]

    assert await tidied() == ["DELIVERED", "WITHDRAWN"]
    hooks.world.clock.advance(days=91)
    assert await tidied() == []
    assert len(receiver.received) == 1
