"""``hub sandbox``: outside systems for trying things out, at the real folders."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from connectors.sandbox.court.daily import DailyCourt
from connectors.sandbox.court.rows import Unit
from connectors.sandbox.court.system import Fault, SandboxCourt
from hub.cli.environment import end_on_terminate, read_settings
from hub.cli.output import say
from hub.cli.sandboxes import serve
from hub.core.clock import system_clock
from hub.core.errors import Reason, Refused
from hub.demo.files import load_demo
from hub.demo.world import DemoWorld

app = typer.Typer(help="沙箱系统 (sandbox systems)", no_args_is_help=True)
app.command("serve")(serve)

_COURT = "黑11"
"""Of the five demonstrations the one whose notice provides for all three lists."""
_MOST_UNITS = 12
_Faults = Annotated[
    list[Fault] | None,
    typer.Option("--fault", help="注入的故障，可多次给出 (fault to inject; may be given several times)"),
]


@app.callback()
def about() -> None:
    """沙箱系统 (sandbox systems)."""


@app.command("up")
def up(
    court: Annotated[
        list[str] | None,
        typer.Option("--court", help="法院代字，可多次给出；默认黑11 (court codes; 黑11 unless given)"),
    ] = None,
    every: Annotated[float, typer.Option("--every", min=0.1, help="每批间隔秒数 (seconds between batches)")] = 10,
    batches: Annotated[int, typer.Option("--batches", min=0, help="发几批后结束，0为不停 (batches; 0 for ever)")] = 0,
    fault: _Faults = None,
) -> None:
    """启动沙箱法院：向摆渡文件夹写入演示单位的三类清单 (a court that writes lists into its ferry folder)."""
    settings = read_settings()
    if settings.production:
        raise Refused(Reason("PRODUCTION_REFUSES_DEMO"))
    end_on_terminate()
    world = load_demo(system_clock().year)
    courts = [(code, *_court(world, code, settings.ferry_folder)) for code in court or [_COURT]]
    try:
        sent = 0
        while not batches or sent < batches:
            for code, system, daily in courts:
                now = system_clock()
                opening = sent == 0 or system.snapshot_asked()
                number = (daily.open if sent == 0 else daily.snapshot if opening else daily.day)(
                    at=now, faults=fault or ()
                )
                say(f"{code}  批次 (batch) {number}  {'全量快照 (snapshot)' if opening else '增量 (changes)'}")
            sent += 1
            if not batches or sent < batches:
                time.sleep(every)
    except KeyboardInterrupt:
        say("已停止 (stopped)")


def _court(world: DemoWorld, code: str, ferry: Path) -> tuple[SandboxCourt, DailyCourt]:
    """The court of a code, with the government subjects of its jurisdiction. Raises ``Refused``."""
    found = next((unit for unit in world.units if unit.court_code == code), None)
    if found is None:
        raise Refused(Reason("SOURCE_UNKNOWN"))
    local = [
        Unit(unit.name, unit.uscc)
        for unit in world.local_units(found.jurisdiction)
        if unit.government_subject and unit.valid_to is None and unit.uscc is not None
    ]
    system = SandboxCourt(ferry, code)
    return system, DailyCourt(system, found.jurisdiction, local[:_MOST_UNITS])
