"""Object types of jurisdictions, organisations and coordination bodies."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, select

from hub.access.scopes import Scope
from hub.canonical.codes import (
    HEADS,
    BodyKind,
    CourtLevel,
    JurisdictionLevel,
    MembershipChangeKind,
    MembershipChangeStatus,
    MembershipRole,
    OrganizationKind,
    OrganizationLevel,
)
from hub.core.principal import Clearance, RoleName
from hub.db import models
from schema.binding.ambient import Ambient, Row
from schema.binding.declare import PUBLIC, node, part
from schema.binding.fields import children, column, python, relation
from schema.binding.orders import ascending
from schema.linkage.computed import AvailableEvent, change_events
from schema.nodes import Node
from schema.organizations.computed import open_phones

READ = (Scope.ORGANIZATION_READ,)
J, UNIT = models.Jurisdiction, models.Organization
FUNCTION, MEMBERSHIP, CHANGE, LIAISON = (
    models.OrganizationFunction,
    models.BodyMembership,
    models.MembershipChange,
    models.Liaison,
)


def current(row: Row, _ambient: Ambient) -> Any:
    """Still valid."""
    return row.c.valid_to.is_(None)


@node("JU", "行政区划", "jurisdiction", model=J, scopes=PUBLIC, level=Clearance.L0, reference=True)
class Jurisdiction(Node):
    code: str = column(J.code, "区划代码（GB/T 2260、统计用区划代码）", "code of the jurisdiction")
    name: str = column(J.name, "名称", "name")
    short_name: str = column(J.short_name, "简称", "short name")
    level: JurisdictionLevel = column(J.level, "级别", "level")
    parent: Jurisdiction | None = relation(J.parent_id, "上级区划", "parent")


@part("单位别名", "other name of an organisation", model=models.OrganizationAlias, scopes=PUBLIC, level=Clearance.L0)
class OrganizationAlias:
    alias: str = column(models.OrganizationAlias.alias, "全称、简称或曾用名", "full, short or former name")


@part("单位在区划内的职能", "function of an organisation", model=FUNCTION, scopes=PUBLIC, level=Clearance.L0)
class OrganizationFunction:
    role: RoleName = column(FUNCTION.role, "角色", "role")
    jurisdiction: Jurisdiction = relation(FUNCTION.jurisdiction_id, "区划", "jurisdiction")
    valid_from: date = column(FUNCTION.valid_from, "起始日期", "from")


@part("法院信息", "what a court has beyond an organisation", model=models.Court, scopes=PUBLIC, level=Clearance.L0)
class Court:
    court_code: str = column(models.Court.court_code, "案号中的法院代字", "character code in case numbers")
    court_level: CourtLevel = column(models.Court.court_level, "法院级别", "level of the court")


@node("OR", "单位", "organisation", model=UNIT, scopes=PUBLIC, level=Clearance.L0, reference=True)
class Organization(Node):
    uscc: str | None = column(UNIT.uscc, "统一社会信用代码（GB 32100）", "unified social credit code")
    name: str = column(UNIT.name, "全称", "full name")
    short_name: str = column(UNIT.short_name, "简称", "short name")
    kind: OrganizationKind = column(UNIT.kind, "类别", "kind")
    level: OrganizationLevel = column(UNIT.level, "层级", "level")
    jurisdiction: Jurisdiction = relation(UNIT.jurisdiction_id, "所在区划", "jurisdiction")
    administrative_superior: Organization | None = relation(UNIT.parent_id, "行政上级", "administrative superior")
    business_superior: Organization | None = relation(UNIT.business_superior_id, "业务上级", "business superior")
    vertically_managed: bool = column(UNIT.vertically_managed, "是否垂直管理", "whether managed vertically")
    government_subject: bool = column(UNIT.government_subject, "是否政府主体", "whether a government subject")
    valid_from: date | None = column(UNIT.valid_from, "设立日期", "set up on")
    valid_to: date | None = column(UNIT.valid_to, "撤销日期", "ended on")
    successor: Organization | None = relation(UNIT.successor_id, "职能承接单位", "successor after reform")
    aliases: list[OrganizationAlias] = children(
        models.OrganizationAlias.organization_id,
        "别名",
        "other names",
        order=ascending("按名称", "by name", models.OrganizationAlias.alias),
    )
    functions: list[OrganizationFunction] = children(
        FUNCTION.organization_id,
        "现有职能",
        "current functions",
        order=ascending("按角色", "by role", FUNCTION.role),
        where=current,
    )
    court: Court | None = relation(UNIT.id, "法院信息", "court", to=models.Court.organization_id)


@node("MS", "成员", "membership of a coordination body", model=MEMBERSHIP, scopes=READ)
class Membership(Node):
    organization: Organization = relation(MEMBERSHIP.organization_id, "单位", "organisation")
    role: MembershipRole = column(MEMBERSHIP.role, "成员身份", "role")
    post: str = column(MEMBERSHIP.post, "职务", "post")
    valid_from: date = column(MEMBERSHIP.valid_from, "起始日期", "from")
    valid_to: date | None = column(MEMBERSHIP.valid_to, "终止日期", "until")


@node("LI", "联络员", "liaison", model=LIAISON, scopes=READ)
class Liaison(Node):
    organization: Organization = relation(LIAISON.organization_id, "单位", "organisation")
    person_name: str = column(LIAISON.person_name, "姓名或岗位", "name or post")
    post: str = column(LIAISON.post, "职务", "post")
    phone_masked: str | None = column(LIAISON.phone_masked, "掩码电话", "masked telephone number")
    phone: str | None = python(
        open_phones,
        "联系电话，仅同一协调机构的成员可读，读取留痕",
        "telephone number, for members of the same body; audited",
        needs=(LIAISON.id,),
    )
    is_primary: bool = column(LIAISON.is_primary, "是否主要联络员", "whether the primary liaison")
    valid_from: date = column(LIAISON.valid_from, "起始日期", "from")
    valid_to: date | None = column(LIAISON.valid_to, "终止日期", "until")


@node("MC", "成员调整", "membership change", model=CHANGE, scopes=READ)
class MembershipChange(Node):
    body: CoordinationBody | None = relation(CHANGE.body_id, "协调机构", "coordination body")
    kind: MembershipChangeKind = column(CHANGE.kind, "调整类别", "kind")
    organization: Organization = relation(CHANGE.organization_id, "单位", "organisation")
    role: MembershipRole = column(CHANGE.role, "成员身份", "role")
    post: str = column(CHANGE.post, "职务", "post")
    reason: str = column(CHANGE.reason, "理由", "reason")
    proposer: Organization = relation(CHANGE.proposer_id, "提出单位", "proposer")
    effective_on: date = column(CHANGE.effective_on, "生效日期", "effective on")
    status: MembershipChangeStatus = column(CHANGE.status, "状态", "state")
    decision_note: str | None = column(CHANGE.decision_note, "决定说明", "note on the decision")
    decided_at: datetime | None = column(CHANGE.decided_at, "决定时间", "decided at")
    version: int = column(CHANGE.version, "版本", "version")
    available_events: list[AvailableEvent] = python(
        change_events, "当前可办理的事件", "events possible now", needs=(CHANGE.id,)
    )


def _without_liaison(row: Row, ambient: Ambient) -> ColumnElement[bool]:
    """A seat of a member unit that has named nobody; heads name none."""
    served = select(LIAISON.id).where(
        LIAISON.body_id == row.c.body_id, LIAISON.organization_id == row.c.organization_id, LIAISON.valid_to.is_(None)
    )
    heads = [role.value for role in HEADS]
    return and_(current(row, ambient), cast(row.c.role, String).not_in(heads), ~served.exists())


@node("CB", "协调机构", "coordination body", model=models.CoordinationBody, scopes=READ)
class CoordinationBody(Node):
    kind: BodyKind = column(models.CoordinationBody.kind, "类别", "kind")
    name: str = column(models.CoordinationBody.name, "名称", "name")
    jurisdiction: Jurisdiction = relation(models.CoordinationBody.jurisdiction_id, "区划", "jurisdiction")
    memberships: list[Membership] = children(
        MEMBERSHIP.body_id,
        "现任成员",
        "current members",
        order=ascending("按身份", "by role", MEMBERSHIP.role),
        where=current,
    )
    memberships_without_liaison: list[Membership] = children(
        MEMBERSHIP.body_id,
        "尚未指定联络员的成员",
        "members that have named no liaison",
        order=ascending("按身份", "by role", MEMBERSHIP.role),
        where=_without_liaison,
    )
    former_memberships: list[Membership] = children(
        MEMBERSHIP.body_id,
        "历任成员",
        "former members",
        order=ascending("按起始日期", "by start", MEMBERSHIP.valid_from),
        where=lambda row, _ambient: row.c.valid_to.is_not(None),
    )
    liaisons: list[Liaison] = children(
        LIAISON.body_id,
        "现任联络员",
        "current liaisons",
        order=ascending("按单位", "by organisation", LIAISON.organization_id),
        where=current,
    )
    membership_changes: list[MembershipChange] = children(
        CHANGE.body_id, "成员调整", "membership changes", order=ascending("按提出时间", "by time", CHANGE.created_at)
    )
