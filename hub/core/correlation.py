"""The correlation id that ties a request to its log lines, audit entries and events."""

from __future__ import annotations

import re
from contextvars import ContextVar
from uuid import uuid4

_ACCEPTED = re.compile(r"[A-Za-z0-9._-]{8,64}")

correlation_id: ContextVar[str] = ContextVar("correlation_id", default="-")


def accept_or_new(received: str | None) -> str:
    """The caller's correlation id when it is harmless to log, else a new one."""
    if received and _ACCEPTED.fullmatch(received):
        return received
    return uuid4().hex
