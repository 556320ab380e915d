"""``hub connectors``: what stands at the ferry, tried without a trace, and asked for."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from connectors.kit.keyed import Identity
from connectors.registry import connectors_at, exchange_platform
from hub.canonical.connector import Asked, Connector, System, Unreachable, rehearse
from hub.channels import caller
from hub.cli.environment import read_settings
from hub.cli.output import say, table
from hub.config import Settings
from hub.core.clock import system_clock
from hub.core.errors import Reason, Refused
from hub.core.ids import new_id

app = typer.Typer(help="连接器 (connectors)", no_args_is_help=True)

_Source = Annotated[str, typer.Argument(help="来源代码，如 court:黑11 (source)")]


@app.command("list")
def list_all() -> None:
    """列出已配置的连接器 (connectors as configured)."""
    rows = []
    settings = read_settings()
    systems: list[System] = [*connectors_at(settings.ferry_folder)]
    if settings.exchange.url is not None:
        systems.append(_platform(settings))
    for connector in systems:
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


@app.command("ask")
def ask(
    service: Annotated[str, typer.Argument(help="服务标识 sid (id of the service)")],
    field: Annotated[list[str] | None, typer.Option("--field", help="名=值，可多次给出 (name=value)")] = None,
    number: Annotated[str | None, typer.Option("--number", help="业务流水号，重试时不变 (business number)")] = None,
) -> None:
    """向数据共享交换平台的服务提问 (put a question to a service of the exchange platform)."""
    question = {name: value for name, _, value in (each.partition("=") for each in field or [])}
    try:
        found = _platform(read_settings()).ask(service, question, number=number or str(new_id()))
    except Unreachable as lost:
        raise Refused(Reason(lost.code)) from None
    say(json.dumps(found, ensure_ascii=False, indent=2))


def _platform(settings: Settings) -> Asked:
    """Raises ``Refused`` (PLATFORM_UNSET)."""
    given = settings.exchange
    if given.url is None:
        raise Refused(Reason("PLATFORM_UNSET"))
    identity = Identity(given.requester, given.secret.get_secret_value(), given.key_service, system_clock)
    return exchange_platform(
        given.name, given.url, identity, caller(settings.delivery), prefix=given.prefix, soap=given.soap
    )


def _find(source: str) -> Connector:
    found = {connector.source: connector for connector in connectors_at(read_settings().ferry_folder)}
    if source not in found:
        raise Refused(Reason("SOURCE_UNKNOWN"))
    return found[source]
