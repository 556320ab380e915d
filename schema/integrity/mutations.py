"""Changes of the integrity of public bodies: records made and moved."""

from __future__ import annotations

from hub.access.scopes import Scope
from hub.core.texts import Text
from hub.integrity import complaints, evaluation, records
from hub.integrity.complaint_payloads import ComplaintEntry
from hub.integrity.complaint_workflow import COMPLAINT
from hub.integrity.payloads import IntegrityEntry
from hub.integrity.workflow import RECORD
from schema.mutations.declare import Advancing, Editing, Making, declare

declare(
    Making(
        "commissionEvaluation",
        Text("委托第三方评价并生成去标识化提取表", "commission an evaluation on a de-identified extract"),
        Scope.INTEGRITY_RECORD,
        "IntegrityEngagement",
        evaluation.EvaluationOrder,
        evaluation.engage,
    ),
    Editing(
        "scoreEvaluationExtract",
        Text("评价机构评分", "the evaluator scores a body"),
        Scope.EVALUATION_SCORE,
        "EvaluationExtract",
        evaluation.EvaluationScore,
        evaluation.score,
    ),
    Advancing(
        "advanceIntegrityEngagement",
        Text("提交评分、评分入档或终止评价", "return the scores, attach them or call the evaluation off"),
        Scope.EVALUATION_READ,
        "IntegrityEngagement",
        evaluation.ENGAGEMENT,
        evaluation.fire_engagement,
    ),
    Making(
        "registerIntegrityComplaint",
        Text("登记政务失信投诉", "register a complaint about a public body"),
        Scope.INTEGRITY_RECORD,
        "IntegrityComplaint",
        ComplaintEntry,
        complaints.register_complaint,
    ),
    Advancing(
        "advanceIntegrityComplaint",
        Text("办理政务失信投诉：审查、转办、答复、核实、办结", "move a complaint along"),
        Scope.INTEGRITY_READ,
        "IntegrityComplaint",
        COMPLAINT,
        complaints.fire_complaint,
    ),
    Making(
        "recordGovernmentIntegrity",
        Text("记录政务失信信息", "record the dishonesty of a public body"),
        Scope.INTEGRITY_RECORD,
        "GovernmentIntegrityRecord",
        IntegrityEntry,
        records.record_integrity,
    ),
    Advancing(
        "advanceIntegrityRecord",
        Text("办理政务失信记录：异议、维持、更正、撤回、整改", "move an integrity record along"),
        Scope.INTEGRITY_READ,
        "GovernmentIntegrityRecord",
        RECORD,
        records.fire_record,
    ),
)
