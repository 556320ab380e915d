"""Root fields of credit repair."""

from __future__ import annotations

import strawberry

from hub.canonical.repair_codes import RepairPath, RepairStatus
from schema.binding.conditions import argument, equals, is_node, matches, one_of, own_rows
from schema.binding.declare import filter_input, query
from schema.binding.fields import Connection, connection, one
from schema.binding.orders import descending, only
from schema.organizations.queries import in_jurisdiction
from schema.repair.repairs import READ, REPAIR, CreditRepair


@filter_input("信用修复查询条件", "conditions on credit repairs")
class CreditRepairFilter:
    mine: bool | None = own_rows(
        "仅本单位认定或申请的", "only what the caller's organisation recognised or applies for"
    )
    status: list[RepairStatus] | None = one_of(REPAIR.status, "状态", "states")
    path: list[RepairPath] | None = one_of(REPAIR.path, "途径", "paths")
    record_id: strawberry.ID | None = is_node(REPAIR.record_id, "DR", "失信信息标识", "id of the listing")
    court_id: strawberry.ID | None = is_node(REPAIR.court_id, "OR", "法院标识", "id of the court")
    document_digest: str | None = equals(REPAIR.document_digest, "文书摘要", "SHA-256 of the document")
    jurisdiction_code: str | None = matches(in_jurisdiction, "区划代码，含下级", "jurisdiction code, with those below")


@query
class RepairQueries:
    credit_repairs: Connection[CreditRepair] = connection(
        "信用修复：失信主体单位、认定法院各见本单位的，信用办可见所辖全部，最新在前",
        "credit repairs: subjects and courts see their own, the credit office its jurisdiction, latest first",
        orders=only(descending("最新在前", "latest first", REPAIR.created_at)),
        filtered_by=CreditRepairFilter,
        scopes=READ,
    )
    credit_repair: CreditRepair | None = one(
        "按标识读取信用修复",
        "a credit repair by its id",
        by={"id": argument(strawberry.ID, is_node(REPAIR.id, "CX", "标识", "id"))},
        scopes=READ,
    )
