"""Changes of bankruptcies, their matters and stability plans."""

from __future__ import annotations

from hub.access.scopes import Scope
from hub.bankruptcy import cases, fund_applying, funds, plans
from hub.bankruptcy.fund_payloads import FundAdjustment, FundApplication, FundOpening
from hub.bankruptcy.fund_workflow import DISBURSEMENT
from hub.bankruptcy.payloads import MatterList, StabilityDraft
from hub.bankruptcy.plan_workflow import PLAN
from hub.bankruptcy.workflow import BANKRUPTCY, MATTER
from hub.core.texts import Text
from schema.mutations.declare import Advancing, Editing, Making, declare

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
    Making(
        "openFund",
        Text("财政部门设立一个年度的资金账户", "finance opens the fund of a fiscal year"),
        Scope.FUND_DECIDE,
        "FundAccount",
        FundOpening,
        funds.open_fund,
    ),
    Editing(
        "adjustFundBudget",
        Text("调整资金账户的年度预算", "adjust the budget of a fund"),
        Scope.FUND_DECIDE,
        "FundAccount",
        FundAdjustment,
        funds.adjust_fund,
    ),
    Making(
        "applyFundDisbursement",
        Text("法院申请破产援助或者执行救助资金", "a court applies to a fund"),
        Scope.FUND_APPLY,
        "FundDisbursement",
        FundApplication,
        fund_applying.apply_fund,
    ),
    Advancing(
        "advanceFundDisbursement",
        Text("办理资金申请：批准、不予批准、支付、取消、撤回", "move an application to a fund along"),
        Scope.FUND_READ,
        "FundDisbursement",
        DISBURSEMENT,
        fund_applying.fire_disbursement,
    ),
)
