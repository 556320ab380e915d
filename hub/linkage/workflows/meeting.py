"""JointMeeting 联席会议: the table (驻政〔2022〕59号 一(三)2, 三(一), 四(二))."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from hub.access.scopes import Scope
from hub.canonical.codes import TASK_TERMINAL, MeetingKind, MeetingStatus, MembershipRole, TaskStatus
from hub.core.errors import Reason
from hub.core.payload import listed, optional, required
from hub.core.texts import Text
from hub.core.workflow import Actor, Guard, Machine, Transition
from hub.db.models import JointMeeting
from hub.linkage import commands
from hub.linkage.policies import LinkagePolicy
from hub.linkage.rows import division_problems
from hub.linkage.workflows import meeting_effects as effects

S = MeetingStatus
PLENARY = "驻政〔2022〕59号 一(三)2"
CONSULTATION = "驻政〔2022〕59号 三(一)"
MINUTES = "驻政〔2022〕59号 四(二)"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaProposal:
    """提出议题 (proposal of an agenda item)."""

    title: str = required("议题", "agenda item", limit=200)
    linked_list_id: UUID | None = optional("审定的双清单", "double list to approve", node="DL")
    linked_matter_id: UUID | None = optional("相关联动事项", "related linkage matter", node="LM")


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingNotice:
    """会议通知 (meeting notice)."""

    chair_role: MembershipRole = required("主持人职务", "role of the chair")
    chair_organization_id: UUID = required("主持人所在单位", "organisation of the chair", node="OR")
    chair_delegation: str | None = optional(
        "召集人委托的文号或记录", "document of the convenor's delegation", limit=200
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Postponement:
    """延期召开 (postponement)."""

    planned_at: datetime = required("新的会议时间", "new time of the meeting")
    reason: str = required("理由", "reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """出席情况 (attendance of one unit)."""

    organization_id: UUID = required("单位", "organisation", node="OR")
    post: str = required("出席人职务", "post of the attendee", limit=100)
    present: bool = required("是否到会", "whether present")
    substitute: bool = optional("是否代会", "whether a substitute attended", default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """会议召开 (holding)."""

    held_at: datetime = required("召开时间", "when it was held")
    attendance: tuple[Attendance, ...] = listed("出席情况", "attendance")


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolutionText:
    """议定事项 (resolution)."""

    text: str = required("议定内容", "what was resolved")
    lead_organization_id: UUID = required("牵头单位", "lead unit", node="OR")
    cooperating_organization_ids: tuple[UUID, ...] = listed("配合单位", "cooperating units", node="OR")
    due_on: date | None = optional("完成时限", "due date")
    approved_list_id: UUID | None = optional("审定的双清单", "double list it approves", node="DL")


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesDraft:
    """会议纪要 (minutes)."""

    text: str = required("纪要正文", "text of the minutes", limit=50_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesIssue:
    """签发纪要 (issue of the minutes by the chair)."""

    document_no: str = required("文号", "document number", limit=100)
    signed_by: str = required("签发人职务", "post of the signatory", limit=100)


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    meeting: JointMeeting
    agenda_count: int
    resolution_states: tuple[TaskStatus, ...]
    convenors: frozenset[UUID]
    posts: frozenset[tuple[MembershipRole, UUID]]
    """Who holds which post of the body."""
    policy: LinkagePolicy
    invited: frozenset[UUID]
    now: datetime


def _agenda(facts: MeetingFacts, _: object) -> Iterable[Reason]:
    return () if facts.agenda_count else (Reason("AGENDA_EMPTY"),)


def _chair(facts: MeetingFacts, payload: MeetingNotice | None) -> Iterable[Reason]:
    if payload is None:
        return ()
    plenary = facts.meeting.kind is MeetingKind.PLENARY
    if plenary and payload.chair_role not in facts.policy.chairing_roles:
        return (Reason("CHAIR_NOT_ENTITLED", ("chairRole",)),)
    if (payload.chair_role, payload.chair_organization_id) not in facts.posts:
        code = "CHAIR_NOT_ENTITLED" if plenary else "CHAIR_NOT_A_MEMBER"
        return (Reason(code, ("chairOrganizationId",)),)
    if not plenary or payload.chair_role is MembershipRole.CONVENOR or not facts.policy.chair_needs_delegation:
        return ()
    if not (payload.chair_delegation or "").strip():
        return (Reason("DELEGATION_MISSING", ("chairDelegation",)),)
    return ()


def _attended(facts: MeetingFacts, payload: Holding | None) -> Iterable[Reason]:
    if payload is None:
        return
    if not any(entry.present for entry in payload.attendance):
        yield Reason("ATTENDANCE_MISSING", ("attendance",))
    if len({entry.organization_id for entry in payload.attendance}) != len(payload.attendance):
        yield Reason("ATTENDEE_TWICE", ("attendance",))
    if payload.held_at > facts.now:
        yield Reason("HELD_IN_FUTURE", ("heldAt",))


def _resolution_rules(facts: MeetingFacts, payload: ResolutionText | None) -> Iterable[Reason]:
    if payload is not None:
        if payload.approved_list_id is not None and facts.meeting.kind is not MeetingKind.PLENARY:
            yield Reason("LIST_NEEDS_PLENARY", ("approvedListId",))
        yield from division_problems(payload.lead_organization_id, payload.cooperating_organization_ids)


def _all_ended(facts: MeetingFacts, _: object) -> Iterable[Reason]:
    running = sum(state not in TASK_TERMINAL for state in facts.resolution_states)
    return (Reason("RESOLUTIONS_OPEN", params={"count": running}),) if running else ()


AGENDA = Guard("agenda", Text("至少一项议题", "at least one agenda item"), _agenda)
CHAIR = Guard(
    "chair",
    Text(
        "全体会议由召集人或受其委托的副召集人主持，其他会议由成员单位主持",
        "a plenary is chaired by the convenor or a delegated deputy, other meetings by a member",
    ),
    _chair,
)
ATTENDED = Guard("attended", Text("已登记出席情况", "attendance recorded"), _attended)
RULES = Guard(
    "resolutionRules",
    Text(
        "牵头单位不同时为配合单位；双清单由全体会议审定", "the lead does not cooperate; only a plenary approves a list"
    ),
    _resolution_rules,
)
ALL_ENDED = Guard("allEnded", Text("议定事项均已落实", "every resolution ended"), _all_ended)


def _without_minutes(facts: MeetingFacts, _: object) -> Iterable[Reason]:
    return (Reason("MINUTES_REQUIRED"),) if facts.policy.minutes_required else ()


WITHOUT_MINUTES = Guard(
    "withoutMinutes", Text("政策包不要求会议纪要", "the pack asks for no minutes"), _without_minutes
)


def _by_office(
    event: str, source: MeetingStatus, target: MeetingStatus, text: Text, clause: str
) -> Transition[MeetingFacts]:
    return Transition(
        event=event,
        sources=(source,),
        target=target,
        actors=(Actor.OFFICE,),
        scope=Scope.MEETING_MANAGE,
        text=text,
        clause=clause,
    )


MEETING: Machine[MeetingFacts] = Machine(
    name="JointMeeting",
    text=Text("联席会议", "joint meeting"),
    states=MeetingStatus,
    initial=S.PLANNED,
    terminal=frozenset({S.CLOSED, S.CANCELLED}),
    transitions=(
        _by_office("openAgenda", S.PLANNED, S.COLLECTING_AGENDA, Text("征集议题", "collect the agenda"), CONSULTATION),
        Transition(
            event="proposeAgenda",
            sources=(S.COLLECTING_AGENDA,),
            target=S.COLLECTING_AGENDA,
            actors=(Actor.MEMBER, Actor.OFFICE),
            scope=Scope.COORDINATION_WRITE,
            text=Text("提出议题", "propose an agenda item"),
            clause=CONSULTATION,
            payload=AgendaProposal,
            effects=(effects.ADD_AGENDA,),
        ),
        Transition(
            event="issueNotice",
            sources=(S.COLLECTING_AGENDA,),
            target=S.NOTICE_ISSUED,
            actors=(Actor.OFFICE,),
            scope=Scope.MEETING_MANAGE,
            text=Text("印发会议通知", "issue the notice"),
            clause=PLENARY,
            payload=MeetingNotice,
            guards=(AGENDA, CHAIR),
            effects=(effects.SET_CHAIR,),
        ),
        Transition(
            event="postpone",
            sources=(S.NOTICE_ISSUED,),
            target=S.PLANNED,
            actors=(Actor.OFFICE,),
            scope=Scope.MEETING_MANAGE,
            text=Text("延期召开", "postpone"),
            clause=PLENARY,
            payload=Postponement,
            effects=(effects.MOVE,),
        ),
        Transition(
            event="cancel",
            sources=(S.PLANNED, S.COLLECTING_AGENDA, S.NOTICE_ISSUED),
            target=S.CANCELLED,
            actors=(Actor.OFFICE, Actor.CONVENOR),
            scope=Scope.MEETING_MANAGE,
            text=Text("取消会议", "cancel"),
            clause=PLENARY,
            payload=commands.WithReason,
            effects=(effects.KEEP_REASON,),
        ),
        Transition(
            event="hold",
            sources=(S.NOTICE_ISSUED,),
            target=S.HELD,
            actors=(Actor.OFFICE,),
            scope=Scope.MEETING_MANAGE,
            text=Text("登记召开", "record that it was held"),
            clause=PLENARY,
            payload=Holding,
            guards=(ATTENDED,),
            effects=(effects.RECORD_ATTENDANCE,),
        ),
        *(
            Transition(
                event="resolve",
                sources=(state,),
                target=state,
                actors=(Actor.OFFICE,),
                scope=Scope.MEETING_MANAGE,
                text=Text("登记议定事项", "record a resolution"),
                clause=MINUTES,
                payload=ResolutionText,
                guards=(RULES,),
                effects=(effects.ADD_RESOLUTION,),
            )
            for state in (S.HELD, S.MINUTES_DRAFT)
        ),
        Transition(
            event="draftMinutes",
            sources=(S.HELD,),
            target=S.MINUTES_DRAFT,
            actors=(Actor.OFFICE,),
            scope=Scope.MEETING_MANAGE,
            text=Text("起草纪要", "draft the minutes"),
            clause=MINUTES,
            payload=MinutesDraft,
            effects=(effects.KEEP_MINUTES,),
        ),
        _by_office(
            "circulate", S.MINUTES_DRAFT, S.MINUTES_REVIEW, Text("纪要征求意见", "circulate the minutes"), MINUTES
        ),
        Transition(
            event="reviseMinutes",
            sources=(S.MINUTES_REVIEW,),
            target=S.MINUTES_DRAFT,
            actors=(Actor.OFFICE,),
            scope=Scope.MEETING_MANAGE,
            text=Text("修改纪要", "revise the minutes"),
            clause=MINUTES,
            payload=MinutesDraft,
            effects=(effects.KEEP_MINUTES,),
        ),
        Transition(
            event="approve",
            sources=(S.MINUTES_REVIEW,),
            target=S.MINUTES_ISSUED,
            actors=(Actor.OFFICE, Actor.CONVENOR),
            scope=Scope.MEETING_MANAGE,
            text=Text("主持人签发纪要", "issue the minutes, signed by the chair"),
            clause=MINUTES,
            payload=MinutesIssue,
            effects=(effects.ISSUE_MINUTES,),
        ),
        Transition(
            event="dispatch",
            sources=(S.HELD,),
            target=S.FOLLOW_UP,
            actors=(Actor.OFFICE,),
            scope=Scope.MEETING_MANAGE,
            text=Text("分解交办议定事项", "dispatch the resolutions"),
            clause=MINUTES,
            guards=(WITHOUT_MINUTES,),
            effects=(effects.DISPATCH,),
        ),
        Transition(
            event="dispatch",
            sources=(S.MINUTES_ISSUED,),
            target=S.FOLLOW_UP,
            actors=(Actor.OFFICE,),
            scope=Scope.MEETING_MANAGE,
            text=Text("分解交办议定事项", "dispatch the resolutions"),
            clause=MINUTES,
            effects=(effects.DISPATCH,),
        ),
        Transition(
            event="close",
            sources=(S.FOLLOW_UP,),
            target=S.CLOSED,
            actors=(Actor.OFFICE,),
            scope=Scope.MEETING_MANAGE,
            text=Text("办结归档", "close"),
            clause=MINUTES,
            guards=(ALL_ENDED,),
        ),
    ),
)
