"""``hub schema``: the GraphQL schema as shipped, what it promised, and who still uses what is to go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import orjson
import typer
from graphql import build_schema as schema_of

from hub.audit.usage import Used, usage_since
from hub.cli.output import say, table
from hub.cli.running import run
from hub.core.clock import local_date, system_clock
from hub.core.deprecation import removal_date
from hub.core.errors import Reason, Refused, refuse_if
from hub.runtime import Runtime
from schema.build import build_schema, print_sdl
from schema.changes import find_faults, read_accepted
from schema.deprecated import deprecations

app = typer.Typer(help="GraphQL 模式 (schema)", no_args_is_help=True)

FOLDER = Path(__file__).parents[2] / "schema"
SDL = FOLDER / "schema.graphql"
RELEASED = FOLDER / "released.graphql"
ACCEPTED = FOLDER / "accepted_changes.yaml"


@app.command("print")
def print_schema(
    write: Annotated[bool, typer.Option("--write", help="写入 schema/schema.graphql (write the snapshot)")] = False,
) -> None:
    """打印 GraphQL 模式 (print the SDL)."""
    if write:
        SDL.write_text(print_sdl())
        return
    say(print_sdl())


@app.command("check")
def check() -> None:
    """核对快照与代码一致，且与已发布的模式兼容 (check the snapshot, and that it keeps what was released)."""
    if not SDL.exists() or SDL.read_text() != print_sdl():
        raise Refused(Reason("SCHEMA_SNAPSHOT_STALE"))
    refuse_if(faults())
    say("一致，且兼容 (current and compatible)")


def faults() -> list[Reason]:
    """What keeps the snapshot from being released today."""
    released, current = schema_of(RELEASED.read_text()), schema_of(SDL.read_text())
    return find_faults(released, current, read_accepted(ACCEPTED), today=local_date(system_clock()))


@app.command("release")
def release() -> None:
    """将当前快照作为已发布的模式，清空已接受的变更 (make the snapshot the released schema)."""
    check()
    RELEASED.write_text(SDL.read_text())
    comments = [line for line in ACCEPTED.read_text().splitlines(keepends=True) if line.startswith("#")]
    ACCEPTED.write_text("".join(comments) + "[]\n")
    say("已发布 (released)")


@app.command("usage")
def usage(
    days: Annotated[int, typer.Option(min=1, max=3650, help="最近天数 (days back)")] = 30,
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出 (print JSON)")] = False,
) -> None:
    """列出仍在使用已弃用字段的客户端 (clients that still use what is deprecated)."""

    async def read(runtime: Runtime) -> Sequence[Used]:
        async with runtime.sessions.system("usage") as session:
            return await usage_since(session, local_date(runtime.clock()) - timedelta(days=days))

    say(usage_json(found := run(read)) if as_json else usage_table(found))


def usage_json(found: Sequence[Used]) -> str:
    return orjson.dumps([{**_shown(each), "operations": each.operations} for each in found]).decode()


def usage_table(found: Sequence[Used]) -> str:
    if not found:
        return "无 (none)"
    head = ("字段 (coordinate)", "客户端 (client)", "次数 (operations)", "最近 (last)", "移除 (removal)")
    shown = [(each, _shown(each)) for each in found]
    return table(
        head,
        [
            (each.coordinate, each.client_id, str(each.operations), str(row["last"]), str(row["removal"] or "—"))
            for each, row in shown
        ],
    )


def _shown(used: Used) -> dict[str, str | None]:
    """``removal`` is None for what is no longer deprecated, or gone."""
    day = removal_date(deprecations(build_schema().graphql).get(used.coordinate, ""))
    return {
        "coordinate": used.coordinate,
        "clientId": used.client_id,
        "last": used.last.isoformat(),
        "removal": day.isoformat() if day else None,
    }
