"""Problem sentences of the integrity of public bodies."""

from __future__ import annotations

from hub.core.texts.text import Text

INTEGRITY_PROBLEMS: dict[str, Text] = {
    "CLEARANCE_PERIOD": Text(
        "统计期间须起止有序、不超过五年，且不晚于今天。",
        "The period must run forward, be no longer than five years and not end after today.",
    ),
    "AMOUNT_INVALID": Text(
        "金额以元填写，最多两位小数，如 1200.50。",
        "Give the amount in yuan with two decimals at most, such as 1200.50.",
    ),
    "CAUSES_WITH_OVERDUE_LIST": Text(
        "据逾期名单记录的，请填写追查的原因；未据名单的，不填。",
        "Give the causes traced together with the overdue list it rests on, or neither.",
    ),
    "OVERDUE_LIST_UNFIT": Text(
        "请选择已经政府核定、且列有该单位的逾期名单。",
        "Choose an overdue list that the government approved and that has this body.",
    ),
    "RECORD_FOLLOWS_COURT": Text(
        "失信被执行人记录随法院名单生成和终止；有异议的，请向执行法院提出。",
        "Such a record follows the court's list; whoever objects turns to the executing court.",
    ),
    "RECORDER_NOT_PERMITTED": Text(
        "本单位不得记录该区划或该类别的政务失信信息。", "The caller may not record this, or not in this jurisdiction."
    ),
    "CORRECTION_EMPTY": Text("请填写要更正的内容。", "Say what is to be corrected."),
    "HELD_ON_OF_CONFERENCE": Text(
        "新闻发布会须填写日期，其他种类不填。", "A press conference has its day; nothing else has."
    ),
    "RECTIFIED_CASE_UNNAMED": Text("整改案例须指明相关失信信息。", "A rectified case names the listing it is about."),
    "IDENTITY_NUMBER_TOLD": Text("内容含公民身份号码，请删除。", "It tells a resident identity number; take it out."),
    "PHONE_NUMBER_TOLD": Text("内容含手机号码，请删除。", "It tells a mobile number; take it out."),
    "ACCOUNT_NUMBER_TOLD": Text("内容含疑似账号的长串数字，请删除。", "It tells what may be an account; take it out."),
    "PERSON_NAMED": Text("内容含案件所涉个人姓名，请改用代称。", "It names a person of the case; use another word."),
    "CASE_NOT_TO_BE_TOLD": Text("该案件已撤销或不宜公开，不得公开。", "The case is revoked or not to be made public."),
    "CASE_NOT_RECTIFIED": Text("该案件尚未整改退出，不得作为整改案例。", "The case has not been rectified."),
    "REVIEWER_IS_PROPOSER": Text("提出单位不得审查自己的材料。", "Who proposed it does not review it."),
    "APPROVER_IS_ANOTHER": Text("须由{approver}批准。", "It is approved by: {approver}."),
    "CONFERENCE_AHEAD": Text("新闻发布会尚未召开，不得公开结果。", "The press conference has not been held yet."),
    "COMPLAINANT_TOLD": Text(
        "转办内容含投诉人姓名或联系方式，请删除后再转办。",
        "What the body is to read tells who complained; take it out first.",
    ),
    "COMPLAINT_ABOUT_RECEIVER": Text(
        "不得受理对本单位的投诉，请转由上级信用主管部门登记。",
        "An office does not take in complaints about itself; have the credit office above it register this one.",
    ),
    "NAME_PERIOD_REVERSED": Text("名称的起止日期颠倒。", "The days of the name run backward."),
    "NAME_KNOWN": Text("该名称已经登记在该单位名下。", "The unit has that name already."),
    "NAME_OF_ANOTHER": Text(
        "该名称现为另一单位所用，请核对；确属旧称的请填写终止日期。",
        "Another unit bears that name now; check it, or give the day until which this one bore it.",
    ),
    "MATCH_NOT_DECIDED": Text("该主体尚未认定，无可撤销。", "Nothing has been decided; there is nothing to undo."),
    "EVALUATION_TOO_FEW": Text(
        "至少须有 {least} 个单位，否则去标识化后仍可辨认，请增加单位。",
        "There must be {least} bodies at least, or they could be told apart; add bodies.",
    ),
    "BODY_TWICE": Text("同一单位只能列一次，请删除重复项。", "A body is named twice; remove the repetition."),
    "EVALUATOR_NOT_REGISTERED": Text(
        "该单位未登记为本区划的第三方评价机构，请先在名录中登记。",
        "The unit is not registered as an evaluator of the place; enter it in the register first.",
    ),
    "BODIES_UNSCORED": Text(
        "尚有 {count} 个单位未评分，全部评分后方可提交。", "{count} bodies are without a score; score them all first."
    ),
    "DATE_AHEAD": Text("日期不得晚于今天。", "The date cannot lie after today."),
}
