"""Problem sentences of bankruptcy coordination and of the funds."""

from __future__ import annotations

from hub.core.texts.text import Text

BANKRUPTCY_PROBLEMS: dict[str, Text] = {
    "BANKRUPTCY_MATTERS": Text("一次须提交1至{limit}项事项。", "Submit between 1 and {limit} matters at once."),
    "BANKRUPTCY_LISTED": Text(
        "该案的清单已经提交，新的事项请补报。",
        "This case was submitted already; add further matters to it.",
    ),
    "BANKRUPTCY_NOT_REVIEWED": Text(
        "清单尚未审核，请先制定具体办法。", "The list is not reviewed yet; make the measures first."
    ),
    "BANKRUPTCY_UNDECIDED": Text("尚未登记法院裁定结果。", "Record first what the court decided."),
    "BANKRUPTCY_DUE_PAST": Text("期限不得早于今天。", "The day is past; set a later one."),
    "BANKRUPTCY_OWNER_ELSEWHERE": Text(
        "责任单位须在本辖区内。", "The unit must be one of this jurisdiction or below it."
    ),
    "OUTCOME_BEFORE_ACCEPTANCE": Text("裁定日期不得早于受理日期。", "It cannot be decided before it was accepted."),
    "STABILITY_PLAN_MISSING": Text(
        "不动产处置须先有已批准的维稳方案。", "A disposal of real estate needs an approved stability plan first."
    ),
    "STABILITY_NOT_REAL_ESTATE": Text("维稳方案仅用于不动产处置事项。", "Only real estate has such a plan."),
    "STABILITY_PLANNED": Text("该事项已有维稳方案，请修改原方案。", "The matter has a plan already; change that one."),
    "STABILITY_NOT_HANDLING": Text("接收办理后方可提交维稳方案。", "Take the matter on first."),
    "FUND_APPLICANT_TOLD": Text(
        "申请理由含救助对象的姓名或身份号码，请删除。", "The grounds tell who is relieved; take that out."
    ),
    "FUND_YEAR": Text("预算年度有误。", "The fiscal year is not one."),
    "FUND_NOT_FINANCE": Text(
        "仅本地财政部门可设立资金账户。", "Only the finance department of the place opens a fund."
    ),
    "FUND_FINANCE_UNKNOWN": Text(
        "本辖区没有唯一的“{name}”，请先登记财政部门。",
        "The jurisdiction has no single unit named {name}; register the finance department first.",
    ),
    "FUND_OPEN": Text("该年度的资金账户已设立，请调整预算。", "The fund of that year is open; adjust its budget."),
    "FUND_BELOW_APPROVED": Text("预算不得低于已批准金额。", "The budget cannot be less than what is approved."),
    "FUND_PURPOSE": Text("该资金不得用于此项用途。", "The fund is not for this purpose."),
    "FUND_DETAIL_MISSING": Text("请填写该项内容。", "Give this detail; the fund asks for it."),
    "FUND_DETAIL_OF_OTHER": Text("该资金不需此项内容，请删除。", "The fund does not take this detail; leave it out."),
    "FUND_NOT_OPEN": Text("{year}年度的资金账户尚未设立。", "The fund of {year} is not open yet."),
    "FUND_NOT_ASSETLESS": Text(
        "该案不是无产可破案件，不得申请援助。", "The estate of this case can pay; aid is for those that cannot."
    ),
    "FUND_RELIEVED": Text("该申请人在本案已申请救助。", "This person has applied for relief in this case already."),
    "FUND_EXHAUSTED": Text("余额{balance}元，不足以批准。", "The balance is {balance} yuan; approve no more."),
    "FUND_MORE_THAN_ASKED": Text("批准金额不得超过申请金额。", "Approve no more than was applied for."),
    "FUND_YEAR_OVER": Text("{year}年度已结束，请退回后向新年度申请。", "Year {year} is over; apply to the new one."),
    "RULING_UNKNOWN": Text(
        "该裁定不是本主体重整计划批准或和解认可的裁定，请核对文书摘要。",
        "No such ruling of reorganisation or settlement is recorded for this subject; check the digest.",
    ),
    "PUBLISHER_UNKNOWN": Text(
        "本辖区没有唯一的“{name}”，请先登记税务部门。",
        "The jurisdiction has no single unit named {name}; register the tax authority first.",
    ),
    "PUBLICATION_STOPPED": Text("已回执停止公布。", "The receipt is given already."),
}
