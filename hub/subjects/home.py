"""Where the records of a source are filed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.core.errors import Reason, Refused
from hub.core.principal import Function, Principal, RoleName
from hub.db.models import Court, Jurisdiction, Organization, OrganizationFunction

PLATFORM = "credit"
"""Sources of this kind relay what courts tell."""


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
    def relays(self) -> bool:
        """Whether the source tells of what is others' to tell."""
        return self.source.startswith(f"{PLATFORM}:")

    @property
    def principal(self) -> Principal:
        """Whose act a delivery is, for the records; without any right."""
        return Principal(
            subject=f"connector:{self.source}"[:100],
            organization_id=self.organization_id,
            functions=(Function(RoleName.CREDIT_OFFICE if self.relays else RoleName.COURT, self.path),),
        )


async def home_of(session: AsyncSession, source: str) -> Home:
    """Home of a court's source (``court:豫0825``), or of a credit platform's (``credit:231100/file``): the credit
    office of its region. Raises ``Refused`` (SOURCE_UNKNOWN)."""
    kind, _, code = source.partition(":")
    whose = _of_platform(code.partition("/")[0]) if kind == PLATFORM else _of_court(code)
    row = (await session.execute(_PLACES.where(Organization.valid_to.is_(None), whose).limit(1))).one_or_none()
    if row is None:
        raise Refused(Reason("SOURCE_UNKNOWN"))
    return Home(source, *row)


_PLACES = select(Organization.id, Jurisdiction.tenant_id, Jurisdiction.id, Jurisdiction.path).join(
    Jurisdiction, Jurisdiction.id == Organization.jurisdiction_id
)


def _of_court(code: str) -> ColumnElement[bool]:
    return exists().where(Court.organization_id == Organization.id, Court.court_code == code)


def _of_platform(region: str) -> ColumnElement[bool]:
    held = OrganizationFunction
    return Organization.id == (
        select(held.organization_id)
        .join(Jurisdiction, Jurisdiction.id == held.jurisdiction_id)
        .where(Jurisdiction.code == region, held.role == RoleName.CREDIT_OFFICE, held.valid_to.is_(None))
        .order_by(held.valid_from, held.organization_id)
        .limit(1)
        .correlate(None)
        .scalar_subquery()
    )


async def courts_of(session: AsyncSession, home: Home, codes: Iterable[str]) -> dict[str, Home]:
    """Homes of the courts of these codes in the tenant, for what ``home`` tells of them."""
    rows = await session.execute(
        _PLACES.add_columns(Court.court_code)
        .join(Court, Court.organization_id == Organization.id)
        .where(
            Court.court_code.in_(set(codes)), Organization.valid_to.is_(None), Jurisdiction.tenant_id == home.tenant_id
        )
    )
    return {code: Home(home.source, *place) for *place, code in rows}
