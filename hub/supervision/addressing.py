"""Whom a judicial suggestion goes to: its addressee, and the copies that the policy pack names."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from hub.canonical.supervision_codes import SuggestionCapacity
from hub.core.principal import RoleName
from hub.db.bulk import insert_rows
from hub.db.models import JudicialSuggestion, JudicialSuggestionParty
from hub.policy.parameter_sets.codes import ReportRecipient
from hub.supervision.parties import function_holder, superiors
from hub.workflow.unit import Unit

ROLES = {
    ReportRecipient.DISCIPLINE_SUPERVISION: RoleName.DISCIPLINE_SUPERVISION,
    ReportRecipient.ORGANISATION_DEPARTMENT: RoleName.ORGANISATION_DEPARTMENT,
    ReportRecipient.POLITICAL_LEGAL_COMMITTEE: RoleName.POLITICAL_LEGAL_COMMITTEE,
    ReportRecipient.GOVERNMENT_OFFICE: RoleName.GOVERNMENT_OFFICE,
}


async def admit(unit: Unit, row: JudicialSuggestion, told: dict[UUID, SuggestionCapacity]) -> None:
    """Let units see a suggestion."""
    rows = [
        {
            "suggestion_id": row.id,
            "organization_id": key,
            "tenant_id": row.tenant_id,
            "capacity": capacity,
            "jurisdiction_path": row.jurisdiction_path,
        }
        for key, capacity in told.items()
    ]
    if rows:
        await insert_rows(unit.session, JudicialSuggestionParty, rows)


async def admit_told(unit: Unit, row: JudicialSuggestion, copies: Sequence[str]) -> None:
    """Addressee and copies; who is named for a copy and not registered is told nothing."""
    found: list[UUID | None] = []
    for code in copies:
        recipient = ReportRecipient(code)
        if recipient is ReportRecipient.SUPERVISING_AUTHORITY:
            found += await superiors(unit.session, row.subject_id)
        elif recipient in ROLES:
            found.append(await function_holder(unit.session, row.jurisdiction_id, ROLES[recipient]))
    told = {key: SuggestionCapacity.COPIED for key in found if key is not None}
    told |= {row.addressee_id: SuggestionCapacity.ADDRESSEE}
    await admit(unit, row, {key: capacity for key, capacity in told.items() if key != row.court_id})
