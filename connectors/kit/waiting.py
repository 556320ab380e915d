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
    return asyncio.run_coroutine_threadsafe(_bounded(work, seconds), _loop()).result()


async def _bounded(work: Coroutine[Any, Any, T], seconds: float) -> T:
    """Unlike ``asyncio.wait_for`` not waiting for what is given up to end: it may hang in its own tidying up."""
    task = asyncio.ensure_future(work)
    done, _ = await asyncio.wait({task}, timeout=seconds)
    if not done:
        task.cancel()
        task.add_done_callback(lambda ended: ended.cancelled() or ended.exception())
        raise TimeoutError
    return task.result()
