"""代录: the office records for a unit that has no system of its own, where the policy pack allows it."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from hub.core.errors import Denied, Reason
from hub.linkage.policies import linkage_policy
from hub.workflow.unit import Unit


async def check_recording(unit: Unit, *, path: str, jurisdiction_id: UUID, units: Collection[UUID | None]) -> None:
    """Raise ``Denied`` unless the caller may record for the unit it names; nothing to check when it names none."""
    if unit.principal.on_behalf_of is None:
        return
    if not unit.is_office_of(path):
        raise Denied(Reason("RECORDING_BY_OFFICE_ONLY", ("onBehalfOf",)))
    policy = await linkage_policy(unit.policy, unit.session, jurisdiction_id, unit.today)
    if not policy.office_records_for_units:
        raise Denied(Reason("RECORDING_NOT_ALLOWED", ("onBehalfOf",)))
    if unit.principal.on_behalf_of not in units:
        raise Denied(Reason("RECORDING_FOR_STRANGER", ("onBehalfOf",)))
