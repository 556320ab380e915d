"""Lists of execution queries for the court's officers and the auditor, and the work list of a holder."""

from __future__ import annotations

from datetime import date

import strawberry

from hub.canonical.execution_codes import ExecutionOrderStatus, ExecutionQueryStatus, QueryType
from hub.db import models
from schema.binding.conditions import argument, at_least, at_most, equals, is_node, one_of
from schema.binding.declare import filter_input, query
from schema.binding.fields import Connection, connection, one
from schema.binding.orders import ascending, descending, only
from schema.inquiry.types import ORDER, QUERY, READ, ExecutionOfficer, ExecutionOrder, ExecutionQuery

OFFICER = models.ExecutionOfficer


@filter_input("网络查控查询条件", "conditions on execution queries")
class ExecutionQueryFilter:
    status: list[ExecutionQueryStatus] | None = one_of(QUERY.status, "状态", "states")
    case_number: str | None = equals(QUERY.case_number, "案号", "case number")
    inquiry_number: str | None = equals(QUERY.inquiry_number, "查询请求单号", "number of the query")


@filter_input("协助查询条件", "conditions on orders")
class ExecutionOrderFilter:
    status: list[ExecutionOrderStatus] | None = one_of(ORDER.status, "状态", "states")
    query_type: list[QueryType] | None = one_of(ORDER.query_type, "查询类型", "types of question")
    order_number: str | None = equals(ORDER.order_number, "请求单号", "number of the order")
    due_from: date | None = at_least(ORDER.due_on, "期限不早于", "due on or after")
    due_to: date | None = at_most(ORDER.due_on, "期限不晚于", "due on or before")


@query
class InquiryQueries:
    execution_queries: Connection[ExecutionQuery] = connection(
        "网络查控：申请、合办、审批人员和本院执行指挥中心可见，审计单位可见办理情况，最新在前",
        "execution queries, for those who asked or approve, the court's command centre and the auditor, latest first",
        orders=only(descending("最新在前", "latest first", QUERY.created_at)),
        filtered_by=ExecutionQueryFilter,
        scopes=READ,
    )
    execution_query: ExecutionQuery | None = one(
        "按标识读取网络查控",
        "an execution query by its id",
        by={"id": argument(strawberry.ID, is_node(QUERY.id, "EQ", "标识", "id"))},
        scopes=READ,
    )
    execution_orders: Connection[ExecutionOrder] = connection(
        "协助查询：各单位只见本单位的待办和已办，期限在前的在前",
        "holders' parts of execution queries: each holder its own, earliest deadline first",
        orders=only(ascending("期限在前的在前", "earliest deadline first", ORDER.due_on)),
        filtered_by=ExecutionOrderFilter,
        scopes=READ,
    )
    execution_order: ExecutionOrder | None = one(
        "按标识读取协助查询",
        "an order by its id",
        by={"id": argument(strawberry.ID, is_node(ORDER.id, "EO", "标识", "id"))},
        scopes=READ,
    )
    execution_officers: Connection[ExecutionOfficer] = connection(
        "本院执行人员",
        "officers of the caller's court",
        orders=only(ascending("按证号", "by certificate", OFFICER.certificate_number)),
        scopes=READ,
    )
