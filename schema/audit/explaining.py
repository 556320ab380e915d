"""``explainAccess``: the rights of an organisation, and what the database itself shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import strawberry
from sqlalchemy import select

from hub.access.coverage import clearance_of, grantable_scopes, row_scope
from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target, record
from hub.core.clock import local_date
from hub.core.errors import Reason, Refused
from hub.core.ids import decode_node_id
from hub.core.principal import Function, Principal, RoleName
from hub.core.texts import Text, label_text
from hub.db.models import Jurisdiction, Organization, OrganizationFunction, OrganizationSuperior
from schema.binding.declare import OBJECTS, Declaration, said

if TYPE_CHECKING:
    from uuid import UUID

    from hub.db.session import ReadSession
    from schema.operation import HubContext


@strawberry.type(description=str(Text("访问权限的说明", "explanation of access")))
class AccessExplanation:
    visible: bool = said("该单位是否看得到该对象", "whether the organisation sees the object")
    roles: list[str] = said("该单位的角色及区划", "its roles and jurisdictions")
    grounds: list[str] = said("看得到的依据", "grounds on which it sees it")
    scopes_needed: list[str] = said("还须具备的授权范围之一", "scopes, one of which its client needs")
    clearance: int = said("该单位可读数据级别", "its clearance")
    masked_fields: list[str] = said("因级别不足而遮蔽的字段", "fields masked from it")


async def explain_access(context: HubContext, given: Mapping[str, Any]) -> AccessExplanation | None:
    """Null when the auditor itself cannot see the object. Raises ``Refused`` (ID_INVALID)."""
    tag, key = decode_node_id(given["id"], path=("id",))
    kind, organization_id = decode_node_id(given["organizationId"], path=("organizationId",))
    declaration = next((each for each in OBJECTS.values() if each.tag == tag), None)
    if kind != "OR" or declaration is None or declaration.table is None:
        raise Refused(Reason("ID_INVALID", ("organizationId",) if kind != "OR" else ("id",)))
    async with context.reading() as session:
        path = await _path(session, declaration, key)
        if path is None:
            return None
        principal = await principal_of(session, context, organization_id)
        party = await _capacity(session, declaration, key, organization_id)
    async with context.sessions.read(principal) as theirs:
        visible = await _path(theirs, declaration, key) is not None
    async with context.sessions.write(context.principal) as session:
        await record(
            session,
            context.principal,
            AuditAction.ACCESS_EXPLAINED,
            at=context.now,
            target=Target(declaration.name, key, path),
            detail={"organization": str(organization_id)},
        )
    return AccessExplanation(
        visible=visible,
        roles=[f"{label_text(f'RoleName.{each.role.value}')} {each.path}" for each in principal.functions],
        grounds=_grounds(declaration, principal, path, party) if visible else [],
        scopes_needed=[scope.value for scope in declaration.scopes],
        clearance=int(principal.clearance),
        masked_fields=_masked(declaration, principal),
    )


async def principal_of(session: ReadSession, context: HubContext, organization_id: UUID) -> Principal:
    """The organisation with everything its functions of today allow."""
    today = local_date(context.now)
    rows = await session.execute(
        select(OrganizationFunction.role, Jurisdiction.path, OrganizationFunction.valid_to)
        .join(Jurisdiction, Jurisdiction.id == OrganizationFunction.jurisdiction_id)
        .where(OrganizationFunction.organization_id == organization_id, OrganizationFunction.valid_from <= today)
    )
    functions = [Function(row.role, row.path) for row in rows if row.valid_to is None or row.valid_to > today]
    leads = select(OrganizationSuperior.organization_id).where(OrganizationSuperior.superior_id == organization_id)
    if await session.scalar(leads.limit(1)) is not None:
        home = await session.scalar(select(Organization.jurisdiction_path).where(Organization.id == organization_id))
        functions.append(Function(RoleName.SUPERIOR_DEPARTMENT, home or ""))
    roles = {function.role for function in functions}
    return Principal(
        subject=f"explained:{organization_id}",
        organization_id=organization_id,
        functions=tuple(functions),
        scopes=frozenset(scope.value for scope in grantable_scopes(roles)),
        clearance=clearance_of(roles),
    )


async def _path(session: ReadSession, declaration: Declaration, key: UUID) -> str | None:
    table = declaration.table
    assert table is not None
    column = table.c.get("jurisdiction_path", table.c.id)
    found = await session.scalar(select(column).where(table.c.id == key))
    return None if found is None else str(found)


async def _capacity(session: ReadSession, declaration: Declaration, key: UUID, organization_id: UUID) -> str | None:
    audience = declaration.audience
    if audience is None or audience.party is None:
        return None
    party, table = audience.party, declaration.table
    assert table is not None
    joined = party.join(table, party.c[audience.key] == table.c[audience.row_key])
    found = await session.scalar(
        select(party.c.capacity)
        .select_from(joined)
        .where(table.c.id == key, party.c.organization_id == organization_id)
    )
    return None if found is None else str(found)


def _grounds(declaration: Declaration, principal: Principal, path: str, party: str | None) -> list[str]:
    grounds = []
    if party is not None:
        grounds.append(str(Text(f"该单位是当事单位（{party}）", f"party to it as {party}")))
    scope = row_scope(principal)
    if declaration.audience is not None and scope.covers(declaration.audience.area, path):
        grounds.append(str(Text("角色覆盖该区划", "a role covers the jurisdiction")))
    if declaration.reference:
        grounds.append(str(Text("公共基础数据", "reference data")))
    if not grounds:
        grounds.append(str(Text("上级单位或机构成员身份", "as a superior, or as a member of the body")))
    return grounds


def _masked(declaration: Declaration, principal: Principal) -> list[str]:
    return [
        name
        for name, binding in declaration.fields.items()
        if (declaration.level if binding.level is None else binding.level) > principal.clearance
    ]
