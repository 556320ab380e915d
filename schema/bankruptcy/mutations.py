"""Changes of bankruptcies, their matters and stability plans."""

from __future__ import annotations

from hub.access.scopes import Scope
from hub.bankruptcy import cases, plans
from hub.bankruptcy.payloads import MatterList, StabilityDraft
from hub.bankruptcy.plan_workflow import PLAN
from hub.bankruptcy.workflow import BANKRUPTCY, MATTER
from hub.core.texts import Text
from schema.mutations.declare import Advancing, Making, declare

declare(
    Making(
        "submitMatterList",
        Text("法院提交破产案件需政府协调的事项清单", "submit the matters of a bankruptcy that need the government"),
        Scope.BANKRUPTCY_SUBMIT,
        "BankruptcyCoordination",
        MatterList,
        cases.submit_matter_list,
    ),
    Advancing(
        "advanceBankruptcyCoordination",
        Text("办理破产府院协调：审核、补报、登记裁定结果、终结", "move a bankruptcy coordination along"),
        Scope.BANKRUPTCY_READ,
        "BankruptcyCoordination",
        BANKRUPTCY,
        cases.fire_bankruptcy,
    ),
    Advancing(
        "advanceBankruptcyMatter",
        Text("办理破产协调事项：分派、接收、反馈、认可、销号、催办", "move a matter of a bankruptcy along"),
        Scope.BANKRUPTCY_READ,
        "BankruptcyMatter",
        MATTER,
        cases.fire_matter,
    ),
    Making(
        "submitStabilityPlan",
        Text("提交不动产处置的维稳方案", "submit the stability plan of a disposal of real estate"),
        Scope.BANKRUPTCY_HANDLE,
        "StabilityPlan",
        StabilityDraft,
        plans.submit_plan,
    ),
    Advancing(
        "advanceStabilityPlan",
        Text("办理维稳方案：批准、退回、再次提交", "move a stability plan along"),
        Scope.BANKRUPTCY_READ,
        "StabilityPlan",
        PLAN,
        plans.fire_plan,
    ),
)
