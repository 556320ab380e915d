"""Problems of checks and of what departments report of them."""

from __future__ import annotations

from hub.core.texts.text import Text

CHECK_PROBLEMS: dict[str, Text] = {
    "CHECK_TOO_MANY": Text("一次核查1至{maximum}个主体，请分批", "1 to {maximum} subjects a check; ask in portions"),
    "CHECK_SUBJECT_ONE": Text(
        "每个主体恰填统一社会信用代码、公民身份号码、名称之一", "give exactly one of the two numbers or the name"
    ),
    "CHECK_NAME_UNFIT": Text("名称须为2至200字", "a name has 2 to 200 characters"),
    "CHECK_SUBJECT_TWICE": Text("与第{first}个主体重复，请删去", "the same as subject {first}; leave it out"),
    "CHECK_BUDGET": Text(
        "本客户端当日核查主体已超过{maximum}个，次日再查；确需更多的请信用办调整政策包",
        "more than {maximum} subjects today; ask again tomorrow, or ask the credit office to change the pack",
    ),
    "CHECK_BUDGET_NAMES": Text(
        "本客户端当日只凭名称的核查已超过{maximum}个，请改用证件号码",
        "more than {maximum} checks by name today; use the numbers",
    ),
    "CHECK_SUSPENDED": Text(
        "本客户端当日比中占比异常，批量核查暂停至次日；办件请逐个核查，并与信用办联系",
        "unusually many of today's checks matched: bulk checks stop until tomorrow; check one by one, and call the "
        "credit office",
    ),
    "INTERCEPTION_NO_MATCH": Text("该次核查的第{position}个主体未比中，无可回报", "subject {position} did not match"),
    "INTERCEPTION_REASON": Text(
        "处置轻于核查所示“{advised}”的，须写明理由", "a milder decision than “{advised}” needs a reason"
    ),
    "INTERCEPTION_KNOWN": Text("该主体的处置已回报", "what was done with it is reported already"),
    "CHECK_RULE_PAST": Text("处置规则自今日或以后生效", "a rule takes effect today or later"),
    "CHECK_PERIOD": Text("起日不得晚于止日，跨度不超过366日", "from must not be after to, and at most 366 days apart"),
}
