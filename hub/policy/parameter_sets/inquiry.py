"""Execution queries (网络查控): how long a holder has, how long an answer is kept, how much an officer may read."""

from __future__ import annotations

from hub.core.texts import Text
from hub.policy.specification import Measure, ParameterSpec, days, number, rule

_CUSTOM = Text("通知未定时限，按各地点对点查控的通行做法。", "No notice sets it; the usual practice of local channels.")
_GUARD = Text("防止越权查阅的技术限度。", "A technical limit against reading without need.")
_OBJECTION = "最高人民法院关于网络查询、冻结被执行人存款的规定 第六条"

INQUIRY: tuple[ParameterSpec, ...] = (
    rule(
        "inquiry.answer",
        Text("协助查询单位反馈的期限", "how long a holder has to answer"),
        {"n": 3, "unit": "WORKING_DAY", "anchor": "RECEIVED"},
        _CUSTOM,
    ),
    rule(
        "inquiry.answer_emergency",
        Text("紧急查询的反馈期限", "how long a holder has to answer an emergency query"),
        {"n": 1, "unit": "NATURAL_DAY", "anchor": "RECEIVED"},
        _CUSTOM,
    ),
    rule(
        "inquiry.objection",
        Text("人民法院对异议的答复期限", "how long the court has to decide an objection"),
        {"n": 15, "unit": "NATURAL_DAY", "anchor": "RECEIVED"},
        Text("司法解释规定十五日内答复。", "A judicial interpretation gives the court fifteen days."),
        clause=_OBJECTION,
    ),
    days(
        "inquiry.urge_days",
        Text("逾期几日时自动催办（0为到期次日）", "days overdue on which a holder is urged; 0 is the day after"),
        [0, 3, 7],
        _CUSTOM,
    ),
    number(
        "inquiry.approval_minutes",
        Text("紧急查询补办审批的时限", "how long an emergency query may stand without approval"),
        1440,
        Text("紧急情形应在二十四小时内补批。", "An emergency is approved within twenty-four hours."),
        measure=Measure.MINUTE,
        bounds=(1, 4320),
    ),
    number(
        "inquiry.longest_days",
        Text("一次查询最长的有效期", "longest time a query stands open"),
        180,
        _CUSTOM,
        measure=Measure.DAY,
        bounds=(1, 730),
    ),
    number(
        "inquiry.kept_days",
        Text("办结后结果保留的天数，期满销毁", "days an answer is kept after the query is closed, then purged"),
        30,
        _CUSTOM,
        measure=Measure.DAY,
        bounds=(0, 365),
    ),
    number(
        "inquiry.purpose_characters",
        Text("用途说明最少的实义字数", "fewest letters of a stated purpose"),
        6,
        _GUARD,
        measure=Measure.CHARACTER,
        bounds=(2, 100),
    ),
    number(
        "inquiry.reads_per_hour",
        Text("一名执行人员一小时内最多查阅的结果条数", "most results an officer reads within an hour"),
        200,
        _GUARD,
        measure=Measure.TIME,
        bounds=(1, 10000),
    ),
    number(
        "inquiry.key_days",
        Text("数据密钥更换的周期", "how long a data key seals before the next one does"),
        365,
        _GUARD,
        measure=Measure.DAY,
        bounds=(1, 3650),
    ),
)
