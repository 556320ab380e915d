"""``hub register``: jurisdictions, organisations, coordination bodies and liaisons, from and to a folder of YAML."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target, record
from hub.cli.output import say
from hub.cli.running import run
from hub.organizations.register.exporting import export_register, write_folder
from hub.organizations.register.files import RegisterFolder, load_register
from hub.organizations.register.importing import OPERATOR, import_register, preview_register
from hub.organizations.register.standing import read_standing
from hub.organizations.register.telling import Telling
from hub.runtime import Runtime

app = typer.Typer(help="名录：区划、单位、协调机构、联络员 (the register)", no_args_is_help=True)


@app.command("import")
def import_folder(
    folder: Annotated[
        Path, typer.Argument(help="目录：jurisdictions.yaml、organizations/*.yaml、bodies.yaml (a register folder)")
    ],
    apply: Annotated[bool, typer.Option("--apply", help="写入 (write it)")] = False,
) -> None:
    """核对并导入名录；不加 --apply 只预览，有误则全部不写入 (check and import; a preview without --apply)."""
    read = load_register(folder)

    async def action(runtime: Runtime) -> None:
        async with runtime.sessions.system("operator") as session:
            if apply:
                plan = await import_register(session, read, runtime.keyring, at=runtime.clock())
            else:
                plan = await preview_register(session, read, runtime.keyring)
        _say_doubts(read)
        for line in Telling(plan).lines():
            say(line)
        if not plan.changes_something:
            say("没有变化 (nothing changes)")
        else:
            say("已写入 (written)" if apply else "预览，未写入；加 --apply 写入 (a preview; add --apply to write)")

    run(action)


@app.command("export")
def export_folder(
    folder: Annotated[Path, typer.Argument(help="新的或空的目录 (a new or an empty folder)")],
    phones: Annotated[
        bool, typer.Option("--phones", help="写入联络员电话，并记入审计 (with telephone numbers, audited)")
    ] = False,
) -> None:
    """将现有名录写成同样格式的目录 (write the present register in the form an import reads)."""

    async def action(runtime: Runtime) -> None:
        async with runtime.sessions.system("operator") as session:
            standing = await read_standing(session)
            files = export_register(standing, phones=runtime.keyring if phones else None)
            detail = {"phones": phones, "liaisons": len(standing.liaison_rows)}
            target = Target("Register", None, "")
            at = runtime.clock()
            await record(session, OPERATOR, AuditAction.REGISTER_EXPORTED, at=at, target=target, detail=detail)
            write_folder(folder, files)
        say(f"已写入 {len(files)} 个文件 ({len(files)} files written): {folder}")

    run(action)


def _say_doubts(read: RegisterFolder) -> None:
    for doubt in read.doubts:
        say(f"? [{doubt.code}] {'.'.join(map(str, doubt.path))}: {doubt.text}")
    for name in read.unread:
        say(f"? 未读取 (not read): {name}")
