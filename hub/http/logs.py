"""Structured logs: one JSON object a line, with the correlation id, without personal data or query text."""

from __future__ import annotations

import asyncio
import atexit
import json
import logging
import re
import select
import sys
from collections.abc import Callable, MutableMapping
from functools import lru_cache
from typing import Any

import orjson
import structlog

from hub.core.clock import system_clock
from hub.core.correlation import correlation_id

_SECRET_WORDS = re.compile("secret|password|token|authorization|assertion|phone|key", re.IGNORECASE)
_HELD_SECONDS = 0.2


def configure_logs(level: str) -> None:
    """Send every log line of the process to standard error as JSON."""
    structlog.configure(
        processors=[_line],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping().get(level.upper(), 20)),
        logger_factory=_LINES.logger,
        cache_logger_on_first_use=True,
    )


def _line(logger: object, method: str, event: MutableMapping[str, Any]) -> bytes:
    """In one step, as every request writes a line."""
    for name in event:
        if _names_secret(name):
            event[name] = "…"
    structlog.processors.add_log_level(logger, method, event)
    # With the offset in it: local time without one asks the system for its zone with every line.
    event["timestamp"] = system_clock().isoformat(timespec="microseconds")
    event.setdefault("correlation_id", correlation_id.get())
    if "exc_info" in event:
        event = structlog.processors.format_exc_info(logger, method, event)
    return _WRITE(logger, method, event)  # type: ignore[return-value]


@lru_cache(maxsize=1_000)
def _names_secret(name: str) -> bool:
    return _SECRET_WORDS.search(name) is not None


def _write(event: MutableMapping[str, Any], default: Callable[[Any], Any]) -> bytes:
    try:
        return orjson.dumps(event, default=default)
    except TypeError:
        return json.dumps(event, default=default).encode()


class Lines:
    """Lines for standard error. On an event loop ordinary ones are held for a moment and written together, in pieces
    that a pipe shared with other processes takes whole; from a warning on they go out at once, with all before them."""

    def __init__(self) -> None:
        self._held = bytearray()
        self._loop: asyncio.AbstractEventLoop | None = None
        atexit.register(self.flush)

    def logger(self, *_: object) -> Lines:
        """One for the whole process, so that the lines keep their order."""
        return self

    def info(self, line: bytes) -> None:
        if len(self._held) + len(line) >= select.PIPE_BUF:
            self._put()
        self._held += line + b"\n"
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self.flush()
            return
        if loop is not self._loop:
            self._loop = loop
            loop.call_later(_HELD_SECONDS, self.flush)

    def warning(self, line: bytes) -> None:
        self.info(line)
        self.flush()

    debug = msg = info
    error = critical = exception = fatal = failure = err = warn = warning

    def flush(self) -> None:
        """Write what is held."""
        self._loop = None
        self._put()

    def _put(self) -> None:
        held, self._held = bytes(self._held), bytearray()
        if held:
            sys.stderr.buffer.write(held)
            sys.stderr.buffer.flush()


_LINES = Lines()
_WRITE = structlog.processors.JSONRenderer(serializer=_write)
