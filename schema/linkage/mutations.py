"""Changes of the linkage slice: double lists and items, meetings, tasks, matters, coordination, responsibilities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hub.access.scopes import Scope
from hub.core.payload import required
from hub.core.texts import Text
from hub.linkage import coordination, item_events, items, lists, matters, meetings, responsibilities, tasks
from hub.linkage.commands import ItemDraft, ItemProposal, NamedResponsibility
from hub.linkage.workflows.coordination import COORDINATION
from hub.linkage.workflows.double_list import DOUBLE_LIST
from hub.linkage.workflows.item import ITEM
from hub.linkage.workflows.matter import MATTER
from hub.linkage.workflows.meeting import MEETING
from hub.linkage.workflows.task import TASK
from hub.workflow.unit import Unit
from schema.linkage import notices as _notices  # noqa: F401 - declares importNotice
from schema.mutations.declare import Advancing, Create, Editing, Making, declare


@dataclass(frozen=True, slots=True, kw_only=True)
class YearList:
    """年度双清单 (double list of a year)."""

    jurisdiction_code: str = required("区划代码", "jurisdiction code", limit=12)
    year: int = required("年度", "year", minimum=2000, maximum=2100)


async def _create_list(unit: Unit, payload: YearList) -> UUID:
    made = await lists.create(unit, jurisdiction_code=payload.jurisdiction_code, year=payload.year)
    key: UUID = made.id
    return key


def _id_of(create: Any) -> Create:
    async def made(unit: Unit, payload: Any) -> UUID:
        row = await create(unit, payload)
        key: UUID = row.id
        return key

    return made


declare(
    Making(
        "createDoubleList",
        Text("建立年度双清单", "open the double list of a year"),
        Scope.DOUBLELIST_REVIEW,
        "DoubleList",
        YearList,
        _create_list,
    ),
    Advancing(
        "advanceDoubleList",
        Text("推进双清单", "move a double list along its table"),
        Scope.DOUBLELIST_READ,
        "DoubleList",
        DOUBLE_LIST,
        lists.fire_list,
    ),
    Making(
        "proposeDoubleListItem",
        Text("申报清单事项草稿", "draft an item of the year's list"),
        Scope.DOUBLELIST_PROPOSE,
        "DoubleListItem",
        ItemProposal,
        _id_of(items.propose),
    ),
    Editing(
        "editDoubleListItem",
        Text("修改清单事项草稿", "rewrite a draft item"),
        Scope.DOUBLELIST_PROPOSE,
        "DoubleListItem",
        ItemDraft,
        items.edit,
    ),
    Advancing(
        "advanceDoubleListItem",
        Text("推进清单事项", "move an item along its table"),
        Scope.DOUBLELIST_READ,
        "DoubleListItem",
        ITEM,
        item_events.fire_item,
    ),
    Making(
        "planJointMeeting",
        Text("筹备联席会议", "plan a joint meeting"),
        Scope.MEETING_MANAGE,
        "JointMeeting",
        meetings.MeetingPlan,
        _id_of(meetings.plan_meeting),
    ),
    Advancing(
        "advanceJointMeeting",
        Text("推进联席会议", "move a joint meeting along its table"),
        Scope.MEETING_READ,
        "JointMeeting",
        MEETING,
        meetings.fire_meeting,
    ),
    Making(
        "raiseKeyIssue",
        Text("列入重点问题事项清单", "put a key issue on the list"),
        Scope.DOUBLELIST_REVIEW,
        "LinkageTask",
        tasks.KeyIssue,
        _id_of(tasks.raise_issue),
    ),
    Advancing(
        "advanceLinkageTask",
        Text("推进联动任务", "move a linkage task along its table"),
        Scope.TASK_READ,
        "LinkageTask",
        TASK,
        tasks.fire_task,
    ),
    Making(
        "proposeLinkageMatter",
        Text("申报联动事项", "propose a linkage matter"),
        Scope.DOUBLELIST_PROPOSE,
        "LinkageMatter",
        matters.MatterDraft,
        _id_of(matters.propose_matter),
    ),
    Advancing(
        "advanceLinkageMatter",
        Text("推进联动事项", "move a linkage matter along its table"),
        Scope.DOUBLELIST_READ,
        "LinkageMatter",
        MATTER,
        matters.fire_matter,
    ),
    Making(
        "openCoordinationRequest",
        Text("发起协调", "open a coordination request"),
        Scope.COORDINATION_WRITE,
        "CoordinationRequest",
        coordination.RequestDraft,
        _id_of(coordination.open_request),
    ),
    Advancing(
        "advanceCoordinationRequest",
        Text("推进协调请求", "move a coordination request along its table"),
        Scope.COORDINATION_READ,
        "CoordinationRequest",
        COORDINATION,
        coordination.fire_request,
    ),
    Making(
        "nameResponsibility",
        Text("明确本单位对清单事项或任务的责任领导、科室和责任人", "name who answers for an item or task"),
        Scope.DOUBLELIST_PROPOSE,
        "Responsibility",
        NamedResponsibility,
        responsibilities.name_responsibility,
    ),
)
