"""Names of units over time (全称, 简称, 旧称): recorded by the credit office, with the days it bore them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.exchange_codes import OrganizationNameKind
from hub.core.errors import NotFound, Reason, refuse_if
from hub.core.ids import new_id
from hub.core.payload import SHORT_TEXT, find_problems, optional, required
from hub.core.principal import RoleName
from hub.db.models import Jurisdiction, Organization, OrganizationName
from hub.subjects.units import plain_name
from hub.workflow.rows import placed_in
from hub.workflow.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationNaming:
    """单位的全称、简称或旧称及其起止日期 (a name of a unit, with the days it bore it)."""

    organization_id: UUID = required("单位", "unit", node="OR")
    name: str = required("名称", "name", limit=SHORT_TEXT)
    kind: OrganizationNameKind = required("类别", "kind")
    basis: str = required("依据，如机构改革文件", "what it rests on", limit=SHORT_TEXT)
    valid_from: date | None = optional("启用日期", "borne from")
    valid_to: date | None = optional("停用日期；旧称必填", "borne until; needed of a former name")

    def find_rule_problems(self) -> Iterator[Reason]:
        if self.valid_from is not None and self.valid_to is not None and self.valid_to < self.valid_from:
            yield Reason("NAME_PERIOD_REVERSED", ("validTo",))
        if self.kind is OrganizationNameKind.FORMER and self.valid_to is None:
            yield Reason("TEXT_EMPTY", ("validTo",))


async def record_name(unit: Unit, given: OrganizationNaming) -> UUID:
    """Record a name. Raises ``Refused`` (NAME_KNOWN, NAME_OF_ANOTHER), ``NotFound`` outside the caller's place."""
    refuse_if(find_problems(given))
    body = await unit.session.scalar(select(Organization).where(Organization.id == given.organization_id))
    paths = unit.principal.paths(RoleName.CREDIT_OFFICE)
    if body is None or not any(body.jurisdiction_path.startswith(path) for path in paths):
        raise NotFound(path=("organizationId",))
    name = plain_name(given.name)
    refuse_if(await _problems(unit, body, name, given))
    jurisdiction = (
        await unit.session.scalars(select(Jurisdiction).where(Jurisdiction.id == body.jurisdiction_id))
    ).one()
    row = OrganizationName(
        id=new_id(),
        organization_id=body.id,
        recorder_id=unit.organization_id,
        name=name,
        kind=given.kind,
        valid_from=given.valid_from,
        valid_to=given.valid_to,
        basis=given.basis.strip(),
        created_at=unit.at,
        **placed_in(jurisdiction),
    )
    unit.session.add(row)
    await unit.session.flush()
    target = Target("OrganizationName", row.id, row.jurisdiction_path)
    await unit.audit(AuditAction.ORGANIZATION_NAMED, target, kind=given.kind.value)
    return row.id


async def _problems(unit: Unit, body: Organization, name: str, given: OrganizationNaming) -> list[Reason]:
    known = select(OrganizationName.id).where(
        OrganizationName.organization_id == body.id, OrganizationName.name == name
    )
    if await unit.session.scalar(known) is not None:
        return [Reason("NAME_KNOWN", ("name",))]
    others = select(Organization.id).where(
        or_(Organization.name == name, Organization.short_name == name),
        Organization.jurisdiction_path.startswith(body.jurisdiction_path),
        Organization.id != body.id,
        Organization.valid_to.is_(None),
    )
    taken = given.valid_to is None and await unit.session.scalar(others.limit(1)) is not None
    return [Reason("NAME_OF_ANOTHER", ("name",))] if taken else []
