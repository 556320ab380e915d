"""Objects inside the linkage types: deadlines' reckoning, KPIs, what an import left open."""

from __future__ import annotations

from datetime import date

from schema.binding.declare import PUBLIC, part
from schema.binding.fields import member, members, value


@part("时限计算的一步", "one step of the reckoning of a date", scopes=PUBLIC)
class DueStep:
    code: str = value("code", "步骤代码", "code of the step")
    text: str = value("zh", "中文说明", "the step, in Chinese")
    text_en: str = value("en", "英文说明", "the step, in English")
    on: date | None = value("on", "该步所指日期", "date it is about")


@part("时限的依据", "what a deadline rests on", scopes=PUBLIC)
class DueBasis:
    key: str = value("key", "规则键", "key of the rule")
    origin: str = value("origin", "来源", "origin of the rule")
    clause: str | None = value("clause", "依据条款", "clause")
    pack_version: str | None = value("pack_version", "政策包版本", "version of the policy pack")
    jurisdiction_code: str | None = value("jurisdiction_code", "政策包所属区划", "jurisdiction of the pack")


@part("时限的依据与计算过程", "why something is due when it is", scopes=PUBLIC)
class DueExplanation:
    due_on: date = value("due_on", "时限", "the date")
    nominal_on: date = value("nominal_on", "顺延前的日期", "the date before rest days moved it")
    anchor_on: date = value("anchor_on", "起算日", "the date counted from")
    provisional: bool = value(
        "provisional",
        "是否暂定：所涉年度的工作日历尚未公布",
        "whether provisional: the calendar of a year is not known",
    )
    basis: DueBasis | None = member("basis", "依据", "what it rests on")
    steps: list[DueStep] = members("steps", "计算步骤", "how it was reckoned")


@part("考核指标", "KPI", scopes=PUBLIC)
class Kpi:
    name: str = value("name", "指标名称", "name")
    target: str = value("target", "目标值", "target")
    unit: str | None = value("unit", "单位", "unit of measure")


@part("指标完成值", "value reached of a KPI", scopes=PUBLIC)
class KpiValue:
    name: str = value("name", "指标名称", "KPI")
    reached: str = value("value", "完成值", "value reached")


@part("导入时未能识别的内容", "what the import could not resolve", scopes=PUBLIC)
class Unresolved:
    text: str = value("text", "原文", "the text")
    reason: str = value("reason", "原因", "why")
