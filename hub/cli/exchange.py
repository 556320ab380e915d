"""``hub connectors ask``: questions to the data exchange platform."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from hub.canonical.connector import Unreachable
from hub.channels import exchange_platform
from hub.cli.environment import read_settings
from hub.cli.output import say
from hub.core.clock import system_clock
from hub.core.errors import Reason, Refused
from hub.core.ids import new_id


def ask(
    service: Annotated[str, typer.Argument(help="服务标识 sid (id of the service)")],
    field: Annotated[list[str] | None, typer.Option("--field", help="名=值，可多次给出 (name=value)")] = None,
    number: Annotated[str | None, typer.Option("--number", help="业务流水号，重试时不变 (business number)")] = None,
) -> None:
    """向数据共享交换平台的服务提问 (put a question to a service of the exchange platform)."""
    platform = exchange_platform(read_settings(), system_clock)
    if platform is None:
        raise Refused(Reason("PLATFORM_UNSET"))
    question = {name: value for name, _, value in (each.partition("=") for each in field or [])}
    try:
        found = platform.ask(service, question, number=number or str(new_id()))
    except Unreachable as lost:
        raise Refused(Reason(lost.code)) from None
    say(json.dumps(found, ensure_ascii=False, indent=2))
