"""LinkageMatter 联动事项: the table (温政办〔2021〕13号 三(一)).

A unit submits the matter to the office; the leading group agrees; then it is carried out as a task.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from hub.access.scopes import Scope
from hub.canonical.codes import MatterStatus, TaskOrigin
from hub.core.payload import optional
from hub.core.texts import Text
from hub.core.workflow import Actor, Effect, Machine, Transition
from hub.db.models import LinkageMatter
from hub.linkage import commands
from hub.linkage.policies import LinkagePolicy
from hub.linkage.task_rows import create_task
from hub.workflow.decisions import Decision
from hub.workflow.firing import Firing
from hub.workflow.rows import within

S = MatterStatus
CLAUSE = "温政办〔2021〕13号 三(一)"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterApproval:
    """领导小组同意 (approval by the leading group)."""

    resolution_id: UUID | None = optional(
        "议定事项标识，由会议决定时必填", "resolution, when a meeting decides", node="RS"
    )
    note: str | None = optional("说明", "note")


@dataclass(frozen=True, slots=True)
class MatterFacts:
    matter: LinkageMatter
    convenors: frozenset[UUID]
    resolutions: frozenset[UUID]
    """What held meetings resolved that had the matter on their agenda."""
    policy: LinkagePolicy


async def _keep_approval(firing: Firing) -> None:
    firing.row.decision_note = firing.payload.note
    firing.row.resolution_id = firing.payload.resolution_id


async def _keep_refusal(firing: Firing) -> None:
    firing.row.decision_note = firing.payload.reason
    firing.row.resolution_id = firing.payload.resolution_id


async def _keep_reason(firing: Firing) -> None:
    firing.row.decision_note = firing.payload.reason


async def _assign(firing: Firing) -> None:
    matter = firing.row
    task = await create_task(
        firing.unit,
        origin=TaskOrigin.MATTER,
        origin_id=matter.id,
        title=matter.title,
        content=matter.content,
        lead_id=matter.lead_organization_id,
        cooperating_ids=matter.cooperating_organization_ids,
        due_on=matter.due_on,
        placed=within(matter),
    )
    matter.task_id = task.id


APPROVAL: Decision[MatterFacts] = Decision(
    approver=lambda facts: facts.policy.approver("matter.approver"),
    resolutions=lambda facts: facts.resolutions,
    missing="MATTER_NEEDS_MEETING",
)
KEEP_APPROVAL = Effect("keepApproval", Text("登记议定事项和说明", "resolution and note are kept"), _keep_approval)
KEEP_REASON = Effect("keepReason", Text("登记理由", "the reason is kept"), _keep_reason)
KEEP_REFUSAL = Effect("keepRefusal", Text("登记议定事项和理由", "resolution and reason are kept"), _keep_refusal)
ASSIGN = Effect("assign", Text("生成联动任务", "a task is set"), _assign)

MATTER: Machine[MatterFacts] = Machine(
    name="LinkageMatter",
    text=Text("联动事项", "linkage matter"),
    states=MatterStatus,
    initial=S.PROPOSED,
    terminal=frozenset({S.REJECTED, S.COMPLETED, S.WITHDRAWN}),
    transitions=(
        Transition(
            event="review",
            sources=(S.PROPOSED,),
            target=S.UNDER_REVIEW,
            actors=(Actor.OFFICE,),
            scope=Scope.DOUBLELIST_REVIEW,
            text=Text("办公室受理并报请领导小组", "taken up by the office"),
            clause=CLAUSE,
        ),
        *APPROVAL.rows(
            event="approve",
            sources=(S.UNDER_REVIEW,),
            target=S.APPROVED,
            scope=Scope.DOUBLELIST_APPROVE,
            text=Text("领导小组同意", "approved by the leading group"),
            clause=CLAUSE,
            payload=MatterApproval,
            effects=(KEEP_APPROVAL,),
        ),
        *APPROVAL.rows(
            event="reject",
            sources=(S.UNDER_REVIEW,),
            target=S.REJECTED,
            scope=Scope.DOUBLELIST_APPROVE,
            text=Text("不同意", "rejected"),
            clause=CLAUSE,
            payload=commands.Refusal,
            effects=(KEEP_REFUSAL,),
        ),
        Transition(
            event="assign",
            sources=(S.APPROVED,),
            target=S.IN_PROGRESS,
            actors=(Actor.OFFICE,),
            scope=Scope.DOUBLELIST_REVIEW,
            text=Text("交办实施", "assigned"),
            clause=CLAUSE,
            effects=(ASSIGN,),
        ),
        Transition(
            event="withdraw",
            sources=(S.PROPOSED, S.UNDER_REVIEW),
            target=S.WITHDRAWN,
            actors=(Actor.PROPOSER,),
            scope=Scope.DOUBLELIST_PROPOSE,
            text=Text("撤回", "withdrawn"),
            clause=CLAUSE,
            payload=commands.WithReason,
            effects=(KEEP_REASON,),
        ),
    ),
)
"""IN_PROGRESS ends with its task: VERIFIED completes the matter, CANCELLED withdraws it (``task_rows.MATTER_ENDS``)."""
