"""Problem sentences and labels of fund clues and performance plans."""

from __future__ import annotations

from hub.core.texts.text import Text

FUND_PROBLEMS: dict[str, Text] = {
    "CLUE_NOT_PRACTISED": Text(
        "本地政策包未规定财政部门推送资金线索。", "The jurisdiction's policy pack provides for no fund clues."
    ),
    "PLAN_NOT_PRACTISED": Text(
        "本地政策包未规定履行计划列入预算。", "The jurisdiction's policy pack provides for no performance plans."
    ),
    "FINANCE_UNKNOWN": Text(
        "本辖区没有唯一的“{name}”，请先登记财政部门。",
        "The jurisdiction has no single unit named {name}; register the finance department first.",
    ),
    "NOT_FINANCE": Text("仅本辖区财政部门可以办理。", "Only the finance department of the jurisdiction may do this."),
    "DEBTOR_NOT_PUBLIC": Text(
        "仅适用于党政机关等公共主体作为被执行人的案件。", "This is for public bodies that are debtors of the case."
    ),
    "DEBTOR_IS_FINANCE": Text(
        "被执行人就是财政部门，请通过其他渠道查明。", "The debtor is the finance department itself; ask elsewhere."
    ),
    "COURT_NOT_SERVED": Text("请填写本辖区的人民法院。", "Name a court of the jurisdiction."),
    "CLUE_EMPTY": Text("请列明1至{limit}条线索。", "Tell between 1 and {limit} clues."),
    "CLUE_ACCOUNT": Text("种类为账户的，请填写账户。", "A clue to an account names the account."),
    "CLUE_AMOUNT": Text("请填写大于零的金额，或说明情况。", "Tell an amount above zero, or say what is known."),
    "CLUE_CASE_MISSING": Text("请填写线索所涉的执行案件。", "Name the case that the clue belongs to."),
    "CLUE_CASE_GIVEN": Text("线索已有所涉案件，不再填写。", "The clue names its case already."),
    "CLUE_USED_AMOUNT": Text("使用金额须大于零。", "The amount used is above zero."),
    "INSTALMENTS_COUNT": Text("请列明1至{limit}期。", "Tell between 1 and {limit} instalments."),
    "INSTALMENT_AMOUNT": Text("每期金额须大于零。", "Each instalment is above zero."),
    "INSTALMENT_ORDER": Text("各期期限须依次递增。", "Instalments fall due one after another."),
    "INSTALMENT_PAST": Text("期限不得早于今日。", "An instalment falls due today or later."),
    "PLAN_AMOUNT": Text(
        "总额{amount}元与已付和各期之和{sum}元不符。",
        "The amount, {amount} yuan, is not what was paid with the instalments, {sum} yuan.",
    ),
    "PLAN_STANDS": Text(
        "该案已有未了结的履行计划，请变更该计划。", "The case has a plan that is not over; change that one."
    ),
    "BUDGET_EMPTY": Text("请列明1至{limit}笔预算安排。", "Tell between 1 and {limit} arrangements."),
    "BUDGET_AMOUNT": Text("预算安排金额须大于零。", "An arrangement is above zero."),
    "BUDGET_YEAR_EMPTY": Text("{year}年度没有到期的分期。", "No instalment falls due in {year}."),
    "BUDGET_YEAR_ARRANGED": Text("{year}年度已安排。", "The year {year} is arranged already."),
    "BUDGET_ORDER": Text("请先安排{year}年度。", "Arrange the year {year} first."),
    "BUDGET_DIFFERS": Text(
        "{year}年度安排{sum}元，与该年度到期的{due}元不符。",
        "The arrangements of {year} are {sum} yuan; what falls due in that year is {due} yuan.",
    ),
    "BUDGET_MISSING": Text("该期所在年度尚未列入预算。", "The year of the instalment is not in the budget yet."),
    "PAYMENT_INSTALMENT": Text("没有这一期，或者已不再适用。", "There is no such instalment in force."),
    "PAYMENT_AMOUNT": Text("付款须大于零，且不超过该期未付的{left}元。", "Pay above zero and at most {left} yuan."),
    "PAYMENT_KNOWN": Text("该凭证号的付款已登记。", "The payment of this voucher is recorded already."),
    "PAYMENT_AHEAD": Text("付款日期不得晚于今日。", "A payment is not dated ahead."),
    "PLAN_NEXT": Text("付款后计划的状态不是这一种。", "The plan does not stand so after the payment."),
}
FUND_LABELS: dict[str, dict[str, Text]] = {
    "FundClueStatus": {
        "REQUESTED": Text("已请求", "requested"),
        "ASSIGNED": Text("财政部门办理中", "in hand at finance"),
        "PUSHED": Text("已推送", "pushed"),
        "NO_CLUE": Text("无线索", "no clue"),
        "DECLINED": Text("不予提供", "declined"),
        "RECEIVED": Text("法院已签收", "received by the court"),
        "VERIFIED": Text("已核实", "verified"),
        "USED": Text("已使用", "used"),
        "UNUSABLE": Text("无法使用", "unusable"),
        "OUTCOME_REPORTED": Text("已反馈结果", "outcome reported"),
        "WITHDRAWN": Text("已撤回", "withdrawn"),
        "CLOSED": Text("已办结", "closed"),
    },
    "ClueMoney": {
        "BUDGET_APPROPRIATION": Text("预算拨款", "budget appropriation"),
        "SPECIAL_FUND": Text("专项资金", "special fund"),
        "PAYMENT_PENDING": Text("待支付款项", "payment pending"),
        "ACCOUNT": Text("账户", "account"),
        "OTHER": Text("其他", "other"),
    },
    "FundUsability": {
        "YES": Text("可以执行", "may be executed against"),
        "NO": Text("不得执行", "may not be executed against"),
        "RESTRICTED": Text("专款专用", "earmarked"),
    },
    "ClueDecline": {
        "CONFIDENTIAL": Text("涉及秘密", "confidential"),
        "EARMARKED": Text("专款专用", "earmarked"),
        "NOT_COMPETENT": Text("不属本部门职责", "not competent"),
        "OTHER": Text("其他", "other"),
    },
    "PerformancePlanStatus": {
        "DRAFT": Text("待法院确认", "waits for the court"),
        "REJECTED": Text("法院未予确认", "not agreed by the court"),
        "CONFIRMED": Text("已确认，待列入预算", "fixed, to be budgeted"),
        "BUDGETED": Text("已列入预算", "in the budget"),
        "PAYING": Text("履行中", "being paid"),
        "DEFAULTED": Text("逾期未付", "in default"),
        "PAID": Text("履行完毕", "paid"),
        "ENDED": Text("已终止", "ended"),
    },
}
