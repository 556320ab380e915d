"""Judicial suggestions of a court: drafted, moved along, and told of when their reply is late."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from hub.alerts.raising import Raised, raise_alert
from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.codes import AlertKind, AlertSeverity
from hub.canonical.supervision_codes import SUGGESTION_RUNNING, SuggestionCapacity, SuggestionStatus
from hub.core.errors import NotFound, Reason, Refused, refuse_if
from hub.core.ids import new_id
from hub.core.payload import find_problems
from hub.core.principal import RoleName
from hub.db.models import JudicialSuggestion
from hub.db.session import SystemSession
from hub.organizations.existence import require_organizations
from hub.supervision.addressing import admit
from hub.supervision.citing import record_problems
from hub.supervision.notices import subject_problems
from hub.supervision.suggestion_payloads import SuggestionDraft
from hub.supervision.suggestion_workflow import SUGGESTION, SuggestionFacts, suggestion_actors
from hub.workflow.firing import Course, announce, fire
from hub.workflow.rows import locked, place, placed_in
from hub.workflow.unit import Unit

COURSE = Course("JudicialSuggestion", AuditAction.SUGGESTION_TRANSITION, "suggestion")


async def draft_suggestion(unit: Unit, given: SuggestionDraft) -> UUID:
    """A draft of the caller's court. Raises ``Refused`` with every reason; a listing is one of the court's own."""
    refuse_if(find_problems(given))
    jurisdiction = await place(unit, given.jurisdiction_code)
    covered = any(jurisdiction.path.startswith(path) for path in unit.principal.paths(RoleName.COURT))
    if not covered or unit.principal.on_behalf_of is not None:
        raise Refused(Reason("ISSUER_NOT_PERMITTED", ("jurisdictionCode",)))
    await require_organizations(unit, [given.subject_id, given.addressee_id], path="subjectId")
    reasons = await subject_problems(unit, jurisdiction, given.subject_id, ("subjectId",))
    reasons += await record_problems(unit, given.record_id)
    own = [Reason("ISSUER_IS_RECIPIENT", ("addresseeId",))] if given.addressee_id == unit.organization_id else []
    refuse_if([*reasons, *own])
    row = JudicialSuggestion(
        id=new_id(),
        category=given.category,
        status=SuggestionStatus.DRAFT,
        court_id=unit.organization_id,
        subject_id=given.subject_id,
        addressee_id=given.addressee_id,
        record_id=given.record_id,
        title=given.title.strip(),
        problems=list(given.problems),
        suggestions=list(given.suggestions),
        created_at=unit.at,
        status_since=unit.at,
        **placed_in(jurisdiction),
    )
    unit.session.add(row)
    await unit.session.flush()
    await admit(unit, row, {row.court_id: SuggestionCapacity.COURT})
    await unit.audit(AuditAction.SUGGESTION_DRAFTED, Target(COURSE.kind, row.id, row.jurisdiction_path))
    await announce(unit, COURSE, row, "drafted")
    return row.id


async def fire_suggestion(
    unit: Unit, suggestion_id: UUID, event: str, payload: object, *, expected_version: int | None = None
) -> JudicialSuggestion:
    """Move a suggestion. Raises ``NotFound`` for one that the caller cannot see, ``Refused`` with every reason."""
    if unit.principal.on_behalf_of is not None:
        raise NotFound(path=("id",))
    row: JudicialSuggestion = await locked(unit, JudicialSuggestion, suggestion_id)
    await fire(
        unit,
        SUGGESTION,
        COURSE,
        row,
        event,
        payload,
        actors=suggestion_actors(row, unit.organization_id),
        facts=SuggestionFacts(row, unit.today),
        expected_version=expected_version,
    )
    return row


async def tell_of_late_replies(unit: Unit, session: SystemSession) -> int:
    """Court and addressee are told, once, that the time to reply is over."""
    late = select(JudicialSuggestion).where(
        JudicialSuggestion.status.in_(SUGGESTION_RUNNING), JudicialSuggestion.due_on < unit.today
    )
    raised = 0
    for row in (await session.scalars(late.order_by(JudicialSuggestion.id))).all():
        alert = Raised(
            kind=AlertKind.OVERDUE,
            severity=AlertSeverity.WARNING,
            due_on=row.due_on,
            offset=1,
            clause=row.clause,
            units=(row.court_id, row.addressee_id),
        )
        raised += await raise_alert(session, row, row.title, alert, unit.at)
    return raised
