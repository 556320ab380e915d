"""Where the records of a source are filed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.core.errors import Reason, Refused
from hub.core.principal import Function, Principal, RoleName
from hub.db.models import Court, Jurisdiction, Organization


@dataclass(frozen=True, slots=True)
class Home:
    """The organisation that runs a source, and its jurisdiction."""

    source: str
    organization_id: UUID
    tenant_id: UUID
    jurisdiction_id: UUID
    path: str

    @property
    def placed(self) -> dict[str, object]:
        """What every row of the source's jurisdiction bears."""
        return {
            "tenant_id": self.tenant_id,
            "jurisdiction_id": self.jurisdiction_id,
            "jurisdiction_path": self.path,
        }

    @property
    def provided(self) -> dict[str, object]:
        """What every row about the source itself bears."""
        return {"source": self.source, "organization_id": self.organization_id, "jurisdiction_path": self.path}

    @property
    def principal(self) -> Principal:
        """Whose act a delivery is, for the records; without any right."""
        return Principal(
            subject=f"connector:{self.source}"[:100],
            organization_id=self.organization_id,
            functions=(Function(RoleName.COURT, self.path),),
        )


async def home_of(session: AsyncSession, source: str) -> Home:
    """Home of a court's source (``court:豫0825``). Raises ``Refused`` (SOURCE_UNKNOWN)."""
    code = source.partition(":")[2]
    row = (
        await session.execute(
            select(Organization.id, Jurisdiction.tenant_id, Jurisdiction.id, Jurisdiction.path)
            .join(Court, Court.organization_id == Organization.id)
            .join(Jurisdiction, Jurisdiction.id == Organization.jurisdiction_id)
            .where(Court.court_code == code, Organization.valid_to.is_(None))
        )
    ).one_or_none()
    if row is None:
        raise Refused(Reason("SOURCE_UNKNOWN"))
    return Home(source, *row)
