"""Changes of performance plans."""

from __future__ import annotations

from hub.access.scopes import Scope
from hub.core.texts import Text
from hub.plans.payloads import PlanProposal
from hub.plans.plans import fire_plan, propose_plan
from hub.plans.workflow import PLAN
from schema.mutations.declare import Advancing, Making, declare

declare(
    Making(
        "proposePerformancePlan",
        Text("制定或提出履行计划", "fix a performance plan, or propose one to the court"),
        Scope.PLAN_WRITE,
        "PerformancePlan",
        PlanProposal,
        propose_plan,
    ),
    Advancing(
        "advancePerformancePlan",
        Text("办理履行计划：确认、列入预算、付款、变更、终止", "move a performance plan along its table"),
        Scope.PLAN_READ,
        "PerformancePlan",
        PLAN,
        fire_plan,
    ),
)
