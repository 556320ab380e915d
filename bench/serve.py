"""``python -m bench.serve MODULE:FACTORY``: one web process around an app factory, as ``hub serve`` runs it."""

from __future__ import annotations

import os
import sys

from starlette.types import ASGIApp

import schema.endpoint
from hub.app import build_app
from hub.cli.serving import serve_web
from hub.config import Settings
from schema.execution import Executor


class _Completing(Executor):
    """graphql-core completes every answer."""

    def __init__(self, *given: object) -> None:
        super().__init__(*given, pass_through=False)  # type: ignore[arg-type]


def build_without_pass_through() -> ASGIApp:
    """The same hub, but for pass-through."""
    schema.endpoint.Executor = _Completing  # type: ignore[misc]
    return build_app()


def main() -> None:
    settings = Settings()
    metrics = settings.home / f"metrics-{os.getpid()}"
    metrics.mkdir(parents=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(metrics.resolve())
    serve_web(settings, sys.argv[1])


if __name__ == "__main__":
    main()
