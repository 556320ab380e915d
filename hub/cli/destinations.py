"""``hub destinations``: banks that are told lists, gateways for e-mail and text messages."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from typing import Annotated

import typer

from hub.canonical.codes import Channel, EndpointStatus
from hub.cli.clients import find_organization
from hub.cli.output import say, table
from hub.cli.running import run
from hub.cli.webhooks import endpoint_id, endpoints_of
from hub.core.errors import Reason, Refused
from hub.core.texts import label_text
from hub.db.models import WebhookEndpoint
from hub.delivery import destinations
from hub.runtime import Runtime, egress_guard

app = typer.Typer(
    help="目的地：银行名单接口、邮件和短信网关 (banks, gateways for e-mail and SMS)", no_args_is_help=True
)

SECRET = "HUB_DESTINATION_SECRET"  # noqa: S105 - the name of a variable
_Id = Annotated[str, typer.Argument(help="目的地标识 (id)")]


@app.command("add")
def add(
    channel: Annotated[Channel, typer.Argument(help="BANK、EMAIL 或 SMS")],
    organization: Annotated[
        str, typer.Option("--organization", help="所属单位：统一社会信用代码或全称 (whose it is: USCC or full name)")
    ],
    url: Annotated[str, typer.Option("--url", help="地址，邮件为 smtps://主机:端口 (address)")],
    account: Annotated[str, typer.Option("--account", help="中枢在对方的账号或发件地址 (account, or sender address)")],
) -> None:
    """登记目的地；密钥从环境变量 HUB_DESTINATION_SECRET 读取 (register; the secret is read from the environment)."""
    if channel is Channel.WEBHOOK:
        raise Refused(Reason("DESTINATION_WEBHOOK"))
    secret = os.environ.get(SECRET, "")

    async def action(runtime: Runtime) -> None:
        guard = egress_guard(runtime.settings.delivery)
        async with runtime.sessions.system("operator") as session:
            owner = await find_organization(session, organization)
            given = destinations.Destination(
                channel=channel, organization_id=owner.id, url=url, account=account, secret=secret
            )
            key = await destinations.register(session, runtime.keyring, guard, given, clock=runtime.clock)
        say(f"id  {key}")

    run(action)


@app.command("list")
def list_all() -> None:
    """列出目的地 (every destination)."""

    async def action(runtime: Runtime) -> None:
        async with runtime.sessions.system("operator") as session:
            other = (WebhookEndpoint.channel != Channel.WEBHOOK, WebhookEndpoint.status != EndpointStatus.DELETED)
            rows = await endpoints_of(session, *other)
            shown = [
                (str(each.id), str(label_text(f"Channel.{each.channel}")), name, each.status.value, each.url)
                for each, name in rows
            ]
        say(table(("标识 (id)", "渠道 (channel)", "单位 (organisation)", "状态 (state)", "地址 (url)"), shown))

    run(action)


@app.command("pause")
def pause(key: _Id) -> None:
    """暂停投递，待告知的内容等候恢复 (send nothing; what is to be told waits)."""
    _do(key, destinations.pause, "已暂停 (paused)")


@app.command("resume")
def resume(key: _Id) -> None:
    """恢复投递 (send again)."""
    _do(key, destinations.resume, "已恢复 (resumed)")


@app.command("resend")
def resend(key: _Id) -> None:
    """向银行发送全量名单 (tell a bank everything anew)."""
    _do(key, destinations.resend, "已排入发送 (queued)")


def _do(key: str, act: Callable[..., Awaitable[None]], said: str) -> None:
    found = endpoint_id(key)

    async def action(runtime: Runtime) -> None:
        async with runtime.sessions.system("operator") as session:
            await act(session, found, clock=runtime.clock)
        runtime.notifier.ring()
        say(said)

    run(action)
