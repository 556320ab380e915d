"""Checks before a department decides: what is done with a match, and what keeps a check from being an export."""

from __future__ import annotations

from hub.canonical.exchange_codes import Disposition
from hub.core.texts import Text
from hub.policy.specification import Measure, ParameterSpec, choice, number

_BOUND = Text("防止以核查代替导出的限额。", "A bound that keeps a check from being used as an export.")

CHECKS: tuple[ParameterSpec, ...] = (
    choice(
        "check.disposition",
        Text(
            "部门未自定规则时，对精确比中主体的处置",
            "what is done with an exact match where the department has no rule",
        ),
        Disposition,
        Disposition.WARN,
        Text(
            "通知未作规定；拦截须有部门自己的依据。", "The notice is silent; blocking needs the department's own basis."
        ),
    ),
    number(
        "check.bulk.subjects",
        Text("一次批量核查的主体数上限", "most subjects of one bulk check"),
        10_000,
        _BOUND,
        measure=Measure.COUNT,
        bounds=(1, 10_000),
    ),
    number(
        "check.day.subjects",
        Text("一个客户端一日核查的主体数上限", "most subjects a client checks in a day"),
        50_000,
        _BOUND,
        measure=Measure.COUNT,
        bounds=(1, 10_000_000),
    ),
    number(
        "check.day.names",
        Text("一个客户端一日只凭名称核查的主体数上限", "most subjects a client checks by name alone in a day"),
        500,
        _BOUND,
        measure=Measure.COUNT,
        bounds=(0, 1_000_000),
    ),
    number(
        "check.hits.percent",
        Text("一日比中占比超过即告警，并停止当日批量核查", "share of matches in a day above which an alarm is raised"),
        30,
        Text("正常办件中失信主体占极少数。", "Few of those who apply are listed."),
        measure=Measure.PERCENT,
        bounds=(0, 100),
    ),
    number(
        "check.hits.minimum",
        Text("一日核查满几个主体才计算比中占比", "subjects checked in a day before the share is looked at"),
        100,
        _BOUND,
        measure=Measure.COUNT,
        bounds=(1, 100_000),
    ),
    number(
        "check.watch.days",
        Text(
            "核查后几日内主体变化仍通知核查部门", "days after a check within which a change is told to the department"
        ),
        365,
        Text("通常的许可和资金周期。", "The usual cycle of licences and funds."),
        measure=Measure.DAY,
        bounds=(1, 3660),
    ),
)
