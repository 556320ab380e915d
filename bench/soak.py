"""``python -m bench.soak [MINUTES]``: steady mixed load on one worker, its resident memory every ten seconds.

Writes ``bench/results/soak.json``. Memory is flat when the last third holds no more than five hundredths above the
second third.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path

from bench.double_lists import Volume
from bench.operations import OPERATIONS
from bench.processes import put, resident_mebibytes
from bench.world import servers, world

RATE = 150.0
SLICE_SECONDS = 2.0
SAMPLE_SECONDS = 10.0
FLAT = 1.05
RESULT = Path(__file__).parent / "results" / "soak.json"


def main() -> None:
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    samples: list[dict[str, float]] = []
    requests = 0
    with world(Volume(items=20_000), alerts=100_000) as given, servers(given, "hub"):
        pid = given.servers["hub"][1]
        started = time.monotonic()
        while (passed := time.monotonic() - started) < minutes * 60:
            if not samples or passed - samples[-1]["seconds"] >= SAMPLE_SECONDS:
                samples.append({"seconds": round(passed, 1), "mebibytes": round(resident_mebibytes(pid), 1)})
            for operation in OPERATIONS:
                load = given.load("hub", operation, connections=16, seconds=SLICE_SECONDS, rate=RATE)
                requests += put(load)["requests"]
    sizes = [each["mebibytes"] for each in samples]
    third = max(len(sizes) // 3, 1)
    ratio = statistics.median(sizes[-third:]) / statistics.median(sizes[third : 2 * third] or sizes)
    found = {"minutes": minutes, "requests": requests, "last_over_second_third": round(ratio, 4), "samples": samples}
    RESULT.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(f"{requests} 请求 (requests); MiB {sizes[0]} → {sizes[-1]}; {ratio:.3f} {'✓' if ratio <= FLAT else '✗'}")


if __name__ == "__main__":
    main()
