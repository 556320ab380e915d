"""Fund clues (资金线索) and performance plans (履行计划): who finance is, and the time everybody has."""

from __future__ import annotations

from hub.core.texts import Text
from hub.policy.specification import ParameterSpec, label, rule

_CLUE = Text("通知未定时限，按点对点协助的通行做法。", "No notice sets it; the usual practice of assistance.")
_VERIFY = "最高人民法院关于民事执行中财产调查若干问题的规定 第二条"
_LAW = Text("司法解释规定的核实期限。", "What the judicial interpretation gives to verify a clue.")

FUNDS: tuple[ParameterSpec, ...] = (
    label(
        "finance.authority",
        Text("提供资金线索、安排预算的财政部门", "finance department that gives fund clues and arranges budgets"),
        Text("财政局", "finance bureau"),
        Text("按本地单位名称查找。", "Found by its local name."),
    ),
    rule(
        "fund_clue.answer",
        Text("财政部门反馈资金线索的期限", "how long finance has to answer a request for a fund clue"),
        {"n": 5, "unit": "WORKING_DAY", "anchor": "RECEIVED"},
        _CLUE,
    ),
    rule(
        "fund_clue.answer_emergency",
        Text("紧急请求的反馈期限", "how long finance has for an emergency"),
        {"n": 1, "unit": "WORKING_DAY", "anchor": "RECEIVED"},
        _CLUE,
    ),
    rule(
        "fund_clue.verify",
        Text("法院核实资金线索的期限", "how long the court has to verify a fund clue"),
        {"n": 7, "unit": "NATURAL_DAY", "anchor": "RECEIVED"},
        _LAW,
        clause=_VERIFY,
    ),
    rule(
        "fund_clue.verify_emergency",
        Text("紧急资金线索的核实期限", "how long the court has for an urgent fund clue"),
        {"n": 3, "unit": "NATURAL_DAY", "anchor": "RECEIVED"},
        _LAW,
        clause=_VERIFY,
    ),
    rule(
        "performance_plan.budget",
        Text("财政部门将履行计划列入预算的期限", "how long finance has to enter a plan into the budget"),
        {"n": 30, "unit": "NATURAL_DAY", "anchor": "DECIDED"},
        Text("通知只要求有序列入预算，未定时限。", "The notice asks for entry in order and sets no time."),
    ),
)
