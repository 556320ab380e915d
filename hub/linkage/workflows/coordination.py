"""CoordinationRequest 协调请求: the table (驻政〔2022〕59号 三(二))."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from hub.access.scopes import Scope
from hub.canonical.codes import CoordinationStatus
from hub.core.errors import NotFound, Reason
from hub.core.payload import optional, required
from hub.core.texts import Text
from hub.core.workflow import Actor, Effect, Guard, Machine, Transition
from hub.db.models import CoordinationRequest, JointMeeting
from hub.linkage.commands import WithReason
from hub.workflow.firing import Firing

S = CoordinationStatus
CLAUSE = "驻政〔2022〕59号 三(二)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """提请办公室协调 (escalation to the office)."""

    attempted_direct_contact: bool = required("是否已直接对接", "whether direct contact was tried")
    summary: str = required("未达成共识的情况", "what could not be agreed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """协调结果 (outcome)."""

    outcome: str = required("协调结果", "outcome")
    meeting_id: UUID | None = optional("协调会议", "coordination meeting", node="JM")


@dataclass(frozen=True, slots=True)
class RequestFacts:
    request: CoordinationRequest
    direct_contact_first: bool


def _tried_directly(facts: RequestFacts, payload: Escalation | None) -> Iterable[Reason]:
    if payload is not None and facts.direct_contact_first and not payload.attempted_direct_contact:
        return (Reason("DIRECT_CONTACT_FIRST", ("attemptedDirectContact",)),)
    return ()


async def _keep_escalation(firing: Firing) -> None:
    firing.row.escalated_at = firing.unit.at
    firing.row.attempted_direct_contact = firing.payload.attempted_direct_contact
    firing.row.dispute_summary = firing.payload.summary


async def _keep_outcome(firing: Firing) -> None:
    await _require_meeting(firing)
    firing.row.outcome = firing.payload.outcome
    firing.row.meeting_id = firing.payload.meeting_id


async def _require_meeting(firing: Firing) -> None:
    """The meeting named is one of the jurisdiction that the caller may know of."""
    key = firing.payload.meeting_id
    if key is None:
        return
    found = await firing.unit.session.scalar(
        select(JointMeeting.id).where(
            JointMeeting.id == key, JointMeeting.jurisdiction_id == firing.row.jurisdiction_id
        )
    )
    if found is None:
        raise NotFound(path=("meetingId",))


async def _keep_reason(firing: Firing) -> None:
    firing.row.outcome = firing.payload.reason


TRIED_DIRECTLY = Guard("triedDirectly", Text("已直接对接而未达成共识", "direct contact was tried"), _tried_directly)
KEEP_ESCALATION = Effect("keepEscalation", Text("登记分歧情况", "the dispute is kept"), _keep_escalation)
KEEP_OUTCOME = Effect("keepOutcome", Text("登记协调结果", "the outcome is kept"), _keep_outcome)
KEEP_REASON = Effect("keepReason", Text("登记理由", "the reason is kept"), _keep_reason)

COORDINATION: Machine[RequestFacts] = Machine(
    name="CoordinationRequest",
    text=Text("协调请求", "coordination request"),
    states=CoordinationStatus,
    initial=S.IN_DIRECT_CONTACT,
    terminal=frozenset({S.CLOSED, S.WITHDRAWN}),
    transitions=(
        Transition(
            event="settle",
            sources=(S.IN_DIRECT_CONTACT,),
            target=S.RESOLVED,
            actors=(Actor.PROPOSER, Actor.COUNTERPART),
            scope=Scope.COORDINATION_WRITE,
            text=Text("直接对接达成共识", "settled by direct contact"),
            clause=CLAUSE,
            payload=Settlement,
            effects=(KEEP_OUTCOME,),
        ),
        Transition(
            event="escalate",
            sources=(S.IN_DIRECT_CONTACT,),
            target=S.ESCALATED,
            actors=(Actor.PROPOSER, Actor.COUNTERPART),
            scope=Scope.COORDINATION_WRITE,
            text=Text("提请办公室协调", "escalate to the office"),
            clause=CLAUSE,
            payload=Escalation,
            guards=(TRIED_DIRECTLY,),
            effects=(KEEP_ESCALATION,),
        ),
        Transition(
            event="coordinate",
            sources=(S.ESCALATED,),
            target=S.COORDINATING,
            actors=(Actor.OFFICE,),
            scope=Scope.COORDINATION_WRITE,
            text=Text("办公室受理协调", "the office takes it up"),
            clause=CLAUSE,
        ),
        Transition(
            event="resolve",
            sources=(S.ESCALATED, S.COORDINATING),
            target=S.RESOLVED,
            actors=(Actor.OFFICE,),
            scope=Scope.COORDINATION_WRITE,
            text=Text("协调解决", "resolved by the office"),
            clause=CLAUSE,
            payload=Settlement,
            effects=(KEEP_OUTCOME,),
        ),
        Transition(
            event="close",
            sources=(S.RESOLVED,),
            target=S.CLOSED,
            actors=(Actor.OFFICE, Actor.PROPOSER),
            scope=Scope.COORDINATION_WRITE,
            text=Text("办结归档", "close"),
            clause=CLAUSE,
        ),
        Transition(
            event="withdraw",
            sources=(S.IN_DIRECT_CONTACT, S.ESCALATED, S.COORDINATING),
            target=S.WITHDRAWN,
            actors=(Actor.PROPOSER,),
            scope=Scope.COORDINATION_WRITE,
            text=Text("撤回", "withdraw"),
            clause=CLAUSE,
            payload=WithReason,
            effects=(KEEP_REASON,),
        ),
    ),
)
