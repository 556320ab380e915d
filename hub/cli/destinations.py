"""``hub destinations``: banks that are told lists, gateways for e-mail and text messages, systems of holders."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from connectors.holder.shape import shape, shape_names
from hub.canonical.codes import Channel, EndpointStatus
from hub.channels import holder_systems
from hub.cli.clients import find_organization
from hub.cli.output import say, table
from hub.cli.running import run
from hub.cli.webhooks import endpoint_id, endpoints_of
from hub.core.errors import Reason, Refused
from hub.core.texts import label_text
from hub.db.models import HolderAnswer, WebhookEndpoint
from hub.delivery import destinations
from hub.delivery.secrets import newest
from hub.holders.again import Again, held_of
from hub.holders.naming import told_events
from hub.holders.taking import Taking
from hub.runtime import Runtime, egress_guard

app = typer.Typer(
    help="目的地：银行、邮件、短信、协助查询单位 (banks, gateways for e-mail and SMS, holders)",
    no_args_is_help=True,
)

SECRET = "HUB_DESTINATION_SECRET"  # noqa: S105 - the name of a variable
_Id = Annotated[str, typer.Argument(help="目的地标识 (id)")]


@app.command("add")
def add(
    channel: Annotated[Channel, typer.Argument(help="BANK、EMAIL、SMS 或 HOLDER")],
    organization: Annotated[
        str, typer.Option("--organization", help="所属单位：统一社会信用代码或全称 (whose it is: USCC or full name)")
    ],
    url: Annotated[str, typer.Option("--url", help="地址，邮件为 smtps://主机:端口 (address)")],
    account: Annotated[str, typer.Option("--account", help="中枢在对方的账号或发件地址 (account, or sender address)")],
    form: Annotated[
        str | None,
        typer.Option("--shape", help=f"协助查询单位的报文形式 (shape of a holder): {', '.join(shape_names())}"),
    ] = None,
    seal_key: Annotated[
        Path | None, typer.Option("--seal-key", help="协助查询单位印章公钥文件，PEM (public key of a holder's seal)")
    ] = None,
) -> None:
    """登记目的地；密钥从环境变量 HUB_DESTINATION_SECRET 读取 (register; the secret is read from the environment)."""
    if channel is Channel.WEBHOOK:
        raise Refused(Reason("DESTINATION_WEBHOOK"))
    if form is not None and form not in shape_names():
        raise Refused(Reason("DESTINATION_SHAPE", params={"known": ", ".join(shape_names())}))
    secret, holder = os.environ.get(SECRET, ""), _holder(form, seal_key)

    async def action(runtime: Runtime) -> None:
        guard = egress_guard(runtime.settings.delivery)
        async with runtime.sessions.system("operator") as session:
            owner = await find_organization(session, organization)
            given = destinations.Destination(
                channel=channel, organization_id=owner.id, url=url, account=account, secret=secret, **holder
            )
            key = await destinations.register(session, runtime.keyring, guard, given, clock=runtime.clock)
        say(f"id  {key}")

    run(action)


def _holder(form: str | None, seal_key: Path | None) -> dict[str, Any]:
    """What only the system of a holder has."""
    if form is None:
        return {}
    pem = seal_key.read_text(encoding="ascii", errors="replace") if seal_key and seal_key.is_file() else ""
    spoken = shape(form)
    types = tuple(each.value for each in spoken.query_types)
    told = told_events(controls=spoken.control is not None, lookouts=spoken.lookout is not None)
    return {"shape": form, "seal_key": pem, "query_types": types, "event_types": told}


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
    """向银行发送全量名单，或向协助查询单位重发未反馈的请求 (a bank's whole list, or a holder's open orders, anew)."""
    _do(key, destinations.resend, "已排入发送 (queued)")


@app.command("set-aside")
def set_aside(key: _Id) -> None:
    """列出协助查询单位未被采纳的反馈，只列原因 (a holder's answers that were set aside: why, and nothing of them)."""
    found = endpoint_id(key)

    async def action(runtime: Runtime) -> None:
        async with runtime.sessions.system("operator") as session:
            held = await held_of(session, await destinations.destination(session, found))
            shown = [
                (str(each.id), each.order_number or "-", each.received_at.isoformat(timespec="seconds"), _codes(each))
                for each in held
            ]
        say(table(("回执 (receipt)", "请求单号 (number)", "收到 (received)", "原因 (reasons)"), shown))

    run(action)


def _codes(held: HolderAnswer) -> str:
    told = "，".join(each["code"] for each in held.reasons)
    return told if held.content_sealed else f"{told}（内容已销毁 destroyed）"


@app.command("retake")
def retake(key: _Id) -> None:
    """按现行印章与报文形式重新采纳已搁置的反馈 (take what was set aside once more, by today's seal and shape)."""
    found = endpoint_id(key)

    async def action(runtime: Runtime) -> None:
        async with runtime.sessions.system("operator") as session:
            endpoint = await destinations.destination(session, found)
            await held_of(session, endpoint)
            secret = await newest(session, runtime.keyring, endpoint.id) or ""
        again = Again(Taking(runtime.gate), holder_systems(runtime)(endpoint, secret))
        applied, aside = await again.take(endpoint)
        say(f"已采纳 (applied) {applied}，仍搁置 (still aside) {aside}")

    run(action)


def _do(key: str, act: Callable[..., Awaitable[None]], said: str) -> None:
    found = endpoint_id(key)

    async def action(runtime: Runtime) -> None:
        async with runtime.sessions.system("operator") as session:
            await act(session, found, clock=runtime.clock)
        runtime.notifier.ring()
        say(said)

    run(action)
