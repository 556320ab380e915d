"""Problem sentences and labels of marriage-information sharing."""

from __future__ import annotations

from hub.core.texts.text import Text

MARRIAGE_PROBLEMS: dict[str, Text] = {
    "MARRIAGE_NOT_SHARED": Text(
        "本地政策包未规定婚姻信息共享。",
        "The jurisdiction's policy pack provides for no sharing of marriage information.",
    ),
    "MARRIAGE_RECEIVER_UNKNOWN": Text(
        "本辖区没有唯一的“{name}”，请先登记婚姻登记机关。",
        "The jurisdiction has no single unit named {name}; register the marriage authority first.",
    ),
    "MARRIAGE_ITEMS": Text("一次须登记1至{limit}件。", "Record between 1 and {limit} decisions at once."),
    "MARRIAGE_KIND_NOT_SHARED": Text("本地不共享这一种类的裁判。", "Decisions of this kind are not shared here."),
    "MARRIAGE_NOT_EFFECTIVE": Text(
        "裁判尚未生效，请生效后登记。", "The decision is not in effect yet; record it once it is."
    ),
    "MARRIAGE_TOLD": Text(
        "该案当事人的信息已登记，如有变更请作更正。",
        "This couple was recorded in this case already; correct that item instead.",
    ),
    "MARRIAGE_SEALED": Text(
        "批次已封存，不能再改；请在下一批次更正。", "The batch is sealed; correct the item with the next batch."
    ),
    "MARRIAGE_NOT_SEALED": Text("批次尚未封存。", "The batch is not sealed yet."),
    "MARRIAGE_NOT_SENT": Text(
        "该件尚未封存，请撤回后重新登记。", "The item is not sealed yet; withdraw it and record it again."
    ),
    "MARRIAGE_CORRECTED": Text(
        "该件已有更正，请更正最近的一件。", "The item was corrected already; correct the latest one."
    ),
    "MARRIAGE_NO_EXCEPTION": Text("该件没有待处理的问题。", "There is nothing to settle about this item."),
    "PARTIES_SAME": Text("双方的身份号码相同，请核对。", "Both parties have the same identity number; check them."),
    "DOCUMENT_DIGEST_FORM": Text(
        "文书摘要须为64位小写十六进制的SHA-256。", "The digest is a SHA-256 as 64 lower-case hexadecimal digits."
    ),
    "RECEIPT_REASON": Text("未登记更新的，请说明原因。", "Say why the register was not updated."),
    "RECEIPTS_INCOMPLETE": Text(
        "共{items}件，仅{answered}件回执有效；每件须恰有一个回执。",
        "Of {items} items {answered} are answered properly; each needs exactly one receipt.",
    ),
    "BATCH_DIFFERS": Text(
        "收到的件数或摘要与封存时不符，请整批隔离。",
        "Count or digest differ from what was sealed; quarantine the whole batch.",
    ),
    "BATCH_IS_WHOLE": Text("件数和摘要与封存时一致，请签收。", "Count and digest are as sealed; receive the batch."),
    "EXCEPTIONS_OPEN": Text("仍有未处理的件。", "Some exceptions are not settled yet."),
    "RECEIPT_SIGNATURE": Text(
        "回执的签名不是登记机关的，未采信。", "The receipt is not signed by the authority's key; it was not used."
    ),
}

MARRIAGE_LABELS: dict[str, dict[str, Text]] = {
    "MarriageRecordKind": {
        "DIVORCE_JUDGMENT": Text("判决离婚", "divorce by judgment"),
        "DIVORCE_MEDIATION": Text("调解离婚", "divorce by mediation"),
        "ANNULMENT": Text("撤销婚姻", "annulment"),
        "VOID": Text("婚姻无效", "void marriage"),
        "DEATH_DECLARATION": Text("宣告死亡", "declaration of death"),
    },
    "MarriageCorrection": {
        "SET_ASIDE": Text("再审或者后续裁判撤销原裁判", "set aside on retrial or by a later decision"),
        "AMENDED": Text("再审或者后续裁判变更原裁判", "amended on retrial or by a later decision"),
        "CLERICAL_ERROR": Text("信息填报有误", "clerical error"),
    },
    "MarriageBatchStatus": {
        "COLLECTING": Text("归集中", "collecting"),
        "SEALED": Text("已封存", "sealed"),
        "SENT": Text("已发送", "sent"),
        "QUARANTINED": Text("整批隔离", "quarantined"),
        "RECEIVED": Text("已签收", "received"),
        "PROCESSED": Text("已逐件回执", "processed"),
        "RECONCILED": Text("已对账", "reconciled"),
        "EXCEPTIONS": Text("有未匹配", "exceptions"),
        "RESOLVED": Text("已处理完毕", "resolved"),
    },
    "MarriageReceipt": {
        "UPDATED": Text("已更新", "updated"),
        "NOT_FOUND": Text("查无登记", "not found"),
        "CONFLICT": Text("登记信息冲突", "conflict"),
        "DUPLICATE": Text("已登记，重复", "duplicate"),
        "REJECTED": Text("不予登记", "rejected"),
    },
    "MarriageSettlement": {
        "UPDATED_BY_HAND": Text("登记机关已人工更新", "updated by hand"),
        "CORRECTED": Text("已另报更正", "a correction was sent"),
        "REGISTERED_ELSEWHERE": Text("登记在外地，已转", "registered elsewhere; passed on"),
        "NOTHING_DUE": Text("核实无须登记", "nothing is due"),
    },
}
