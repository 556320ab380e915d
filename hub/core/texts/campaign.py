"""Problem sentences and labels of special enforcement campaigns."""

from __future__ import annotations

from hub.core.texts.text import Text

CAMPAIGN_PROBLEMS: dict[str, Text] = {
    "CAMPAIGN_ORGANISER_UNKNOWN": Text(
        "本辖区没有唯一的“{name}”，请先登记专项行动的组织单位。",
        "The jurisdiction has no single unit named {name}; register who organises campaigns first.",
    ),
    "CAMPAIGN_ORGANISER_ONLY": Text(
        "专项行动由本地政策包指定的单位启动。", "Campaigns are opened by the unit that the policy pack names."
    ),
    "CAMPAIGN_PERIOD": Text("截止日期不能早于开始日期。", "The cut-off cannot be before the start."),
    "CAMPAIGN_PARTICIPANTS": Text(
        "须至少有一家银行和一个法院，且每个单位只列一次。",
        "There must be at least one bank and one court, and each unit once.",
    ),
    "CAMPAIGN_PARTICIPANT_UNKNOWN": Text("没有这个单位。", "There is no such unit."),
    "CAMPAIGN_COURT": Text("该单位不是法院。", "This unit is not a court."),
    "CAMPAIGN_NOT_OPEN": Text("专项行动不在进行中。", "The campaign is not open."),
    "CAMPAIGN_CUT_OFF": Text("已过截止日期，不能再报送案件。", "The cut-off has passed; no more cases."),
    "CAMPAIGN_BANK_ONLY": Text("仅参与的银行可以报送案件。", "Only participating banks hand in cases."),
    "CAMPAIGN_CASES": Text("一次须列1至{limit}件，且不重复。", "List between 1 and {limit} cases, none twice."),
    "CAMPAIGN_COURT_UNKNOWN": Text(
        "该法院不参与本专项行动，请改填参与的法院。", "This court takes no part; name one that does."
    ),
    "CAMPAIGN_CASE_TOLD": Text("该案已报送。", "This case was handed in already."),
    "CAMPAIGN_LENT_LATER": Text("放款日期不能晚于今天。", "The loan cannot be of a later day than today."),
    "CAMPAIGN_AMOUNT": Text(
        "金额须为大于零的人民币元，至多两位小数。", "Write an amount above zero in yuan, with at most two decimals."
    ),
    "CAMPAIGN_NOT_TAGGED": Text("请先标记该案再报告。", "Tag the case before you report on it."),
    "CAMPAIGN_RECOVERED_DAY": Text(
        "到位日期须在专项行动开始之后、今天之前（含当日）。",
        "The day of recovery lies between the start of the campaign and today.",
    ),
    "CAMPAIGN_REVERSAL": Text("冲正金额超过已报告的到位金额。", "More is taken back than was reported as recovered."),
}

CAMPAIGN_LABELS: dict[str, dict[str, Text]] = {
    "CampaignKind": {
        "NPL": Text("银行不良贷款清收", "clearing non-performing loans"),
        "LIVELIHOOD": Text("涉民生案件集中执行", "livelihood cases"),
        "ADMINISTRATIVE_ORGAN": Text("涉行政机关案件执行", "cases of administrative organs"),
    },
    "CampaignStatus": {
        "OPEN": Text("进行中", "open"),
        "CLOSED": Text("已结束", "closed"),
        "CANCELLED": Text("已取消", "cancelled"),
    },
    "CampaignCapacity": {
        "BANK": Text("银行", "bank"),
        "COURT": Text("法院", "court"),
        "SUPPORT": Text("配合单位", "supporting unit"),
    },
}
