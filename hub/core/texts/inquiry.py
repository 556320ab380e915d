"""Problem sentences of execution queries."""

from __future__ import annotations

from hub.core.texts.text import Text

INQUIRY_PROBLEMS: dict[str, Text] = {
    "OFFICER_UNKNOWN": Text(
        "本客户端未登记为执行人员，请由本院执行指挥中心登记后再试。",
        "This client is not registered as an officer; have your court's command centre register it.",
    ),
    "OFFICER_EXPIRED": Text(
        "执行公务证已过有效期，请换证并重新登记。", "The officer's certificate has expired; renew and register it."
    ),
    "OFFICER_SUSPENDED": Text(
        "因查阅过量已停用，请由执行指挥中心核查后恢复。",
        "Stopped for reading too much; the command centre reinstates after checking.",
    ),
    "OFFICER_CAPACITY": Text(
        "此操作须由相应职责的执行人员办理。", "This takes an officer registered in the capacity for it."
    ),
    "OFFICER_SELF": Text(
        "不得将本客户端自己登记为执行人员，请由另一客户端登记。",
        "Nobody registers himself as an officer; have another client of the court do it.",
    ),
    "CLIENT_NOT_OWN": Text(
        "该客户端不是本院在用的客户端，请核对标识。", "This is no active client of this court; check its identifier."
    ),
    "CO_HANDLER_UNKNOWN": Text(
        "合办人员须为本院在册的其他执行人员。", "A co-handler is another registered officer of the same court."
    ),
    "CERTIFICATE_EXPIRED": Text("有效期应晚于今日。", "The certificate must be valid beyond today."),
    "SEAL_KEY_INVALID": Text(
        "印章公钥须为P-256椭圆曲线公钥（PEM）。", "The seal's key must be a public key on P-256, as PEM."
    ),
    "CASE_NOT_OPEN": Text("案件已结，请核对案号。", "The case is closed; check its number."),
    "CASE_NOT_EXECUTION": Text(
        "只有执行或保全案件可以办理此事项。", "This is done in cases of execution or preservation only."
    ),
    "TARGET_NOT_OBLIGOR": Text(
        "被查询人不是本案被执行人，不能查询。", "The target is not an obligor of this case and cannot be asked about."
    ),
    "REQUESTER_INVALID": Text(
        "申请人员的执行公务证已过期或者已停用，不再发起查询。",
        "The asker's certificate has expired or he was stopped; nothing more is asked for him.",
    ),
    "PURPOSE_INSUFFICIENT": Text(
        "请写明用途，至少{minimum}个实义字符。", "State the purpose in at least {minimum} letters."
    ),
    "DOCUMENTS_MISSING": Text("请附法律文书。", "Attach the legal documents."),
    "NOTICE_MISSING": Text("请附协助查询通知书。", "Attach the notice of inquiry."),
    "DOCUMENT_OF_ANOTHER_CASE": Text(
        "该文书已用于本院另一案件，请上传本案文书。",
        "This document was given in another case of the court; upload that of this case.",
    ),
    "DOCUMENT_DIGEST": Text(
        "文书内容与摘要不一致，请重新上传。", "The document differs from its digest; upload it again."
    ),
    "DOCUMENT_SEAL": Text(
        "文书未加盖本院有效电子印章，请加盖后上传。", "The document bears no valid seal of this court; seal it first."
    ),
    "HOLDERS_INVALID": Text(
        "请列明协助查询单位，同一单位同一类型只列一次。", "Name the holders, each type of question to each holder once."
    ),
    "HOLDER_OUT_OF_AREA": Text(
        "该单位不在本院辖区的协助查询范围内。", "This unit holds nothing for this court's jurisdiction."
    ),
    "EXPIRY_INVALID": Text(
        "有效期应在今日之后{limit}日之内。", "The query may stand open for {limit} days from today at most."
    ),
    "REPEAT_INVALID": Text(
        "重复查询须同时给出间隔和截止日期，截止日期不晚于有效期。",
        "Repetition takes both an interval and a last day, not after the query's own.",
    ),
    "SELF_APPROVAL": Text("申请人员不得审批自己的查询。", "Nobody approves what he asked for himself."),
    "APPROVAL_OUTSTANDING": Text(
        "紧急查询尚待补批，请先由审批人员批准或者不予批准。",
        "The emergency still waits for its approval; have the approver approve or reject it first.",
    ),
    "NOTHING_RETURNED": Text("没有被退回的查询可供补正。", "No holder has returned anything that needs correction."),
    "ANSWER_ITEMS": Text(
        "查有结果须列明细，其他答复不得列明细。", "An answer that found something lists it; no other answer does."
    ),
    "ANSWER_TOO_LONG": Text(
        "明细不得超过{limit}条，超出的请反馈为部分结果并说明。",
        "An answer lists {limit} items at most; tell more as a partial result, with a note.",
    ),
    "ANSWER_TYPE": Text(
        "明细须恰填一类，且与查询类型相符。", "Each item is of exactly one kind, that of the question."
    ),
    "ANSWER_NOTE": Text("请说明原因。", "Say why."),
    "ANSWER_SUBJECT": Text("证件号码与被查询人不符，请核对。", "The number is not of whom was asked about; check it."),
    "ANSWER_CODE": Text(
        "结果一栏须填写：查有结果、查无结果、查无此人（单位）、部分结果、不予提供、无法查询。",
        "The column of the result takes one of the six results.",
    ),
    "ANSWER_DATE": Text(
        "数据截至日期须为不晚于今日的日期（年-月-日）。", "The answer cannot be as of a later day than today."
    ),
    "ANSWER_TOO_LARGE": Text(
        "报文为空或者超过{limit}字节，请分次反馈。",
        "The message is empty or larger than {limit} bytes; answer in parts.",
    ),
    "ANSWER_ENCODING": Text(
        "报文编码与约定（{encoding}）不符，请按约定编码重新反馈。",
        "The message is not in the encoding agreed on ({encoding}); encode it so and answer again.",
    ),
    "ANSWER_MALFORMED": Text(
        "报文不是合规的{format}，请核对格式后重新反馈。",
        "The message is no proper {format}; correct it and answer again.",
    ),
    "ANSWER_KEY_UNKNOWN": Text(
        "报文中有约定之外的数据项 {key}，请核对接口规范。", "The message has a key that was not agreed on: {key}."
    ),
    "ANSWER_FIELD": Text(
        "数据项 {field} 缺失或者不合规定，请补正。", "The key {field} is missing or wrong; correct it."
    ),
    "ANSWER_AMBIGUOUS": Text(
        "一份报文只能反馈、退回或者提出异议其一，请分别发送。",
        "A message answers, returns or objects, one of the three.",
    ),
    "ANSWER_DIGEST": Text(
        "回执中的摘要与报文内容不符，请重新生成并反馈。",
        "The digest in the receipt is not of this message; make it anew.",
    ),
    "ANSWER_SEAL": Text(
        "回执缺失或者未加盖本单位登记的有效印章，请加盖后重新反馈。",
        "The receipt is missing or bears no seal that the holder has registered; seal it and answer again.",
    ),
    "ANSWER_ORDER_UNKNOWN": Text(
        "没有向本单位发出该请求单号的查询，请核对单号。", "No order of this number was sent to this holder; check it."
    ),
    "ANSWER_REGION": Text(
        "所反馈的行政区划与请求不符，请核对。", "The answer is for another jurisdiction than was asked in; check it."
    ),
    "CLAIM_COVERED": Text(
        "已控制的款项不少于本案标的，不再重复查询。",
        "What is controlled comes up to what the case claims; nothing more is asked.",
    ),
    "ANSWER_EARLY": Text(
        "该临控并未要求撤销，不接受撤控确认；如无法继续布控，请退回。",
        "Nobody called this lookout off; return it if it cannot be kept up.",
    ),
    "ANSWER_TWICE": Text("该请求已经反馈，不再接受。", "This order was answered before; nothing more is taken."),
    "ANSWER_WITHDRAWN": Text("该请求已经撤回，不再接受反馈。", "This order was withdrawn; no answer is taken."),
    "AMOUNT_INVALID": Text(
        "金额应为最多两位小数的数字（元）。", "An amount is a number of yuan with at most two decimals."
    ),
    "RESULTS_PURGED": Text("用途已结束，结果已销毁。", "The purpose has ended; the results are purged."),
    "QUERY_UNAPPROVED": Text(
        "查询正在送批，批准后方可查阅结果。", "The query waits for approval; its results are read once it is approved."
    ),
    "QUERY_CLOSED": Text("查询已办结，不能再查阅结果。", "The query is closed; its results are read no more."),
    "READ_LIMIT": Text(
        "一小时内查阅超过{limit}条，已停用并告警。", "More than {limit} results within an hour; stopped, with an alarm."
    ),
    "READ_TOO_LARGE": Text(
        "一次查阅超过{limit}条，请按协助查询（orderId）逐件查阅。",
        "This is more than {limit} results at once; read order by order (orderId).",
    ),
    "DESK_HEADINGS": Text(
        "表头与下发的查询表不符，请使用下载的表格。", "The headings differ from the list sent out; use that file."
    ),
    "DESK_ROW": Text("第{row}行：{problem}", "Row {row}: {problem}"),
    "DESK_ORDER": Text(
        "第{row}行的请求单号不在待办之列。", "Row {row} names no order that waits for this unit's answer."
    ),
    "DESK_TOO_LONG": Text(
        "表中超过{limit}行，请删去未填写的行或者分次上传。",
        "The sheet has more than {limit} rows; delete those left blank, or upload it in parts.",
    ),
    "DESK_EMPTY": Text("表中没有填写任何结果。", "The sheet answers nothing."),
}
