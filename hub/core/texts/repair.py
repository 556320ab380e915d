"""Problem sentences of credit repair."""

from __future__ import annotations

from hub.core.texts.text import Text

REPAIR_PROBLEMS: dict[str, Text] = {
    "REPAIR_PATH_NOT_APPLIED_FOR": Text(
        "该途径由法院发起，不能申请：请选择主体申请或凭重整裁定申请。",
        "The court begins a repair on this path; apply as the subject or with a ruling on reorganisation.",
    ),
    "REPAIR_PATH_CLOSED": Text(
        "本地政策未开通该修复途径，请按政策包所列途径办理。",
        "The policy of the place does not open this path; use one that its pack lists.",
    ),
    "REPAIR_UNDER_WAY": Text(
        "该失信信息的修复正在办理，请在原件上继续，不要重复发起。",
        "A repair of this listing is under way; go on with that one.",
    ),
    "REPAIR_APPLICANT": Text(
        "只有失信主体本单位或所在地信用办可以申请，请由其办理。",
        "The subject's own unit or the credit office of the place applies; let it do so.",
    ),
    "LISTING_NOT_STANDING": Text(
        "该失信信息现为“{state}”，不需要修复，请核对。", "The listing is now “{state}” and needs no repair; check it."
    ),
    "LISTING_STILL_STANDS": Text(
        "法院尚未删除该失信信息：先由法院删除，再屏蔽。修复不能代替法院移出名单。",
        "The court has not deleted the listing yet; it deletes first. A repair never takes anybody off the list.",
    ),
    "MEASURES_NOT_LIFTED": Text(
        "尚有惩戒措施未解除，全部解除后自动完成。", "Measures are in force yet; it completes when all are lifted."
    ),
    "CLOSED_ON_AHEAD": Text("结案日期不得晚于今天，请核对。", "A case is not closed on a day to come; check the date."),
    "CLOSED_ON_DIFFERS": Text(
        "结案日期与法院案件清单所报（{told}）不一致，请核对后再推送。",
        "The court's case list tells another day of closing ({told}); correct one of them, then push.",
    ),
    "CLOSURE_PUSHED_OTHERWISE": Text(
        "该结案已凭另一份文书推送，不能改用别的文书；材料有误请撤回后重新办理。",
        "This closing was pushed with another document; withdraw it first if that was wrong.",
    ),
    "REPAIR_PERIOD": Text("起止日期颠倒，请更改。", "The range of days is reversed; change it."),
    "REPAIR_DOCUMENT_OF_ANOTHER": Text(
        "该文书已用于另一条失信信息的修复，请提交本案的结案文书。",
        "The document serves the repair of another listing; hand in that of this case.",
    ),
}
