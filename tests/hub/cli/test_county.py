"""A county of one's own, in production on an external PostgreSQL, by the commands of the README as they are written."""

from __future__ import annotations

import base64
import re
import secrets
import shlex
import shutil
import signal
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import httpx
import pytest

from hub.db.embedded import EmbeddedServer
from tests.support.commands import run_hub_in
from tests.support.guide import ROOT, blocks
from tests.support.serving import HUB, Serving, environment, free_port

SECTION = {"README.md": "A county of your own", "README.zh-CN.md": "运行自己的县"}


def commands(page: str) -> list[list[str]]:
    (block,) = blocks(ROOT / page)[SECTION[page]]
    return [shlex.split(line, comments=True) for line in block.splitlines()[1:]]


@pytest.fixture
def production(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a production installation over a server of its own."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    server = EmbeddedServer(elsewhere, tcp_port=(port := free_port()), durable=False)
    address = server.acquire()
    keys = base64.b64encode(secrets.token_bytes(32)).decode()
    passwords = {f"HUB_{role}_PASSWORD": secrets.token_urlsafe(24) for role in ("APP", "SYSTEM", "OWNER")}
    try:
        yield {
            "HUB_ENV": "production",
            "HUB_DATABASE_URL": f"postgresql://{address.superuser}:{address.password}@127.0.0.1:{port}/linkage",
            "HUB_ISSUER": "https://hub.example.gov.cn",
            "HUB_MASTER_KEYS": f"k1:{keys}",
            **passwords,
        }
    finally:
        server.release()


def test_the_two_guides_give_the_same_commands() -> None:
    assert commands("README.md") == commands("README.zh-CN.md")


@pytest.mark.long
def test_four_commands_lead_to_a_department_that_signs_in(tmp_path: Path, production: dict[str, str]) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)

    whole = environment(home, **production)

    def typed(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*HUB, *arguments], cwd=ROOT, env=whole, capture_output=True, text=True, check=False)

    run = partial(run_hub_in, whole)

    migrate, register, policy, client = (each[1:] for each in commands("README.md"))
    assert typed(*migrate).returncode == 0
    assert "PRODUCTION_REFUSES_DEMO" in run("demo").stderr
    preview = run(*register[:-1])
    assert (preview.returncode, "未写入" in preview.stdout) == (0, True), preview.stderr
    wrong = shutil.copytree(ROOT / register[2], tmp_path / "wrong")
    bodies = wrong / "bodies.yaml"
    bodies.write_text(bodies.read_text().replace("mingchuan-police", "mingchuan-nobody").replace("13900009001", "1"))
    refused = run("register", "import", str(wrong), "--apply")
    assert refused.returncode == 1
    assert re.search(r"\[REGISTER_KEY_UNKNOWN\] bodies\.yaml\..*mingchuan-nobody", refused.stderr)
    written = typed(*register)
    assert (written.returncode, "新增 (added) 30" in written.stdout) == (0, True), written.stderr
    assert typed(*policy).returncode == 0
    made = typed(*client)
    assert made.returncode == 0, made.stderr
    exported = run("register", "export", str(tmp_path / "out"))
    assert exported.returncode == 0, exported.stderr
    assert "没有变化" in run("register", "import", str(tmp_path / "out")).stdout
    secret = re.search(r"client_secret\s+(\S+)", made.stdout)
    assert secret is not None
    serving = Serving(home, **production)
    try:
        serving.wait_ready()
        token = httpx.post(
            f"{serving.url}/oauth/token", data={"grant_type": "client_credentials"}, auth=(client[2], secret[1])
        ).json()["access_token"]
        answer = httpx.post(
            f"{serving.url}/graphql",
            json={"query": "{ coordinationBodies { nodes { name } } }"},
            headers={"authorization": f"Bearer {token}"},
        )
        assert answer.json()["data"]["coordinationBodies"]["nodes"] == [{"name": "明川县府院联动工作联席会议"}]
    finally:
        serving.stop(signal.SIGTERM)
    assert not (home / "postgres").exists()
