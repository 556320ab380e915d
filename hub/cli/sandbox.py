"""``hub sandbox``: outside systems for trying things out, at the real folders."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from connectors.sandbox.court.daily import DailyCourt
from connectors.sandbox.court.rows import Case, Unit
from connectors.sandbox.court.system import Fault, SandboxCourt
from connectors.sandbox.credit.batches import Fault as PlatformFault
from connectors.sandbox.holders.street import HolderStreet
from connectors.sandbox.registry import SANDBOXES
from hub.cli.joining import join as join_hub
from hub.cli.output import progress, say
from hub.cli.platforms import Platforms, platforms
from hub.cli.sandboxes import listening, serve, until_stopped
from hub.config import Settings
from hub.core.clock import system_clock
from hub.core.errors import Reason, Refused
from hub.demo.files import load_demo
from hub.demo.world import DemoWorld
from hub.installation import database_of
from hub.secrets import load_secrets

app = typer.Typer(help="沙箱系统 (sandbox systems)", no_args_is_help=True)
app.command("serve")(serve)

_COURT = "黑11"
"""Of the five demonstrations the one whose notice provides for all three lists."""
_MOST_UNITS = 12
_HOLDERS = "holders"
"""Started with the folder of the installation, hence apart from the others."""
_Faults = Annotated[
    list[Fault] | None,
    typer.Option("--fault", help="注入的故障，可多次给出 (fault to inject; may be given several times)"),
]
_PlatformFaults = Annotated[
    list[PlatformFault] | None,
    typer.Option("--platform-fault", help="信用平台首批的故障，可多次给出 (fault of the platform's first batch)"),
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
    platform: Annotated[
        bool, typer.Option("--platform/--no-platform", help="同时启动信用平台 (start the credit platform too)")
    ] = True,
    platform_fault: _PlatformFaults = None,
    systems: Annotated[
        bool,
        typer.Option(
            "--systems/--no-systems", help="同时启动银行、短信、邮件、共享交换平台、日历 (start the others too)"
        ),
    ] = True,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65_000, help="其他系统的起始端口，0为任选 (first port of the others)")
    ] = 0,
    holders: Annotated[
        bool, typer.Option("--holders/--no-holders", help="同时启动十二家协助查询单位 (start the twelve holders too)")
    ] = True,
    join: Annotated[
        bool, typer.Option("--join/--no-join", help="并登记为本中枢的目的地 (and register them with the hub)")
    ] = False,
    holder_fault: Annotated[
        list[str] | None,
        typer.Option("--holder-fault", help="协助查询单位的故障，如 housing:OBJECTS (fault of a holder)"),
    ] = None,
) -> None:
    """启动全部沙箱系统：法院、三种方式的信用平台、十二家协助查询单位、监听端口的各系统 (every sandbox system)."""
    others = [name for name in SANDBOXES if name != _HOLDERS] if systems else []
    with (
        until_stopped() as settings,
        listening(others, port) if others else nullcontext(),
        _holders(settings, holder_fault or ()) if holders else nullcontext() as street,
    ):
        world = load_demo(system_clock().year)
        courts = [_court(world, code, settings.ferry_folder) for code in court or [_COURT]]
        if street is not None and join:
            join_hub(street, courts[0].region)
        with _platforms(settings, courts[0]) if platform else nullcontext() as beside:
            if beside is not None:
                beside.open(platform_fault or ())
            sent = 0
            while not batches or sent < batches:
                for each in courts:
                    _send(each, first=sent == 0, faults=fault or ())
                sent += 1
                if not batches or sent < batches or beside is not None:
                    time.sleep(every)
                if beside is not None:
                    beside.answer()


@contextmanager
def _holders(settings: Settings, faults: Iterable[str]) -> Iterator[HolderStreet]:
    """Raises ``Refused`` (SANDBOX_FAULT_UNKNOWN)."""
    with HolderStreet(ferry=settings.holders_folder) as street:
        for each in faults:
            if not street.fault(each):
                raise Refused(Reason("SANDBOX_FAULT_UNKNOWN", params={"given": each[:80]}))
        street.start()
        for line in street.how():
            say(line)
        yield street


@contextmanager
def _platforms(settings: Settings, court: _Court) -> Iterator[Platforms]:
    """In the database server of the installation, beside its own database."""
    case = Case(0, court.system.court_code, court.region, system_clock().year)
    with (
        database_of(settings, load_secrets(settings), on_progress=progress) as target,
        platforms(
            settings.home / "platform",
            settings.links_folder,
            target.url(database="postgres"),
            case,
            court.units[0],
        ) as found,
    ):
        yield found


def _send(court: _Court, *, first: bool, faults: Iterable[Fault]) -> None:
    now, daily = system_clock(), court.daily
    opening = first or court.system.snapshot_asked()
    number = (daily.open if first else daily.snapshot if opening else daily.day)(at=now, faults=faults)
    say(f"{court.system.court_code}  批次 (batch) {number}  {'全量快照 (snapshot)' if opening else '增量 (changes)'}")


@dataclass(frozen=True, slots=True)
class _Court:
    system: SandboxCourt
    daily: DailyCourt
    region: str
    units: list[Unit]


def _court(world: DemoWorld, code: str, ferry: Path) -> _Court:
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
    return _Court(system, DailyCourt(system, found.jurisdiction, local[:_MOST_UNITS]), found.jurisdiction, local)
