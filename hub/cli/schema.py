"""``hub schema``: the GraphQL schema as shipped."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hub.cli.output import say
from hub.core.errors import Reason, Refused
from schema.build import print_sdl

app = typer.Typer(help="GraphQL 模式 (schema)", no_args_is_help=True)

SDL = Path(__file__).parents[2] / "schema" / "schema.graphql"


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
    """核对 schema/schema.graphql 与代码一致 (check the snapshot against the code)."""
    if not SDL.exists() or SDL.read_text() != print_sdl():
        raise Refused(Reason("SCHEMA_SNAPSHOT_STALE"))
    say("一致 (current)")
