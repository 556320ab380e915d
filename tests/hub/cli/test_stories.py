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

from tests.chaos.installation import Installation, Part
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
KILLED = {
    "执行 (execution)": (Part.WORKER,),
    "列入 (listed)": (Part.WORKER, Part.DATABASE),
}
"""Which parts of the installation are killed when the story has said what."""
ONCE = {
    "messages not applied": "select count(*) from inbox_message where state <> 'APPLIED'",
    "messages received twice": "select count(*) - count(distinct (source, message_id)) from inbox_message",
    "steps told twice": "select count(*) - count(distinct (record_id, occurred_at)) from dishonesty_step",
    "letters drafted twice": "select count(*) - count(distinct (kind, title)) from supervision_notice",
    "interceptions but one": "select count(*) - 1 from interception",
    "repairs but one": "select count(*) - 1 from credit_repair",
    "measures carried out but two": (
        "select count(*) - 2 from joint_punishment_measure where status = 'VERIFIED_LIFTED'"
    ),
    "listings that checks still find": "select count(*) from standing_listing",
    "measures that checks still find": "select count(*) from standing_measure",
    "events twice": (
        "select count(*) - count(distinct (key, type, ids)) from outbox_event where type like 'dishonesty.%'"
    ),
}
"""What must not be there when the story has ended."""
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
@pytest.mark.scenario(1)
async def test_a_body_is_urged_listed_punished_and_repaired_while_worker_and_database_are_killed(
    demo_home: DemoHome,
) -> None:
    """The story of the README; at two of its lines kill -9 meets whoever works on what follows."""
    policy, story = commands(CREDIT, "README.md")
    installation = Installation(demo_home())
    try:
        installation.wait_ready()
        assert run_hub(installation.home, *policy[1:]).returncode == 0
        said = killed_on_the_way(installation, story)
        installation.wait_whole()
        connection = await installation.connect()
        try:
            left = {name: await connection.fetchval(query) for name, query in ONCE.items()}
        finally:
            await connection.close()
    finally:
        installation.serving.end()
    assert [each for each in CREDIT_TOLD if each not in said] == []
    assert left == dict.fromkeys(ONCE, 0)


def killed_on_the_way(installation: Installation, story: list[str]) -> str:
    """What a story says, killing at those that ``KILLED`` names."""
    whole = environment(installation.home, HUB_URL=installation.serving.url, PYTHONUNBUFFERED="1")
    running = subprocess.Popen(
        [sys.executable, *story[1:]], cwd=ROOT, env=whole, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert running.stdout is not None
    waiting, said = dict(KILLED), ""
    for line in running.stdout:
        said += line
        for point in [point for point in waiting if point in line]:
            killed = [installation.kill(part) for part in waiting.pop(point)]
            assert all(killed), point
    assert (running.wait(180), waiting) == (0, {}), said + installation.serving.log.read_text()[-3000:]
    return said


def until_joined(log: Path) -> None:
    for _ in range(600):
        if log.exists() and "holders registered" in log.read_text():
            return
        time.sleep(0.1)
    pytest.fail(log.read_text())
