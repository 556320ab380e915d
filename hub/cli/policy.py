"""``hub policy``: the working calendar and the policy packs of jurisdictions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import text

from hub.canonical.connector import Unreachable
from hub.channels import calendar_feed
from hub.cli.environment import read_settings
from hub.cli.output import say
from hub.cli.running import run
from hub.config import Settings
from hub.core.clock import local_date
from hub.core.errors import Reason, Refused
from hub.core.texts import label_text
from hub.policy.calendar_file import CalendarFormat, parse_calendar_file
from hub.policy.importing import import_calendars, import_pack
from hub.runtime import Runtime
from hub.simulation.simulating import simulate

app = typer.Typer(help="政策包和工作日历 (policy packs and working calendar)", no_args_is_help=True)


@app.command("import-calendar")
def calendar(
    file: Annotated[
        Path | None,
        typer.Argument(help="放假安排 .yaml .json .csv；不给出则取自 HUB_CALENDAR_URL (a file; the feed unless given)"),
    ] = None,
) -> None:
    """导入放假调休安排，暂定时限随后重算 (import arrangements; provisional deadlines follow)."""
    settings = read_settings()
    raw = _fetched(settings) if file is None else _read(file)
    forms = {".yaml": CalendarFormat.YAML, ".yml": CalendarFormat.YAML, ".json": CalendarFormat.JSON}
    form = CalendarFormat.JSON if file is None else forms.get(file.suffix.lower(), CalendarFormat.CSV)
    found = parse_calendar_file(raw, form)
    origin = str(settings.calendar_url) if file is None else file.name

    async def action(runtime: Runtime) -> None:
        async with runtime.sessions.system("operator") as session:
            new = await import_calendars(session, found, origin=origin, clock=runtime.clock)
        for each in found:
            say(f"{each.year} 年工作日历{'已导入 (imported)' if each in new else '未变 (unchanged)'}")

    run(action)


def _fetched(settings: Settings) -> bytes:
    """Raises ``Refused`` (CALENDAR_FEED_UNSET, SYSTEM_*)."""
    feed = calendar_feed(settings)
    if feed is None:
        raise Refused(Reason("CALENDAR_FEED_UNSET"))
    try:
        return feed.fetch()
    except Unreachable as lost:
        raise Refused(Reason(lost.code)) from None


@app.command("import-pack")
def pack(file: Annotated[Path, typer.Argument(help="政策包 .yaml (a policy pack)")]) -> None:
    """导入一个版本的政策包；版本一经导入不再改变 (import a version, which never changes)."""
    raw = _read(file)

    async def action(runtime: Runtime) -> None:
        async with runtime.sessions.system("operator") as session:
            made, new = await import_pack(session, raw, clock=runtime.clock)
        say(f"{made.jurisdiction_code} {made.version} {'已导入 (imported)' if new else '未变 (unchanged)'}")

    run(action)


@app.command("simulate")
def what_if(file: Annotated[Path, typer.Argument(help="拟定的政策包 .yaml (the pack asked about)")]) -> None:
    """列出政策包变动后将变动的时限和职责，不改动任何数据 (what a changed pack would move; nothing is written)."""
    raw = _read(file)

    async def action(runtime: Runtime) -> None:
        async with runtime.sessions.system("operator") as session:
            await session.execute(text("set transaction read only"))
            found = await simulate(session, runtime.policy, raw, local_date(runtime.clock()))
        say(f"{found.after.jurisdiction_code} {found.before.version} → {found.after.version}")
        for change in found.changes:
            say(f"参数 (parameter) {change.key}: {change.old_value} → {change.new_value} [{change.clause or '—'}]")
        for move in found.moves:
            unsure = "（暂定 provisional）" if move.provisional else ""
            due = f"{move.old_due_on or '—'} → {move.new_due_on or '—'}{unsure}"
            say(f"{label_text(f'PolicyMoveKind.{move.kind.value}')} {move.title}: {due} [{move.new_clause or '—'}]")
        say(f"共 {len(found.moves)} 项将变动，未改动任何数据 (moves listed; nothing was written)")

    run(action)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        raise Refused(Reason("FILE_UNREADABLE", params={"path": file.name})) from None
