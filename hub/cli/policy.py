"""``hub policy``: the working calendar and the policy packs of jurisdictions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hub.cli.output import say
from hub.cli.running import run
from hub.core.errors import Reason, Refused
from hub.policy.calendar_file import CalendarFormat
from hub.policy.importing import import_calendar, import_pack
from hub.runtime import Runtime

app = typer.Typer(help="政策包和工作日历 (policy packs and working calendar)", no_args_is_help=True)


@app.command("import-calendar")
def calendar(
    file: Annotated[Path, typer.Argument(help="年度放假安排 .yaml .json .csv (a year's arrangement)")],
) -> None:
    """导入一个年度的放假调休安排，暂定时限随后重算 (import a year; provisional deadlines follow)."""
    forms = {".yaml": CalendarFormat.YAML, ".yml": CalendarFormat.YAML, ".json": CalendarFormat.JSON}
    form = forms.get(file.suffix.lower(), CalendarFormat.CSV)
    raw = _read(file)

    async def action(runtime: Runtime) -> None:
        async with runtime.sessions.system("operator") as session:
            made = await import_calendar(session, raw, form, clock=runtime.clock)
        say(f"{made.year} 年工作日历已导入 (imported)")

    run(action)


@app.command("import-pack")
def pack(file: Annotated[Path, typer.Argument(help="政策包 .yaml (a policy pack)")]) -> None:
    """导入一个版本的政策包；版本一经导入不再改变 (import a version, which never changes)."""
    raw = _read(file)

    async def action(runtime: Runtime) -> None:
        async with runtime.sessions.system("operator") as session:
            made, new = await import_pack(session, raw, clock=runtime.clock)
        say(f"{made.jurisdiction_code} {made.version} {'已导入 (imported)' if new else '未变 (unchanged)'}")

    run(action)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        raise Refused(Reason("FILE_UNREADABLE", params={"path": file.name})) from None
