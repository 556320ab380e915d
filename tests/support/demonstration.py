"""Homes with the demonstration in them, loaded once a run: it takes a dozen seconds."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.serving import HUB, environment

DemoHome = Callable[[], Path]


def demo_homes(factory: pytest.TempPathFactory) -> DemoHome:
    """Makes homes as ``hub demo`` leaves them, each a copy; the first of all workers to ask loads the original."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    original = shared / "demonstration"

    def make() -> Path:
        with (shared / "demonstration.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not original.exists():
                loading = factory.mktemp("loading")
                subprocess.run([*HUB, "demo"], env=environment(loading), check=True, timeout=120, capture_output=True)
                loading.rename(original)
        return Path(shutil.copytree(original, factory.mktemp("home") / "hub", symlinks=True))

    return make
