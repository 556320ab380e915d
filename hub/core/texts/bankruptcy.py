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
}
