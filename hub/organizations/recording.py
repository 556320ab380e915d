"""代录: the office records for a unit that has no system of its own, where the policy pack allows it."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from hub.core.errors import Denied, Reason
from hub.organizations.existence import require_organizations
from hub.workflow.unit import Unit


async def check_recording(
    unit: Unit, *, path: str, jurisdiction_id: UUID, units: Collection[UUID | None] | None
) -> None:
    """Raise ``Denied`` unless the caller may record for the unit it names; nothing to check when it names none.

    ``units`` are those that have a part in the object; ``None`` where any unit may, as when something is proposed,
    and empty where the act is nobody's but the caller's.
    """
    named = unit.principal.on_behalf_of
    if named is None:
        return
    if not unit.is_office_of(path):
        raise Denied(Reason("RECORDING_BY_OFFICE_ONLY", ("onBehalfOf",)))
    pack = await unit.policy.pack(unit.session, jurisdiction_id, unit.today)
    if not pack.flag("office.records_for_units"):
        raise Denied(Reason("RECORDING_NOT_ALLOWED", ("onBehalfOf",)))
    if units is None:
        await require_organizations(unit, [named], path="onBehalfOf")
    elif named not in units:
        raise Denied(Reason("RECORDING_FOR_STRANGER", ("onBehalfOf",)))
