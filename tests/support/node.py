"""Scripts of ``tests/node`` under Node, with the packages of the lock file."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import warnings
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[1] / "node"


def require_node() -> None:
    """Install the locked packages once. Without Node the test is skipped aloud; in CI it fails."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        message = "Node is missing: the conformance audits and stock clients are NOT tested"
        if os.environ.get("CI"):
            pytest.fail(message)
        warnings.warn(pytest.PytestWarning(message), stacklevel=2)
        pytest.skip(message)
    with (FOLDER / "package-lock.json").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        installed = FOLDER / "node_modules" / ".package-lock.json"
        if not installed.exists() or installed.stat().st_mtime < Path(lock.name).stat().st_mtime:
            npm = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            done = subprocess.run(npm, cwd=FOLDER, capture_output=True, text=True, timeout=240, check=False)
            assert done.returncode == 0, done.stderr


def run_node(script: str, **environment: str) -> Any:
    """What a script prints, as JSON."""
    done = subprocess.run(
        ["node", script],
        cwd=FOLDER,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
