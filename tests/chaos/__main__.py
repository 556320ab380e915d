"""``make chaos``: kill -9 of worker, web process, database and main process under load, then everything is counted.

``python -m tests.chaos --count 200 --seed 7``: prints what was killed and what went through; ends with status 1 and
the seed when anything was lost, doubled, out of order or does not verify.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from tests.chaos.running import run


def main() -> int:
    parser = argparse.ArgumentParser(description="kill processes under load and count what came of it")
    parser.add_argument("--count", type=int, default=200, help="kills (200)")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="seed of what is killed when (the clock)")
    given = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="hub-chaos-") as home:
        outcome = asyncio.run(run(Path(home), count=given.count, seed=given.seed, large=given.count // 50, say=_say))
    for name, count in outcome.counts.items():
        print(f"{count:8}  {name}")
    print(f"种子 (seed) {given.seed}，{time.monotonic() - started:.0f} 秒 (seconds)")
    for fault in outcome.faults:
        print(f"✗ {fault}", file=sys.stderr)
    return 1 if outcome.faults else 0


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
