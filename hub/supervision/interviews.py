"""Interviews (失信约谈): the head of a unit is called in by the government or an office, and minutes are kept.

Source: 新信用发〔2018〕6号 二（五）1.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from hub.access.scopes import Scope
from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.supervision_codes import InterviewStatus
from hub.core.errors import Reason, Refused, refuse_if
from hub.core.ids import new_id
from hub.core.payload import SHORT_TEXT, find_problems, optional, required
from hub.core.texts import Text
from hub.core.workflow import Actor, Effect, Guard, Machine, Transition
from hub.db.models import Interview, SupervisionNotice
from hub.organizations.existence import require_organizations
from hub.supervision.notices import require_issuer, subject_problems
from hub.supervision.payloads import NAME, NoticeReason
from hub.workflow.firing import Course, Firing, announce, fire
from hub.workflow.rows import locked, place, placed_in
from hub.workflow.unit import Unit

COURSE = Course("Interview", AuditAction.INTERVIEW_TRANSITION, "interview")
CLAUSE = "新信用发〔2018〕6号 二（五）1"
S = InterviewStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewPlan:
    """约谈安排 (plan of an interview)."""

    jurisdiction_code: str = required("区划代码", "jurisdiction code", limit=12)
    organization_id: UUID = required("被约谈单位", "unit called in", node="OR")
    subject: str = required("事由", "subject", limit=SHORT_TEXT)
    planned_on: date = required("约谈日期", "planned for")
    place: str | None = optional("地点", "place", limit=SHORT_TEXT)
    notice_id: UUID | None = optional("相关督办函件", "notice it is about", node="SN")


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewMinutes:
    """约谈纪要 (minutes of an interview)."""

    held_on: date = required("约谈日期", "held on")
    attendee: str = required("到场负责人姓名", "name of who came", limit=NAME)
    post: str = required("到场负责人职务", "post of who came", limit=NAME)
    minutes: str = required("约谈纪要和整改要求", "minutes, and what was asked for")


@dataclass(frozen=True, slots=True)
class InterviewFacts:
    interview: Interview
    today: date


def _held(facts: InterviewFacts, given: Any) -> Iterable[Reason]:
    return (Reason("HELD_ON_AHEAD", ("heldOn",)),) if given is not None and given.held_on > facts.today else ()


async def _keep(firing: Firing) -> None:
    given, row = firing.payload, firing.row
    row.held_on, row.minutes = given.held_on, given.minutes
    row.attendee, row.attendee_post = given.attendee.strip(), given.post.strip()


async def _cancel(firing: Firing) -> None:
    firing.row.cancel_reason = firing.payload.reason


INTERVIEW: Machine[InterviewFacts] = Machine(
    name="Interview",
    text=Text("约谈", "interview"),
    states=InterviewStatus,
    initial=S.PLANNED,
    terminal=frozenset({S.HELD, S.CANCELLED}),
    transitions=(
        Transition(
            event="hold",
            sources=(S.PLANNED,),
            target=S.HELD,
            actors=(Actor.ISSUER,),
            scope=Scope.NOTICE_ISSUE,
            text=Text("登记约谈", "record that it was held"),
            clause=CLAUSE,
            payload=InterviewMinutes,
            guards=(Guard("held", Text("约谈已经进行", "it has been held"), _held),),
            effects=(Effect("keepMinutes", Text("登记纪要", "minutes are kept"), _keep),),
        ),
        Transition(
            event="cancel",
            sources=(S.PLANNED,),
            target=S.CANCELLED,
            actors=(Actor.ISSUER,),
            scope=Scope.NOTICE_ISSUE,
            text=Text("取消", "cancel"),
            clause=CLAUSE,
            payload=NoticeReason,
            effects=(Effect("keepReason", Text("登记理由", "the reason is kept"), _cancel),),
        ),
    ),
)


async def plan_interview(unit: Unit, plan: InterviewPlan) -> UUID:
    """Call the head of a unit in. Raises ``Refused`` with every reason."""
    refuse_if(find_problems(plan))
    jurisdiction = await place(unit, plan.jurisdiction_code)
    require_issuer(unit, jurisdiction)
    await require_organizations(unit, [plan.organization_id], path="organizationId")
    path = ("organizationId",)
    reasons = await subject_problems(unit, jurisdiction, plan.organization_id, path)
    refuse_if([*reasons, *await _notice_problems(unit, plan.notice_id)])
    row = Interview(
        id=new_id(),
        status=S.PLANNED,
        interviewer_id=unit.organization_id,
        organization_id=plan.organization_id,
        notice_id=plan.notice_id,
        subject=plan.subject.strip(),
        planned_on=plan.planned_on,
        place=plan.place,
        created_at=unit.at,
        **placed_in(jurisdiction),
    )
    unit.session.add(row)
    await unit.session.flush()
    await unit.audit(AuditAction.INTERVIEW_PLANNED, Target("Interview", row.id, row.jurisdiction_path))
    await announce(unit, COURSE, row, "created")
    return row.id


async def _notice_problems(unit: Unit, notice_id: UUID | None) -> list[Reason]:
    if notice_id is None:
        return []
    seen = await unit.session.scalar(select(SupervisionNotice.id).where(SupervisionNotice.id == notice_id))
    return [] if seen is not None else [Reason("NOT_FOUND", ("noticeId",))]


async def fire_interview(
    unit: Unit, interview_id: UUID, event: str, payload: object, *, expected_version: int | None = None
) -> Interview:
    if unit.principal.on_behalf_of is not None:
        raise Refused(Reason("FORBIDDEN"))
    row: Interview = await locked(unit, Interview, interview_id)
    await fire(
        unit,
        INTERVIEW,
        COURSE,
        row,
        event,
        payload,
        actors=interview_actors(row, unit.organization_id),
        facts=InterviewFacts(row, unit.today),
        expected_version=expected_version,
    )
    return row


def interview_actors(row: Interview, organization_id: UUID | None) -> frozenset[Actor]:
    return frozenset({Actor.ISSUER} if row.interviewer_id == organization_id else ())
