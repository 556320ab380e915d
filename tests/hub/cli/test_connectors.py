"""The sandbox court and the connectors' commands, as an integrator runs them; no database is needed for either."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from connectors.holder.shape import shape_names
from tests.support.commands import run_hub


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


def test_the_sandbox_court_writes_batches_that_a_dry_run_finds_whole(home: Path) -> None:
    sent = run_hub(home, "sandbox", "up", "--batches", "2", "--every", "0.1", "--no-platform")
    assert (sent.returncode, sent.stdout.count("黑11")) == (0, 2), sent.stderr
    listed = run_hub(home, "connectors", "list")
    assert "court:黑11" in listed.stdout
    checked = run_hub(home, "connectors", "check", "court:黑11")
    assert checked.returncode == 0
    assert "✗" not in checked.stdout
    assert len(list((home / "ferry" / "黑11" / "in").glob("*.manifest.json"))) == 2


def test_a_fault_is_shown_by_the_dry_run(home: Path) -> None:
    run_hub(home, "sandbox", "up", "--batches", "1", "--fault", "truncate", "--no-platform")
    checked = run_hub(home, "connectors", "check", "court:黑11")
    assert "BATCH_FILE_SIZE" in checked.stdout


def test_a_snapshot_is_asked_for_and_sent(home: Path) -> None:
    run_hub(home, "sandbox", "up", "--batches", "1", "--no-platform")
    asked = run_hub(home, "connectors", "ask-snapshot", "court:黑11")
    assert asked.returncode == 0
    assert list((home / "ferry" / "黑11" / "out").glob("snapshot-request-*.json"))


def test_sandbox_systems_say_how_a_hub_is_brought_to_them_and_the_platform_answers_it(home: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HUB_")}
    serving = subprocess.Popen(
        [sys.executable, "-m", "hub.cli", "sandbox", "serve", "--fault", "bank=mute", "--fault", "sms=busy"],
        env={**kept, "HUB_HOME": str(home), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        lines = _until(serving, "HUB_DELIVERY__NETWORKS")
        told = dict(each.strip().split("=", 1) for each in lines if each.startswith("    HUB_") and " hub " not in each)
        exchange = {"HUB_EXCHANGE__URL", "HUB_EXCHANGE__SECRET"}
        assert exchange | {"HUB_CALENDAR_URL", "HUB_HOLDERS", "HUB_LINKS"} == set(told)
        assert sum("hub destinations add" in each for each in lines) == 3 + len(shape_names())
        reach = dict(each.split("=", 1) for each in lines[-1].split() if each.startswith("HUB_"))
        asked = run_hub(home, "connectors", "ask", "enterprise-base", "--field", "uscc=1141", **told, **reach)
        assert json.loads(asked.stdout) == {"found": True, "uscc": "1141"}, asked.stderr
    finally:
        serving.terminate()
        assert serving.wait(30) == 0


def _until(serving: subprocess.Popen[str], last: str) -> list[str]:
    lines: list[str] = []
    while not (lines and last in lines[-1]):
        lines.append(serving.stdout.readline())
        assert lines[-1], lines
    return lines


def test_an_unknown_source_and_an_unknown_court_are_refused(home: Path) -> None:
    assert "SOURCE_UNKNOWN" in run_hub(home, "connectors", "check", "court:京99").stderr
    assert "SOURCE_UNKNOWN" in run_hub(home, "sandbox", "up", "--court", "京99").stderr


def test_production_has_no_sandbox(home: Path) -> None:
    assert "PRODUCTION_REFUSES_DEMO" in run_hub(home, "sandbox", "up", HUB_ENV="production").stderr
