"""The installation as its operator meets it: real processes, a real embedded server, a real PostgreSQL over TCP."""

from __future__ import annotations

import json
import os
import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from hub.cli import app
from hub.db.embedded import EmbeddedServer
from tests.support.commands import run_hub
from tests.support.demonstration import DemoHome
from tests.support.serving import Serving, free_port

ROOT = Path(__file__).parents[3]
NOTICE = ROOT / "tests" / "data" / "notices" / "wenxian-2021-13.txt"


def processes_of(home: Path) -> list[str]:
    found = []
    for entry in Path("/proc").glob("[0-9]*/environ"):
        try:
            if str(home).encode() in entry.read_bytes():
                found.append(entry.parent.name)
        except OSError:
            continue
    return found


@pytest.fixture(scope="module")
def home(demo_home: DemoHome) -> Path:
    return demo_home()


@pytest.fixture(scope="module")
def demo(home: Path) -> Iterator[Path]:
    """The home with the demonstration; its server runs on between the commands, as beside a hub that serves."""
    with EmbeddedServer(home):
        yield home


@pytest.mark.long
def test_serve_with_the_demonstration_answers_a_department_and_leaves_nothing_behind(tmp_path: Path) -> None:
    home = tmp_path
    serving = Serving(home, "--demo")
    try:
        serving.wait_ready()
        kept = home / "demo-clients.json"
        assert kept.stat().st_mode & 0o777 == 0o600
        clients = {each["client_id"]: each for each in json.loads(kept.read_text())}
        assert {"client_id", "client_secret", "organization", "jurisdiction_code", "roles", "scopes"} == set(
            clients["wenxian-gongan"]
        )
        with httpx.Client(base_url=serving.url) as http:
            token = http.post(
                "/oauth/token",
                data={"grant_type": "client_credentials"},
                auth=("wenxian-gongan", clients["wenxian-gongan"]["client_secret"]),
            ).json()["access_token"]
            answer = http.post(
                "/graphql",
                json={"query": "{ doubleListItems { totalCount } }"},
                headers={"authorization": f"Bearer {token}"},
            )
            assert answer.json()["data"]["doubleListItems"]["totalCount"] > 0
            assert answer.headers["x-correlation-id"]
            assert "hub_http_requests_total" in http.get("/metrics").text
            assert http.get("/graphiql").status_code == 200
            assert http.get("/nothing").json()["code"] == "PATH_UNKNOWN"
        other = run_hub(home, "import-notice", str(NOTICE), "--jurisdiction", "410825", "--year", "2030", "--json")
        assert len(json.loads(other.stdout)["items"]) == 32
        taken = run_hub(home, "serve", HUB_PORT=str(serving.port))
        assert taken.returncode != 0
        assert "PORT_IN_USE" in taken.stderr
    finally:
        serving.stop(signal.SIGINT)
    log = serving.log.read_text()
    assert "http://127.0.0.1" in log
    assert clients["wenxian-gongan"]["client_secret"] in log.split("GraphQL")[0]
    assert token not in log
    assert processes_of(home) == []
    again = Serving(home, "--demo")
    try:
        again.wait_ready()
        assert json.loads(kept.read_text()) == list(clients.values())
    finally:
        again.stop(signal.SIGTERM)
    assert processes_of(home) == []


def test_a_hub_that_is_killed_leaves_no_process_of_its_own_and_starts_again(home: Path) -> None:
    serving = Serving(home)
    serving.wait_ready()
    serving.stop(signal.SIGKILL)
    until = time.monotonic() + 30
    while time.monotonic() < until and hub_processes_of(home):
        time.sleep(0.2)
    assert hub_processes_of(home) == []
    again = Serving(home)
    try:
        again.wait_ready()
    finally:
        again.stop(signal.SIGTERM)
    assert processes_of(home) == []


def test_a_database_that_is_killed_while_it_serves_is_started_again(home: Path) -> None:
    serving = Serving(home)
    try:
        serving.wait_ready()
        pid_file = next(home.glob("postgres/postmaster.pid"), None) or next(home.rglob("postmaster.pid"))
        os.kill(int(pid_file.read_text().splitlines()[0]), signal.SIGKILL)
        until = time.monotonic() + 10
        while (status := httpx.get(f"{serving.url}/readyz").status_code) == 200 and time.monotonic() < until:
            pass  # it is looked for every two seconds, maybe at once
        assert status == 503
        serving.wait_ready()
    finally:
        serving.stop(signal.SIGTERM)
    assert processes_of(home) == []


