"""Who gets in, through which door, and what the server is set to."""

from __future__ import annotations

import os
import shlex
import signal
import socket
import stat
import tempfile
from pathlib import Path

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.core.errors import Refused
from hub.db.embedded import EmbeddedServer
from hub.db.embedded.flags import server_options


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


async def test_only_the_right_password_opens_the_socket_and_the_loopback_port(home, ask):
    with EmbeddedServer(home, tcp_port=0, durable=False) as address:
        assert address.tcp
        for host in (None, "127.0.0.1"):
            assert await ask(address, "SELECT current_user::text", host=host) == ["postgres"]
            for wrong in ("wrong", "", "postgres"):
                with pytest.raises(asyncpg.InvalidPasswordError):
                    await ask(address, "SELECT 1", host=host, password=wrong)
        assert address.password not in repr(address)


async def test_without_a_port_nothing_listens_on_tcp(home, ask):
    with EmbeddedServer(home, durable=False) as address:
        assert not address.tcp
        assert await ask(address, "SHOW listen_addresses") == [""]


async def test_files_belong_to_their_owner_only(home, ask):
    with EmbeddedServer(home, durable=False) as address:
        await ask(address, "SELECT 1")
        assert _mode(home) == 0o700
        assert _mode(home / "postgres") == 0o700
        assert _mode(address.socket_directory) == 0o700
        for name in ("postgres.secret.json", "postgres.state.json", "postgres.log", "postgres.lock"):
            assert _mode(home / name) == 0o600, name
        assert address.password in (home / "postgres.secret.json").read_text()
        for path in home.rglob("*"):
            readable = path.is_file() and path.name != "postgres.secret.json"
            assert not (readable and address.password.encode() in path.read_bytes()), path


def test_a_password_file_opened_too_wide_is_closed_again(home):
    with EmbeddedServer(home, durable=False):
        pass
    (home / "postgres.secret.json").chmod(0o644)
    with EmbeddedServer(home, durable=False):
        assert _mode(home / "postgres.secret.json") == 0o600


async def test_the_server_speaks_chinese_time_and_text(home, ask):
    with EmbeddedServer(home, durable=False) as address:
        assert (await ask(address, "SHOW server_version_num"))[0].startswith("18")
        assert await ask(address, "SHOW timezone") == ["Asia/Shanghai"]
        assert await ask(address, "SHOW server_encoding") == ["UTF8"]
        locale = "SELECT datlocprovider::text || datlocale FROM pg_database WHERE datname = 'template1'"
        assert await ask(address, locale) == ["bC.UTF-8"]
        assert await ask(address, "SELECT upper('é') = 'É'") == [True]
        trigrams = "SELECT '督促函办理情况' %> '督促函'"
        assert await ask(address, "CREATE EXTENSION pg_trgm", trigrams) == [True]
        rules = "SELECT DISTINCT auth_method FROM pg_hba_file_rules"
        assert await ask(address, rules) == ["scram-sha-256"]


async def test_a_role_or_database_may_set_its_own_time_zone(home, ask):
    with EmbeddedServer(home, durable=False) as address:
        await ask(address, "ALTER DATABASE postgres SET timezone = 'UTC'")
        assert await ask(address, "SHOW timezone") == ["UTC"]
        await ask(address, "ALTER DATABASE postgres RESET timezone")


@pytest.mark.parametrize(("durable", "expected"), [(True, "on"), (False, "off")])
async def test_durability_is_what_was_asked_for(home, ask, durable, expected):
    with EmbeddedServer(home, durable=durable) as address:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            assert await ask(address, f"SHOW {setting}") == [expected], setting
        assert await ask(address, "SHOW max_wal_senders") == ["0"]


async def test_the_log_holds_neither_statements_nor_values(home, ask):
    with EmbeddedServer(home, durable=False) as address:
        await ask(address, "CREATE TABLE person (id_number text PRIMARY KEY)")
        insert = "INSERT INTO person VALUES ('11010519491231002X')"
        with pytest.raises(asyncpg.UniqueViolationError, match="person_pkey"):
            await ask(address, insert, insert)
    log = (home / "postgres.log").read_text()
    assert "person_pkey" in log
    assert "11010519491231002X" not in log


async def test_a_deep_home_gets_its_socket_in_a_private_temporary_folder(new_home, ask):
    deep = new_home / ("县" * 40) / ("深" * 40)
    server = EmbeddedServer(deep, durable=False)
    address = server.acquire()
    folder = address.socket_directory

    assert folder.parent in {Path(tempfile.gettempdir()), Path("/tmp")}
    assert _mode(folder) == 0o700
    assert await ask(address, "SELECT 1") == [1]
    assert EmbeddedServer(deep, durable=False).running()
    other = EmbeddedServer(deep, durable=False)
    assert other.acquire() == address
    other.release()
    server.release()
    assert not folder.exists()


async def test_a_home_may_have_any_name(new_home, ask):
    odd = new_home / "a \"b\", $(touch pwned) `id` 'c'\\"
    with EmbeddedServer(odd, durable=False) as address:
        assert address.socket_directory.parent == odd
        assert await ask(address, "SHOW data_directory") == [str(odd / "postgres")]
    assert not list(new_home.rglob("pwned"))


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1))
def test_options_reach_the_server_as_they_were_meant(name):
    options = server_options(socket_directory=Path("/", name), port=5432, tcp=False, durable=True)
    settings = dict(pair.split("=", 1) for pair in shlex.split(options) if pair != "-c")
    quoted = settings["unix_socket_directories"]
    assert quoted[0] == quoted[-1] == '"'
    assert Path(quoted[1:-1].replace('""', '"')) == Path("/", name)


def test_a_taken_port_is_refused_at_once(home):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        server = EmbeddedServer(home, tcp_port=taken.getsockname()[1], durable=False)
        with pytest.raises(Refused) as refusal:
            server.acquire()
    assert refusal.value.code == "EMBEDDED_PORT_TAKEN"
    assert not server.running()


def test_other_wishes_are_refused_while_others_use_the_server(home):
    plain = EmbeddedServer(home, durable=False)
    plain.acquire()
    for other in (EmbeddedServer(home, tcp_port=0, durable=False), EmbeddedServer(home, durable=True)):
        with pytest.raises(Refused) as refusal:
            other.acquire()
        assert refusal.value.code == "EMBEDDED_IN_USE"
    assert plain.running()
    plain.release()
    assert not plain.running()


async def test_a_crashed_server_comes_back_as_its_living_users_wanted_it(home, postmaster_pid, ask):
    demanding = EmbeddedServer(home, tcp_port=0, durable=True)
    before = demanding.acquire()
    os.kill(postmaster_pid(home), signal.SIGKILL)
    modest, other = EmbeddedServer(home, durable=False), EmbeddedServer(home, tcp_port=before.port + 1)
    with pytest.raises(Refused) as refusal:
        other.acquire()
    assert refusal.value.code == "EMBEDDED_IN_USE"

    assert modest.acquire() == before

    assert await ask(before, "SHOW fsync", host="127.0.0.1") == ["on"]
    demanding.release()
    modest.release()
    assert not modest.running()


async def test_other_wishes_restart_a_server_that_nobody_uses(home, start_user, postmaster_pid, ask):
    victim = start_user(home)
    victim.address()
    before = postmaster_pid(home)
    victim.kill()

    with EmbeddedServer(home, tcp_port=0, durable=True) as address:
        assert postmaster_pid(home) != before
        assert await ask(address, "SHOW fsync", host="127.0.0.1") == ["on"]
        milder = EmbeddedServer(home, durable=False)
        assert milder.acquire() == address
        milder.release()
