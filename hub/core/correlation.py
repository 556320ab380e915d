"""The correlation id that ties a request to its log lines, audit entries and events."""

from __future__ import annotations

import random
import re
from contextvars import ContextVar

_ACCEPTED = re.compile(r"[A-Za-z0-9._-]{8,64}")

correlation_id: ContextVar[str] = ContextVar("correlation_id", default="-")


def accept_or_new(received: str | None) -> str:
    """The caller's correlation id when it is harmless to log, else a new one."""
    if received and _ACCEPTED.fullmatch(received):
        return received
    # Names a request in logs, guards nothing: no need to ask the system for secret bits each time.
    return f"{random.getrandbits(128):032x}"
