"""``hub worker``."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from hub.cli.environment import end_on_terminate, end_with, read_settings
from hub.cli.output import say
from hub.http.logs import configure_logs
from hub.installation import database_of
from hub.runtime import Runtime
from hub.schedule import run_named
from hub.secrets import load_secrets
from hub.worker import work_until_stopped
from schema.build import build_schema
from schema.bulk.exporting import Exporter


def worker(
    once: Annotated[bool, typer.Option("--once", help="只运行一轮 (one round only)")] = False,
    job: Annotated[
        list[str] | None,
        typer.Option("--job", help="只立即运行所列定时任务，可多次给出 (run these scheduled jobs now, then end)"),
    ] = None,
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
                if job:
                    for name, rows in (await run_named(runtime, job)).items():
                        say(f"{name}  {rows}")
                else:
                    await work_until_stopped(runtime, Exporter(build_schema(), runtime).portion, once=once)

        asyncio.run(work())
