"""Random bytes from the operating system, drawn many at a time: asking it for each would cost more than sealing."""

from __future__ import annotations

import os
from collections import deque

BYTES = 12
_AT_ONCE = 256
_pool: deque[bytes] = deque()
os.register_at_fork(after_in_child=_pool.clear)


def random_bytes() -> bytes:
    """Twelve bytes that nobody else was given: every draw leaves the pool, whichever thread draws, and a forked process
    begins with none."""
    try:
        return _pool.popleft()
    except IndexError:
        drawn = os.urandom(BYTES * _AT_ONCE)
        _pool.extend(drawn[at : at + BYTES] for at in range(BYTES, len(drawn), BYTES))
        return drawn[:BYTES]
