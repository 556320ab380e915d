"""Root fields of organisations."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import strawberry
from sqlalchemy import select

from hub.access.scopes import Scope
from hub.canonical.codes import JurisdictionLevel, OrganizationKind
from hub.canonical.uscc import parse_uscc
from hub.core.principal import Clearance, RoleName
from hub.db import models
from schema.binding.ambient import Ambient, Row
from schema.binding.conditions import argument, contains, equals, is_node, matches, one_of
from schema.binding.declare import PUBLIC, filter_input, part, query
from schema.binding.fields import Connection, caller, connection, members, node_in, node_lookup, one, value
from schema.binding.orders import ascending, descending, only
from schema.nodes import Node
from schema.organizations.types import CoordinationBody, Jurisdiction, MembershipChange, Organization

J, UNIT = models.Jurisdiction, models.Organization


_USCC = ("统一社会信用代码", "unified social credit code")


def _accept_uscc(value: Any, path: tuple[str | int, ...]) -> str:
    """The code without separators. Raises ``Refused`` (USCC_*) that names every wrong character."""
    return parse_uscc(value, path=path).value


def in_jurisdiction(row: Row, _ambient: Ambient, code: Any) -> Any:
    """Rows of the jurisdiction with a code, and of those below it."""
    path = select(J.path).where(J.code == code).scalar_subquery()
    return row.c.jurisdiction_path.op("^@", is_comparison=True)(path)


@part("本客户端在区划内的职能", "function of the caller", scopes=PUBLIC, level=Clearance.L0)
class ViewerFunction:
    role: RoleName = value("role", "角色", "role")
    jurisdiction_path: str = value("jurisdictionPath", "区划路径", "path of jurisdiction codes", level=Clearance.L0)


@part("本客户端", "the caller", scopes=PUBLIC, level=Clearance.L0)
class Viewer:
    client_id: str = value("clientId", "客户端标识", "OAuth client id")
    organization: Organization | None = node_in("organizationId", "所属单位", "its organisation")
    scopes: list[str] = value("scopes", "授权范围", "scopes of the token")
    clearance: int = value("clearance", "可读数据级别L0至L4", "clearance, 0 to 4")
    functions: list[ViewerFunction] = members("functions", "职能", "functions", level=Clearance.L0)


@filter_input("单位查询条件", "conditions on organisations")
class OrganizationFilter:
    search: str | None = contains(UNIT.name, "名称包含", "name contains")
    kind: list[OrganizationKind] | None = one_of(UNIT.kind, "类别", "kinds")
    jurisdiction_code: str | None = matches(in_jurisdiction, "区划代码，含下级", "jurisdiction code, with those below")


@filter_input("区划查询条件", "conditions on jurisdictions")
class JurisdictionFilter:
    level: list[JurisdictionLevel] | None = one_of(J.level, "级别", "levels")
    parent_id: strawberry.ID | None = is_node(J.parent_id, "JU", "上级区划标识", "id of the parent")


@filter_input("协调机构查询条件", "conditions on coordination bodies")
class CoordinationBodyFilter:
    jurisdiction_code: str | None = matches(in_jurisdiction, "区划代码，含下级", "jurisdiction code, with those below")


@query
class OrganizationQueries:
    node: Node | None = node_lookup("按标识读取对象", "an object by its id", many=False)
    nodes: list[Node | None] = node_lookup("按标识读取多个对象", "objects by their ids", many=True)
    viewer: Viewer = caller("本客户端的身份与权限", "who the caller is and what it may do")
    jurisdictions: Connection[Jurisdiction] = connection(
        "行政区划", "jurisdictions", orders=only(ascending("按代码", "by code", J.code)), filtered_by=JurisdictionFilter
    )
    jurisdiction: Jurisdiction | None = one(
        "按代码读取区划", "a jurisdiction by code", by={"code": argument(str, equals(J.code, "区划代码", "code"))}
    )
    organizations: Connection[Organization] = connection(
        "单位",
        "organisations",
        orders=only(ascending("按名称拼音", "by name", UNIT.sort_key)),
        filtered_by=OrganizationFilter,
    )
    organization: Organization | None = one(
        "按信用代码读取单位",
        "an organisation by its code",
        by={"uscc": argument(str, replace(equals(UNIT.uscc, *_USCC), accept=_accept_uscc))},
    )
    coordination_bodies: Connection[CoordinationBody] = connection(
        "协调机构",
        "coordination bodies",
        orders=only(ascending("按建立先后", "by age", models.CoordinationBody.created_at)),
        filtered_by=CoordinationBodyFilter,
        scopes=(Scope.ORGANIZATION_READ,),
    )
    membership_changes: Connection[MembershipChange] = connection(
        "成员调整",
        "membership changes",
        orders=only(descending("按提出时间倒序", "latest first", models.MembershipChange.created_at)),
        scopes=(Scope.ORGANIZATION_READ,),
    )
