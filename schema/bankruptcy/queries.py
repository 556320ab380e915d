"""Lists of bankruptcies and matters: a court's own, the government's of its place, a unit's own matters."""

from __future__ import annotations

import strawberry

from hub.canonical.bankruptcy_codes import BankruptcyMatterStatus, BankruptcyMatterType, BankruptcyStatus
from schema.bankruptcy import figures as _figures  # noqa: F401 - declares the figures
from schema.bankruptcy import funds as _funds  # noqa: F401 - declares the funds
from schema.bankruptcy.types import (
    CASE,
    PLANNED,
    READ,
    ROW,
    BankruptcyCoordination,
    BankruptcyMatter,
    StabilityPlan,
)
from schema.binding.conditions import argument, equals, is_node, matches, one_of, own_rows
from schema.binding.declare import filter_input, query
from schema.binding.fields import Connection, connection, one
from schema.binding.orders import descending, only
from schema.organizations.queries import in_jurisdiction


@filter_input("破产府院协调查询条件", "conditions on bankruptcies")
class BankruptcyCoordinationFilter:
    status: list[BankruptcyStatus] | None = one_of(CASE.status, "状态", "states")
    debtor_uscc: str | None = equals(CASE.debtor_uscc, "债务人统一社会信用代码", "code of the debtor")
    jurisdiction_code: str | None = matches(in_jurisdiction, "区划代码，含下级", "jurisdiction code, with those below")


@filter_input("破产协调事项查询条件", "conditions on matters")
class BankruptcyMatterFilter:
    mine: bool | None = own_rows("仅本单位的", "only the caller's own")
    type: list[BankruptcyMatterType] | None = one_of(ROW.type, "种类", "kinds")
    status: list[BankruptcyMatterStatus] | None = one_of(ROW.status, "状态", "states")
    coordination_id: strawberry.ID | None = is_node(ROW.coordination_id, "BC", "破产协调标识", "id of the bankruptcy")


@query
class BankruptcyQueries:
    bankruptcy_coordinations: Connection[BankruptcyCoordination] = connection(
        "破产府院协调，最近受理的在前",
        "bankruptcies, latest accepted first",
        orders=only(descending("最近受理的在前", "latest accepted first", CASE.accepted_on)),
        filtered_by=BankruptcyCoordinationFilter,
        scopes=READ,
    )
    bankruptcy_coordination: BankruptcyCoordination | None = one(
        "按标识读取破产协调",
        "a bankruptcy by its id",
        by={"id": argument(strawberry.ID, is_node(CASE.id, "BC", "标识", "id"))},
        scopes=READ,
    )
    bankruptcy_matters: Connection[BankruptcyMatter] = connection(
        "破产协调事项：责任单位仅见本单位的，最近的在前",
        "matters: a unit sees its own alone, latest first",
        orders=only(descending("最近的在前", "latest first", ROW.created_at)),
        filtered_by=BankruptcyMatterFilter,
        scopes=READ,
    )
    stability_plan: StabilityPlan | None = one(
        "按标识读取维稳方案",
        "a stability plan by its id",
        by={"id": argument(strawberry.ID, is_node(PLANNED.id, "SP", "标识", "id"))},
        scopes=READ,
    )
