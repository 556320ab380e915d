"""Problem sentences of supervision."""

from __future__ import annotations

from hub.core.texts.text import Text

SUPERVISION_PROBLEMS: dict[str, Text] = {
    "ISSUER_NOT_PERMITTED": Text(
        "本单位不能在该区划发文：请由本级信用办、法院、联席会议办公室或政府办公室起草。",
        "The caller does not issue notices in this jurisdiction; its credit office, court or offices draft them.",
    ),
    "CASE_OF_OTHER_COURT": Text(
        "该案件不是本法院的案件：请核对案号，或由受理法院办理。",
        "The case is not of the caller's court; check the number, or let the court that hears it act.",
    ),
    "RECIPIENT_TWICE": Text("同一单位只能列一次，请删除重复项。", "A unit is named twice; remove the repetition."),
    "ISSUER_IS_RECIPIENT": Text(
        "发文单位不得同时是收文单位，请更改。", "An issuer must not be a recipient; change one of them."
    ),
    "NOTICE_DUE_DATE_PASSED": Text(
        "办理期限须晚于今天，请更改期限后再送签。", "The due date must lie ahead; change it, then submit."
    ),
    "SIGNATURE_ALREADY_GIVEN": Text("本单位已经签发，无须重复签发。", "The caller's unit has signed already."),
    "SIGNATURES_MISSING": Text(
        "尚有联合发文单位未签发，全部签发后方可发出。", "Others have yet to sign; it is issued once all have."
    ),
    "SIGNER_IS_ANOTHER": Text(
        "按政策包规定，该函件由{signer}签发。", "By the policy pack the notice is signed by: {signer}."
    ),
    "RECEIPT_ALREADY_GIVEN": Text("本单位已经签收，无须重复签收。", "The caller's unit has signed for it already."),
    "EXTENSION_AFTER_DEADLINE": Text(
        "期限已过，不能再申请延期；请尽快回复办理情况。",
        "The deadline has passed; an extension cannot be asked for any more. Reply soon.",
    ),
    "EXTENSIONS_USED_UP": Text(
        "按政策包规定最多延期 {most} 次，不能再申请。", "The policy pack allows {most} extensions; none is left."
    ),
    "NOT_OVERDUE": Text("期限尚未届满，逾期后方可办理。", "The deadline has not passed; this is possible once it has."),
    "SUPERIOR_UNKNOWN": Text(
        "名录中没有该单位的上级主管部门：请先在名录中补充，再提级。",
        "The register names no superior of the unit; complete the register, then escalate.",
    ),
    "SUGGESTIONS_UNPAIRED": Text(
        "问题与建议须逐一对应，且至少一项，请补齐。",
        "Each problem needs its suggestion, and there must be one at least; complete them.",
    ),
    "CIRCULAR_WITHOUT_DISHONESTY": Text(
        "该考核事项未计入，或单位已经履行，不得通报批评。",
        "The item is not entered, or the unit has performed; it is not named in a circular.",
    ),
    "EVIDENCE_MISSING": Text(
        "回复须附至少一份佐证材料的名称和 SHA-256 摘要。",
        "A reply names at least one piece of evidence with its SHA-256 digest.",
    ),
    "DIGEST_INVALID": Text("摘要须为 64 位十六进制 SHA-256。", "A digest is a SHA-256 in 64 hexadecimal digits."),
    "PERFORM_BY_MISSING": Text("败诉案件须填写履行期限。", "A lost case needs the date to perform by."),
    "PERFORM_BY_NOT_ALLOWED": Text(
        "仅败诉或逾期案件填写履行期限。", "Only a lost or overdue case has a date to perform by."
    ),
    "CASE_ALREADY_REPORTED": Text(
        "该案件的此项情况已经通报，无须重复。", "This has been reported of the case already."
    ),
    "SUBJECT_NOT_GOVERNMENT": Text(
        "该单位不是政务主体，不适用本制度。", "The unit is not a government subject; this does not apply to it."
    ),
    "SAME_JURISDICTION_ONLY": Text(
        "主送单位不在该区划及其下级，请核对。", "The unit addressed lies outside the jurisdiction; check it."
    ),
    "AWARD_ALREADY_LIFTED": Text("该限制已经解除。", "The restriction has been lifted already."),
    "RECEIVER_MISSING": Text(
        "本区划尚未登记接收单位（{role}），请先在名录中登记。",
        "No {role} is registered in this jurisdiction; register it first.",
    ),
    "REFERRAL_ALREADY_RECEIVED": Text("该移送已经签收。", "The referral has been received already."),
    "HELD_ON_AHEAD": Text("约谈日期不得晚于今天。", "The interview cannot have been held after today."),
    "REPORT_NARRATIVE_MISSING": Text(
        "第 {row} 条（{case_number}）缺少{statement}，请补充后再签发。",
        "Entry {row} ({case_number}) lacks: {statement}. Add it, then issue.",
    ),
    "REPORT_ENTRY_UNKNOWN": Text("第 {row} 条不在本报告中，请核对序号。", "The report has no entry {row}; check it."),
    "REPORT_ISSUED_ALREADY": Text(
        "报告已经签发，内容不再变动；需要更正的，请另编更正版。",
        "The report has been issued and stands; make a corrected edition instead.",
    ),
    "REPORT_NOT_ISSUED": Text(
        "报告尚未签发，可直接重新编制，无须更正版。", "The report has not been issued; compile it again instead."
    ),
    "REPORT_SUPERSEDED": Text("该报告已有更新的版本，请在最新版本上办理。", "A later edition exists; act on that one."),
}
