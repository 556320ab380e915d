"""The npm clients ``graphql-ws`` and ``graphql-sse``, as departments' web systems use them."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "node-streams"

pytestmark = pytest.mark.skipif(
    not shutil.which("npm") and not os.environ.get("CI"),
    reason="NODE IS MISSING: the npm clients of subscriptions were NOT run; install Node 20 or newer",
)


async def test_both_npm_clients_hear_the_change(hub, steps, token_of, tmp_path: Path) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "clients", ignore=shutil.ignore_patterns("node_modules"))
    install = await asyncio.create_subprocess_exec("npm", "ci", "--silent", "--no-audit", cwd=folder)
    assert await install.wait() == 0
    token = await token_of("county.police")
    client = await asyncio.create_subprocess_exec(
        "node", "listen.mjs", f"{hub.url}/graphql", token, cwd=folder, stdout=asyncio.subprocess.PIPE
    )
    assert client.stdout is not None
    async with asyncio.timeout(30):
        said = [json.loads(line) for line in [await _line(client.stdout)]]
        while len(hub.runtime.events._feeds) < 2:  # noqa: ASYNC110 - the hub tells nobody of its feeds
            await asyncio.sleep(0.02)
        item = await steps.propose("court")
        found = json.loads(await _line(client.stdout))
    assert said == [{"viewer": {"clientId": "county.police"}}]
    assert found == [{"kind": "CHANGED", "id": item["id"], "doubleListItem": {"title": "执行联动"}}] * 2
    assert await client.wait() == 0


async def _line(stream: asyncio.StreamReader) -> str:
    while True:
        line = (await stream.readline()).decode()
        assert line, "the client ended early"
        if line.startswith(("{", "[")):
            return line
