"""``make bench``: the hub over HTTP beside hand-written SQL, PostGraphile and itself without pass-through.

Servers take turns, one worker each, on one database; answers are compared before anything is timed. Writes
``bench/RESULTS.md`` and the raw samples.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from typing import Any

from bench import pages, results
from bench.double_lists import Volume
from bench.operations import OPERATIONS, canonical
from bench.processes import asked_once, cpu_seconds, put, resident_mebibytes
from bench.world import HUB_APPS, LIMIT, PEER, World, add_alerts, servers, world

ROUNDS = 5
SECONDS = 1.0
CONNECTIONS = 8
OPEN_CONNECTIONS = 64
OPEN_SECONDS = 5.0
SIZES = (10_000, 100_000, 1_000_000)
NAMES = (*HUB_APPS, LIMIT, PEER)
REFERENCE = "{ viewer { subject } }"


def main() -> None:
    started = time.monotonic()
    found: dict[str, Any] = {}
    with world(Volume(items=200_000), alerts=SIZES[0]) as given:
        _say("数据已就绪 (data is ready)", started)
        found["growth"] = _growth(given)
        _say("增长已测 (growth measured)", started)
        with servers(given, *NAMES):
            names = [name for name in NAMES if name in given.servers]
            for operation in OPERATIONS:
                _same_answers(given, names, operation)
            _say("各方答案一致 (all answers are equal)", started)
            found["throughput"] = {operation: _turns(given, names, operation) for operation in OPERATIONS}
            found["latency"] = {operation: _latency(given, operation, found) for operation in OPERATIONS}
            found["memory"] = {name: resident_mebibytes(given.servers[name][1]) for name in names}
        _say("各项操作已测 (operations measured)", started)
    found["inside"] = asyncio.run(pages.ratios())
    found["minutes"] = (time.monotonic() - started) / 60
    print(results.write(found))


def _same_answers(given: World, names: list[str], operation: str) -> None:
    """Nothing is timed unless every server gives the same answer, and a full one."""
    loads = {name: given.load(name, operation, connections=1, seconds=1) for name in names}
    for place in range(len(next(iter(loads.values())).bodies[:5])):
        answers = {name: asked_once(load, load.bodies[place]) for name, load in loads.items()}
        for name, answer in answers.items():
            same = canonical(answer.get("data")) == canonical(answers["hub"].get("data"))
            if not same or "errors" in answer or not answer["data"]:
                raise SystemExit(f"{name} 的答案不同 (answers otherwise): {operation}\n{str(answer)[:800]}")


def _turns(given: World, names: list[str], operation: str) -> dict[str, list[dict[str, float]]]:
    """Samples of every server by round: requests a second, milliseconds of CPU a request of server and database."""
    loads = {name: given.load(name, operation, connections=CONNECTIONS, seconds=SECONDS) for name in names}
    samples: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    for load in loads.values():
        put(load)
    for turn in range(ROUNDS):
        for name in names if turn % 2 else reversed(names):
            samples[name].append(_sample(given, name, loads[name]))
    return samples


def _sample(given: World, name: str, load: Any) -> dict[str, float]:
    pid = given.servers[name][1]
    server, database = cpu_seconds(pid), cpu_seconds(given.postmaster)
    seen = put(load)
    count = max(seen["requests"], 1)
    return {
        "requests_a_second": round(seen["requests"] / seen["seconds"], 1),
        "server_cpu_ms": round((cpu_seconds(pid) - server) / count * 1e3, 4),
        "database_cpu_ms": round((cpu_seconds(given.postmaster) - database) / count * 1e3, 4),
        "generator_cpu_share": round(seen["generator_cpu_seconds"] / seen["seconds"], 3),
        "p50_ms": seen["p50_ms"],
        "p99_ms": seen["p99_ms"],
    }


def _latency(given: World, operation: str, found: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Percentiles at half of the rate that saturated the server, requests due at equal distances; three runs in turns.

    Of the limit too: what of the tail is the machine's, on which generator, server and database share the cores.
    """
    seen: dict[str, list[dict[str, Any]]] = {"hub": [], LIMIT: []}
    for _ in range(3):
        for name, runs in seen.items():
            samples = found["throughput"][operation][name]
            rate = statistics.median(each["requests_a_second"] for each in samples) / 2
            load = given.load(name, operation, connections=OPEN_CONNECTIONS, seconds=OPEN_SECONDS / 2, rate=rate)
            runs.append(put(load) | {"rate": rate})
    return seen


def _growth(given: World) -> dict[str, list[float]]:
    """Time of the flat page at each size, over the time of a read that touches no table, in turns; per round."""
    found: dict[str, list[float]] = {}
    present = SIZES[0]
    for size in SIZES:
        if size > present:
            add_alerts(given, present, size)
            present = size
        with servers(given, "hub"):
            page = given.load("hub", "flat page of 100", connections=1, seconds=SECONDS)
            plain = given.load("hub", REFERENCE, connections=1, seconds=SECONDS)
            put(page), put(plain)
            found[str(size)] = [round(put(page)["p50_ms"] / put(plain)["p50_ms"], 4) for _ in range(ROUNDS)]
    return found


def _say(what: str, started: float) -> None:
    print(f"[{time.monotonic() - started:5.0f} s] {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
