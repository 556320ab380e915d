"""The linkage data of the demonstration: double lists, meetings, matters, coordination requests.

Units, bodies and lists are named by the keys of the data files; every date is already in its year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from hub.canonical.codes import (
    CoordinationStatus,
    DeadlineKind,
    DoubleListStatus,
    ItemStatus,
    LinkageArea,
    ListSide,
    MatterStatus,
    MeetingKind,
    MeetingStatus,
    MembershipRole,
    RoutePath,
    TaskStatus,
)


@dataclass(frozen=True, slots=True)
class Kpi:
    name: str
    target: int
    unit: str


@dataclass(frozen=True, slots=True)
class Report:
    """进展报告; ``by`` is the reporting unit when it is not the lead."""

    on: date
    text: str
    percent: int
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A change of the deadline asked for and not yet decided."""

    reason: str
    due: date


@dataclass(frozen=True, slots=True)
class Item:
    """双清单事项. ``due`` only with FIXED, ``recurrence`` (RFC 5545 RRULE) only with RECURRING."""

    no: int
    title: str
    content: str
    side: ListSide
    area: LinkageArea
    lead: str
    deadline_kind: DeadlineKind
    source_clause: str
    status: ItemStatus
    cooperating: tuple[str, ...] = ()
    due: date | None = None
    recurrence: str | None = None
    deliverables: tuple[str, ...] = ()
    kpis: tuple[Kpi, ...] = ()
    progress: int = 0
    reports: tuple[Report, ...] = ()
    adjustment: Adjustment | None = None
    suspension_reason: str | None = None


@dataclass(frozen=True, slots=True)
class DoubleList:
    """双清单 of a jurisdiction and year; ``document_no`` is the notice its clauses refer to."""

    key: str
    jurisdiction: str
    body: str
    year: int
    status: DoubleListStatus
    document_no: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Agenda:
    """议题, in the order of the meeting; ``double_list`` or ``matter`` is what it puts up for approval."""

    title: str
    proposer: str
    double_list: str | None = None
    matter: str | None = None


@dataclass(frozen=True, slots=True)
class Attendance:
    organization: str
    post: str
    present: bool = True
    substitute: bool = False


@dataclass(frozen=True, slots=True)
class Chair:
    """Who presided; ``delegation`` is the reference when the convenor delegated (驻政〔2022〕59号 一(三)2)."""

    organization: str
    role: MembershipRole
    post: str
    delegation: str | None = None


@dataclass(frozen=True, slots=True)
class Minutes:
    document_no: str
    issued_on: date
    signed_by: str
    text: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """议定事项; ``approves`` is the double list it passes, ``matter`` the matter.

    ``status`` is that of its task once dispatched.
    """

    no: int
    text: str
    lead: str
    status: TaskStatus
    cooperating: tuple[str, ...] = ()
    due: date | None = None
    approves: str | None = None
    matter: str | None = None
    report: str | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of a body: planned (no chair, no minutes yet) or held."""

    key: str
    body: str
    kind: MeetingKind
    title: str
    status: MeetingStatus
    planned_on: date
    starts: time
    place: str
    agenda: tuple[Agenda, ...] = ()
    held_on: date | None = None
    chair: Chair | None = None
    attendance: tuple[Attendance, ...] = ()
    minutes: Minutes | None = None
    resolutions: tuple[Resolution, ...] = ()


@dataclass(frozen=True, slots=True)
class Matter:
    """联动事项: proposed by a unit through the office (温政办〔2021〕13号 三(一))."""

    key: str
    body: str
    title: str
    content: str
    proposer: str
    proposed_on: date
    lead: str
    status: MatterStatus
    cooperating: tuple[str, ...] = ()
    due: date | None = None
    decision_note: str | None = None


@dataclass(frozen=True, slots=True)
class Coordination:
    """协调请求: direct contact first, the office when it fails (驻政〔2022〕59号 三(二)).

    ``item`` is the number of the item at issue, of the list ``double_list``.
    """

    key: str
    jurisdiction: str
    requester: str
    counterparts: tuple[str, ...]
    route: RoutePath
    subject: str
    attempted_direct_contact: bool
    dispute_summary: str
    raised_on: date
    status: CoordinationStatus
    double_list: str | None = None
    item: int | None = None
    outcome: str | None = None
