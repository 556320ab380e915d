"""``hub connectors``: what stands at the ferry, tried without a trace, and asked for."""

from __future__ import annotations

from typing import Annotated

import typer

from connectors.registry import (
    campaign_banks_at,
    civil_affairs_at,
    connectors_at,
    finance_systems_at,
    market_registers_at,
    tax_systems_at,
)
from hub.canonical.connector import Connector, Unreachable, rehearse
from hub.cli.environment import read_settings
from hub.cli.exchange import ask
from hub.cli.output import say, table
from hub.cli.running import run
from hub.core.clock import system_clock
from hub.core.errors import Reason, Refused
from hub.core.texts import label_text
from hub.feeds.standing import standings, tell_again
from hub.runtime import Runtime

app = typer.Typer(help="连接器 (connectors)", no_args_is_help=True)
app.command("ask")(ask)

_Source = Annotated[str, typer.Argument(help="来源代码，如 court:黑11 (source)")]


@app.command("list")
def list_all() -> None:
    """列出摆渡文件夹与链路的连接器 (connectors at the ferry folder and of the links)."""
    rows = []
    settings = read_settings()
    linked = (civil_affairs_at, finance_systems_at, market_registers_at, tax_systems_at, campaign_banks_at)
    others = [each for at in linked for each in at(settings.links_folder)]
    for connector in [*_all(), *others]:
        health = connector.health()
        rows.append([connector.source, str(connector.card.name), str(health.waiting), health.code or "✓"])
    say(table(["来源 (source)", "名称 (name)", "待收 (waiting)", "状况 (health)"], rows))


@app.command("check")
def check(source: _Source) -> None:
    """试读待收的批次：只核对，不接收 (a dry run over what waits: nothing is taken in)."""
    connector, now = _find(source), system_clock()
    try:
        for delivery in connector.pull(None):
            found = rehearse(connector, delivery, now=now)
            say(f"{delivery.name}  {found.rows} 行 (rows)  {len(found.faults)} 行有误 (faulty)")
            for reason in found.reasons:
                say(f"  ✗ [{reason.code}] {reason.text}")
            for fault in found.faults:
                for reason in fault.reasons:
                    say(f"  ✗ {fault.file}:{fault.row} [{reason.code}] {reason.text}")
    except Unreachable as lost:
        raise Refused(Reason(lost.code)) from None


@app.command("ask-snapshot")
def ask_snapshot(source: _Source) -> None:
    """请来源发送全量快照 (ask the source for a full snapshot)."""
    try:
        _find(source).reconcile(now=system_clock())
    except Unreachable as lost:
        raise Refused(Reason(lost.code)) from None
    say("已请求 (asked)")


@app.command("fed")
def fed(
    again: Annotated[
        str | None, typer.Option("--again", help="重报该来源被退回的行 (tell the refused rows of a source again)")
    ] = None,
) -> None:
    """查看向各系统报送的行及回执 (rows handed over to each system, and their answers)."""
    for line in run(lambda runtime: _fed(runtime, again)):
        say(line)


async def _fed(runtime: Runtime, again: str | None) -> list[str]:
    async with runtime.sessions.system("feed") as session:
        lines = [] if again is None else [f"已重报 (told again) {await tell_again(session, again)}"]
        rows = [
            [each.source, label_text(f"FeedState.{each.state.value}").zh, str(each.rows), each.reason or ""]
            for each in await standings(session)
        ]
    return [*lines, table(["来源 (source)", "状态 (state)", "行数 (rows)", "理由 (a reason)"], rows)]


def _all() -> list[Connector]:
    settings = read_settings()
    return connectors_at(settings.ferry_folder, settings.links_folder)


def _find(source: str) -> Connector:
    found = {connector.source: connector for connector in _all()}
    if source not in found:
        raise Refused(Reason("SOURCE_UNKNOWN"))
    return found[source]
