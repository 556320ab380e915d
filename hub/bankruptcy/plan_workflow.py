"""The way of a stability plan as a table: submitted, approved or returned, submitted again.

Source: 温政办〔2021〕13号 二（二）14 (涉破产企业不动产处置属地协调).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hub.access.scopes import Scope
from hub.bankruptcy.effects import count
from hub.bankruptcy.payloads import MatterReason, StabilityContent
from hub.canonical.bankruptcy_codes import StabilityStatus
from hub.core.texts import Text
from hub.core.workflow import Actor, Effect, Machine, Transition
from hub.db.models import StabilityPlan
from hub.workflow.firing import Firing

CLAUSE = "温政办〔2021〕13号 二（二）14"
APPROVE_BY, APPROVER = "bankruptcy.plan.approve", "bankruptcy.plan.approver"
S = StabilityStatus


@dataclass(frozen=True, slots=True)
class PlanFacts:
    plan: StabilityPlan


async def _approve(firing: Firing) -> None:
    row, unit = firing.row, firing.unit
    row.approved_by_id, row.approved_at, row.return_reason = unit.organization_id, unit.at, None
    await count(unit, row, None)


async def _return(firing: Firing) -> None:
    firing.row.return_reason = firing.payload.reason
    await count(firing.unit, firing.row, None)


async def _resubmit(firing: Firing) -> None:
    row, given = firing.row, firing.payload
    row.risk, row.risk_study, row.plan = given.risk, given.risk_study, given.plan
    await count(firing.unit, row, APPROVE_BY)


def _approves(event: str, target: S, text: Text, effect: Effect, **more: Any) -> Transition[PlanFacts]:
    return Transition(
        event=event,
        sources=(S.SUBMITTED,),
        target=target,
        actors=(Actor.APPROVER,),
        scope=Scope.BANKRUPTCY_READ,
        text=text,
        clause=CLAUSE,
        effects=(effect,),
        **more,
    )


_KEPT = Text("登记意见，停止计时", "the word is kept; nothing is due")
PLAN: Machine[PlanFacts] = Machine(
    name="StabilityPlan",
    text=Text("维稳方案", "stability plan"),
    states=StabilityStatus,
    initial=S.SUBMITTED,
    terminal=frozenset({S.APPROVED}),
    transitions=(
        _approves("approve", S.APPROVED, Text("批准方案", "approve"), Effect("approvePlan", _KEPT, _approve)),
        _approves(
            "return",
            S.RETURNED,
            Text("退回修改", "return"),
            Effect("returnPlan", _KEPT, _return),
            payload=MatterReason,
        ),
        Transition(
            event="resubmit",
            sources=(S.RETURNED,),
            target=S.SUBMITTED,
            actors=(Actor.PROPOSER,),
            scope=Scope.BANKRUPTCY_HANDLE,
            text=Text("修改后再次提交", "submit again"),
            clause=CLAUSE,
            payload=StabilityContent,
            effects=(Effect("resubmitPlan", Text("登记方案，重新计时", "kept; time runs anew"), _resubmit),),
        ),
    ),
)
