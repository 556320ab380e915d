"""A hub as departments meet it: its own process over sockets, with the demonstration; one a worker."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator

import pytest

from tests.support.demonstration import DemoHome
from tests.support.serving import Serving


@pytest.fixture(scope="package")
def hub(demo_home: DemoHome) -> Iterator[Serving]:
    serving = Serving(demo_home(), "--demo")
    try:
        serving.wait_ready()
        yield serving
    finally:
        serving.stop(signal.SIGTERM)


@pytest.fixture(scope="package")
def credentials(hub: Serving) -> dict[str, str]:
    """Environment of a department's client."""
    listed = json.loads((hub.home / "demo-clients.json").read_text(encoding="utf-8"))
    client = next(each for each in listed if each["client_id"] == "wenxian-gongan")
    return {
        "HUB_URL": hub.url,
        "HUB_CLIENT_ID": client["client_id"],
        "HUB_CLIENT_SECRET": client["client_secret"],
    }
