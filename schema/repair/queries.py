"""Root fields of credit repair."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

import strawberry

from hub.canonical.repair_codes import RepairPath, RepairStatus, StopStatus
from hub.core.clock import local_date
from hub.core.errors import Reason, Refused
from hub.core.texts import Text
from hub.repair.figures import closure_pushes
from schema.binding.conditions import argument, chosen, equals, is_node, matches, one_of, own_rows
from schema.binding.declare import filter_input, query, said
from schema.binding.fields import Connection, answered, connection, one
from schema.binding.orders import descending, only
from schema.organizations.queries import in_jurisdiction
from schema.repair.repairs import READ, REPAIR, STOP, CreditRepair, PublicationStop

if TYPE_CHECKING:
    from schema.operation import HubContext


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


@filter_input("停止公布查询条件", "conditions on publications to stop")
class PublicationStopFilter:
    mine: bool | None = own_rows("仅须本单位停止的", "only what the caller is to stop")
    status: list[StopStatus] | None = one_of(STOP.status, "状态", "states")


@strawberry.type(description=str(Text("结案推送及时率", "how timely closings are pushed")))
class ClosurePushRate:
    closures: int = said("应推送的结案数", "closings to be pushed")
    on_time: int = said("按期推送数", "pushed by their day")
    late: int = said("逾期推送数", "pushed after it")
    missing: int = said("逾期未推送数", "not pushed though it has passed")
    waiting: int = said("未到期未推送数", "not pushed, not due yet")


async def _rate(context: HubContext, given: Mapping[str, Any]) -> ClosurePushRate:
    first, last = given["from"], given["to"]
    if first > last:
        raise Refused(Reason("REPAIR_PERIOD", ("from",)))
    async with context.reading() as session:
        found = await closure_pushes(session, first, last, local_date(context.now))
    return ClosurePushRate(**asdict(found))


@query
class RepairQueries:
    closure_push_rate: ClosurePushRate = answered(
        _rate,
        "一段时间内结案的推送及时率：法院见本院的，信用办见所辖的",
        "how timely the closings of a time were pushed: a court its own, the credit office its jurisdiction's",
        arguments={
            "from": argument(date, chosen("结案不早于", "closed on or after")),
            "to": argument(date, chosen("结案不晚于", "closed on or before")),
        },
        scopes=READ,
    )
    publication_stops: Connection[PublicationStop] = connection(
        "重整裁定后须停止的公布：公布单位见本单位的，最新在前",
        "publications to stop upon a ruling of reorganisation: publishers see their own, latest first",
        orders=only(descending("最新在前", "latest first", STOP.created_at)),
        filtered_by=PublicationStopFilter,
        scopes=READ,
    )
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
