"""A court's lists pushed through the exchange platform, as the platform signs them."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from pathlib import Path
from shutil import rmtree
from typing import Any

import httpx

from connectors.kit.folder import MANIFEST
from connectors.kit.national import Signed, milliseconds
from connectors.kit.signature import SUFFIX
from connectors.sandbox.court.system import SandboxCourt
from hub.app import app_of
from hub.canonical.exchange_codes import CaseListKind
from hub.config import ExchangeSettings
from hub.runtime import Runtime
from tests.support.clock import MovableClock
from tests.support.court import CODE, PENDING, Court, court_at, settle
from tests.support.world import World

KEY, FORMER, RID = "a-key-of-the-platform", "the-key-before", "henan-exchange"
LINK = f"""
requester = "{RID}"
courts = ["{CODE}"]
secret = "platform.secret"
former_secret = "former.secret"
"""


class Platform:
    """What a court hands the platform, pushed to the hub as the platform signs it; several web processes behind one
    address."""

    def __init__(self, court: Court, far: Path) -> None:
        self.court = court
        self.clock: MovableClock = court.world.clock
        self.far = SandboxCourt(far, CODE, sign=True)
        ferry = court.runtime.settings.ferry_folder
        (ferry / f"{CODE}.pem").write_bytes((far / f"{CODE}.pem").read_bytes())
        # A court that pushes needs nobody to make its folder.
        rmtree(ferry / CODE)
        self._folder = self.far.folder.incoming
        self._clients = [
            httpx.AsyncClient(transport=httpx.ASGITransport(app_of(court.runtime)), base_url="http://hub")
            for _ in range(2)
        ]

    def batch(self, *rows: dict[str, str], of: CaseListKind = PENDING, **how: Any) -> bytes:
        """The request body for a batch of one list."""
        for path in self._folder.iterdir():
            path.unlink()
        self.far.send({of: list(rows)}, at=self.clock(), **how)
        files = {path.name: path.read_bytes() for path in self._folder.iterdir()}
        manifest = next(name for name in files if name.endswith(MANIFEST))
        content = {
            "manifest": files.pop(manifest).decode(),
            "signature": files.pop(manifest + SUFFIX).decode(),
            "files": {name: base64.b64encode(text).decode() for name, text in files.items()},
        }
        return json.dumps({"number": "业务1", "content": content}).encode()

    def signed(self, key: str = KEY, requester: str = RID, service: str = "case-lists") -> Signed:
        self.clock.advance(seconds=1)
        return Signed.by(key, requester, service, milliseconds(self.clock()))

    async def push(
        self, body: bytes, signed: Signed | None = None, *, process: int = 0, service: str = "case-lists"
    ) -> tuple[int, dict[str, Any]]:
        headers = (signed or self.signed()).headers()
        answer = await self._clients[process].post(f"/exchange/{service}", content=body, headers=headers)
        found: dict[str, Any] = answer.json()
        return answer.status_code, found


async def platform_at(world: World, runtime: Runtime, folder: Path) -> Platform:
    """A county whose court pushes through the platform, its keys in place."""
    await settle(world)
    court = court_at(world, runtime, folder)
    links = folder / "links"
    (links / "pushers").mkdir(parents=True)
    (links / "pushers" / "platform.toml").write_text(LINK, encoding="utf-8")
    for name, key in (("platform", KEY), ("former", FORMER)):
        path = links / "pushers" / f"{name}.secret"
        path.write_text(f"{key}\n", encoding="ascii")
        path.chmod(0o600)
    settings = court.runtime.settings.model_copy(
        update={"links": links, "exchange": ExchangeSettings(push_limit=100_000)}
    )
    court.runtime = replace(court.runtime, settings=settings)
    return Platform(court, folder / "far")
