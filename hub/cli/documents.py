"""``hub documents``: the trusted documents of clients."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hub.auth.trusted_documents import list_documents, publish, withdraw
from hub.cli.output import say, table
from hub.cli.running import run
from hub.core.errors import Reason, Refused
from hub.runtime import Runtime
from schema.build import build_schema
from schema.publishing import read_publications

app = typer.Typer(help="可信操作文档 (trusted documents)", no_args_is_help=True)

ForClient = Annotated[
    str | None, typer.Option("--client", help="仅供该客户端；不填则供全部客户端 (for this client only; else for all)")
]


@app.command("publish")
def publish_file(
    file: Annotated[
        Path, typer.Argument(help=".graphql 文档，或 graphql-codegen、Apollo 的 .json 操作清单 (document or manifest)")
    ],
    client: ForClient = None,
) -> None:
    """校验并发布文件中的操作文档，有误则全部不发布 (check and publish; nothing when any is wrong)."""
    try:
        content = file.read_bytes()
    except OSError:
        raise Refused(Reason("FILE_UNREADABLE", params={"path": file.name})) from None
    publications = read_publications(build_schema(), content, json_file=file.suffix.lower() == ".json")

    async def action(runtime: Runtime) -> None:
        async with runtime.sessions.system("operator") as session:
            new = await publish(session, publications, client_id=client, at=runtime.clock())
        for each in publications:
            say(f"{each.document_id}  {each.name}")
        say(f"新发布 {new} 个 ({new} newly published)")

    run(action)


@app.command("list")
def list_all() -> None:
    """列出已发布的操作文档 (list what is published)."""

    async def action(runtime: Runtime) -> None:
        async with runtime.sessions.system("operator") as session:
            rows = [
                (each.document_id, each.name, each.client_id or "全部 (all)", each.published_at.date().isoformat())
                for each in await list_documents(session)
            ]
        say(table(("documentId", "操作 (operations)", "客户端 (client)", "发布日期 (published)"), rows))

    run(action)


@app.command("withdraw")
def withdraw_one(
    document_id: Annotated[str, typer.Argument(help="文档标识 sha256:… (document id)")], client: ForClient = None
) -> None:
    """撤回一个操作文档，数秒内生效 (withdraw a document; felt within seconds)."""

    async def action(runtime: Runtime) -> None:
        async with runtime.sessions.system("operator") as session:
            await withdraw(session, document_id, client_id=client, at=runtime.clock())
        say("已撤回 (withdrawn)")

    run(action)
