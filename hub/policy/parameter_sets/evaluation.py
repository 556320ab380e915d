"""How units are evaluated by what they did on the double list."""

from __future__ import annotations

from hub.core.texts import Text
from hub.policy.specification import Measure, ParameterSpec, number

_REASON = Text(
    "通知要求考核评价，未定分值，按完成、时效、问题整改分别赋权。",
    "The notice asks for an evaluation and sets no marks: progress, timeliness and issues are weighed.",
)


def _weight(name: str, zh: str, en: str, default: int) -> ParameterSpec:
    return number(f"evaluation.weight.{name}", Text(zh, en), default, _REASON, measure=Measure.PERCENT, bounds=(0, 100))


EVALUATION: tuple[ParameterSpec, ...] = (
    _weight("progress", "评价权重：事项进度", "weight of progress of the items led", 60),
    _weight("timeliness", "评价权重：按期情况", "weight of items not overdue", 30),
    _weight("issues", "评价权重：重点问题整改", "weight of key issues that were settled", 10),
)
