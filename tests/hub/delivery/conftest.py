"""A receiver on a real socket, endpoints registered as a client does, and a worker that delivers."""

from __future__ import annotations

from tests.support.delivering import hooks, item, receiver, runtime, steps  # noqa: F401 - fixtures
