"""Prometheus metrics. With several web processes the figures are gathered from all of them."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from functools import lru_cache

import structlog
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from starlette.requests import Request
from starlette.responses import Response

log = structlog.get_logger("hub.http")

REQUESTS = Counter("hub_http_requests_total", "HTTP requests", ["route", "method", "status"])
LIMITED = Counter("hub_graphql_refused_total", "GraphQL requests refused before they ran", ["code"])
SECONDS = Histogram(
    "hub_http_request_seconds",
    "Seconds per HTTP request",
    ["route"],
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15),
)


def count_request(route: str, method: str, status: int, seconds: float) -> None:
    """Note a finished request. Routes, methods and states are few: see ``RequestFrame``."""
    requests, durations = _children(route, method, status)
    requests.inc()
    durations.observe(seconds)


@lru_cache(maxsize=1_000)
def _children(route: str, method: str, status: int) -> tuple[Counter, Histogram]:
    return REQUESTS.labels(route, method, str(status)), SECONDS.labels(route)


def exposition(more: Callable[[CollectorRegistry], Awaitable[None]]) -> Callable[[Request], Awaitable[Response]]:
    """``GET /metrics`` in the Prometheus text format; ``more`` adds what is read at that moment."""

    async def metrics(_: Request) -> Response:
        registry = REGISTRY
        if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        momentary = CollectorRegistry()
        try:
            await more(momentary)
        except Exception as error:  # noqa: BLE001 - what the processes counted is told all the same
            log.warning("figures not read", kind=type(error).__name__)
        return Response(generate_latest(registry) + generate_latest(momentary), media_type=CONTENT_TYPE_LATEST)

    return metrics
