"""Bankruptcy coordination and funds: periods of their steps, who approves."""

from __future__ import annotations

from hub.canonical.bankruptcy_codes import FundApprover, StabilityApprover
from hub.core.texts import Text
from hub.policy.specification import SILENT, ParameterSpec, choice, days, label, rule

BANKRUPTCY: tuple[ParameterSpec, ...] = (
    rule(
        "bankruptcy.assign",
        Text("政府办分派破产协调事项的期限", "time to assign a matter of a bankruptcy"),
        {"n": 5, "unit": "WORKING_DAY", "anchor": "RECEIVED"},
        SILENT,
    ),
    rule(
        "bankruptcy.take_on",
        Text("责任单位接收或者退回的期限", "time for the owner to take a matter on or to return it"),
        {"n": 3, "unit": "WORKING_DAY", "anchor": "RECEIVED"},
        SILENT,
    ),
    rule(
        "bankruptcy.handle",
        Text("破产协调事项的办理期限", "time to handle a matter of a bankruptcy"),
        {"n": 30, "unit": "NATURAL_DAY", "anchor": "ACCEPTED"},
        SILENT,
    ),
    rule(
        "bankruptcy.confirm",
        Text("法院认可或者退回办理结果的期限", "time for the court to accept what was done"),
        {"n": 5, "unit": "WORKING_DAY", "anchor": "RECEIVED"},
        SILENT,
    ),
    days(
        "bankruptcy.alert_before",
        Text("破产协调事项到期前几日提醒", "days before a matter is due when its owner is reminded"),
        [3],
        SILENT,
    ),
    rule(
        "bankruptcy.plan.approve",
        Text("维稳方案的批准期限", "time to approve a stability plan"),
        {"n": 5, "unit": "WORKING_DAY", "anchor": "RECEIVED"},
        SILENT,
    ),
    choice(
        "bankruptcy.plan.approver",
        Text("不动产处置维稳方案的批准主体", "who approves a stability plan"),
        StabilityApprover,
        StabilityApprover.GOVERNMENT,
        Text("属地协调由本级政府组织，方案由其批准。", "The government coordinates locally and approves the plan."),
    ),
    label(
        "fund.finance",
        Text("管理破产援助和执行救助资金的财政部门名称", "name of the finance department that keeps the funds"),
        Text("财政局", "finance bureau"),
    ),
    choice(
        "fund.approver",
        Text("资金支付的批准主体", "who approves a payment from a fund"),
        FundApprover,
        FundApprover.FINANCE,
        Text("通知由财政部门保障资金，法院申请。", "The notice has finance guarantee the fund and courts apply."),
    ),
    rule(
        "fund.decide",
        Text("资金申请的审批期限", "time to decide an application to a fund"),
        {"n": 10, "unit": "WORKING_DAY", "anchor": "APPLIED"},
        SILENT,
    ),
    rule(
        "fund.pay",
        Text("批准后的支付期限", "time to pay what is approved"),
        {"n": 10, "unit": "WORKING_DAY", "anchor": "DECIDED"},
        SILENT,
    ),
)
