"""Root fields of joint punishment."""

from __future__ import annotations

from datetime import date

import strawberry

from hub.access.scopes import Scope
from hub.canonical.punishment_codes import MeasureStatus, PunishmentField
from schema.binding.conditions import argument, chosen, equals, holds, is_node, matches, one_of, own_rows
from schema.binding.declare import filter_input, query
from schema.binding.fields import Connection, answered, connection, one
from schema.binding.orders import ascending, descending, only
from schema.organizations.queries import in_jurisdiction
from schema.punishment import overdue as _overdue  # noqa: F401 - declares overdue lists
from schema.punishment.measures import (
    DUTY,
    MEASURE,
    READ,
    TIE,
    JointPunishmentMeasure,
    MeasureAssignment,
    MeasureInterception,
    residual,
)
from schema.punishment.proof import LiftProof, MeasureCatalogue, catalogue, proof

_CODE = ("区划代码，含下级", "jurisdiction code, with those below")


@filter_input("惩戒措施查询条件", "conditions on measures")
class JointPunishmentMeasureFilter:
    mine: bool | None = own_rows("仅与本单位有关的", "only those the caller carries out, decided or is subject to")
    status: list[MeasureStatus] | None = one_of(MEASURE.status, "状态", "states")
    field: list[PunishmentField] | None = one_of(MEASURE.field, "惩戒领域", "fields")
    code: str | None = equals(MEASURE.code, "措施代码", "code")
    record_id: strawberry.ID | None = is_node(MEASURE.record_id, "DR", "失信信息标识", "id of the listing")
    implementer_id: strawberry.ID | None = is_node(
        MEASURE.implementer_id, "OR", "实施单位标识", "id of the implementer"
    )
    residual: bool | None = holds(residual, "是否逾期未解除", "whether it should have been lifted")
    orphaned: bool | None = holds(
        lambda row, _: row.c.orphaned_on.is_not(None), "是否无人实施", "whether nobody carries it out"
    )
    jurisdiction_code: str | None = matches(in_jurisdiction, *_CODE)


@filter_input("措施与拦截对应的查询条件", "conditions on interceptions that rested on measures")
class MeasureInterceptionFilter:
    measure_id: strawberry.ID | None = is_node(TIE.measure_id, "JP", "措施标识", "id of the measure")
    affected: bool | None = holds(
        lambda row, _: row.c.affected_at.is_not(None), "是否须复核", "whether the decision is to be seen again"
    )


@query
class PunishmentQueries:
    joint_punishment_measures: Connection[JointPunishmentMeasure] = connection(
        "联合惩戒措施：实施单位见本单位的，法院见本院失信信息的，失信单位见对本单位决定的，信用办可见所辖全部，最新在前",
        "measures: implementers, courts and listed units their own, the credit office its jurisdiction, latest first",
        orders=only(descending("最新在前", "latest first", MEASURE.created_at)),
        filtered_by=JointPunishmentMeasureFilter,
        scopes=READ,
    )
    joint_punishment_measure: JointPunishmentMeasure | None = one(
        "按标识读取惩戒措施",
        "a measure by its id",
        by={"id": argument(strawberry.ID, is_node(MEASURE.id, "JP", "标识", "id"))},
        scopes=READ,
    )
    measure_interceptions: Connection[MeasureInterception] = connection(
        "以措施为据的拦截：本单位的，信用办可见所辖全部，最新在前",
        "interceptions that rested on measures: the caller's own, the credit office its jurisdiction, latest first",
        orders=only(descending("最新在前", "latest first", TIE.at)),
        filtered_by=MeasureInterceptionFilter,
        scopes=READ,
    )
    measure_assignments: Connection[MeasureAssignment] = connection(
        "各项措施的实施单位，按措施代码",
        "who carries which measure out, by code",
        orders=only(ascending("按措施代码", "by code", DUTY.code)),
        scopes=READ,
    )
    measure_catalogue: MeasureCatalogue = answered(
        catalogue,
        "区划现行的联合惩戒措施目录及依据",
        "the catalogue of measures in force in a jurisdiction, each with its basis",
        arguments={
            "jurisdiction_code": argument(str, chosen("区划代码", "jurisdiction code")),
            "on": argument(date | None, chosen("在该日，缺省为今天", "on that day; today by default")),
        },
        scopes=(Scope.MEASURE_READ, Scope.POLICY_READ),
    )
    lift_proof: LiftProof | None = answered(
        proof,
        "解除证明：信用办、执行法院、失信单位和审计可读，链条完整",
        "proof that every measure on a listing was lifted; for the credit office, its court, the unit and the auditor",
        arguments={"record_id": argument(strawberry.ID, chosen("失信信息标识", "id of the listing"))},
        scopes=READ,
    )
