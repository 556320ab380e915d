"""``serve``, ``worker``, ``migrate``, ``demo``."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from hub.cli.demonstration import load_demo_if_empty
from hub.cli.environment import end_on_terminate, end_with, prepare_database, read_settings, run
from hub.cli.output import say
from hub.cli.serving import serve_all
from hub.core.errors import Reason, Refused
from hub.http.logs import configure_logs
from hub.installation import database_of
from hub.runtime import Runtime
from hub.secrets import load_secrets
from hub.worker import work_until_stopped
from schema.build import build_schema
from schema.bulk.exporting import Exporter


def register(app: typer.Typer) -> None:
    """Add the commands to the root."""
    app.command("serve")(serve)
    app.command("worker")(worker)
    app.command("migrate")(migrate)
    app.command("demo")(demo)


def serve(
    demo_data: Annotated[
        bool, typer.Option("--demo/--no-demo", help="空库时装入演示数据 (load demonstration data when empty)")
    ] = False,
    worker_too: Annotated[
        bool, typer.Option("--worker/--no-worker", help="同时运行后台任务 (run the background worker as well)")
    ] = True,
) -> None:
    """启动网络服务及后台任务，Ctrl-C 停止 (serve, with the background worker)."""
    serve_all(demo=demo_data, worker=worker_too)


def worker(
    once: Annotated[bool, typer.Option("--once", help="只运行一轮 (one round only)")] = False,
    beside: Annotated[int, typer.Option("--beside", hidden=True)] = 0,
) -> None:
    """只运行后台任务：定时任务、封签、批量导出、事件投递 (background work only)."""
    end_on_terminate()
    if beside:
        end_with(beside)
    settings = read_settings()
    configure_logs(settings.log_level)
    secrets = load_secrets(settings)
    with database_of(settings, secrets) as target:

        async def work() -> None:
            async with Runtime.open(settings, target, secrets.keyring, name="hub-worker") as runtime:
                await work_until_stopped(runtime, Exporter(build_schema(), runtime).portion, once=once)

        asyncio.run(work())


def migrate() -> None:
    """建立角色和数据库并迁移到最新结构 (create roles and database, migrate to head)."""
    end_on_terminate()
    settings = read_settings()
    secrets = load_secrets(settings, owner=True)
    with database_of(settings, secrets) as target:
        asyncio.run(prepare_database(target))
    say("数据库结构已是最新 (the schema is current)")


def demo() -> None:
    """向空库装入演示数据 (load demonstration data into an empty database)."""
    if read_settings().production:
        raise Refused(Reason("PRODUCTION_REFUSES_DEMO"))
    if not run(load_demo_if_empty):
        raise Refused(Reason("DEMO_NOT_EMPTY"))
