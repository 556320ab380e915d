"""Processes a measurement starts and ends, the CPU time they took, and the load it puts on them."""

from __future__ import annotations

import base64
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from bench.load import Load, as_json

_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def process(command: list[str], port: int, environment: Mapping[str, str], log: Path) -> Iterator[int]:
    """A server of its own session that listens on the port, for as long as the block runs; gives its process id."""
    with log.open("ab") as said:
        started = subprocess.Popen(
            command, env={**os.environ, **environment}, stdout=said, stderr=said, start_new_session=True
        )
    try:
        _wait_for(port, started, log)
        yield started.pid
    finally:
        started.send_signal(signal.SIGTERM)
        try:
            started.wait(timeout=20)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()


def _wait_for(port: int, started: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        if started.poll() is not None:
            break
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise SystemExit(f"服务没有启动 (a server did not start):\n{log.read_text()[-2000:]}")


def tree(pid: int) -> list[int]:
    """A process and everything below it."""
    found = [pid]
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += tree(int(child))
    return found


def cpu_seconds(pid: int) -> float:
    """CPU time of a process and everything below it, ended children included."""
    ticks = 0
    for each in tree(pid):
        with suppress(OSError):
            fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(int(field) for field in fields[11:15])
    return ticks / _TICK


def resident_mebibytes(pid: int) -> float:
    total = 0
    for each in tree(pid):
        with suppress(OSError):
            total += int(Path(f"/proc/{each}/statm").read_text().split()[1])
    return total * _PAGE / 2**20


def postmaster(home: Path) -> int:
    """Process id of the embedded server of a home."""
    found = next(iter(sorted(home.rglob("postmaster.pid"))), None)
    if found is None:
        raise SystemExit("找不到数据库进程 (no postmaster.pid)")
    return int(found.read_text().split()[0])


def put(load: Load) -> dict[str, Any]:
    """Put the load on a server from a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.load"], input=as_json(load), text=True, capture_output=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"负载没有完成 (the load did not complete):\n{done.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout)
    if found["refused"]:
        raise SystemExit(f"有 {found['refused']} 个请求被拒绝 (requests were refused)")
    return found


def asked_once(load: Load, body: str) -> Any:
    """The answer to one request, as JSON."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{load.port}{load.path}", data=body.encode(), headers=load.headers
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def access_token(port: int, client_id: str, secret: str) -> str:
    pair = base64.b64encode(f"{client_id}:{secret}".encode()).decode()
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/oauth/token",
        data=b"grant_type=client_credentials",
        headers={"authorization": f"Basic {pair}"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return str(json.load(answer)["access_token"])
