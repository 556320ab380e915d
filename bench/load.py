"""A load generator of its own process: keep-alive connections on loopback, HTTP/1.1, nothing but sockets.

Reads one ``Load`` as JSON from standard input, writes what it saw as JSON: closed loop when ``rate`` is 0, else an open
loop with arrivals at equal distances, latency counted from when a request was due (no coordinated omission).
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from collections import deque
from dataclasses import asdict, dataclass
from typing import Any

import uvloop

HIGHEST_RATE = 50_000
LONGEST_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Load:
    """``bodies`` are sent in turn; ``headers`` go out as they are."""

    port: int
    path: str
    headers: dict[str, str]
    bodies: list[str]
    connections: int
    seconds: float
    rate: float = 0.0

    def requests(self) -> list[bytes]:
        head = f"POST {self.path} HTTP/1.1\r\nhost: 127.0.0.1:{self.port}\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in self.headers.items())
        return [f"{head}content-length: {len(body.encode())}\r\n\r\n".encode() + body.encode() for body in self.bodies]


class _Run:
    def __init__(self, load: Load) -> None:
        self.load = load
        self.requests = load.requests()
        self.latencies: list[float] = []
        self.sent = 0
        self.refused = 0
        self.ends = 0.0
        self.last = 0.0
        self.idle: list[_Connection] = []
        self.due: deque[float] = deque()
        self.done = asyncio.get_running_loop().create_future()
        self.busy = 0

    def next_request(self) -> bytes:
        self.sent += 1
        return self.requests[self.sent % len(self.requests)]

    def free(self, connection: _Connection) -> None:
        """A connection has its answer: the next request at once (closed loop), or what is due."""
        now = time.perf_counter()
        self.last = now
        if self.load.rate == 0:
            if now < self.ends:
                connection.ask(now)
                return
        elif self.due:
            connection.ask(self.due.popleft())
            return
        self.busy -= 1
        self.idle.append(connection)
        if now >= self.ends and self.busy == 0 and not self.due and not self.done.done():
            self.done.set_result(None)

    def arrive(self, due: float) -> None:
        if self.idle:
            self.busy += 1
            self.idle.pop().ask(due)
        else:
            self.due.append(due)


class _Connection(asyncio.Protocol):
    def __init__(self, run: _Run) -> None:
        self._run = run
        self._began = 0.0
        self._left = -1
        self._head = b""

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def connection_lost(self, error: Exception | None) -> None:
        if not self._run.done.done():
            self._run.done.set_exception(error or ConnectionError("the server closed a connection"))

    def ask(self, began: float) -> None:
        self._began = began
        self._transport.write(self._run.next_request())

    def data_received(self, data: bytes) -> None:
        if self._left < 0:
            data = self._head + data
            end = data.find(b"\r\n\r\n")
            if end < 0:
                self._head = data
                return
            head = data[:end].lower()
            if not head.startswith(b"http/1.1 200"):
                self._run.refused += 1
            place = head.index(b"content-length:") + 15
            self._left = int(head[place : (head + b"\r").index(b"\r", place)])
            self._head = b""
            data = data[end + 4 :]
        self._left -= len(data)
        if self._left == 0:
            self._left = -1
            self._run.latencies.append(time.perf_counter() - self._began)
            self._run.free(self)


async def drive(load: Load) -> dict[str, Any]:
    loop = asyncio.get_running_loop()
    run = _Run(load)
    for _ in range(load.connections):
        _, connection = await loop.create_connection(lambda: _Connection(run), "127.0.0.1", load.port)
        run.idle.append(connection)
    started = time.perf_counter()
    run.ends = started + load.seconds
    if load.rate:
        await _arrivals(run, started)
    else:
        for _ in range(load.connections):
            run.arrive(time.perf_counter())
    await asyncio.wait_for(run.done, load.seconds + 30)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    found = sorted(run.latencies)
    return {
        "requests": len(found),
        "refused": run.refused,
        "seconds": run.last - started,
        "generator_cpu_seconds": usage.ru_utime + usage.ru_stime,
        "p50_ms": _at(found, 0.50),
        "p90_ms": _at(found, 0.90),
        "p99_ms": _at(found, 0.99),
        "max_ms": _at(found, 1.0),
    }


async def _arrivals(run: _Run, started: float) -> None:
    due, step = started, 1 / run.load.rate
    while due < run.ends:
        wait = due - time.perf_counter()
        if wait > 0:
            await asyncio.sleep(wait)
        while due <= time.perf_counter():
            run.arrive(due)
            due += step


def _at(ordered: list[float], share: float) -> float:
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1e3, 3) if ordered else 0.0


def as_json(load: Load) -> str:
    return json.dumps(asdict(load))


def main() -> None:
    load = Load(**json.load(sys.stdin))
    if load.rate > HIGHEST_RATE or load.seconds > LONGEST_SECONDS:
        raise SystemExit("比允许的更多 (more load than allowed)")
    print(json.dumps(uvloop.run(drive(load))))


if __name__ == "__main__":
    main()
