"""The story of a court that asks twelve holders, by the commands of the README as they are written."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.commands import begin_hub, run_hub
from tests.support.demonstration import DemoHome
from tests.support.guide import ROOT, blocks
from tests.support.serving import Serving, environment

SECTION = {"README.md": "Asking holders about a debtor", "README.zh-CN.md": "网络查控"}
TOLD = (
    "市自然资源局  RETURNED  SEAL_MISSING",
    "市住建局  OBJECTED",
    "市人社局  DISPATCHED",
    "北疆通信  ANSWERED  REFUSED",
    "催办 (urged)  黑河市人力资源和社会保障局",
    "异议成立 (objection upheld)  黑河市住房和城乡建设局",
    "FREEZE   CONTROLLED",
    "RENEW    RENEWED",
    "RELEASE  RELEASED",
    "车辆 (vehicle)  CONCLUDED, CLOSED",
)


def commands(page: str) -> list[list[str]]:
    """Words of each command of the section."""
    lines = "\n".join(text.removeprefix("sh\n") for text in blocks(ROOT / page)[SECTION[page]]).replace("\\\n", "")
    return [shlex.split(line) for line in lines.splitlines() if line]


def settings(words: list[str]) -> dict[str, str]:
    return dict(word.split("=", 1) for word in words if word.startswith("HUB_"))


def test_the_two_guides_give_the_same_commands() -> None:
    assert commands("README.md") == commands("README.zh-CN.md")


def test_twelve_holders_are_asked_a_deposit_is_frozen_a_vehicle_met_and_nobody_else_sees_it(
    demo_home: DemoHome, tmp_path: Path
) -> None:
    home = demo_home()
    run, register, up, story = commands("README.md")
    serving = Serving(home, "--demo", **settings(run))
    try:
        serving.wait_ready()
        assert run_hub(home, *register[1:]).returncode == 0
        words = [word for word in up if not word.startswith("HUB_")][1:]
        quick = environment(home, **settings(up))
        log = tmp_path / "sandbox.log"
        sandbox = begin_hub(quick, *words, "--no-systems", "--no-platform", out=log, err=log)
        try:
            until_joined(log)
            told = subprocess.run(
                [sys.executable, *story[1:]],
                cwd=ROOT,
                env=environment(home, HUB_URL=serving.url),
                capture_output=True,
                text=True,
                timeout=180,
                check=False,
            )
        finally:
            os.kill(sandbox.pid or 0, signal.SIGTERM)
            sandbox.join(30)
    finally:
        serving.stop(signal.SIGTERM)
    assert told.returncode == 0, told.stdout + told.stderr
    assert [each for each in TOLD if each not in told.stdout] == []
    assert "个客户端 (the other clients): 0" in told.stdout


def until_joined(log: Path) -> None:
    for _ in range(600):
        if log.exists() and "holders registered" in log.read_text():
            return
        time.sleep(0.1)
    pytest.fail(log.read_text())
