"""``hub`` as processes of their own, as an operator starts them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

READY_SECONDS = 240
"""A busy machine takes its time to migrate and fill an installation; one whose process has died fails at once."""
HUB = [sys.executable, "-m", "hub.cli"]


def environment(home: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HUB_")}
    return {**kept, "HUB_HOME": str(home), "COLUMNS": "200", **more}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Serving:
    """``hub serve`` as a process of its own."""

    def __init__(self, home: Path, *arguments: str, **more: str) -> None:
        self.home = home
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = home / f"serve-{self.port}.log"
        self.process = subprocess.Popen(
            [*HUB, "serve", *arguments],
            env=environment(home, HUB_PORT=str(self.port), **more),
            stdout=self.log.open("w"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def wait_ready(self, seconds: float = READY_SECONDS) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            assert self.process.poll() is None, self.log.read_text()
            try:
                if httpx.get(f"{self.url}/readyz").status_code == 200:
                    return
            except httpx.TransportError:
                pass  # not listening yet, or too busy to answer
            time.sleep(0.2)
        raise AssertionError(self.log.read_text())

    def interrupt(self) -> None:
        """What Ctrl-C in a terminal sends: to every process of the group."""
        os.killpg(self.process.pid, signal.SIGINT)

    def stop(self, name: signal.Signals) -> None:
        self.process.send_signal(name)
        self.process.wait(timeout=30)

    def end(self) -> None:
        """Stop it if it still runs."""
        if self.process.poll() is None:
            self.stop(signal.SIGTERM)
