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
    "RECORD_FOLLOWS_COURT": Text(
        "失信被执行人记录随法院名单生成和终止；有异议的，请向执行法院提出。",
        "Such a record follows the court's list; whoever objects turns to the executing court.",
    ),
    "RECORDER_NOT_PERMITTED": Text(
        "本单位不得记录该区划或该类别的政务失信信息。", "The caller may not record this, or not in this jurisdiction."
    ),
    "CORRECTION_EMPTY": Text("请填写要更正的内容。", "Say what is to be corrected."),
    "DATE_AHEAD": Text("日期不得晚于今天。", "The date cannot lie after today."),
}
