"""``hub keys``: the signing keys of access tokens."""

from __future__ import annotations

from typing import Annotated

import typer

from hub.auth.keys import load_keys, rotate_signing_key
from hub.cli.output import say, table
from hub.cli.running import run
from hub.runtime import Runtime

app = typer.Typer(help="令牌签名密钥 (signing keys of access tokens)", no_args_is_help=True)


@app.command("rotate")
def rotate(
    compromised: Annotated[
        bool, typer.Option("--compromised", help="旧密钥已泄露：立即作废 (the old key leaked: withdraw it at once)")
    ] = False,
) -> None:
    """轮换签名密钥：先公布，后启用 (publish a new key, sign with it after its lead time)."""

    async def action(runtime: Runtime) -> None:
        async with runtime.sessions.system("operator") as session:
            key = await rotate_signing_key(session, runtime.keyring, at=runtime.clock(), compromised=compromised)
        say(f"kid          {key.kid}")
        say(f"启用 (signs)  {key.active_from.isoformat()}")

    run(action)


@app.command("list")
def list_all() -> None:
    """列出已公布的密钥 (list the published keys)."""

    async def action(runtime: Runtime) -> None:
        async with runtime.sessions.system("operator") as session:
            rows = [
                (key.kid, key.active_from.isoformat(), key.retired_at.isoformat() if key.retired_at else "—")
                for key in await load_keys(session, at=runtime.clock())
            ]
        say(table(("kid", "启用 (signs from)", "退出 (retired)"), rows))

    run(action)
