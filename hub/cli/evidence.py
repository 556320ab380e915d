"""``hub evidence``: proof of what was exchanged."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from sqlalchemy import func, select

from hub.cli.output import complain, say, table
from hub.cli.running import run
from hub.core.errors import NotFound, Refused
from hub.db.models import EvidenceKey, ExchangePending, ExchangeSeal
from hub.evidence.inspection import inspect_log
from hub.evidence.package import evidence_of
from hub.evidence.reporting import report
from hub.evidence.stamping import unstamped_since
from hub.evidence.tokens import load_authorities
from hub.runtime import Runtime

app = typer.Typer(help="交换存证 (evidence of the exchange)", no_args_is_help=True)


@app.command("export")
def export(
    message_id: Annotated[str, typer.Argument(help="消息编号 (id of the message)")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="写入文件 (write to a file)")] = None,
) -> None:
    """导出一条消息的存证包，可离线核验 (a package that proves one message offline)."""
    try:
        key = UUID(message_id)
    except ValueError:
        raise NotFound(path=("messageId",)) from None

    async def action(runtime: Runtime) -> None:
        async with runtime.sessions.system("operator") as session:
            package = await evidence_of(session, key)
        text = json.dumps(package, ensure_ascii=False, indent=2)
        if output is None:
            say(text)
        else:
            output.write_text(text + "\n", encoding="utf-8")
            say(f"已写入 (written) {output}")

    run(action)


@app.command("verify")
def verify_file(
    file: Annotated[Path, typer.Argument(help="存证包 (the package)")],
    roots: Annotated[
        Path | None, typer.Option("--roots", help="时间戳机构根证书 PEM (roots of the time-stamp authority)")
    ] = None,
) -> None:
    """离线核验存证包，不需要数据库 (check a package offline; no database is needed)."""
    for line in report(file, load_authorities(roots) if roots else ()):
        say(line)


@app.command("check")
def check() -> None:
    """逐条核对整个交换日志，指出每一处改动 (read the whole log and name every change)."""

    async def action(runtime: Runtime) -> None:
        async with runtime.sessions.system("operator") as session:
            found = await inspect_log(session)
        say(f"条目 (entries) {found.links}，封签 (seals) {found.seals}")
        if found.reasons:
            complain(Refused(*found.reasons))
            sys.exit(1)
        say("全部成立 (all of it holds)")

    run(action)


@app.command("keys")
def keys() -> None:
    """列出封签密钥的指纹，供核验方比对 (thumbprints of the keys, to compare with a package)."""

    async def action(runtime: Runtime) -> None:
        async with runtime.sessions.system("operator") as session:
            known = await session.scalars(select(EvidenceKey).order_by(EvidenceKey.active_from))
            rows = [(each.kid, each.algorithm, each.active_from.isoformat()) for each in known]
        say(table(("kid", "算法 (algorithm)", "启用 (signs from)"), rows))

    run(action)


@app.command("status")
def status() -> None:
    """待入链条目、封签数、未加时间戳的最早封签 (what waits, what is sealed, what is not stamped)."""

    async def action(runtime: Runtime) -> None:
        async with runtime.sessions.system("operator") as session:
            waiting = await session.scalar(select(func.count()).select_from(ExchangePending))
            seals = await session.scalar(select(func.count()).select_from(ExchangeSeal))
            since = await unstamped_since(session)
        say(f"待入链 (waiting)  {waiting}")
        say(f"封签 (seals)     {seals}")
        if runtime.settings.timestamp_url is not None:
            say(f"未加时间戳自 (not stamped since)  {since.isoformat() if since else '—'}")

    run(action)
