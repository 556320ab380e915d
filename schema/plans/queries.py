"""Lists of performance plans, for the court, finance, the debtor and who oversees linkage."""

from __future__ import annotations

import strawberry

from hub.canonical.fund_codes import PerformancePlanStatus
from schema.binding.conditions import argument, equals, is_node, one_of
from schema.binding.declare import filter_input, query
from schema.binding.fields import Connection, connection, one
from schema.binding.orders import descending, only
from schema.plans.types import PLAN, READ, PerformancePlan


@filter_input("履行计划条件", "conditions on performance plans")
class PerformancePlanFilter:
    status: list[PerformancePlanStatus] | None = one_of(PLAN.status, "状态", "states")
    case_number: str | None = equals(PLAN.case_number, "案号", "case number")
    debtor_id: strawberry.ID | None = is_node(PLAN.debtor_id, "OR", "被执行单位标识", "id of the debtor")


@query
class PlanQueries:
    performance_plans: Connection[PerformancePlan] = connection(
        "履行计划：法院、财政部门、被执行单位见本单位的，最新在前",
        "performance plans, for court, finance and debtor, latest first",
        orders=only(descending("最新在前", "latest first", PLAN.created_at)),
        filtered_by=PerformancePlanFilter,
        scopes=READ,
    )
    performance_plan: PerformancePlan | None = one(
        "按标识读取履行计划",
        "a performance plan by its id",
        by={"id": argument(strawberry.ID, is_node(PLAN.id, "PF", "标识", "id"))},
        scopes=READ,
    )
