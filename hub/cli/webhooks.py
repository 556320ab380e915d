"""``hub webhooks`` and ``hub delivery``: what is told to whom, and how deliveries stand."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

import typer
from sqlalchemy import ColumnElement, select

from hub.canonical.codes import Channel
from hub.cli.output import complain, say, table
from hub.cli.running import run
from hub.core.clock import SHANGHAI
from hub.core.errors import Reason, Refused
from hub.core.texts import label_text
from hub.db.models import Organization, WebhookEndpoint
from hub.db.session import SystemSession
from hub.delivery.replay import replay_dead
from hub.delivery.watching import Figures, alarms, figures
from hub.runtime import Runtime

webhooks = typer.Typer(help="推送地址 (webhook endpoints)", no_args_is_help=True)
delivery = typer.Typer(help="投递 (deliveries)", no_args_is_help=True)


@webhooks.command("list")
def list_all() -> None:
    """列出全部推送地址 (every webhook endpoint)."""

    async def action(runtime: Runtime) -> None:
        async with runtime.sessions.system("operator") as session:
            found = await endpoints_of(session, WebhookEndpoint.channel == Channel.WEBHOOK)
            shown = [_shown(endpoint, name) for endpoint, name in found]
        head = ("标识 (id)", "单位 (organisation)", "状态 (state)", "地址 (url)", "事件 (events)", "客户端 (client)")
        say(table(head, shown))

    run(action)


async def endpoints_of(session: SystemSession, *which: ColumnElement[bool]) -> Sequence[tuple[WebhookEndpoint, str]]:
    """Endpoints, each with the name of its organisation, in the order of those."""
    found = await session.execute(
        select(WebhookEndpoint, Organization.name)
        .join(Organization, Organization.id == WebhookEndpoint.organization_id)
        .where(*which)
        .order_by(Organization.sort_key, WebhookEndpoint.created_at)
    )
    return found.tuples().all()


def _shown(endpoint: WebhookEndpoint, organization: str) -> Sequence[str]:
    status = label_text(f"EndpointStatus.{endpoint.status.value}").zh
    types = " ".join(endpoint.event_types)
    return str(endpoint.id), organization, f"{endpoint.status.value} {status}", endpoint.url, types, endpoint.client_id


@delivery.command("status")
def status() -> None:
    """各推送地址、定时任务和告警；有告警时以状态 1 结束 (endpoints, jobs, alarms; status 1 when there are any)."""

    async def action(runtime: Runtime) -> None:
        async with runtime.sessions.system("operator") as session:
            found = await figures(session, runtime.clock())
            raised = await alarms(session, runtime.policy, found)
            names = await _names(session)
        say(_endpoints(found, names))
        say(f"\n事件读取 (events read)  {_told(found.read_at)}，未读自 (unread since) {_told(found.unread_since)}\n")
        say(_jobs(found))
        if raised:
            say("")
            complain(Refused(*raised))
            sys.exit(1)

    run(action)


async def _names(session: SystemSession) -> dict[UUID, str]:
    rows = await session.execute(select(Organization.id, Organization.name))
    return dict(rows.tuples().all())


def _endpoints(found: Figures, names: dict[UUID, str]) -> str:
    head = (
        "推送地址 (endpoint)",
        "单位 (organisation)",
        "状态 (state)",
        "待投递 (waiting)",
        "最早 (since)",
        "放弃 (dead)",
    )
    rows = [
        (
            str(each.id),
            names[each.organization_id],
            each.status.value + (f" {each.reason.value}" if each.reason else ""),
            str(each.waiting),
            _told(each.oldest),
            str(each.dead),
        )
        for each in found.endpoints
    ]
    return table(head, rows)


def _jobs(found: Figures) -> str:
    head = ("任务 (job)", "上个周期 (last tick)", "上次完成 (last done)")
    return table(head, [(job.name, _told(job.last_tick), _told(job.done_at)) for job in found.jobs])


@delivery.command("replay")
def replay(
    endpoint: Annotated[str | None, typer.Option("--endpoint", help="仅此推送地址 (of this endpoint only)")] = None,
    since: Annotated[
        datetime | None, typer.Option("--since", help="仅此时之后放弃的 (given up since then only)")
    ] = None,
) -> None:
    """重放已放弃的投递，webhook-id 不变 (deliver again what was given up, under the same webhook-id)."""
    key = None if endpoint is None else endpoint_id(endpoint)
    start = None if since is None else since.replace(tzinfo=SHANGHAI)

    async def action(runtime: Runtime) -> None:
        async with runtime.sessions.system("operator") as session:
            if key is not None and await session.get(WebhookEndpoint, key) is None:
                raise Refused(Reason("ENDPOINT_UNKNOWN", params={"id": key}))
            count = await replay_dead(session, endpoint_id=key, since=start, at=runtime.clock())
        runtime.notifier.ring()
        say(f"已重放 (replayed)  {count}")

    run(action)


def endpoint_id(text: str) -> UUID:
    """Raises ``Refused`` (ENDPOINT_UNKNOWN)."""
    try:
        return UUID(text)
    except ValueError:
        raise Refused(Reason("ENDPOINT_UNKNOWN", params={"id": text[:40]})) from None


def _told(instant: datetime | None) -> str:
    return "—" if instant is None else instant.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")
