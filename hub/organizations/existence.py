"""Whether ids name organisations that exist and have not ended."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from hub.core.errors import Reason, Refused
from hub.db.models import Organization
from hub.workflow.unit import Unit


async def require_organizations(unit: Unit, ids: Iterable[UUID], *, path: str) -> None:
    """Raise ``Refused`` (ORGANIZATION_UNKNOWN, ORGANIZATION_ENDED) for ids that name no living organisation."""
    wanted = set(ids)
    rows = await unit.session.execute(select(Organization.id, Organization.valid_to).where(Organization.id.in_(wanted)))
    known = {row.id: row.valid_to for row in rows}
    reasons = [Reason("ORGANIZATION_UNKNOWN", (path,)) for _ in wanted - known.keys()]
    reasons += [
        Reason("ORGANIZATION_ENDED", (path,)) for ended in known.values() if ended is not None and ended < unit.today
    ]
    if reasons:
        raise Refused(*reasons)
