"""Everything ``hub serve`` starts, and stops again: database, worker process, web processes."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from shutil import rmtree
from threading import Event, Thread
from typing import Annotated

import typer
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server
from starlette.types import ASGIApp

from hub.cli.demonstration import clients_file, clients_table, load_demo_if_empty
from hub.cli.environment import end_on_terminate, end_with, read_settings
from hub.cli.output import progress, say
from hub.cli.running import prepare_database
from hub.config import Settings
from hub.core.errors import Reason, Refused
from hub.db.target import DatabaseTarget
from hub.installation import database_of
from hub.runtime import Runtime
from hub.secrets import Secrets, load_secrets

_WORKER_GRACE = 15
"""Seconds: longer than a delivery under way may take."""
_WATCH_SECONDS = 2


def serve(
    demo: Annotated[
        bool, typer.Option("--demo/--no-demo", help="空库时装入演示数据 (load demonstration data when empty)")
    ] = False,
    worker: Annotated[
        bool, typer.Option("--worker/--no-worker", help="同时运行后台任务 (run the background worker as well)")
    ] = True,
) -> None:
    """启动网络服务及后台任务，Ctrl-C 停止 (serve, with the background worker)."""
    end_on_terminate()
    settings = read_settings()
    if demo and settings.production:
        raise Refused(Reason("PRODUCTION_REFUSES_DEMO"))
    secrets = load_secrets(settings)
    _require_port(settings)
    try:
        with database_of(settings, secrets, on_progress=progress) as target:
            if not settings.production:
                asyncio.run(_prepare(settings, secrets, target, demo=demo))
            _announce(settings)
            with _worker_process() if worker else nullcontext():
                _serve(settings)
    except KeyboardInterrupt:
        progress("已停止 (stopped)")


async def _prepare(settings: Settings, secrets: Secrets, target: DatabaseTarget, *, demo: bool) -> None:
    await prepare_database(target)
    async with Runtime.open(settings, target, secrets.keyring, name="hub-prepare") as runtime:
        if demo:
            await load_demo_if_empty(runtime)


def _require_port(settings: Settings) -> None:
    with socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError:
            raise Refused(Reason("PORT_IN_USE", params={"port": settings.port})) from None


def _announce(settings: Settings) -> None:
    base = settings.issuer_url
    shown = clients_table(clients_file(settings.home)) if not settings.production else ""
    if shown:
        say(f"\n演示客户端 (demonstration clients), {clients_file(settings.home)}:\n\n{shown}\n")
    say(f"GraphQL        {base}/graphql")
    if not settings.production:
        say(f"GraphiQL       {base}/graphiql")
    say(f"OAuth          {base}/oauth/token")
    say(f"健康 (health)   {base}/healthz  {base}/readyz  {base}/metrics")
    say("按 Ctrl-C 停止 (Ctrl-C stops everything)\n")


@contextmanager
def _worker_process() -> Iterator[None]:
    """The background worker beside the web processes; one that dies is started again."""
    keeper = _Keeper()
    keeper.start()
    try:
        yield
    finally:
        keeper.stop()


class _Keeper(Thread):
    def __init__(self) -> None:
        super().__init__(name="worker-keeper", daemon=True)
        self._ended = Event()
        self._worker = self._begin()

    @staticmethod
    def _begin() -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "hub.cli", "worker", "--beside", str(os.getpid())]
        return subprocess.Popen(command, start_new_session=True)  # noqa: S603 - our own command

    def run(self) -> None:
        while not self._ended.wait(_WATCH_SECONDS):
            if self._worker.poll() is not None:
                progress("后台任务已退出，正在重新启动 (the worker ended; starting it again)")
                self._worker = self._begin()

    def stop(self) -> None:
        self._ended.set()
        self.join()
        self._worker.send_signal(signal.SIGTERM)
        try:
            self._worker.wait(timeout=_WORKER_GRACE)
        except subprocess.TimeoutExpired:
            self._worker.kill()
            self._worker.wait()


def build_web() -> ASGIApp:
    """The app in a web process of ``hub serve``; the process ends with the one that started it."""
    end_with(os.getppid())
    # Not before: what counts requests finds out when it is imported that several processes count together.
    from hub.app import build_app  # noqa: PLC0415

    return build_app()


def serve_web(settings: Settings, app: str = "hub.cli.serving:build_web") -> None:
    """The web processes around an app factory, named ``module:function``, until a signal ends them."""
    Server(
        app,
        factory=True,
        interface=Interfaces.ASGI,
        address=settings.host,
        port=settings.port,
        workers=settings.workers,
        websockets=True,
        log_access=False,
        log_level=LogLevels.warning,
        workers_kill_timeout=15,
        respawn_failed_workers=True,
    ).serve()


def _serve(settings: Settings) -> None:
    metrics = (settings.home / "metrics").resolve()
    _fresh_folder(metrics)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(metrics)
    serve_web(settings)


def _fresh_folder(path: Path) -> None:
    with suppress(FileNotFoundError):
        rmtree(path)
    path.mkdir(parents=True, mode=0o700)
