"""One event loop for the libraries that need one: connectors block, and hub and sandbox call them from threads."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from functools import cache
from threading import Thread
from typing import Any, TypeVar

T = TypeVar("T")


@cache
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    Thread(target=loop.run_forever, name="connectors", daemon=True).start()
    return loop


def wait(work: Coroutine[Any, Any, T], seconds: float) -> T:
    """The result of ``work``. Raises ``TimeoutError`` when it takes longer, and whatever it raises."""
    return asyncio.run_coroutine_threadsafe(asyncio.wait_for(work, seconds), _loop()).result()
