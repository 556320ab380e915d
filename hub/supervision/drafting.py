"""Drafts by rule: a suit against the government, a lost one, a listing. The hub drafts; a person signs.

Each source drafts one notice however often it is told, and only where the jurisdiction's pack has the practice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import exists, select

from hub.canonical.supervision_codes import NoticeKind, NoticeStatus, NoticeTrigger
from hub.core.ids import new_id
from hub.core.principal import RoleName
from hub.db.models import Organization, SupervisionNotice
from hub.supervision import wording
from hub.supervision.deadlines import sort_key
from hub.supervision.notices import enter
from hub.supervision.parties import function_holder
from hub.supervision.policies import SupervisionPolicy
from hub.workflow.unit import Unit

log = structlog.get_logger("hub.supervision.drafting")


@dataclass(frozen=True, slots=True)
class Cause:
    """What a notice is drafted upon: a mirrored row or a report of ``court_id`` about a unit."""

    trigger: NoticeTrigger
    source_id: UUID
    court_id: UUID
    subject_id: UUID
    case_number: str
    happened_on: date
    placed: dict[str, Any]
    perform_by: date | None = None
    record_id: UUID | None = None


async def draft_upon(unit: Unit, policy: SupervisionPolicy, cause: Cause) -> UUID | None:
    """The id of the draft; None where the pack has no such rule, nobody may issue it, or it was drafted before."""
    kind = kind_of(policy, cause.trigger)
    if kind is None or cause.happened_on < policy.pack.effective_from or await _drafted(unit, cause):
        return None
    issuer = await function_holder(unit.session, cause.placed["jurisdiction_id"], RoleName.CREDIT_OFFICE)
    if issuer is None:
        log.warning("nobody to issue a notice", jurisdiction=str(cause.placed["jurisdiction_id"]))
        return None
    if issuer == cause.subject_id:
        return None
    notice = await _notice(unit, policy, cause, kind, issuer)
    await enter(unit, notice, policy, {})
    return notice.id


def kind_of(policy: SupervisionPolicy, trigger: NoticeTrigger) -> NoticeKind | None:
    """Which kind the pack drafts upon a trigger, if any."""
    match trigger:
        case NoticeTrigger.CASE_FILED if policy.reminds_on_filing:
            return NoticeKind.REMINDER_LETTER
        case NoticeTrigger.CASE_LOST if policy.urges_on_loss:
            return NoticeKind.URGING_LETTER
        case NoticeTrigger.LISTED if policy.orders_on_listing:
            return policy.order_kind
    return None


RULES = {
    NoticeTrigger.CASE_FILED: "reminder.on_filing",
    NoticeTrigger.CASE_LOST: "urging.on_loss",
    NoticeTrigger.LISTED: "order.on_listing",
}


async def _drafted(unit: Unit, cause: Cause) -> bool:
    """A case that a court both lists and reports is one cause."""
    drafted = SupervisionNotice
    same_source = drafted.source_id == cause.source_id
    same_case = (drafted.case_number == cause.case_number) & (drafted.subject_id == cause.subject_id)
    return bool(
        await unit.session.scalar(select(exists().where(drafted.trigger == cause.trigger, same_source | same_case)))
    )


async def _notice(
    unit: Unit, policy: SupervisionPolicy, cause: Cause, kind: NoticeKind, issuer: UUID
) -> SupervisionNotice:
    court = await unit.session.scalar(select(Organization.name).where(Organization.id == cause.court_id))
    said = wording.of(cause.trigger, kind, court=str(court), case_number=cause.case_number, perform_by=cause.perform_by)
    with_court = cause.trigger is NoticeTrigger.LISTED and policy.orders_with_court
    due_on = cause.perform_by if policy.urges_by_court_period else None
    return SupervisionNotice(
        id=new_id(),
        kind=kind,
        status=NoticeStatus.DRAFT,
        trigger=cause.trigger,
        source_id=cause.source_id,
        issuer_id=issuer,
        co_issuer_ids=[cause.court_id] if with_court else [],
        subject_id=cause.subject_id,
        title=said.title,
        facts=said.facts,
        demand=said.demand,
        case_number=cause.case_number,
        record_id=cause.record_id,
        clause=policy.clause(RULES[cause.trigger]),
        due_on=due_on,
        due_sort=sort_key(due_on),
        reply_evidence=[],
        created_at=unit.at,
        **cause.placed,
    )
