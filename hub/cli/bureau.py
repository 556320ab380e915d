"""``hub bureau``: what is told to the credit bureau (征信机构)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hub.bureau import tell
from hub.cli.output import say
from hub.cli.running import run
from hub.runtime import Runtime

app = typer.Typer(help="征信机构 (the credit bureau)", no_args_is_help=True)


@app.command("report")
def report(
    source: Annotated[str, typer.Argument(help="来源代码，如 court:豫0825 (source)")],
    to: Annotated[Path, typer.Option("--to", help="征信机构的交换文件夹 (the bureau's exchange folder)")],
) -> None:
    """向征信机构报送长期执行无结果的失信企业 (tell the bureau of enterprises long unexecuted)."""
    to.mkdir(parents=True, exist_ok=True)

    async def action(runtime: Runtime) -> None:
        told = await tell(runtime, source, to)
        say(f"{'此前已报送 (told before)' if told.again else '已写入 (written)'} {told.name}  {told.rows} 行 (rows)")
        say(f"消息编号 (message id)  {told.message_id}")

    run(action)
