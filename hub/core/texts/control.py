"""Problem sentences of asset controls and lookouts."""

from __future__ import annotations

from hub.core.texts.text import Text

CONTROL_PROBLEMS: dict[str, Text] = {
    "CONTROL_AMOUNT": Text(
        "金额应为大于零、最多两位小数的数字。", "An amount is a number above zero with at most two decimals."
    ),
    "CURRENCY_INVALID": Text(
        "币种应为三位字母代码，且与原控制一致。", "A currency is a code of three letters, that of the original control."
    ),
    "ORIGINAL_MISSING": Text(
        "续行、解除须写明原请求单号。", "A renewal or release names the number of the original order."
    ),
    "ASSET_MISSING": Text(
        "请指明要控制的财产：协助查询标识和明细序号。", "Name the asset: the order whose answer found it, and the item."
    ),
    "MONTHS_MISPLACED": Text(
        "冻结、续行须写明期限（月），其他措施不写。", "A freeze or renewal takes a period in months, nothing else does."
    ),
    "MONTHS_INVALID": Text(
        "该类财产一次最长控制{limit}个月。", "Such an asset is controlled for {limit} months at most."
    ),
    "URGENCY_ACTION": Text("只有冻结和续行可以先办后批。", "Only a freeze or renewal goes out before it is approved."),
    "RULING_MISSING": Text("请附执行裁定书。", "Attach the execution ruling."),
    "CONTROL_BUSY": Text(
        "该控制尚有请求未办结，请待反馈后再提。", "An order about this control is still open; wait for its result."
    ),
    "CONTROL_STATE": Text(
        "该控制当前状态不适用此项措施，请查看其状态。",
        "The control does not stand where this action applies; look at it.",
    ),
    "CONTROL_TWICE": Text(
        "本案已对该财产采取控制，请凭原请求单号续行或变更。",
        "This case controls the asset already; renew it by the original number.",
    ),
    "ASSET_UNCONTROLLABLE": Text("该类信息不是可控制的财产。", "What was found is no asset that can be controlled."),
    "ACTION_ASSET": Text("划拨、提取只适用于资金。", "Only money is transferred or withdrawn."),
    "AMOUNT_MISPLACED": Text(
        "控制或划拨资金须写明金额，其他情形不写。",
        "An amount is told where money is controlled or taken, nowhere else.",
    ),
    "AMOUNT_BEYOND": Text("金额超过尚在控制的余额。", "The amount is more than what is still controlled."),
    "NOT_QUEUED": Text("该请求不在轮候之中。", "The order does not wait in a queue."),
    "PLATE_MISPLACED": Text("临控车辆须填号牌，临控人员不填。", "A vehicle has a plate, a person has none."),
    "PLATE_INVALID": Text("号牌格式有误，请核对。", "This is no plate of a vehicle; check it."),
    "MEASURES_INVALID": Text("请列明与临控对象相符的措施，每种一次。", "Name measures that fit the target, each once."),
    "LOOKOUT_PERIOD": Text(
        "临控期限有误：截止日不早于今日和起始日，且不超过规定天数。",
        "The period is wrong: it ends today or later, and within the days the policy allows.",
    ),
    "LOOKOUT_NOT_HANDED_OVER": Text(
        "尚无移交记录，不能办结；请撤控。", "Nothing was handed over yet; withdraw it instead."
    ),
    "HIT_TIME": Text(
        "发现时间应在临控发送之后、现在之前。", "The target was met after the lookout was sent, and not in the future."
    ),
    "RESULT_WORD": Text("结果一栏须填写：已控、未控、轮候。", "The column of the result takes 已控, 未控 or 轮候."),
    "RESULT_FIELDS": Text(
        "未控、轮候的不填金额和期限；解除、划拨的不填期限。",
        "What is not controlled has neither amount nor period; a release or transfer has no period.",
    ),
    "RESULT_ACTION": Text("该措施不能以轮候反馈。", "This action is not answered as queued."),
    "RESULT_QUEUE": Text(
        "该财产上有在先的控制或轮候，请反馈为轮候。",
        "An earlier control or queue stands on the asset; answer as queued.",
    ),
    "RESULT_PERIOD_MISSING": Text("请填写控制起止日。", "Tell from when until when it is controlled."),
    "RESULT_PERIOD": Text(
        "控制起止日有误：新控制须含今日，续行须与原期限衔接。",
        "The period is wrong: a new one holds today, a renewal joins on to the one before.",
    ),
    "RESULT_TOO_LONG": Text(
        "控制期限不得超过裁定的{limit}个月。", "The period is longer than the {limit} months ordered."
    ),
    "RESULT_AMOUNT_MISSING": Text("请填写实际控制金额。", "Tell the amount that is controlled."),
    "RESULT_EXCESS": Text(
        "超额控制金额与实际、请求金额不符。",
        "The excess is not the difference of what is controlled and what was asked.",
    ),
    "RESULT_TAKEN": Text(
        "划拨金额不得超过请求金额和尚在控制的余额。", "No more is taken than was asked for and is still controlled."
    ),
}
