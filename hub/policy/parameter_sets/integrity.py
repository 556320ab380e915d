"""Integrity of public bodies: how clearing is counted."""

from __future__ import annotations

from hub.canonical.integrity_codes import ClearanceUnit, PublicityApprover
from hub.core.texts import Text
from hub.policy.specification import SILENT, Measure, ParameterSpec, choice, number, rule

INTEGRITY: tuple[ParameterSpec, ...] = (
    choice(
        "kpi.clearance.unit",
        Text("政务失信清零进度的计数单位", "what the clearing progress counts"),
        ClearanceUnit,
        ClearanceUnit.BODY,
        Text(
            "通知要求在列主体退出名单，按主体计；案件数同时列示。",
            "The notice asks that listed bodies leave the list: bodies are counted, cases shown beside them.",
        ),
    ),
    number(
        "kpi.clearance.cell",
        Text("合计金额至少涉及几件案件方予列示", "cases that an amount must sum up before it is shown"),
        5,
        Text(
            "单件金额仅当事单位可见，合计不得据以反推。", "A single amount is for its parties; no sum may give it away."
        ),
        measure=Measure.COUNT,
        bounds=(1, 1000),
    ),
    number(
        "evaluation.cell",
        Text("第三方评价提取表中同一值至少涉及的单位数", "bodies that must share a value before an evaluator sees it"),
        5,
        Text("少于该数的值以星号代替。", "A value that fewer share is hidden."),
        measure=Measure.COUNT,
        bounds=(2, 1000),
    ),
    number(
        "evaluation.grade.a",
        Text("信用等级优的最低得分", "least score of grade A"),
        90,
        SILENT,
        measure=Measure.COUNT,
        bounds=(0, 100),
    ),
    number(
        "evaluation.grade.b",
        Text("信用等级良的最低得分", "least score of grade B"),
        75,
        SILENT,
        measure=Measure.COUNT,
        bounds=(0, 100),
    ),
    number(
        "evaluation.grade.c",
        Text("信用等级中的最低得分", "least score of grade C"),
        60,
        SILENT,
        measure=Measure.COUNT,
        bounds=(0, 100),
    ),
    rule(
        "complaint.screen",
        Text("政务失信投诉的审查期限", "time to screen a complaint about a public body"),
        {"n": 5, "unit": "WORKING_DAY", "anchor": "RECEIVED"},
        SILENT,
    ),
    rule(
        "complaint.answer",
        Text("被投诉单位的答复期限", "time for the body to answer a complaint"),
        {"n": 15, "unit": "WORKING_DAY", "anchor": "DELIVERED"},
        SILENT,
    ),
    rule(
        "complaint.verify",
        Text("对答复的核实期限", "time to verify the answer to a complaint"),
        {"n": 10, "unit": "WORKING_DAY", "anchor": "RECEIVED"},
        SILENT,
    ),
    choice(
        "publicity.approver",
        Text("典型案例和宣传的批准主体", "who approves typical cases and publicity"),
        PublicityApprover,
        PublicityApprover.GOVERNMENT,
        Text("公开政务失信案例由本级政府批准。", "Cases of public bodies are made public with the government's word."),
    ),
    rule(
        "integrity.contest.decide",
        Text("政务失信记录异议的答复期限", "time to decide an objection to an integrity record"),
        {"n": 7, "unit": "WORKING_DAY", "anchor": "APPLIED"},
        SILENT,
    ),
    number(
        "integrity.retention.days",
        Text("政务失信记录终止后保存几日", "days an integrity record is kept after it has ended"),
        1826,
        Text(
            "参照《征信业管理条例》第十六条，不良信息自终止之日起保存五年。",
            "After art. 16 of the regulation on credit reporting: adverse information is kept five years.",
        ),
        measure=Measure.DAY,
        bounds=(0, 3653),
    ),
)
