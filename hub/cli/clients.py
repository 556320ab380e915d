"""``hub clients``: the OAuth clients of organisations."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import or_, select

from hub.access.coverage import grantable_scopes
from hub.auth.client_rules import ClientAuthMethod
from hub.auth.clients import create_client, disable_client, list_clients, rotate_secret, set_quota
from hub.cli.output import say, table
from hub.cli.running import run
from hub.core.errors import Reason, Refused
from hub.core.principal import RoleName
from hub.db.models import Organization, OrganizationFunction
from hub.db.session import SystemSession
from hub.runtime import Runtime

app = typer.Typer(help="OAuth 客户端 (clients)", no_args_is_help=True)

ClientId = Annotated[str, typer.Argument(help="客户端标识 (client id)")]


@app.command("create")
def create(
    client_id: ClientId,
    organization: Annotated[
        str, typer.Option("--organization", help="单位：统一社会信用代码或全称 (USCC or full name)")
    ],
    name: Annotated[str, typer.Option("--name", help="用途说明 (what it is for)")] = "",
    scopes: Annotated[
        str,
        typer.Option("--scopes", help="授权范围，空格分隔；不填为该单位可授的全部 (scopes; all grantable by default)"),
    ] = "",
    roles: Annotated[str, typer.Option("--roles", help="限定角色，空格分隔 (narrow to these roles)")] = "",
    jwks: Annotated[
        Path | None, typer.Option("--jwks", help="公钥集文件，使用 private_key_jwt (public keys, for private_key_jwt)")
    ] = None,
) -> None:
    """登记客户端，密钥只显示一次 (register a client; the secret is shown once)."""
    keys = _read_jwks(jwks) if jwks else None

    async def action(runtime: Runtime) -> None:
        async with runtime.sessions.system("operator") as session:
            owner = await find_organization(session, organization)
            chosen = _roles(roles)
            wanted = scopes.split() or await _all_scopes(session, owner, chosen)
            issued = await create_client(
                session,
                client_id=client_id,
                organization_id=owner.id,
                name=name or owner.name,
                scopes=wanted,
                roles=chosen,
                auth_method=ClientAuthMethod.PRIVATE_KEY_JWT if keys else ClientAuthMethod.CLIENT_SECRET_BASIC,
                jwks=keys,
                at=runtime.clock(),
            )
        say(f"client_id      {issued.client_id}")
        if issued.secret:
            say(f"client_secret  {issued.secret}")

    run(action)


@app.command("list")
def list_all() -> None:
    """列出全部客户端 (list every client)."""

    async def action(runtime: Runtime) -> None:
        async with runtime.sessions.system("operator") as session:
            rows = [
                (
                    client.client_id,
                    client.organization,
                    client.auth_method.value,
                    ",".join(client.roles) or "全部 (all)",
                    "停用 (disabled)" if client.disabled_at else "启用 (enabled)",
                )
                for client in await list_clients(session)
            ]
        say(table(("client_id", "单位 (organization)", "认证 (method)", "角色 (roles)", "状态 (state)"), rows))

    run(action)


@app.command("rotate")
def rotate(client_id: ClientId) -> None:
    """更换密钥，旧密钥立即失效 (replace the secret; the old one ends at once)."""

    async def action(runtime: Runtime) -> None:
        async with runtime.sessions.system("operator") as session:
            issued = await rotate_secret(session, client_id=client_id, at=runtime.clock())
        say(f"client_secret  {issued.secret}")

    run(action)


@app.command("disable")
def disable(client_id: ClientId) -> None:
    """停用客户端，已签发令牌随即失效 (disable a client and its tokens)."""

    async def action(runtime: Runtime) -> None:
        async with runtime.sessions.system("operator") as session:
            await disable_client(session, client_id=client_id, at=runtime.clock())
        say("已停用 (disabled)")

    run(action)


@app.command("quota")
def quota(
    client_id: ClientId,
    capacity: Annotated[int | None, typer.Option("--capacity", min=1, help="配额上限 (most units)")] = None,
    restore_rate: Annotated[int | None, typer.Option("--restore-rate", min=1, help="每秒恢复量 (per second)")] = None,
) -> None:
    """设定客户端的配额，不填的一项用系统默认 (set a client's quota; what is left out is the installation's)."""

    async def action(runtime: Runtime) -> None:
        async with runtime.sessions.system("operator") as session:
            await set_quota(
                session,
                client_id=client_id,
                capacity=capacity,
                restore_rate=restore_rate,
                settings=runtime.settings,
                at=runtime.clock(),
            )
        say("已设定 (set)")

    run(action)


def _read_jwks(path: Path) -> dict[str, object]:
    try:
        found = json.loads(path.read_text())
    except (OSError, ValueError):
        raise Refused(Reason("FILE_UNREADABLE", params={"path": path.name})) from None
    if not isinstance(found, dict):
        raise Refused(Reason("FILE_UNREADABLE", params={"path": path.name}))
    return found


def _roles(text: str) -> list[RoleName]:
    unknown = [name for name in text.split() if name not in RoleName.__members__]
    if unknown:
        raise Refused(*(Reason("ROLE_UNKNOWN", ("roles",), {"name": name[:40]}) for name in unknown))
    return [RoleName(name) for name in text.split()]


async def find_organization(session: SystemSession, named: str) -> Organization:
    found = (
        await session.scalars(
            select(Organization).where(or_(Organization.uscc == named, Organization.name == named)).limit(2)
        )
    ).all()
    if len(found) != 1:
        raise Refused(Reason("ORGANIZATION_NOT_UNIQUE", ("organization",), {"count": len(found)}))
    return found[0]


async def _all_scopes(session: SystemSession, owner: Organization, roles: list[RoleName]) -> list[str]:
    held = await session.scalars(
        select(OrganizationFunction.role).where(
            OrganizationFunction.organization_id == owner.id, OrganizationFunction.valid_to.is_(None)
        )
    )
    return sorted(grantable_scopes(set(held) & set(roles) if roles else set(held)))
