"""Start, reuse, stop; users that die; a server that dies."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

import pytest

from hub.core.errors import Refused
from hub.db.embedded import EmbeddedServer
from hub.db.embedded.process import is_alive


def test_the_first_start_tells_what_it_does_and_the_last_release_stops_the_server(new_home, postmaster_pid):
    told = []
    server = EmbeddedServer(new_home, durable=False)
    assert not server.running()

    server.acquire(on_progress=told.append)

    assert [message.partition(" (")[0] for message in told] == ["首次启动：正在建立内嵌数据库", "正在启动内嵌数据库"]
    assert server.running()
    pid = postmaster_pid(new_home)
    server.release()
    assert not server.running()
    assert not (new_home / "postgres/postmaster.pid").exists()
    assert not is_alive(pid)


async def test_data_and_password_outlive_a_stop(home, ask):
    with EmbeddedServer(home, durable=False) as first:
        await ask(first, "CREATE TABLE kept (item text)", "INSERT INTO kept VALUES ('督促函')")

    with EmbeddedServer(home, durable=False) as second:
        assert second == first
        assert await ask(second, "SELECT item FROM kept") == ["督促函"]
    assert list(home.glob("postgres.new-*")) == []


async def test_a_second_process_shares_the_server_and_the_last_one_stops_it(home, start_user, postmaster_pid, ask):
    server = EmbeddedServer(home, durable=False)
    address = server.acquire()
    pid = postmaster_pid(home)

    other = start_user(home)
    assert other.address() == [str(address.socket_directory), address.port, address.password]
    assert postmaster_pid(home) == pid

    server.release()
    assert await ask(address, "SELECT 1") == [1]
    other.release()
    assert not server.running()


def test_two_objects_of_one_process_are_two_users(home):
    first, second = EmbeddedServer(home, durable=False), EmbeddedServer(home, durable=False)
    told = []
    assert first.acquire() == second.acquire(on_progress=told.append)
    assert [message.partition(" (")[0] for message in told] == ["内嵌数据库已在运行，直接使用"]

    first.release()
    assert second.running()
    second.release()
    assert not second.running()


def test_acquiring_again_counts_once_and_only_a_user_can_release(home):
    server, stranger = EmbeddedServer(home, durable=False), EmbeddedServer(home, durable=False)
    assert server.acquire() == server.acquire()

    stranger.release()
    assert server.running()
    server.release()
    assert not server.running()
    server.release()


def test_processes_racing_for_the_first_start_share_one_server(new_home, start_user, postmaster_pid):
    racers = [start_user(new_home) for _ in range(3)]

    addresses = [racer.address() for racer in racers]

    assert addresses == [addresses[0]] * 3
    assert len(json.loads((new_home / "postgres.state.json").read_text())["users"]) == 3
    assert (new_home / "postgres.log").read_text().count("ready to accept connections") == 1
    pid = postmaster_pid(new_home)
    for racer in racers:
        assert is_alive(pid)
        racer.release()
    assert not is_alive(pid)


@pytest.mark.parametrize("fetched", [True, False], ids=["gone", "zombie"])
def test_a_killed_user_does_not_keep_the_server_alive(home, start_user, postmaster_pid, fetched):
    victim = start_user(home)
    victim.address()
    pid = postmaster_pid(home)
    if fetched:
        victim.kill()
    else:
        victim.popen.kill()
        os.waitid(os.P_PID, victim.popen.pid, os.WEXITED | os.WNOWAIT)
    server = EmbeddedServer(home, durable=False)
    assert server.running()

    server.acquire()
    assert postmaster_pid(home) == pid
    server.release()

    assert not server.running()


def test_a_user_killed_while_others_stay_is_forgotten_by_their_release(home, start_user):
    server = EmbeddedServer(home, durable=False)
    server.acquire()
    victim = start_user(home)
    victim.address()
    victim.kill()

    server.release()

    assert not server.running()


def test_a_recycled_pid_is_not_taken_for_the_user_that_had_it(home):
    server = EmbeddedServer(home, durable=False)
    server.acquire()
    state_file = home / "postgres.state.json"
    state = json.loads(state_file.read_text())
    (mine,) = state["users"]
    bystander = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    state["users"].append({"pid": bystander.pid, "started": mine["started"], "token": "other"})
    state_file.write_text(json.dumps(state))

    server.release()

    assert bystander.poll() is None
    assert not server.running()
    bystander.communicate(b"\n")


def test_a_forked_child_cannot_release_its_parents_server(home):
    server = EmbeddedServer(home, durable=False)
    server.acquire()
    child = os.fork()
    if child == 0:
        server.release()
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0

    assert server.running()
    server.release()
    assert not server.running()


def test_an_interrupt_at_the_terminal_does_not_reach_the_server(home, start_user, postmaster_pid):
    other = start_user(home)
    other.address()

    os.killpg(other.popen.pid, signal.SIGINT)

    assert other.read() == "interrupted"
    assert EmbeddedServer(home).running()
    assert os.getsid(postmaster_pid(home)) not in {os.getsid(0), other.popen.pid}
    other.release()
    assert not EmbeddedServer(home).running()


async def test_a_killed_server_comes_back_with_its_committed_data(home, postmaster_pid, ask):
    server = EmbeddedServer(home, durable=True)
    before = server.acquire()
    await ask(before, "CREATE TABLE assigned (item text)", "INSERT INTO assigned VALUES ('交办单')")
    killed = postmaster_pid(home)
    os.kill(killed, signal.SIGKILL)
    told = []

    after = server.acquire(on_progress=told.append)

    assert after == before
    assert [message.partition(" (")[0] for message in told] == ["内嵌数据库上次未正常停止，正在恢复"]
    assert postmaster_pid(home) != killed
    assert await ask(after, "SELECT item FROM assigned") == ["交办单"]
    server.release()
    assert not server.running()


def test_a_killed_server_is_released_without_fuss(new_home, postmaster_pid, eventually):
    server = EmbeddedServer(new_home, durable=False)
    server.acquire()
    os.kill(postmaster_pid(new_home), signal.SIGKILL)
    eventually(lambda: not server.running())

    server.release()

    assert (new_home / "postgres/postmaster.pid").exists()
    assert json.loads((new_home / "postgres.state.json").read_text())["users"] == []


def test_a_torn_state_file_is_an_empty_one(home):
    server = EmbeddedServer(home, durable=False)
    server.acquire()
    (home / "postgres.state.json").write_text('{"users": [')

    server.release()

    assert not server.running()


def test_leftovers_of_a_killed_first_start_do_not_matter(new_home):
    leftover = new_home / "postgres.new-killed" / "data"
    leftover.mkdir(parents=True)
    (leftover / "PG_VERSION").write_text("18\n")

    with EmbeddedServer(new_home, durable=False):
        assert not leftover.exists()


def test_a_failed_start_leaves_no_user_and_no_server(new_home):
    broken = EmbeddedServer(new_home, durable=False)
    broken.acquire()
    broken.release()
    (new_home / "postgres/postgresql.conf").write_text("no_such_setting = 1\n")

    with pytest.raises(Refused) as refusal:
        broken.acquire()

    assert refusal.value.code == "EMBEDDED_START_FAILED"
    assert "no_such_setting" in (new_home / "postgres.log").read_text()
    assert not broken.running()
    assert json.loads((new_home / "postgres.state.json").read_text())["users"] == []
