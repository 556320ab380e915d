"""``hub serve`` as processes of their own over one installation with the demonstration, and clients of it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.schema.subscriptions.speaking import Socket
from tests.support.demonstration import DemoHome
from tests.support.serving import Serving, free_port

UNIT = "wenxian-court"
MINE = "{ doubleListItems(filter: {mine: true, status: [IN_PROGRESS]}) { nodes { id } } }"
REPORT = """mutation($id: ID!, $text: String!, $key: String!) {
  advanceDoubleListItem(id: $id, idempotencyKey: $key, event: {report: {text: $text}}) {
    ... on DoubleListItemChange { doubleListItem { id version } } ... on Refusal { code reasons { code path } } } }"""
TRIES = 50
Serve = Callable[..., Serving]


class Department:
    """The system of one unit: a token, changes by HTTP, sockets."""

    def __init__(self, http: httpx.AsyncClient, secret: str) -> None:
        self.http = http
        self._secret = secret
        self.token = ""

    async def authorize(self, serving: Serving) -> None:
        asked = {"grant_type": "client_credentials"}
        answer = await self.http.post(f"{serving.url}/oauth/token", data=asked, auth=(UNIT, self._secret))
        assert answer.status_code == 200, answer.text
        self.token = answer.json()["access_token"]

    async def post(self, serving: Serving, query: str, **variables: Any) -> httpx.Response:
        return await self.http.post(
            f"{serving.url}/graphql",
            json={"query": query, "variables": variables},
            headers={"authorization": f"Bearer {self.token}"},
        )

    async def ask(self, serving: Serving, query: str, **variables: Any) -> Any:
        answer = await self.post(serving, query, **variables)
        assert answer.status_code == 200, answer.text
        assert "errors" not in answer.json(), answer.text
        return answer.json()["data"]

    async def items(self, serving: Serving) -> list[str]:
        return [each["id"] for each in (await self.ask(serving, MINE))["doubleListItems"]["nodes"]]

    async def report(self, serving: Serving, item: str, text: str) -> int:
        """The version of the item that the report made; asked again when the process that was asked died."""
        given = {"id": item, "text": text, "key": f"report-{uuid4()}"}
        for _ in range(TRIES):
            try:
                changed = (await self.ask(serving, REPORT, **given))["advanceDoubleListItem"]
                break
            except httpx.TransportError:
                await asyncio.sleep(0.1)
        assert "doubleListItem" in changed, changed
        return int(changed["doubleListItem"]["version"])

    def socket(self, serving: Serving) -> Socket:
        return Socket(f"ws://127.0.0.1:{serving.port}/graphql", self.token)


@pytest.fixture(scope="session")
def home(demo_home: DemoHome) -> Path:
    return demo_home()


@pytest.fixture
def serve(home: Path) -> Iterator[Serve]:
    """Starts ``hub serve`` and waits until it is ready; several share the database and their issuer."""
    started: list[Serving] = []
    issuer = f"http://127.0.0.1:{free_port()}"

    def begin(*arguments: str, **more: str) -> Serving:
        serving = Serving(home, "--demo", *arguments, HUB_ISSUER=issuer, **more)
        started.append(serving)
        serving.wait_ready()
        return serving

    yield begin
    for serving in started:
        serving.end()


@pytest.fixture
async def court(home: Path) -> AsyncIterator[Callable[[Serving], Any]]:
    """The court's system, signed in at the given process."""
    async with httpx.AsyncClient(timeout=30) as http:

        async def at(serving: Serving) -> Department:
            clients = json.loads((home / "demo-clients.json").read_text())
            secret = next(each["client_secret"] for each in clients if each["client_id"] == UNIT)
            department = Department(http, secret)
            await department.authorize(serving)
            return department

        yield at
