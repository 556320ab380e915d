"""Lists of controls and of the orders about them, for the court's officers, the auditor and each holder."""

from __future__ import annotations

from datetime import date

import strawberry

from hub.canonical.control_codes import AssetControlStatus, ControlAction, ControlOrderStatus
from schema.binding.conditions import argument, at_least, at_most, equals, is_node, one_of
from schema.binding.declare import filter_input, query
from schema.binding.fields import Connection, connection, one
from schema.binding.orders import ascending, descending, only
from schema.control.types import CONTROL, ORDER, READ, AssetControl, ControlOrder


@filter_input("财产控制条件", "conditions on asset controls")
class AssetControlFilter:
    status: list[AssetControlStatus] | None = one_of(CONTROL.status, "状态", "states")
    case_number: str | None = equals(CONTROL.case_number, "案号", "case number")
    control_number: str | None = equals(CONTROL.control_number, "首次请求单号", "number it began with")
    ends_from: date | None = at_least(CONTROL.ends_on, "截止日不早于", "ends on or after")
    ends_to: date | None = at_most(CONTROL.ends_on, "截止日不晚于", "ends on or before")


@filter_input("财产控制请求条件", "conditions on control orders")
class ControlOrderFilter:
    status: list[ControlOrderStatus] | None = one_of(ORDER.status, "状态", "states")
    action: list[ControlAction] | None = one_of(ORDER.action, "控制措施", "actions")
    order_number: str | None = equals(ORDER.order_number, "请求单号", "number of the order")


@query
class ControlQueries:
    asset_controls: Connection[AssetControl] = connection(
        "财产控制：申请、合办、审批人员和本院执行指挥中心可见，协助单位见本单位的，最新在前",
        "asset controls, for the officers who ask or approve, the command centre and each holder, latest first",
        orders=only(descending("最新在前", "latest first", CONTROL.created_at)),
        filtered_by=AssetControlFilter,
        scopes=READ,
    )
    asset_control: AssetControl | None = one(
        "按标识读取财产控制",
        "an asset control by its id",
        by={"id": argument(strawberry.ID, is_node(CONTROL.id, "AC", "标识", "id"))},
        scopes=READ,
    )
    control_orders: Connection[ControlOrder] = connection(
        "财产控制请求：协助单位只见已发送给本单位的，期限在前的在前",
        "control orders; a holder sees those sent to it, earliest deadline first",
        orders=only(ascending("期限在前的在前", "earliest deadline first", ORDER.due_on)),
        filtered_by=ControlOrderFilter,
        scopes=READ,
    )
    control_order: ControlOrder | None = one(
        "按标识读取财产控制请求",
        "a control order by its id",
        by={"id": argument(strawberry.ID, is_node(ORDER.id, "CO", "标识", "id"))},
        scopes=READ,
    )
