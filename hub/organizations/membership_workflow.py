"""MembershipChange 成员调整: the table (驻政〔2022〕59号 一(三)3): the unit proposes, the convenor approves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hub.access.scopes import Scope
from hub.canonical.codes import MembershipChangeStatus
from hub.core.errors import Reason
from hub.core.payload import optional, required
from hub.core.texts import Text
from hub.core.workflow import Actor, Effect, Guard, Machine, Transition
from hub.db.models import MembershipChange
from hub.organizations.membership_rows import put_into_effect
from hub.policy.specification import Approver
from hub.workflow.decisions import Decision
from hub.workflow.firing import Firing

S = MembershipChangeStatus
CLAUSE = "驻政〔2022〕59号 一(三)3"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeApproval:
    """批准成员调整 (approval of a membership change)."""

    resolution_id: UUID | None = optional(
        "议定事项标识，由会议决定时必填", "resolution, when a meeting decides", node="RS"
    )
    note: str | None = optional("说明或文号", "note or document number", limit=500)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeReason:
    """理由 (reason)."""

    reason: str = required("理由", "reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRejection:
    """不予批准 (rejection)."""

    reason: str = required("理由", "reason")
    resolution_id: UUID | None = optional(
        "议定事项标识，由会议决定时必填", "resolution, when a meeting decides", node="RS"
    )


@dataclass(frozen=True, slots=True)
class ChangeFacts:
    change: MembershipChange
    convenors: frozenset[UUID]
    approver: Approver
    resolutions: frozenset[UUID]
    """What meetings of the body resolved that were held on the day of the proposal or later."""
    today: date


def _due(facts: ChangeFacts, _: object) -> Iterable[Reason]:
    if facts.today < facts.change.effective_on:
        return (Reason("CHANGE_NOT_YET_EFFECTIVE", params={"date": facts.change.effective_on.isoformat()}),)
    return ()


async def _decide(firing: Firing) -> None:
    firing.row.decided_at = firing.unit.at
    firing.row.resolution_id = getattr(firing.payload, "resolution_id", None)
    firing.row.decision_note = getattr(firing.payload, "reason", None) or getattr(firing.payload, "note", None)


async def _put_into_effect(firing: Firing) -> None:
    await put_into_effect(firing.unit, firing.row)


DUE = Guard("due", Text("生效日期已到", "the effective date has come"), _due)
DECIDE = Effect("decide", Text("登记决定", "the decision is kept"), _decide)
PUT_INTO_EFFECT = Effect("putIntoEffect", Text("更新成员名单", "the roster changes"), _put_into_effect)

APPROVAL: Decision[ChangeFacts] = Decision(
    approver=lambda facts: facts.approver, resolutions=lambda facts: facts.resolutions
)

MEMBERSHIP_CHANGE: Machine[ChangeFacts] = Machine(
    name="MembershipChange",
    text=Text("成员调整", "membership change"),
    states=MembershipChangeStatus,
    initial=S.PROPOSED,
    terminal=frozenset({S.EFFECTIVE, S.REJECTED, S.WITHDRAWN}),
    transitions=(
        *APPROVAL.rows(
            event="approve",
            sources=(S.PROPOSED,),
            target=S.APPROVED,
            scope=Scope.MEMBER_APPROVE,
            text=Text("召集人批准", "approved by the convenor"),
            clause=CLAUSE,
            payload=ChangeApproval,
            effects=(DECIDE,),
        ),
        *APPROVAL.rows(
            event="reject",
            sources=(S.PROPOSED,),
            target=S.REJECTED,
            scope=Scope.MEMBER_APPROVE,
            text=Text("召集人不予批准", "rejected by the convenor"),
            clause=CLAUSE,
            payload=ChangeRejection,
            effects=(DECIDE,),
        ),
        Transition(
            event="takeEffect",
            sources=(S.APPROVED,),
            target=S.EFFECTIVE,
            actors=(Actor.OFFICE,),
            scope=Scope.MEMBER_MANAGE,
            text=Text("更新成员名单", "put into effect"),
            clause=CLAUSE,
            guards=(DUE,),
            effects=(PUT_INTO_EFFECT,),
        ),
        Transition(
            event="withdraw",
            sources=(S.PROPOSED,),
            target=S.WITHDRAWN,
            actors=(Actor.PROPOSER,),
            scope=Scope.MEMBER_PROPOSE,
            text=Text("撤回", "withdraw"),
            clause=CLAUSE,
            payload=ChangeReason,
            effects=(DECIDE,),
        ),
    ),
)
