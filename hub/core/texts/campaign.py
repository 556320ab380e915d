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
    "CAMPAIGN_LIST_BANK": Text("清单声明的银行与链路不符。", "The list names another bank than its link."),
    "CAMPAIGN_LIST_MANIFEST": Text(
        "清单说明文件无法读取或者缺少“{field}”，请按 campaign-list/1 填写。",
        "The manifest cannot be read or lacks {field}; write it as campaign-list/1.",
    ),
    "CAMPAIGN_BANK_UNKNOWN": Text(
        "没有登记该统一社会信用代码的银行，请先登记。",
        "No bank is registered with this credit code; register it first.",
    ),
    "CAMPAIGN_PERIOD": Text("截止日期不能早于开始日期。", "The cut-off cannot be before the start."),
    "CAMPAIGN_PARTICIPANTS": Text(
        "须至少有一个法院，且每个单位只列一次。",
        "There must be at least one court, and each unit once.",
    ),
    "CAMPAIGN_PARTICIPANT_UNKNOWN": Text("没有这个单位。", "There is no such unit."),
    "CAMPAIGN_COURT": Text("该单位不是法院。", "This unit is not a court."),
    "CAMPAIGN_NOT_OPEN": Text("专项行动不在进行中。", "The campaign is not open."),
    "CAMPAIGN_CUT_OFF": Text("已过截止日期，不能再报送案件。", "The cut-off has passed; no more cases."),
    "CAMPAIGN_BANK_ONLY": Text("仅参与的银行可以报送案件。", "Only participating banks hand in cases."),
    "CAMPAIGN_BANKS_NEEDED": Text(
        "本地政策包规定该种类由银行报送案件，请列出参与的银行。",
        "By the policy pack banks tell the cases of this kind; name those that take part.",
    ),
    "CAMPAIGN_WITHOUT_BANKS": Text(
        "该种类由法院报送案件，请不要填写银行。", "Courts tell the cases of this kind; leave the banks out."
    ),
    "CAMPAIGN_COURT_ONLY": Text("该专项行动仅由参与的法院报送案件。", "Only its courts tell cases of this campaign."),
    "CAMPAIGN_COURT_OWN": Text("请只报送本院案件。", "Tell cases of your own court only."),
    "CAMPAIGN_NUMBER": Text("案号和借款合同编号须至少填写一项。", "Give the number of the case or that of the loan."),
    "CAMPAIGN_NUMBER_NEEDED": Text("请填写案号。", "Give the number of the case."),
    "CAMPAIGN_LENT_NEEDED": Text("请填写放款日期。", "Give the day of the loan."),
    "CAMPAIGN_DEBTOR": Text(
        "自然人债务人须填写姓名和公民身份号码，不填统一社会信用代码。",
        "Of a person give name and citizen number, and no credit code.",
    ),
    "CAMPAIGN_NO_PERSON": Text("该案债务人不是自然人。", "No person owes in this case."),
    "CAMPAIGN_CASE_TWICE": Text("清单中重复列出。", "This is in the list twice."),
    "CAMPAIGN_NOT_FILED": Text("该案尚未立案，没有案号。", "The case is not filed and has no number."),
    "CAMPAIGN_ROUND_PERIOD": Text(
        "集中行动须在专项行动开始之后，且结束日期不早于开始日期。",
        "A round lies after the start of its campaign, and ends no earlier than it begins.",
    ),
    "CAMPAIGN_ROUND_COURT": Text("该法院不参与本专项行动。", "This court takes no part in the campaign."),
    "CAMPAIGN_ROUND_CASES": Text(
        "须列1至{limit}件本院在该专项行动中的案件，且不重复。",
        "List between 1 and {limit} cases of your own court in this campaign, none twice.",
    ),
    "CAMPAIGN_ROUND_STAGE": Text(
        "集中立案只选未立案的，集中送达、集中执行只选已标记的案件。",
        "Filing takes cases that are not filed yet, service and execution those that are tagged.",
    ),
    "CAMPAIGN_ROUND_TAKEN": Text(
        "该案已在时间重叠的同类集中行动中。", "The case is in another round of this kind at the same time."
    ),
    "CAMPAIGN_ROUND_EMPTY": Text("请先选定案件。", "Choose the cases first."),
    "CAMPAIGN_ROUND_UNKNOWN": Text("该案不在本次集中行动中。", "This case is none of the round."),
    "CAMPAIGN_ROUND_RESULT": Text("该结果不适用于本类集中行动。", "A round of this kind has no such result."),
    "CAMPAIGN_ROUND_DAY": Text(
        "结果日期须在集中行动开始之后、今天之前（含当日）。",
        "The day of a result lies between the start of the round and today.",
    ),
    "CAMPAIGN_ROUND_NUMBER": Text(
        "已立案的须填写案号，其余不填。", "Give the number of a case that was filed, of no other."
    ),
    "CAMPAIGN_ROUND_NUMBER_TAKEN": Text("该案号已属于另一件。", "Another case has this number."),
    "CAMPAIGN_ROUND_FILED": Text("已登记立案的结果不能更改。", "That a case was filed is not taken back."),
    "CAMPAIGN_ROUND_OPEN": Text("尚有{count}件没有结果。", "{count} cases have no result yet."),
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
        "ENTERPRISE": Text("涉企案件集中执行", "cases of enterprises"),
        "SPECIAL": Text("专项执行行动", "special enforcement"),
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
    "CampaignRoundKind": {
        "FILING": Text("集中立案", "filing"),
        "SERVICE": Text("集中送达", "service"),
        "EXECUTION": Text("集中执行", "execution"),
    },
    "CampaignRoundStatus": {
        "PLANNED": Text("已部署", "planned"),
        "UNDERWAY": Text("进行中", "under way"),
        "REPORTED": Text("已上报", "reported"),
        "CLOSED": Text("已办结", "closed"),
        "CANCELLED": Text("已取消", "cancelled"),
    },
    "CampaignRoundResult": {
        "FILED": Text("已立案", "filed"),
        "NOT_FILED": Text("未予立案", "not filed"),
        "SERVED": Text("已送达", "served"),
        "NOT_SERVED": Text("未送达", "not served"),
        "EXECUTED": Text("执行完毕", "executed"),
        "PARTLY_EXECUTED": Text("部分执行", "executed in part"),
        "SETTLED": Text("执行和解", "settled"),
        "NOTHING_FOUND": Text("未发现可供执行财产", "nothing found"),
    },
}
