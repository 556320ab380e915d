"""The demonstration as loaded: the five jurisdictions, their clients, work in several states, each seeing its own."""

from __future__ import annotations

from collections import Counter

import httpx
import pytest
from sqlalchemy import text

from hub.app import app_of
from hub.config import Settings
from hub.core.clock import Clock
from hub.core.keyring import KeyRing
from hub.db.session import Sessions
from hub.demo.loader import DemoClient, is_empty, load_demonstration
from hub.runtime import Runtime
from tests.support.client import ISSUER, Client
from tests.support.clock import MovableClock

ITEMS = """{ doubleListItems(first: 100, filter: {year: 2026}) {
    totalCount nodes { status overdue leadOrganization { name } } } }"""
MEETINGS = "{ jointMeetings { nodes { kind status } } }"
JURISDICTIONS = {"231100", "320381", "410825", "411700", "420984"}


@pytest.fixture
async def loaded(sessions: Sessions, keyring: KeyRing, cheap_secrets: None) -> tuple[dict[str, DemoClient], Runtime]:
    clock = MovableClock()
    clock.move_to(2026, 12, 3)
    assert await is_empty(sessions)
    clients = await load_demonstration(sessions, keyring, clock=clock)
    runtime = Runtime.over(sessions, Settings(issuer=ISSUER, _env_file=None), keyring, clock)
    return {client.client_id: client for client in clients}, runtime


async def test_the_demonstration_is_a_living_world(loaded) -> None:
    clients, runtime = loaded
    assert not await is_empty(runtime.sessions)
    await nothing_is_of_the_future(runtime.sessions, runtime.clock)
    for code in JURISDICTIONS:
        roles = Counter(role for each in clients.values() if each.jurisdiction_code == code for role in each.roles)
        assert {"JOINT_MEETING_OFFICE", "COURT", "CREDIT_OFFICE", "AUDITOR", "PORTAL"} <= roles.keys()
        assert roles["MEMBER_DEPARTMENT"] >= 6
    transport = httpx.ASGITransport(app_of(runtime))
    async with httpx.AsyncClient(transport=transport, base_url=ISSUER) as http:

        def client(name: str) -> Client:
            return Client(http, name, clients[name].client_secret)

        office = (await client("wenxian-office").data(ITEMS))["doubleListItems"]
        assert office["totalCount"] == 32
        states = Counter(each["status"] for each in office["nodes"])
        assert {"IN_PROGRESS", "COMPLETED", "PENDING_ACCEPTANCE", "APPROVED", "SUSPENDED"} <= states.keys()
        assert any(each["overdue"] for each in office["nodes"])
        police = (await client("wenxian-gongan").data(ITEMS))["doubleListItems"]
        assert 0 < police["totalCount"] < 32
        assert (await client("hanchuan-gongan").data(ITEMS))["doubleListItems"]["totalCount"] == 0
        meetings = (await client("zhumadian-office").data(MEETINGS))["jointMeetings"]
        assert {each["status"] for each in meetings["nodes"]} >= {"PLANNED", "FOLLOW_UP"}
        body = "{ coordinationBodies { nodes { memberships { post } } } }"
        (joint,) = (await client("zhumadian-office").data(body))["coordinationBodies"]["nodes"]
        assert len(joint["memberships"]) >= 35


@pytest.mark.usefixtures("cheap_secrets")
async def test_it_loads_early_in_the_year_with_nothing_from_the_future(sessions: Sessions, keyring: KeyRing) -> None:
    clock = MovableClock()
    clock.move_to(2027, 1, 3)
    await load_demonstration(sessions, keyring, clock=clock)
    await nothing_is_of_the_future(sessions, clock)


async def nothing_is_of_the_future(sessions: Sessions, clock: Clock) -> None:
    async with sessions.system("test") as session:
        latest = await session.scalar(text("select max(at) from audit_event"))
        reported = await session.scalar(text("select max(reported_at) from progress_report"))
    assert latest <= clock()
    assert reported is None or reported <= clock()
