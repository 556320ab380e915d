"""Integrity of public bodies: how clearing is counted."""

from __future__ import annotations

from hub.canonical.integrity_codes import ClearanceUnit
from hub.core.texts import Text
from hub.policy.specification import Measure, ParameterSpec, choice, number

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
)
