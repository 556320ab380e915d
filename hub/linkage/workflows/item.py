"""DoubleListItem 双清单事项: the table.

Proposal by the unit, collation by the office, coordination, approval by the joint meeting, tracking to acceptance
(驻政〔2022〕59号 二(二), 四(二), 四(三)).
"""

from __future__ import annotations

from hub.access.scopes import Scope
from hub.canonical.codes import ITEM_TERMINAL, ItemStatus
from hub.core.texts import Text
from hub.core.workflow import Actor, Machine, Transition
from hub.linkage import commands
from hub.linkage.facts import ItemFacts
from hub.linkage.workflows import item_effects as effects
from hub.linkage.workflows import item_guards as guards
from hub.workflow.decisions import Decision

S = ItemStatus
DIVISION = "驻政〔2022〕59号 二(二)"
COORDINATION = "驻政〔2022〕59号 三(一)"
MEETING = "驻政〔2022〕59号 一(三)2"
FOLLOW_UP = "驻政〔2022〕59号 四(二)"
SUPERVISION = "驻政〔2022〕59号 四(三)"

APPROVAL: Decision[ItemFacts] = Decision(
    approver=lambda facts: facts.policy.list_approver,
    resolutions=lambda facts: facts.body.approving_since(facts.item.list_id, facts.asked_on),
    missing="APPROVAL_NEEDS_MEETING",
)
DEFERRAL: Decision[ItemFacts] = Decision(
    approver=lambda facts: facts.policy.list_approver,
    resolutions=lambda facts: facts.body.resolved_since(facts.asked_on),
    missing="APPROVAL_NEEDS_MEETING",
)
ADJUSTMENT: Decision[ItemFacts] = Decision(
    approver=lambda facts: facts.policy.adjustment_approver(facts.adjustment.changes if facts.adjustment else {}),
    resolutions=lambda facts: facts.body.resolved_since(facts.asked_on),
)
SUSPENSION: Decision[ItemFacts] = Decision(
    approver=lambda facts: facts.policy.approver("item.suspend.approver"),
    resolutions=lambda facts: facts.body.resolved_since(facts.listed_on),
    consent=lambda suspension: bool((suspension.convenor_consent or "").strip()),
)
CANCELLATION: Decision[ItemFacts] = Decision(
    approver=lambda facts: facts.policy.approver("item.cancel.approver"),
    resolutions=lambda facts: facts.body.resolved_since(facts.listed_on),
)

