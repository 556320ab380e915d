"""The stories of the README, by its commands as they are written, against a hub and sandbox systems of their own."""

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

HOLDERS = {"README.md": "Asking holders about a debtor", "README.zh-CN.md": "网络查控"}
CREDIT = {"README.md": "From a suit to the last lifted measure", "README.zh-CN.md": "从被诉到最后一项措施解除"}
HOLDERS_TOLD = (
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
    "个客户端 (the other clients): 0",
)
CREDIT_TOLD = (
    "REMINDER_LETTER  ISSUED",
    "URGING_LETTER  ISSUED",
    "(a check matches) 0, 可见 (visible) False",
    "列入 (listed)  PUBLISHED",
    "JP-F1-01  汉川市财政局  IN_FORCE",
    "EXACT_ID  BLOCK  JP-F1-01、JP-F2-01",
    "SHIELDED  DELETED_SHIELDED",
    "complete=False, 未解除 (missing): 汉川市司法局",
    "complete=True, 未解除 (missing): 无",
    "修复 (repaired)  REPAIRED",
)


def commands(section: dict[str, str], page: str) -> list[list[str]]:
    """Words of each command of the section."""
    lines = "\n".join(
        text.removeprefix("sh\n") for text in blocks(ROOT / page)[section[page]] if text.startswith("sh\n")
    )
    return [shlex.split(line) for line in lines.replace("\\\n", "").splitlines() if line]


def settings(words: list[str]) -> dict[str, str]:
    return dict(word.split("=", 1) for word in words if word.startswith("HUB_"))


@pytest.mark.parametrize("section", [HOLDERS, CREDIT])
def test_the_two_guides_give_the_same_commands(section: dict[str, str]) -> None:
    assert commands(section, "README.md") == commands(section, "README.zh-CN.md")


def told(home: Path, url: str, story: list[str]) -> str:
    """What a story prints."""
    whole = environment(home, HUB_URL=url)
    ran = subprocess.run(
        [sys.executable, *story[1:]], cwd=ROOT, env=whole, capture_output=True, text=True, timeout=180, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.mark.long
def test_twelve_holders_are_asked_a_deposit_is_frozen_a_vehicle_met_and_nobody_else_sees_it(
    demo_home: DemoHome, tmp_path: Path
) -> None:
    home = demo_home()
    run, register, up, story = commands(HOLDERS, "README.md")
    serving = Serving(home, "--demo", HUB_INGEST_SECONDS="0.2", **settings(run))
    try:
        serving.wait_ready()
        assert run_hub(home, *register[1:]).returncode == 0
        words = [word for word in up if not word.startswith("HUB_")][1:]
        quick = environment(home, **settings(up))
        log = tmp_path / "sandbox.log"
        sandbox = begin_hub(quick, *words, "--no-systems", "--no-platform", out=log, err=log)
        try:
            until_joined(log)
            said = told(home, serving.url, story)
        finally:
            os.kill(sandbox.pid or 0, signal.SIGTERM)
            sandbox.join(30)
    finally:
        serving.stop(signal.SIGTERM)
    assert [each for each in HOLDERS_TOLD if each not in said] == []


@pytest.mark.long
def test_a_body_is_urged_listed_punished_and_repaired_everywhere_but_where_it_is_forgotten(demo_home: DemoHome) -> None:
    home = demo_home()
    policy, story = commands(CREDIT, "README.md")
    serving = Serving(home, "--demo", HUB_INGEST_SECONDS="0.2")
    try:
        serving.wait_ready()
        assert run_hub(home, *policy[1:]).returncode == 0
        said = told(home, serving.url, story)
    finally:
        serving.stop(signal.SIGTERM)
    assert [each for each in CREDIT_TOLD if each not in said] == []


def until_joined(log: Path) -> None:
    for _ in range(600):
        if log.exists() and "holders registered" in log.read_text():
            return
        time.sleep(0.1)
    pytest.fail(log.read_text())