def hub_processes_of(home: Path) -> list[str]:
    """Processes of the house but the database server, which the next start takes over."""
    return [pid for pid in processes_of(home) if b"hub.cli" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def test_clients_are_made_listed_rotated_and_disabled(demo: Path) -> None:
    made = run_hub(demo, "clients", "create", "gongan-2", "--organization", "温县公安局", "--scopes", "doublelist:read")
    assert made.returncode == 0, made.stderr
    assert re.search(r"client_secret\s+\S{40,}", made.stdout)
    twice = run_hub(demo, "clients", "create", "gongan-2", "--organization", "温县公安局")
    assert "CLIENT_EXISTS" in twice.stderr
    greedy = run_hub(demo, "clients", "create", "gongan-3", "--organization", "温县公安局", "--scopes", "audit:read")
    assert "SCOPE_NOT_GRANTABLE" in greedy.stderr
    assert "gongan-3" not in run_hub(demo, "clients", "list").stdout
    listed = run_hub(demo, "clients", "list")
    assert listed.returncode == 0, listed.stderr
    assert "wenxian-gongan" in listed.stdout
    rotated = run_hub(demo, "clients", "rotate", "wenxian-gongan")
    assert rotated.returncode == 0, rotated.stderr
    assert run_hub(demo, "clients", "disable", "wenxian-gongan").returncode == 0
    unknown = run_hub(demo, "clients", "disable", "nobody")
    assert (unknown.returncode != 0, "CLIENT_UNKNOWN" in unknown.stderr) == (True, True)
    assert run_hub(demo, "keys", "rotate").returncode == 0
    assert run_hub(demo, "worker", "--once").returncode == 0


def test_trusted_documents_are_published_listed_and_withdrawn(demo: Path, tmp_path: Path) -> None:
    file = tmp_path / "who.graphql"
    file.write_text("query Who { viewer { clientId } }", encoding="utf-8")
    published = run_hub(demo, "documents", "publish", str(file), "--client", "wenxian-portal")
    assert published.returncode == 0, published.stderr
    key = published.stdout.split()[0]
    assert key.startswith("sha256:")
    listed = run_hub(demo, "documents", "list").stdout
    assert re.search(rf"{key}\s+Who\s+wenxian-portal", listed)
    assert "PublicFigures, Viewer" in listed
    file.write_text("query Who { nothing }", encoding="utf-8")
    refused = run_hub(demo, "documents", "publish", str(file))
    assert (refused.returncode != 0, "DOCUMENT_INVALID" in refused.stderr) == (True, True)
    assert "DOCUMENT_UNKNOWN" in run_hub(demo, "documents", "withdraw", key).stderr
    assert run_hub(demo, "documents", "withdraw", key, "--client", "wenxian-portal").returncode == 0
    assert key not in run_hub(demo, "documents", "list").stdout
    given = ("clients", "quota", "wenxian-portal", "--capacity", "500", "--restore-rate", "5")
    assert run_hub(demo, *given).returncode == 0
    assert "CLIENT_UNKNOWN" in run_hub(demo, "clients", "quota", "nobody", "--capacity", "5").stderr
    assert run_hub(demo, "clients", "quota", "wenxian-portal", "--capacity", "0").returncode != 0


@pytest.mark.parametrize(
    "command",
    [
        "",
        "serve",
        "worker",
        "migrate",
        "demo",
        "import-notice",
        "clients",
        "documents",
        "keys",
        "register",
        "register import",
        "register export",
        "schema",
        "clients create",
    ],
)
def test_help_is_in_both_languages(command: str) -> None:
    shown = CliRunner().invoke(app, [*command.split(), "--help"])
    assert shown.exit_code == 0
    assert re.search(r"[\u4e00-\u9fff]", shown.stdout)
    assert re.search(r"[A-Za-z]{4}", shown.stdout)


def test_production_refuses_what_only_suits_development(tmp_path: Path) -> None:
    refused = run_hub(tmp_path, "serve", HUB_ENV="production")
    assert refused.returncode != 0
    assert "PRODUCTION_NEEDS" in refused.stderr
    for name in ("HUB_DATABASE_URL", "HUB_ISSUER", "HUB_APP_PASSWORD", "HUB_MASTER_KEYS"):
        assert name in refused.stderr
    demo = run_hub(tmp_path, "demo", HUB_ENV="production")
    assert "PRODUCTION_REFUSES_DEMO" in demo.stderr
    assert list(tmp_path.iterdir()) == []


def test_unreadable_and_unfit_notices_are_refused_by_name(demo: Path, tmp_path: Path) -> None:
    missing = run_hub(demo, "import-notice", str(tmp_path / "no.txt"), "--jurisdiction", "410825", "--year", "2026")
    assert "FILE_UNREADABLE" in missing.stderr
    empty = tmp_path / "empty.txt"
    empty.touch()
    refused = run_hub(demo, "import-notice", str(empty), "--jurisdiction", "410825", "--year", "2026")
    assert (refused.returncode != 0, "NOTICE_EMPTY" in refused.stderr) == (True, True)
    unknown = run_hub(demo, "import-notice", str(NOTICE), "--jurisdiction", "999999", "--year", "2026")
    assert "JURISDICTION_UNKNOWN" in unknown.stderr


def test_an_external_postgresql_over_tcp_with_a_password_serves(tmp_path: Path) -> None:
    port = free_port()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    server = EmbeddedServer(elsewhere, tcp_port=port, durable=False)
    address = server.acquire()
    try:
        home = tmp_path / "home"
        home.mkdir(mode=0o700)
        url = f"postgresql://{address.superuser}:{address.password}@127.0.0.1:{port}/linkage"
        migrated = run_hub(home, "migrate", HUB_DATABASE_URL=url)
        assert migrated.returncode == 0, migrated.stderr
        wrong = run_hub(home, "migrate", HUB_DATABASE_URL=url.replace(str(address.password), "wrong"))
        assert wrong.returncode != 0
        assert "wrong" not in wrong.stderr
        serving = Serving(home, HUB_DATABASE_URL=url)
        try:
            serving.wait_ready()
            answer = httpx.post(f"{serving.url}/graphql", json={"query": "{ viewer { clientId } }"})
            assert answer.status_code == 401
        finally:
            serving.stop(signal.SIGTERM)
        assert not (home / "postgres").exists()
    finally:
        server.release()
