"""Problem sentences and labels of tagged cases and of clues to refusing or evading enforcement."""

from __future__ import annotations

from hub.core.texts.text import Text

EVASION_PROBLEMS: dict[str, Text] = {
    "TAG_NOT_SHARED": Text(
        "本区划的政策包未规定该案件标签，请先由联席会议办公室核对政策包。",
        "The policy pack of the jurisdiction does not provide for this tag; have the office check the pack.",
    ),
    "CASE_TAGGED_ALREADY": Text("该案件已有此标签，无须重复。", "The case has this tag already."),
    "CASE_TAG_WITHDRAWN": Text("该标签已经撤回。", "The tag has been withdrawn already."),
    "CASE_NOT_PUBLIC": Text("涉密或不公开的案件不加标签。", "A case that is not open to all bears no tags."),
    "TAG_GROUND_MISSING": Text(
        "标注规避执行的，请写明依据的事实。", "Evasion of enforcement is tagged with its facts."
    ),
    "EVASION_NOT_PRACTISED": Text(
        "本地政策包未规定向公安机关移送拒执线索。", "The jurisdiction's policy pack provides for no such referral."
    ),
    "CLUE_RECEIVER_UNKNOWN": Text(
        "本辖区没有唯一的“{name}”，请先登记接收线索的公安机关。",
        "The jurisdiction has no single {name}; register the police unit first.",
    ),
    "DEBTOR_IS_RECEIVER": Text(
        "被执行人即为接收单位，请报上级法院另行移送。",
        "The debtor is the receiving unit itself; have the superior court refer it elsewhere.",
    ),
    "EVASION_CLUE_STANDS": Text(
        "对该被执行人的线索已经移送，请在原线索上补充。", "The clue has been referred already; add to that one."
    ),
    "CLUE_CONDUCTS": Text("请列明涉嫌的行为，每种一次。", "Name what is suspected, each once."),
    "CLUE_EVIDENCE_COUNT": Text("请附1至{limit}份证据材料。", "Hand over between 1 and {limit} documents."),
    "CLUE_EVIDENCE_TWICE": Text("同一材料已经移送，请删除重复项。", "A document has been handed over; remove it."),
    "CLUE_URGED_TODAY": Text("今日已经催办。", "It has been urged today."),
    "CLUE_FILED_ON": Text(
        "立案日期不得早于移送日期，也不得晚于今天。", "The case is filed between the referral and today."
    ),
}
EVASION_LABELS: dict[str, dict[str, Text]] = {
    "EvasionClueStatus": {
        "SENT": Text("已移送待签收", "referred"),
        "RECEIVED": Text("公安机关已签收", "received by the police"),
        "RETURNED": Text("退回补充材料", "returned for material"),
        "ACCEPTED": Text("已受理", "taken up"),
        "NOT_ACCEPTED": Text("不予受理", "not taken up"),
        "FILED": Text("已刑事立案", "filed as a criminal case"),
        "NOT_FILED": Text("不予立案", "no criminal case filed"),
        "WITHDRAWN": Text("法院已撤回", "withdrawn by the court"),
        "CLOSED": Text("已办结", "closed"),
    },
    "EvasionConduct": {
        "CONCEALING_ASSETS": Text("隐匿、转移财产", "concealing or moving assets"),
        "FALSE_REPORT": Text("拒绝报告或者虚假报告财产", "no or a false report of property"),
        "RESTRICTION_BREACHED": Text("违反限制消费令", "breach of a consumption restriction"),
        "FALSE_EVIDENCE": Text("伪造、毁灭证据", "forging or destroying evidence"),
        "FALSE_SUIT": Text("虚假诉讼、仲裁", "sham suits or arbitration"),
        "REFUSING_DELIVERY": Text("拒不交付财物或者迁出", "refusing to deliver or to move out"),
        "OBSTRUCTION": Text("以暴力、威胁等方法阻碍执行", "obstructing by force or threat"),
        "OTHER": Text("其他拒不执行行为", "other refusal"),
    },
    "ClueRefusal": {
        "NO_CRIMINAL_FACT": Text("没有犯罪事实", "no criminal fact"),
        "MINOR": Text("情节显著轻微", "plainly minor"),
        "NOT_COMPETENT": Text("不属本机关管辖", "not competent"),
        "PERFORMED": Text("已经履行", "performed by now"),
        "OTHER": Text("其他", "other"),
    },
    "ClueEvidenceKind": {
        "TRANSFER_LETTER": Text("移送函", "letter of transfer"),
        "EXECUTION_BASIS": Text("执行依据", "basis of the enforcement"),
        "PROPERTY_REPORT": Text("财产报告材料", "report of property"),
        "TRANSACTION_RECORD": Text("交易、账户记录", "transactions and accounts"),
        "STATEMENT": Text("笔录", "statements"),
        "OTHER": Text("其他材料", "other"),
    },
    "CaseTagKind": {
        "LIVELIHOOD": Text("涉民生", "of people's livelihood"),
        "ADMINISTRATIVE_ORGAN": Text("涉行政机关", "of an administrative organ"),
        "ENFORCEMENT_EVASION": Text("规避执行", "evasion of enforcement"),
    },
    "CaseTagStatus": {
        "ACTIVE": Text("有效", "standing"),
        "WITHDRAWN": Text("已撤回", "withdrawn"),
    },
    "CaseTagOrigin": {
        "MESSAGE": Text("法院报文", "the court's message"),
        "HUB": Text("平台标注", "tagged in the hub"),
    },
}
