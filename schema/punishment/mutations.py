"""Changes of joint punishment: who carries out what, measures proposed and moved."""

from __future__ import annotations

from hub.access.scopes import Scope
from hub.core.texts import Text
from hub.punishment import duties, measures
from hub.punishment.overdue import lists
from hub.punishment.overdue.payloads import OverdueListDraft
from hub.punishment.overdue.workflow import OVERDUE
from hub.punishment.payloads import MeasureDuty, MeasureDutyEnd, MeasureProposal
from hub.punishment.workflow import MEASURE
from schema.mutations.declare import Advancing, Making, declare

declare(
    Making(
        "assignMeasure",
        Text("指定措施的实施单位", "name who carries a measure out"),
        Scope.MEASURE_ORDER,
        "MeasureAssignment",
        MeasureDuty,
        duties.assign_measure,
    ),
    Making(
        "endMeasureAssignment",
        Text("终止单位实施措施的职责，指定承接单位", "say until when a unit carries a measure out, and who follows"),
        Scope.MEASURE_ORDER,
        "MeasureAssignment",
        MeasureDutyEnd,
        duties.end_assignment,
    ),
    Making(
        "proposeMeasure",
        Text("对失信主体或责任人员提出惩戒措施", "propose a measure on a listing"),
        Scope.MEASURE_ORDER,
        "JointPunishmentMeasure",
        MeasureProposal,
        measures.propose_measure,
    ),
    Advancing(
        "advanceJointPunishmentMeasure",
        Text("办理惩戒措施：审核、决定、实施、反馈、解除、核实等", "move a measure along"),
        Scope.MEASURE_READ,
        "JointPunishmentMeasure",
        MEASURE,
        measures.fire_measure,
    ),
    Making(
        "compileOverdueList",
        Text("编制逾期未整改名单", "compile a list of overdue subjects"),
        Scope.MEASURE_ORDER,
        "OverdueList",
        OverdueListDraft,
        lists.compile_overdue_list,
    ),
    Advancing(
        "advanceOverdueList",
        Text("办理逾期名单：会核、报送、核定、交付、报送惩戒情况、办结", "move an overdue list along"),
        Scope.MEASURE_READ,
        "OverdueList",
        OVERDUE,
        lists.fire_overdue_list,
    ),
)
