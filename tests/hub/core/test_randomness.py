"""Random bytes are given once, whichever thread draws them, and to one process alone."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

from hub.core.randomness import BYTES, random_bytes


def test_no_two_draws_are_alike_in_any_thread() -> None:
    with ThreadPoolExecutor(4) as threads:
        drawn = [
            each for some in threads.map(lambda _: [random_bytes() for _ in range(2_000)], range(8)) for each in some
        ]
    assert len(set(drawn)) == len(drawn) == 16_000
    assert {len(each) for each in drawn} == {BYTES}


def test_a_forked_process_draws_none_that_its_parent_has() -> None:
    random_bytes()
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writes, b"".join(random_bytes() for _ in range(300)))
        os._exit(0)
    os.waitpid(child, 0)
    told = os.read(reads, 300 * BYTES)
    os.close(reads)
    os.close(writes)
    theirs = {told[at : at + BYTES] for at in range(0, len(told), BYTES)}
    assert len(theirs) == 300
    assert theirs.isdisjoint({random_bytes() for _ in range(600)})
