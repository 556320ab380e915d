"""``hub serve`` as it stands in production: main process, web process, worker, database; and their process ids."""

from __future__ import annotations

import json
import os
import signal
import time
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Any

import asyncpg
import httpx

from tests.support.serving import READY_SECONDS, Serving, free_port

FAST = {
    "HUB_INGEST_SECONDS": "0.2",
    "HUB_INGEST_LEASE_SECONDS": "3",
    "HUB_DELIVERY__NETWORKS": "127.0.0.1/32",
    "HUB_DELIVERY__PLAIN_HTTP": "true",
    "HUB_DELIVERY__TOTAL_SECONDS": "2",
    "HUB_DELIVERY__CONNECT_SECONDS": "1",
    "HUB_DELIVERY__LEASE_SECONDS": "4",
    "HUB_QUOTA_CAPACITY": "1000000000",
    "HUB_QUOTA_RESTORE_RATE": "1000000",
}
"""What a worker that died had taken up is another's after seconds, not minutes."""


class Part(StrEnum):
    WORKER = "worker"
    WEB = "web"
    DATABASE = "database"
    MAIN = "main process"


class Installation:
    def __init__(self, home: Path) -> None:
        self.home = home
        self._issuer = f"http://127.0.0.1:{free_port()}"
        self.serving = self._serve()
        self.starts = 1

    def _serve(self) -> Serving:
        return Serving(self.home, "--demo", HUB_ISSUER=self._issuer, **FAST)

    def wait_ready(self) -> None:
        self.serving.wait_ready()

    def stands(self) -> bool:
        return self.serving.process.poll() is None

    def raise_again(self) -> None:
        """What an operator's service manager does when the main process is gone."""
        if not self.stands():
            self.serving = self._serve()
            self.starts += 1

    def pid(self, part: Part) -> int | None:
        """Process id of a part that runs just now."""
        main = self.serving.process.pid
        if part is Part.MAIN:
            return main if self.stands() else None
        if part is Part.DATABASE:
            found = self._postmaster()
            return int(found[0]) if found else None
        children = [pid for pid in _children(main) if ("worker" in _command(pid)) == (part is Part.WORKER)]
        return children[-1] if children else None

    def kill(self, part: Part) -> bool:
        """kill -9; whether there was anything to kill."""
        pid = self.pid(part)
        if pid is None:
            return False
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            return False
        if part is Part.MAIN:
            self.serving.process.wait()
        return True

    async def connect(self) -> Any:
        """The database as its superuser. Raises ``OSError`` or ``asyncpg.PostgresError`` while it is down."""
        lines = self._postmaster()
        if not lines:
            raise ConnectionError
        secret = json.loads((self.home / "postgres.secret.json").read_text())["password"]
        return await asyncpg.connect(
            host=lines[4], port=int(lines[3]), user="postgres", password=secret, database="hub", timeout=2
        )

    def _postmaster(self) -> list[str]:
        with suppress(OSError):
            for path in self.home.rglob("postmaster.pid"):
                lines = path.read_text().splitlines()
                if len(lines) > 4 and Path(f"/proc/{lines[0]}").exists():
                    return lines
        return []

    def secret(self, client: str) -> str:
        known = json.loads((self.home / "demo-clients.json").read_text())
        return next(each["client_secret"] for each in known if each["client_id"] == client)

    def ready(self) -> bool:
        with suppress(httpx.TransportError):
            return httpx.get(f"{self.serving.url}/readyz", timeout=2).status_code == 200
        return False

    def wait_whole(self, seconds: float = READY_SECONDS) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.raise_again()
            if self.ready() and self.pid(Part.WORKER) is not None:
                return
            time.sleep(0.2)
        raise AssertionError(self.serving.log.read_text()[-4000:])


def _children(pid: int) -> list[int]:
    found: list[int] = []
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += [int(each) for each in (task / "children").read_text().split()]
    return sorted(found)


def _command(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    return ""
