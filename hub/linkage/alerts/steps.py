"""Alerts of steps that a procedure waits for: confirmation, settlement, acceptance, review, notice, minutes.

The time for each is a rule of the policy pack; where the pack has none, nobody is told.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from hub.canonical.codes import AlertKind, AlertSeverity, CoordinationStatus, ItemStatus, MeetingStatus, TaskStatus
from hub.core.clock import local_date
from hub.db.models import CoordinationRequest, DoubleListItem, ItemConfirmation, JointMeeting, LinkageTask
from hub.db.session import SystemSession
from hub.linkage.alerts.due import BATCH
from hub.linkage.policies import LinkagePolicy
from hub.policy.calendar import WorkingCalendar
from hub.workflow.raising import Raised, clause_of, unsure


@dataclass(frozen=True, slots=True)
class Step:
    """A state somebody has to act on. ``rule`` is the pack's time for it, counted from ``since``."""

    kind: AlertKind
    rule: str
    rows: Select[Any]
    since: Callable[[Any], datetime | None]
    needed: Callable[[LinkagePolicy], bool] = lambda _: True


def _standing(model: type[Any], *states: str) -> Select[Any]:
    return select(model).where(model.status.in_(states)).order_by(model.id).execution_options(yield_per=BATCH)


STEPS: tuple[Step, ...] = (
    Step(
        AlertKind.CONFIRMATION_OVERDUE,
        "coordination.confirm",
        _standing(DoubleListItem, ItemStatus.IN_COORDINATION),
        lambda item: item.status_since,
    ),
    Step(
        AlertKind.SETTLEMENT_OVERDUE,
        "coordination.resolve",
        _standing(CoordinationRequest, CoordinationStatus.ESCALATED, CoordinationStatus.COORDINATING),
        lambda request: request.escalated_at,
    ),
    Step(
        AlertKind.ACCEPTANCE_OVERDUE,
        "item.acceptance",
        _standing(DoubleListItem, ItemStatus.PENDING_ACCEPTANCE),
        lambda item: item.status_since,
    ),
    Step(
        AlertKind.REVIEW_OVERDUE,
        "item.report.review",
        _standing(LinkageTask, TaskStatus.REPORTED),
        lambda task: task.status_since,
    ),
    Step(
        AlertKind.NOTICE_OVERDUE,
        "meeting.notice",
        _standing(JointMeeting, MeetingStatus.PLANNED, MeetingStatus.COLLECTING_AGENDA),
        lambda meeting: meeting.planned_at,
    ),
    Step(
        AlertKind.MINUTES_OVERDUE,
        "meeting.minutes",
        _standing(JointMeeting, MeetingStatus.HELD, MeetingStatus.MINUTES_DRAFT, MeetingStatus.MINUTES_REVIEW),
        lambda meeting: meeting.held_at,
        lambda policy: policy.minutes_required,
    ),
)


async def waiting(session: SystemSession) -> AsyncIterator[tuple[Step, Any]]:
    """Every row that waits for a step, with the step."""
    for step in STEPS:
        async for row in await session.stream_scalars(step.rows):
            yield step, row


async def step_alert(
    session: SystemSession, step: Step, row: Any, policy: LinkagePolicy, calendar: WorkingCalendar, today: date
) -> Raised | None:
    """The alert a waiting row calls for, once its time is over."""
    since = step.since(row)
    if since is None or not step.needed(policy):
        return None
    deadline = policy.step_deadline(step.rule, local_date(since), calendar)
    if deadline is None or today <= deadline.due_on:
        return None
    units = await _unconfirmed(session, row) if step.kind is AlertKind.CONFIRMATION_OVERDUE else ()
    if deadline.provisional:
        return unsure(deadline.due_on, units, clause_of(deadline))
    return Raised(
        kind=step.kind,
        severity=AlertSeverity.WARNING,
        offset=1,
        due_on=deadline.due_on,
        clause=clause_of(deadline),
        units=units,
        to_office=True,
    )


async def _unconfirmed(session: SystemSession, item: DoubleListItem) -> tuple[UUID, ...]:
    """Units of an item in coordination that have neither agreed nor objected."""
    said = set(
        await session.scalars(select(ItemConfirmation.organization_id).where(ItemConfirmation.item_id == item.id))
    )
    units = (item.lead_organization_id, *item.cooperating_organization_ids)
    return tuple(key for key in units if key is not None and key not in said)
