"""Root fields of the linkage slice."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import strawberry

from hub.access.scopes import Scope
from hub.canonical.codes import (
    AlertKind,
    AlertSeverity,
    CoordinationStatus,
    DeadlineKind,
    DoubleListStatus,
    ItemStatus,
    LedgerKind,
    LinkageArea,
    ListSide,
    MatterStatus,
    MeetingKind,
    MeetingStatus,
    TaskOrigin,
    TaskStatus,
)
from hub.db import models
from schema.binding.conditions import (
    argument,
    at_least,
    at_most,
    chosen,
    equals,
    found_by,
    holds,
    is_node,
    matches,
    one_of,
    own_rows,
)
from schema.binding.declare import filter_input, query
from schema.binding.fields import Connection, connection
from schema.binding.orders import ascending, descending, only, orders
from schema.linkage import evaluations as _evaluations  # noqa: F401 - declares unitEvaluations
from schema.linkage import statistics as _statistics  # noqa: F401 - declares linkageStatistics
from schema.linkage.items import DoubleList, DoubleListItem
from schema.linkage.ledgers import LedgerEntry, ledger_rows
from schema.linkage.meetings import Alert, CoordinationRequest, JointMeeting, LinkageMatter, LinkageTask
from schema.linkage.overdue import item_overdue, task_overdue
from schema.organizations.queries import in_jurisdiction

LIST, ITEM, MEETING, TASK = models.DoubleList, models.DoubleListItem, models.JointMeeting, models.LinkageTask
MATTER, REQUEST, ALERT = models.LinkageMatter, models.CoordinationRequest, models.Alert
_CODE = ("区划代码，含下级", "jurisdiction code, with those below")
_MINE = ("仅本单位牵头、配合或申报的", "only what the caller's organisation is party to")


class DoubleListItemOrder(StrEnum):
    DUE_ON_ASC = "DUE_ON_ASC"
    DUE_ON_DESC = "DUE_ON_DESC"


@filter_input("双清单查询条件", "conditions on double lists")
class DoubleListFilter:
    year: int | None = equals(LIST.year, "年度", "year")
    status: list[DoubleListStatus] | None = one_of(LIST.status, "状态", "states")
    jurisdiction_code: str | None = matches(in_jurisdiction, *_CODE)


@filter_input("清单事项查询条件", "conditions on items")
class DoubleListItemFilter:
    mine: bool | None = own_rows(*_MINE)
    year: int | None = equals(ITEM.year, "年度", "year")
    list_id: strawberry.ID | None = is_node(ITEM.list_id, "DL", "双清单标识", "id of the list")
    code: str | None = equals(ITEM.code, "编号", "code")
    status: list[ItemStatus] | None = one_of(ITEM.status, "状态", "states")
    side: ListSide | None = equals(ITEM.side, "清单类别", "side")
    area: list[LinkageArea] | None = one_of(ITEM.area, "联动领域", "areas")
    deadline_kind: DeadlineKind | None = equals(ITEM.deadline_kind, "时限类别", "kind of deadline")
    lead_organization_id: strawberry.ID | None = is_node(
        ITEM.lead_organization_id, "OR", "牵头单位标识", "id of the lead unit"
    )
    due_from: date | None = at_least(ITEM.due_sort, "完成时限不早于", "due on or after")
    due_to: date | None = at_most(ITEM.due_sort, "完成时限不晚于", "due on or before")
    overdue: bool | None = holds(item_overdue, "是否逾期", "whether overdue")
    search: str | None = found_by("search_item_ids", ITEM.title, "标题包含", "title contains")
    jurisdiction_code: str | None = matches(in_jurisdiction, *_CODE)


@filter_input("联席会议查询条件", "conditions on joint meetings")
class JointMeetingFilter:
    mine: bool | None = own_rows("仅邀请本单位的", "only those the caller's organisation is invited to")
    kind: MeetingKind | None = equals(MEETING.kind, "会议类别", "kind")
    status: list[MeetingStatus] | None = one_of(MEETING.status, "状态", "states")
    jurisdiction_code: str | None = matches(in_jurisdiction, *_CODE)


@filter_input("联动任务查询条件", "conditions on tasks")
class LinkageTaskFilter:
    mine: bool | None = own_rows(*_MINE)
    origin: TaskOrigin | None = equals(TASK.origin, "来源", "origin")
    status: list[TaskStatus] | None = one_of(TASK.status, "状态", "states")
    overdue: bool | None = holds(task_overdue, "是否逾期", "whether overdue")
    jurisdiction_code: str | None = matches(in_jurisdiction, *_CODE)


@filter_input("联动事项查询条件", "conditions on matters")
class LinkageMatterFilter:
    status: list[MatterStatus] | None = one_of(MATTER.status, "状态", "states")
    jurisdiction_code: str | None = matches(in_jurisdiction, *_CODE)


@filter_input("协调请求查询条件", "conditions on coordination requests")
class CoordinationRequestFilter:
    status: list[CoordinationStatus] | None = one_of(REQUEST.status, "状态", "states")
    item_id: strawberry.ID | None = is_node(REQUEST.item_id, "DI", "相关清单事项标识", "id of the related item")
    jurisdiction_code: str | None = matches(in_jurisdiction, *_CODE)


@filter_input("预警查询条件", "conditions on alerts")
class AlertFilter:
    kind: list[AlertKind] | None = one_of(ALERT.kind, "预警类别", "kinds")
    severity: AlertSeverity | None = equals(ALERT.severity, "预警程度", "severity")
    organization_id: strawberry.ID | None = is_node(ALERT.organization_id, "OR", "接收单位标识", "id of the unit told")
    jurisdiction_code: str | None = matches(in_jurisdiction, *_CODE)


ITEM_ORDERS = orders(
    DoubleListItemOrder,
    "清单事项的次序",
    "order of items",
    {
        DoubleListItemOrder.DUE_ON_ASC: ascending("按时限，无时限的在后", "by due date, undated last", ITEM.due_sort),
        DoubleListItemOrder.DUE_ON_DESC: descending("按时限倒序", "by due date, latest first", ITEM.due_sort),
    },
)


@query
class LinkageQueries:
    double_lists: Connection[DoubleList] = connection(
        "年度双清单",
        "double lists",
        orders=only(descending("按年度倒序", "latest year first", LIST.year)),
        filtered_by=DoubleListFilter,
        scopes=(Scope.DOUBLELIST_READ,),
    )
    double_list_items: Connection[DoubleListItem] = connection(
        "双清单事项",
        "items of the double lists",
        orders=ITEM_ORDERS,
        filtered_by=DoubleListItemFilter,
        scopes=(Scope.DOUBLELIST_READ,),
    )
    joint_meetings: Connection[JointMeeting] = connection(
        "联席会议",
        "joint meetings",
        orders=only(descending("按拟召开时间倒序", "latest first", MEETING.planned_at)),
        filtered_by=JointMeetingFilter,
        scopes=(Scope.MEETING_READ,),
    )
    linkage_tasks: Connection[LinkageTask] = connection(
        "联动任务",
        "linkage tasks",
        orders=only(ascending("按时限", "by due date", TASK.due_sort)),
        filtered_by=LinkageTaskFilter,
        scopes=(Scope.TASK_READ,),
    )
    linkage_matters: Connection[LinkageMatter] = connection(
        "联动事项",
        "linkage matters",
        orders=only(descending("按申报时间倒序", "latest first", MATTER.created_at)),
        filtered_by=LinkageMatterFilter,
        scopes=(Scope.DOUBLELIST_READ,),
    )
    coordination_requests: Connection[CoordinationRequest] = connection(
        "协调请求",
        "coordination requests",
        orders=only(descending("按发起时间倒序", "latest first", REQUEST.created_at)),
        filtered_by=CoordinationRequestFilter,
        scopes=(Scope.COORDINATION_READ,),
    )
    alerts: Connection[Alert] = connection(
        "预警",
        "alerts",
        orders=only(descending("按预警时间倒序", "latest first", ALERT.raised_at)),
        filtered_by=AlertFilter,
        scopes=(Scope.DOUBLELIST_READ, Scope.TASK_READ),
    )
    ledger: Connection[LedgerEntry] = connection(
        "台账：工作落实台账或重点问题事项清单",
        "ledger of implementation, or list of key issues",
        orders=only(ascending("按时限", "by due date", ITEM.due_sort)),
        arguments={
            "kind": argument(LedgerKind, chosen("台账类别", "kind of ledger")),
            "year": argument(int | None, equals(ITEM.year, "年度", "year")),
            "jurisdiction_code": argument(str | None, matches(in_jurisdiction, *_CODE)),
        },
        rows=ledger_rows,
        scopes=(Scope.DOUBLELIST_READ,),
    )