ITEM: Machine[ItemFacts] = Machine(
    name="DoubleListItem",
    text=Text("双清单事项", "double-list item"),
    states=ItemStatus,
    initial=S.DRAFT,
    terminal=frozenset(ITEM_TERMINAL),
    transitions=(
        Transition(
            event="submit",
            sources=(S.DRAFT,),
            target=S.SUBMITTED,
            actors=(Actor.PROPOSER, Actor.LEAD, Actor.OFFICE),
            scope=Scope.DOUBLELIST_PROPOSE,
            text=Text("申报", "submit"),
            clause=DIVISION,
            guards=(guards.COMPLETE,),
        ),
        Transition(
            event="return",
            sources=(S.SUBMITTED,),
            target=S.DRAFT,
            actors=(Actor.OFFICE,),
            scope=Scope.DOUBLELIST_REVIEW,
            text=Text("退回申报单位", "return to the proposer"),
            clause=DIVISION,
            payload=commands.WithReason,
            effects=(effects.KEEP_NOTE,),
        ),
        Transition(
            event="collate",
            sources=(S.SUBMITTED,),
            target=S.UNDER_REVIEW,
            actors=(Actor.OFFICE,),
            scope=Scope.DOUBLELIST_REVIEW,
            text=Text("汇总审核", "collate for review"),
            clause=DIVISION,
        ),
        Transition(
            event="sendToCoordination",
            sources=(S.UNDER_REVIEW,),
            target=S.IN_COORDINATION,
            actors=(Actor.OFFICE,),
            scope=Scope.DOUBLELIST_REVIEW,
            text=Text("提交协调会议", "send to coordination"),
            clause=COORDINATION,
            guards=(guards.COMPLETE, guards.COORDINATION_MEETING),
            effects=(effects.CLEAR_CONFIRMATIONS,),
        ),
        Transition(
            event="confirm",
            sources=(S.IN_COORDINATION,),
            target=S.IN_COORDINATION,
            actors=(Actor.LEAD, Actor.COOPERATING),
            scope=Scope.DOUBLELIST_PROPOSE,
            text=Text("确认分工和时限", "confirm division and deadline"),
            clause=COORDINATION,
            guards=(guards.NOT_YET_CONFIRMED,),
            effects=(effects.CONFIRM,),
        ),
        Transition(
            event="dispute",
            sources=(S.IN_COORDINATION,),
            target=S.IN_COORDINATION,
            actors=(Actor.LEAD, Actor.COOPERATING),
            scope=Scope.DOUBLELIST_PROPOSE,
            text=Text("提出异议", "dispute"),
            clause="驻政〔2022〕59号 三(二)",
            payload=commands.Dispute,
            guards=(guards.DIRECTLY_TRIED,),
            effects=(effects.DISPUTE,),
        ),
        Transition(
            event="agree",
            sources=(S.IN_COORDINATION,),
            target=S.PENDING_APPROVAL,
            actors=(Actor.OFFICE,),
            scope=Scope.DOUBLELIST_REVIEW,
            text=Text("协调一致，拟定清单", "agreed, ready for approval"),
            clause=DIVISION,
            payload=commands.Agreement,
            guards=(guards.ALL_CONFIRMED,),
            effects=(effects.NOTE_DISPUTE,),
        ),
        Transition(
            event="reject",
            sources=(S.IN_COORDINATION,),
            target=S.DRAFT,
            actors=(Actor.OFFICE,),
            scope=Scope.DOUBLELIST_REVIEW,
            text=Text("协调不成，退回修改", "reject, back to draft"),
            clause=COORDINATION,
            payload=commands.WithReason,
            effects=(effects.KEEP_NOTE,),
        ),
        *APPROVAL.rows(
            event="approve",
            sources=(S.PENDING_APPROVAL,),
            target=S.APPROVED,
            scope=Scope.DOUBLELIST_APPROVE,
            text=Text("联席会议审定", "approve by the joint meeting"),
            clause=MEETING,
            payload=commands.ByResolution,
            effects=(effects.LINK_RESOLUTION,),
        ),
        *DEFERRAL.rows(
            event="defer",
            sources=(S.PENDING_APPROVAL,),
            target=S.UNDER_REVIEW,
            scope=Scope.DOUBLELIST_APPROVE,
            text=Text("联席会议缓议", "defer by the joint meeting"),
            clause=MEETING,
            payload=commands.Refusal,
            effects=(effects.KEEP_NOTE,),
        ),
        Transition(
            event="start",
            sources=(S.APPROVED,),
            target=S.IN_PROGRESS,
            actors=(Actor.LEAD,),
            scope=Scope.DOUBLELIST_PROPOSE,
            text=Text("启动实施", "start"),
            clause=FOLLOW_UP,
            effects=(effects.SCHEDULE_REPORT,),
        ),
        Transition(
            event="report",
            sources=(S.IN_PROGRESS,),
            target=S.IN_PROGRESS,
            actors=(Actor.LEAD, Actor.COOPERATING),
            scope=Scope.TASK_REPORT,
            text=Text("报告进展", "report progress"),
            clause=SUPERVISION,
            payload=commands.Report,
            guards=(guards.PERCENT_BY_LEAD,),
            effects=(effects.KEEP_REPORT,),
        ),
        Transition(
            event="requestAdjust",
            sources=(S.IN_PROGRESS,),
            target=S.ADJUSTMENT_PENDING,
            actors=(Actor.LEAD,),
            scope=Scope.DOUBLELIST_PROPOSE,
            text=Text("申请调整", "request an adjustment"),
            clause=MEETING,
            payload=commands.AdjustmentRequest,
            guards=(guards.CHANGES_SOMETHING, guards.ADJUSTABLE),
            effects=(effects.KEEP_ADJUSTMENT,),
        ),
        *ADJUSTMENT.rows(
            event="approveAdjust",
            sources=(S.ADJUSTMENT_PENDING,),
            target=S.IN_PROGRESS,
            scope=Scope.DOUBLELIST_APPROVE,
            text=Text("同意调整", "approve the adjustment"),
            clause=MEETING,
            payload=commands.AdjustmentDecision,
            effects=(effects.APPLY_ADJUSTMENT,),
        ),
        *ADJUSTMENT.rows(
            event="denyAdjust",
            sources=(S.ADJUSTMENT_PENDING,),
            target=S.IN_PROGRESS,
            scope=Scope.DOUBLELIST_APPROVE,
            text=Text("不同意调整", "deny the adjustment"),
            clause=MEETING,
            payload=commands.Refusal,
            effects=(effects.KEEP_NOTE, effects.DENY_ADJUSTMENT),
        ),
        Transition(
            event="applyCompletion",
            sources=(S.IN_PROGRESS,),
            target=S.PENDING_ACCEPTANCE,
            actors=(Actor.LEAD,),
            scope=Scope.TASK_REPORT,
            text=Text("申请办结", "apply for completion"),
            clause=SUPERVISION,
            payload=commands.Completion,
            guards=(guards.EVIDENCE,),
            effects=(effects.KEEP_EVIDENCE,),
        ),
        Transition(
            event="accept",
            sources=(S.PENDING_ACCEPTANCE,),
            target=S.COMPLETED,
            actors=(Actor.OFFICE,),
            scope=Scope.DOUBLELIST_REVIEW,
            text=Text("验收销号", "accept"),
            clause=SUPERVISION,
            effects=(effects.COMPLETE,),
        ),
        Transition(
            event="return",
            sources=(S.PENDING_ACCEPTANCE,),
            target=S.IN_PROGRESS,
            actors=(Actor.OFFICE,),
            scope=Scope.DOUBLELIST_REVIEW,
            text=Text("验收退回", "return from acceptance"),
            clause=SUPERVISION,
            payload=commands.WithReason,
            effects=(effects.KEEP_NOTE,),
        ),
        *SUSPENSION.rows(
            event="suspend",
            sources=(S.IN_PROGRESS,),
            target=S.SUSPENDED,
            scope=Scope.DOUBLELIST_APPROVE,
            text=Text("暂停", "suspend"),
            clause=MEETING,
            payload=commands.Suspension,
            effects=(effects.KEEP_CONSENT,),
        ),
        Transition(
            event="resume",
            sources=(S.SUSPENDED,),
            target=S.IN_PROGRESS,
            actors=(Actor.OFFICE,),
            scope=Scope.DOUBLELIST_REVIEW,
            text=Text("恢复", "resume"),
            clause=MEETING,
            effects=(effects.SCHEDULE_REPORT,),
        ),
        *CANCELLATION.rows(
            event="cancel",
            sources=(S.APPROVED, S.IN_PROGRESS, S.SUSPENDED),
            target=S.CANCELLED,
            scope=Scope.DOUBLELIST_APPROVE,
            text=Text("联席会议撤销", "cancel by the joint meeting"),
            clause=MEETING,
            payload=commands.ByResolution,
            effects=(effects.LINK_DECISION,),
        ),
        Transition(
            event="carryOver",
            sources=(S.IN_PROGRESS, S.SUSPENDED),
            target=S.CARRIED_OVER,
            actors=(Actor.OFFICE,),
            scope=Scope.DOUBLELIST_REVIEW,
            text=Text("结转下一年度", "carry over to next year"),
            clause=DIVISION,
            guards=(guards.YEAR_END,),
            effects=(effects.CARRY_OVER,),
        ),
    ),
)
