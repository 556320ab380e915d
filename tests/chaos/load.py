"""What goes in while processes die: batches of a court, reports of a unit, and a receiver that hears of them."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import uuid4

import httpx

from connectors.sandbox.court.rows import Case, Unit, list_row
from connectors.sandbox.court.system import SandboxCourt
from hub.canonical.exchange_codes import CaseListKind
from hub.core.clock import system_clock
from hub.demo.files import load_demo
from tests.chaos.installation import Installation
from tests.support.receiving import Received, Receiver

COURT, REGION = "黑11", "231100"
UNIT = "wenxian-court"
KIND = CaseListKind.PENDING
MOST_IN_FLIGHT = 10
"""Batches; no more are handed in by the load, and nothing more is killed, until some are done."""
MOST_UNHEARD = 200
"""Changes acknowledged and not delivered yet; no more are asked for until some are."""
MINE = "{ doubleListItems(filter: {mine: true, status: [IN_PROGRESS]}) { nodes { id } } }"
REPORT = """mutation($id: ID!, $text: String!, $key: String!) {
  advanceDoubleListItem(id: $id, idempotencyKey: $key, event: {report: {text: $text}}) {
    ... on DoubleListItemChange { doubleListItem { id version } } ... on Refusal { code } } }"""
REGISTER = """mutation($url: String!, $key: String!) {
  webhookEndpointCreate(idempotencyKey: $key, input: {url: $url, eventTypes: ["doublelistitem.*"]}) {
    ... on WebhookSecretIssued { secret } ... on Refusal { code } } }"""


class Ferrying:
    """A court that hands in batches; every row is a case of its own."""

    def __init__(self, installation: Installation, random: Random) -> None:
        world = load_demo(system_clock().year)
        court = next(unit for unit in world.units if unit.court_code == COURT)
        self._units = [
            Unit(unit.name, unit.uscc)
            for unit in world.local_units(court.jurisdiction)
            if unit.government_subject and unit.valid_to is None and unit.uscc is not None
        ]
        self.system = SandboxCourt(installation.home / "ferry", COURT)
        self._random = random
        self.cases: list[str] = []
        self.batches = 0

    def send(self, rows: int | None = None) -> None:
        now, made = system_clock(), []
        for _ in range(rows or self._random.randint(1, 12)):
            case = Case(len(self.cases) + 1, COURT, REGION, now.year)
            self.cases.append(case.case_number)
            made.append(list_row(KIND, case, self._random.choice(self._units), now))
        self.system.send({KIND: made}, at=now)
        self.batches += 1

    def in_flight(self) -> int:
        """Batches whose result has not come yet."""
        return self.batches - sum(1 for _ in (self.system.folder.root / "out").glob("result-*.json"))

    def answered(self) -> bool:
        """Every batch has its receipt and its result."""
        return len(self.system.receipts()) == len(self.system.results()) == self.batches


@dataclass
class Reporting:
    """A unit's system: it changes its items, and asks again under the same key until it is answered."""

    installation: Installation
    random: Random
    acknowledged: list[tuple[str, int]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    asked_again: int = 0
    _token: str = ""
    _at: str = ""

    async def register(self, url: str) -> None:
        answer = await self._ask(REGISTER, url=url, key=f"register-{uuid4()}")
        assert "secret" in answer["webhookEndpointCreate"], answer

    async def items(self) -> list[str]:
        return [each["id"] for each in (await self._ask(MINE))["doubleListItems"]["nodes"]]

    async def report(self, item: str) -> None:
        text, key = f"混沌 {len(self.texts)}", f"chaos-{uuid4()}"
        self.texts.append(text)
        answer = await self._ask(REPORT, id=item, text=text, key=key)
        changed = answer["advanceDoubleListItem"]
        assert "doubleListItem" in changed, changed
        self.acknowledged.append((changed["doubleListItem"]["id"], changed["doubleListItem"]["version"]))

    async def _ask(self, query: str, **variables: Any) -> Any:
        while True:
            with suppress(httpx.HTTPError):
                async with httpx.AsyncClient(base_url=self.installation.serving.url, timeout=10) as http:
                    answer = await self._posted(http, query, variables)
                    if answer.status_code == 200 and "errors" not in answer.json():
                        return answer.json()["data"]
                    if answer.status_code == 401:
                        self._token = ""
            self.asked_again += 1
            await asyncio.sleep(0.1)

    async def _posted(self, http: httpx.AsyncClient, query: str, variables: dict[str, Any]) -> httpx.Response:
        if not self._token or self._at != str(http.base_url):
            asked = {"grant_type": "client_credentials"}
            answer = await http.post("/oauth/token", data=asked, auth=(UNIT, self.installation.secret(UNIT)))
            if answer.status_code != 200:
                return answer
            self._token, self._at = answer.json()["access_token"], str(http.base_url)
        headers = {"authorization": f"Bearer {self._token}"}
        return await http.post("/graphql", json={"query": query, "variables": variables}, headers=headers)


@dataclass
class Effects:
    """What the receiver's system has done: once for each webhook-id, however often it comes."""

    receiver: Receiver
    by_id: dict[str, bytes] = field(default_factory=dict)
    order: list[tuple[str, int]] = field(default_factory=list)
    again: int = 0
    open: asyncio.Event = field(default_factory=asyncio.Event)
    hold: float = 0

    async def answer(self, request: Received, writer: asyncio.StreamWriter) -> None:
        self.open.set()
        if self.hold:
            pause, self.hold = self.hold, 0
            await asyncio.sleep(pause)
        if request.id in self.by_id:
            self.again += 1
            assert _told(self.by_id[request.id]) == _told(request.body), "one id, two contents"
        else:
            self.by_id[request.id] = request.body
            self.order.append(_told(request.body))
        writer.write(b"HTTP/1.1 204 X\r\ncontent-length: 0\r\n\r\n")
        await writer.drain()


def _told(body: bytes) -> tuple[str, int]:
    event = json.loads(body)
    ids = event.get("ids") or event.get("data", {}).get("ids") or event["data"]
    return str(ids["id"]), int(ids["version"])
