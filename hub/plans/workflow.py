"""The life of a performance plan as a table: fixed by the court, budgeted by finance year by year, paid, or in default.

Source: 温政办〔2021〕13号 二（四）30; 预算法 art. 18 (fiscal year).
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from hub.access.scopes import Scope
from hub.audit.catalogue import AuditAction
from hub.canonical.fund_codes import PerformancePlanStatus
from hub.core.errors import Reason
from hub.core.texts import Text
from hub.core.workflow import Actor, Guard, Machine, Transition
from hub.db.models import PerformancePlan
from hub.plans import effects
from hub.plans.facts import PlanFacts, budget_problems, payment_problems, revision_problems, stands_after
from hub.plans.payloads import InstalmentPayment, PlanBudget, PlanReason, PlanRevision
from hub.workflow.firing import Course

CLAUSE = "温政办〔2021〕13号 二（四）30"
COURSE = Course("PerformancePlan", AuditAction.PLAN_TRANSITION, "performanceplan")
S = PerformancePlanStatus
RUNNING = (S.CONFIRMED, S.BUDGETED, S.PAYING, S.DEFAULTED)
REVISED: Guard[PlanFacts] = Guard(
    "tiesOut", Text("总额与各期相符", "the amount ties out"), lambda f, given: tuple(revision_problems(f, given))
)
TIES_OUT: Guard[PlanFacts] = Guard(
    "yearTiesOut",
    Text("各年度安排等于该年度到期金额，按年度先后", "each year's entries are what falls due in it, years in order"),
    lambda facts, given: tuple(budget_problems(facts, given)),
)
PAYABLE: Guard[PlanFacts] = Guard(
    "payable",
    Text("付款对应一期且不超过未付金额", "it pays an instalment and no more than is left"),
    lambda facts, given: tuple(payment_problems(facts, given)),
)


def _stands(target: S) -> Guard[PlanFacts]:
    def check(facts: PlanFacts, given: InstalmentPayment | None) -> tuple[Reason, ...]:
        if given is None or tuple(payment_problems(facts, given)):
            return ()
        return () if stands_after(facts, given) is target else (Reason("PLAN_NEXT"),)

    return Guard(f"then{target.value.title()}", Text("付款后的状态", "how it stands after the payment"), check)


_COURT: dict[str, Any] = {"scope": Scope.PLAN_WRITE, "actors": (Actor.COURT,)}
_FINANCE: dict[str, Any] = {"scope": Scope.PLAN_BUDGET, "actors": (Actor.HOLDER,)}


def _row(event: str, sources: tuple[S, ...], target: S, text: Text, **more: Any) -> Transition[PlanFacts]:
    return Transition(event=event, sources=sources, target=target, text=text, clause=CLAUSE, **more)


def _budget(sources: tuple[S, ...], target: S) -> Transition[PlanFacts]:
    return _row(
        "arrange",
        sources,
        target,
        Text("列入预算", "enter into the budget"),
        payload=PlanBudget,
        guards=(TIES_OUT,),
        effects=(effects.ARRANGE,),
        **_FINANCE,
    )


def _payment(target: S) -> Transition[PlanFacts]:
    return _row(
        "pay",
        (S.BUDGETED, S.PAYING, S.DEFAULTED),
        target,
        Text("登记付款", "record a payment"),
        payload=InstalmentPayment,
        guards=(PAYABLE, _stands(target)),
        effects=(effects.PAY,),
        **_FINANCE,
    )


PLAN: Machine[PlanFacts] = Machine(
    name="PerformancePlan",
    text=Text("履行计划", "performance plan"),
    states=S,
    initial=S.DRAFT,
    terminal=frozenset({S.REJECTED, S.PAID, S.ENDED}),
    transitions=(
        _row("confirm", (S.DRAFT,), S.CONFIRMED, Text("确认", "agree"), effects=(effects.CONFIRM,), **_COURT),
        _row(
            "reject",
            (S.DRAFT,),
            S.REJECTED,
            Text("不予确认", "do not agree"),
            payload=PlanReason,
            effects=(effects.REASON,),
            **_COURT,
        ),
        _row(
            "withdraw",
            (S.DRAFT,),
            S.ENDED,
            Text("撤回提出的计划", "take the proposal back"),
            payload=PlanReason,
            effects=(effects.REASON,),
            scope=Scope.PLAN_WRITE,
            actors=(Actor.SUBJECT,),
        ),
        _row(
            "revise",
            RUNNING,
            S.CONFIRMED,
            Text("变更计划", "change the plan"),
            payload=PlanRevision,
            guards=(REVISED,),
            effects=(effects.REVISE,),
            **_COURT,
        ),
        _budget((S.CONFIRMED,), S.BUDGETED),
        *(_budget((state,), state) for state in (S.BUDGETED, S.PAYING, S.DEFAULTED)),
        *(_payment(target) for target in (S.PAYING, S.PAID, S.DEFAULTED)),
        _row(
            "end",
            RUNNING,
            S.ENDED,
            Text("终止计划，恢复执行或者另行结案", "end the plan; execution goes on, or the case ends otherwise"),
            payload=PlanReason,
            effects=(effects.REASON,),
            **_COURT,
        ),
        _row(
            "default",
            (S.CONFIRMED, S.BUDGETED, S.PAYING),
            S.DEFAULTED,
            Text("逾期未付", "an instalment is missed"),
            scope=Scope.PLAN_WRITE,
            actors=(Actor.SYSTEM,),
        ),
    ),
)


def plan_actors(row: PerformancePlan, organization_id: UUID | None) -> frozenset[Actor]:
    held = {Actor.COURT: row.court_id, Actor.HOLDER: row.finance_id, Actor.SUBJECT: row.debtor_id}
    return frozenset(actor for actor, unit in held.items() if unit == organization_id)
