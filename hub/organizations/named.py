"""Units that a policy pack names: the notice says 民政局 or 市场监督管理局, the register says which unit that is."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.core.errors import Reason, Refused
from hub.db.models import Organization, OrganizationAlias
from hub.policy.pack import PolicyPack


async def unit_named(session: AsyncSession, pack: PolicyPack, key: str, jurisdiction_id: UUID, problem: str) -> UUID:
    """The one unit of a jurisdiction that bears the name of a parameter. Raises ``Refused`` with ``problem``."""
    name = pack.text(key).zh
    found = await session.scalars(
        select(Organization.id)
        .outerjoin(OrganizationAlias, OrganizationAlias.organization_id == Organization.id)
        .where(
            Organization.jurisdiction_id == jurisdiction_id,
            Organization.valid_to.is_(None),
            or_(Organization.name == name, Organization.short_name == name, OrganizationAlias.alias == name),
        )
        .distinct()
    )
    units = found.all()
    if len(units) != 1:
        raise Refused(Reason(problem, params={"name": name}))
    return units[0]
