"""Homes for embedded servers, and other processes that use them."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from hub.db.embedded import ServerAddress
from hub.db.embedded.process import is_alive

_USER_PROGRAM = """
import json, signal, sys
from pathlib import Path
from hub.db.embedded import EmbeddedServer

signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background is started with it ignored
server = EmbeddedServer(Path(sys.argv[1]), durable=False)
address = server.acquire()
try:
    print(json.dumps([str(address.socket_directory), address.port, address.password]), flush=True)
    sys.stdin.readline()
except KeyboardInterrupt:
    print("interrupted", flush=True)
    sys.stdin.readline()
server.release()
"""


@dataclass
class OtherProcess:
    """A process of its own session that holds the server until it is told to release it."""

    popen: subprocess.Popen[str]

    def address(self) -> list[Any]:
        return json.loads(self.read())

    def read(self) -> str:
        assert self.popen.stdout is not None
        return self.popen.stdout.readline().strip()

    def release(self) -> None:
        assert self.popen.stdin is not None
        self.popen.stdin.write("\n")
        self.popen.stdin.flush()
        assert self.popen.wait(20) == 0

    def kill(self) -> None:
        self.popen.kill()
        self.popen.wait(20)


@pytest.fixture
def new_home() -> Iterator[Path]:
    """A home not made yet, below a short path."""
    with _swept_root() as root:
        yield root / "home"


@pytest.fixture(scope="module")
def _module_home() -> Iterator[Path]:
    with _swept_root() as root:
        yield root / "home"


@pytest.fixture
def home(_module_home: Path) -> Iterator[Path]:
    """A home whose server has run before (but for the first test of a module) and is stopped."""
    assert not (_module_home / "postgres/postmaster.pid").exists()
    yield _module_home
    _kill_servers(_module_home)


@contextlib.contextmanager
def _swept_root() -> Iterator[Path]:
    root = Path(tempfile.mkdtemp(prefix="hub-test-"))
    yield root
    _kill_servers(root)
    shutil.rmtree(root)


def _kill_servers(folder: Path) -> None:
    """End what a failed test has left running."""
    for pid_file in folder.rglob("postmaster.pid"):
        pid = int(pid_file.read_text().split()[0])
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGQUIT)
        deadline = time.monotonic() + 10
        while is_alive(pid) and time.monotonic() < deadline:
            time.sleep(0.02)


@pytest.fixture
def start_user() -> Iterator[Callable[[Path], OtherProcess]]:
    started: list[OtherProcess] = []

    def start(home: Path) -> OtherProcess:
        popen = subprocess.Popen(
            [sys.executable, "-c", _USER_PROGRAM, str(home)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        started.append(OtherProcess(popen))
        return started[-1]

    yield start
    for other in started:
        with contextlib.suppress(BrokenPipeError), other.popen:
            other.popen.kill()


@pytest.fixture
def ask() -> Callable[..., Awaitable[list[Any]]]:
    """Run statements in one session over the socket, or TCP, and return the last one's value of each row."""

    async def run(
        address: ServerAddress, *statements: str, password: str | None = None, host: str | None = None
    ) -> list[Any]:
        connection = await asyncpg.connect(
            host=host or str(address.socket_directory),
            port=address.port,
            user=address.superuser,
            password=address.password if password is None else password,
            database="postgres",
        )
        try:
            rows: list[Any] = []
            for statement in statements:
                rows = await connection.fetch(statement)
            return [row[0] for row in rows]
        finally:
            await connection.close()

    return run


@pytest.fixture
def postmaster_pid() -> Callable[[Path], int]:
    return lambda home: int((home / "postgres/postmaster.pid").read_text().split()[0])


@pytest.fixture
def eventually() -> Callable[[Callable[[], bool]], None]:
    """Wait for a condition, for at most ten seconds."""

    def wait(condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 10
        while not condition():
            assert time.monotonic() < deadline, "the condition never came true"
            time.sleep(0.02)

    return wait
