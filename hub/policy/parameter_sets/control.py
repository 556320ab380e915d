"""Asset controls (财产控制): how long the law lets an asset be controlled, and when a court is warned."""

from __future__ import annotations

from hub.core.texts import Text
from hub.policy.specification import Measure, ParameterSpec, days, number, rule

_CUSTOM = Text("通知未定时限，按各地点对点查控的通行做法。", "No notice sets it; the usual practice of local channels.")
_LAW = Text(
    "司法解释规定的最长期限，各地可以更短。",
    "The longest that the judicial interpretation allows; a pack may shorten it.",
)
_LIMIT = "民诉法解释 第四百八十五条"
_EXCESS = "查封、扣押、冻结财产的规定 第十九条"


def _longest(key: str, what: Text, months: int) -> ParameterSpec:
    return number(key, what, months, _LAW, measure=Measure.MONTH, bounds=(1, months), clause=_LIMIT)


_WATCH = Text("通知只要求及时，按各地做法。", "The notice asks for promptness only; the usual practice.")

LOOKOUTS: tuple[ParameterSpec, ...] = (
    number(
        "lookout.longest_days",
        Text("一次临控最长的天数", "longest time of a lookout"),
        180,
        _WATCH,
        measure=Measure.DAY,
        bounds=(1, 730),
    ),
    number(
        "lookout.withdrawal_minutes",
        Text("公安机关确认撤控的时限", "how long the police have to confirm a withdrawal"),
        120,
        Text("履行完毕应立即撤控，须由公安机关确认。", "A lookout ends at once on performance; the police confirm it."),
        measure=Measure.MINUTE,
        bounds=(5, 4320),
    ),
    number(
        "lookout.dispatch_minutes",
        Text("发现后法院出警的时限", "how long the court has to set out after a hit"),
        60,
        _WATCH,
        measure=Measure.MINUTE,
        bounds=(5, 1440),
    ),
)
CONTROLS: tuple[ParameterSpec, ...] = (
    _longest("control.deposit_months", Text("冻结存款一次最长的期限", "longest freeze of a deposit"), 12),
    _longest("control.movable_months", Text("查封、扣押动产一次最长的期限", "longest seizure of a movable"), 24),
    _longest(
        "control.immovable_months",
        Text("查封不动产、冻结其他财产权一次最长的期限", "longest control of real estate and other rights"),
        36,
    ),
    rule(
        "control.answer",
        Text("协助单位反馈控制结果的期限", "how long a holder has to tell the result of a control"),
        {"n": 2, "unit": "WORKING_DAY", "anchor": "RECEIVED"},
        _CUSTOM,
    ),
    rule(
        "control.answer_emergency",
        Text("紧急控制的反馈期限", "how long a holder has for an emergency control"),
        {"n": 1, "unit": "NATURAL_DAY", "anchor": "RECEIVED"},
        _CUSTOM,
    ),
    days(
        "control.warn_days",
        Text("控制期限届满前几日提醒法院", "days before the end of a control on which the court is warned"),
        [30, 15, 7],
        _CUSTOM,
    ),
    number(
        "control.excess_percent",
        Text("控制总额超过执行标的的容许比例", "how far the sum controlled may pass the claim"),
        0,
        Text("不得明显超标的额控制，默认不容许超出。", "Nothing may be controlled clearly beyond the claim."),
        measure=Measure.PERCENT,
        bounds=(0, 100),
        clause=_EXCESS,
    ),
)
