"""LinkageTask 联动任务: the table under resolutions, matters, key issues and notices.

Source: 驻政〔2022〕59号 四(二), 四(三).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hub.access.scopes import Scope
from hub.canonical.codes import TASK_TERMINAL, TaskStatus
from hub.core.errors import Reason
from hub.core.payload import optional, required
from hub.core.texts import Text
from hub.core.workflow import Actor, Effect, Guard, Machine, Transition
from hub.db.models import LinkageTask
from hub.linkage import commands, task_rows
from hub.workflow.firing import Firing

S = TaskStatus
FOLLOW_UP = "驻政〔2022〕59号 四(二)"
SUPERVISION = "驻政〔2022〕59号 四(三)"
MEETING = "驻政〔2022〕59号 一(三)2"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskReport:
    """任务反馈 (report on a task)."""

    text: str = required("落实情况", "what was done")


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """延期 (extension)."""

    due_on: date = required("新的完成时限", "new due date")
    reason: str = required("理由", "reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class Urging:
    """催办 (urging)."""

    note: str | None = optional("催办意见", "note")


@dataclass(frozen=True, slots=True)
class TaskFacts:
    task: LinkageTask
    today: date
    resolutions: frozenset[object]
    """Resolutions of held meetings of the task's jurisdiction."""


def _later(facts: TaskFacts, payload: Extension | None) -> Iterable[Reason]:
    if payload is not None and facts.task.due_on is not None and payload.due_on <= facts.task.due_on:
        return (Reason("EXTENSION_NOT_LATER", ("dueOn",)),)
    return ()


def _by_meeting(facts: TaskFacts, payload: commands.ByResolution | None) -> Iterable[Reason]:
    if not facts.resolutions or (payload is not None and payload.resolution_id not in facts.resolutions):
        return (Reason("DECISION_NEEDS_MEETING", ("resolutionId",)),)
    return ()


async def _follow(firing: Firing) -> None:
    await task_rows.follow_origin(firing.unit, firing.row)


async def _keep_report(firing: Firing) -> None:
    firing.row.report = firing.payload.text
    await _follow(firing)


async def _keep_return(firing: Firing) -> None:
    firing.row.return_reason = firing.payload.reason
    await _follow(firing)


async def _count(firing: Firing) -> None:
    firing.row.urge_count += 1


async def _extend(firing: Firing) -> None:
    firing.row.due_on = firing.payload.due_on
    await task_rows.assign_deadline(firing.unit, firing.row)
    await task_rows.sync_task_parties(firing.unit, firing.row)


LATER = Guard("later", Text("新时限晚于原时限", "later than before"), _later)
BY_MEETING = Guard("byMeeting", Text("由此后会议决定", "decided by a held meeting"), _by_meeting)
FOLLOW = Effect("followOrigin", Text("来源事项状态随之更新", "the origin follows"), _follow)
KEEP_REPORT = Effect("keepReport", Text("登记落实情况", "the report is kept"), _keep_report)
KEEP_RETURN = Effect("keepReturn", Text("登记退回理由", "the reason is kept"), _keep_return)
COUNT = Effect("count", Text("催办次数加一", "the urging is counted"), _count)
EXTEND = Effect("extend", Text("调整时限", "the deadline moves"), _extend)

TASK: Machine[TaskFacts] = Machine(
    name="LinkageTask",
    text=Text("联动任务", "linkage task"),
    states=TaskStatus,
    initial=S.OPEN,
    terminal=frozenset(TASK_TERMINAL),
    transitions=(
        Transition(
            event="assign",
            sources=(S.OPEN,),
            target=S.ASSIGNED,
            actors=(Actor.OFFICE,),
            scope=Scope.MEETING_MANAGE,
            text=Text("交办", "assign"),
            clause=FOLLOW_UP,
            effects=(FOLLOW,),
        ),
        Transition(
            event="start",
            sources=(S.ASSIGNED,),
            target=S.IN_PROGRESS,
            actors=(Actor.LEAD,),
            scope=Scope.TASK_REPORT,
            text=Text("签收启动", "start"),
            clause=FOLLOW_UP,
            effects=(FOLLOW,),
        ),
        Transition(
            event="report",
            sources=(S.IN_PROGRESS,),
            target=S.REPORTED,
            actors=(Actor.LEAD,),
            scope=Scope.TASK_REPORT,
            text=Text("反馈", "report"),
            clause=FOLLOW_UP,
            payload=TaskReport,
            effects=(KEEP_REPORT,),
        ),
        Transition(
            event="verify",
            sources=(S.REPORTED,),
            target=S.VERIFIED,
            actors=(Actor.OFFICE,),
            scope=Scope.MEETING_MANAGE,
            text=Text("核实销号", "verify"),
            clause=SUPERVISION,
            effects=(FOLLOW,),
        ),
        Transition(
            event="return",
            sources=(S.REPORTED,),
            target=S.IN_PROGRESS,
            actors=(Actor.OFFICE,),
            scope=Scope.MEETING_MANAGE,
            text=Text("退回", "return"),
            clause=SUPERVISION,
            payload=commands.WithReason,
            effects=(KEEP_RETURN,),
        ),
        *(
            Transition(
                event="urge",
                sources=(state,),
                target=state,
                actors=(Actor.OFFICE,),
                scope=Scope.MEETING_MANAGE,
                text=Text("催办", "urge"),
                clause=SUPERVISION,
                payload=Urging,
                effects=(COUNT,),
            )
            for state in (S.ASSIGNED, S.IN_PROGRESS)
        ),
        *(
            Transition(
                event="extend",
                sources=(state,),
                target=state,
                actors=(Actor.OFFICE,),
                scope=Scope.MEETING_MANAGE,
                text=Text("延期", "extend"),
                clause=SUPERVISION,
                payload=Extension,
                guards=(LATER,),
                effects=(EXTEND,),
            )
            for state in (S.ASSIGNED, S.IN_PROGRESS)
        ),
        Transition(
            event="cancel",
            sources=(S.OPEN, S.ASSIGNED, S.IN_PROGRESS, S.REPORTED),
            target=S.CANCELLED,
            actors=(Actor.OFFICE,),
            scope=Scope.MEETING_MANAGE,
            text=Text("撤销", "cancel"),
            clause=MEETING,
            payload=commands.ByResolution,
            guards=(BY_MEETING,),
            effects=(FOLLOW,),
        ),
    ),
)
