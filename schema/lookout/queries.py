"""Lists of lookouts, for the court's officers, the auditor and the police unit that each was sent to."""

from __future__ import annotations

import strawberry

from hub.canonical.control_codes import LookoutStatus, LookoutTarget
from schema.binding.conditions import argument, equals, is_node, one_of
from schema.binding.declare import filter_input, query
from schema.binding.fields import Connection, connection, one
from schema.binding.orders import descending, only
from schema.lookout.types import HIT, LOOKOUT, READ, LookoutHit, LookoutOrder


@filter_input("临控条件", "conditions on lookouts")
class LookoutOrderFilter:
    status: list[LookoutStatus] | None = one_of(LOOKOUT.status, "状态", "states")
    target_kind: list[LookoutTarget] | None = one_of(LOOKOUT.target_kind, "临控对象", "kinds of target")
    lookout_number: str | None = equals(LOOKOUT.lookout_number, "临控单号", "number of the lookout")


@query
class LookoutQueries:
    lookout_orders: Connection[LookoutOrder] = connection(
        "临控：申请、审批人员和本院执行指挥中心可见，公安机关见发送给本单位的，最新在前",
        "lookouts, for the officers who ask or approve, the command centre and their police unit, latest first",
        orders=only(descending("最新在前", "latest first", LOOKOUT.created_at)),
        filtered_by=LookoutOrderFilter,
        scopes=READ,
    )
    lookout_order: LookoutOrder | None = one(
        "按标识读取临控",
        "a lookout by its id",
        by={"id": argument(strawberry.ID, is_node(LOOKOUT.id, "LO", "标识", "id"))},
        scopes=READ,
    )
    lookout_hit: LookoutHit | None = one(
        "按标识读取临控发现",
        "a hit by its id",
        by={"id": argument(strawberry.ID, is_node(HIT.id, "LH", "标识", "id"))},
        scopes=READ,
    )
