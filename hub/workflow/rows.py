"""Rows inside a tenant: where they belong, and their audience."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.codes import PartyCapacity
from hub.canonical.region import find_region_code_problems, normalize_region_code
from hub.core.errors import NotFound, Reason, Refused, refuse_if
from hub.db.models import Jurisdiction, Organization
from hub.workflow.unit import Unit


class Placed(Protocol):
    """A row that knows its tenant and jurisdiction."""

    tenant_id: Any
    jurisdiction_id: Any
    jurisdiction_path: Any


def within(row: Placed) -> dict[str, Any]:
    """Tenant and jurisdiction columns for a row that belongs to ``row``."""
    return {
        "tenant_id": row.tenant_id,
        "jurisdiction_id": row.jurisdiction_id,
        "jurisdiction_path": row.jurisdiction_path,
    }


async def place(unit: Unit, code: str) -> Jurisdiction:
    """The jurisdiction with a code. Raises ``Refused`` (REGION_* with every reason, JURISDICTION_UNKNOWN)."""
    refuse_if(find_region_code_problems(code, path=("jurisdictionCode",)))
    found = await unit.session.scalar(select(Jurisdiction).where(Jurisdiction.code == normalize_region_code(code)))
    if found is None:
        raise Refused(Reason("JURISDICTION_UNKNOWN", ("jurisdictionCode",), {"code": code}))
    return found


async def home_jurisdiction(session: AsyncSession, organization_id: UUID | None) -> Jurisdiction:
    """The jurisdiction that an organisation is filed in; there is one for each."""
    of = select(Jurisdiction).join(Organization, Organization.jurisdiction_id == Jurisdiction.id)
    found: Jurisdiction = (await session.scalars(of.where(Organization.id == organization_id))).one()
    return found


def placed_in(jurisdiction: Jurisdiction) -> dict[str, Any]:
    return {
        "tenant_id": jurisdiction.tenant_id,
        "jurisdiction_id": jurisdiction.id,
        "jurisdiction_path": jurisdiction.path,
    }


async def locked(unit: Unit, model: type[Any], key: UUID, *, path: str = "id") -> Any:
    """The row for update, when the caller can see it. Raises ``NotFound`` otherwise, whether or not it exists."""
    row = await unit.session.scalar(select(model).where(model.id == key).with_for_update())
    if row is None:
        raise NotFound(path=(path,))
    return row


async def sync_parties(
    unit: Unit,
    model: type[Any],
    key: Mapping[str, Any],
    capacities: Mapping[UUID, PartyCapacity],
    columns: Mapping[str, Any],
) -> None:
    """Make the party rows of one aggregate say exactly ``capacities`` (organisation → capacity).

    ``key`` names the aggregate (``{"item_id": …, "tenant_id": …}``), ``columns`` the sort keys and path to carry.
    """
    match = [getattr(model, name) == value for name, value in key.items()]
    await unit.session.execute(delete(model).where(*match, model.organization_id.not_in(list(capacities))))
    for organization_id, capacity in capacities.items():
        said = {"capacity": capacity, **columns}
        statement = insert(model).values(organization_id=organization_id, **key, **said)
        await unit.session.execute(
            statement.on_conflict_do_update(index_elements=list(model.__table__.primary_key.columns), set_=said)
        )
