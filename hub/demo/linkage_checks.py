"""Rules of the linkage data: items, meetings, matters, coordination requests. References must be sound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dateutil.rrule import rrulestr

from hub.canonical.codes import (
    MEETING_HELD,
    TASK_TERMINAL,
    CoordinationStatus,
    DeadlineKind,
    DoubleListStatus,
    ItemStatus,
    ListSide,
    MeetingStatus,
    MembershipRole,
    OrganizationKind,
    TaskStatus,
)
from hub.canonical.document_number import find_document_number_problems
from hub.core.errors import Reason
from hub.demo.linkage import Coordination, DoubleList, Item, Meeting
from hub.demo.world import DemoWorld
from hub.organizations.register.entries import Unit

Place = tuple[str | int, ...]

_NOT_STARTED = frozenset(
    {
        ItemStatus.DRAFT,
        ItemStatus.SUBMITTED,
        ItemStatus.UNDER_REVIEW,
        ItemStatus.IN_COORDINATION,
        ItemStatus.PENDING_APPROVAL,
        ItemStatus.APPROVED,
    }
)
_BEFORE_APPROVAL = _NOT_STARTED - {ItemStatus.APPROVED}
_FINISHED = frozenset({ItemStatus.PENDING_ACCEPTANCE, ItemStatus.COMPLETED})
_LIST_APPROVED = frozenset({DoubleListStatus.APPROVED, DoubleListStatus.IN_FORCE, DoubleListStatus.CLOSED})
_MINUTES_OUT = frozenset({MeetingStatus.MINUTES_ISSUED, MeetingStatus.FOLLOW_UP, MeetingStatus.CLOSED})
_DISPATCHED = frozenset({MeetingStatus.FOLLOW_UP, MeetingStatus.CLOSED})
_WITHOUT_OFFICE = frozenset({CoordinationStatus.IN_DIRECT_CONTACT, CoordinationStatus.WITHDRAWN})


def find_linkage_problems(world: DemoWorld) -> Iterator[Reason]:
    """Everything in the linkage data of the world that breaks a rule of the field."""
    units = world.units_by_key
    passed = {r.approves for m in world.meetings if m.status in MEETING_HELD for r in m.resolutions}
    for each in world.lists:
        yield from _double_list(each, units, approved=each.key in passed)
    for meeting in world.meetings:
        yield from _meeting(meeting, world, units)
    for matter in world.matters:
        yield from _parties(("matters", matter.key), matter.lead, matter.cooperating, units)
    for request in world.coordination_requests:
        yield from _coordination(request, world)


def _double_list(each: DoubleList, units: dict[str, Unit], *, approved: bool) -> Iterator[Reason]:
    place = ("lists", each.key)
    yield from find_document_number_problems(each.document_no, path=(*place, "document_no"))
    if each.status in _LIST_APPROVED and not approved:
        yield Reason("DEMO_NOT_APPROVED", place)
    for item in each.items:
        here = (*place, "items", item.no)
        if item.status not in _BEFORE_APPROVAL and not approved:
            yield Reason("DEMO_NOT_APPROVED", here)
        yield from _parties(here, item.lead, item.cooperating, units)
        if (units[item.lead].kind is OrganizationKind.COURT) is not (item.side is ListSide.COURT_LED):
            yield Reason("DEMO_SIDE", here)
        if not _deadline_fits(item):
            yield Reason("DEMO_DEADLINE", here)
        if not _progress_fits(item, each.year):
            yield Reason("DEMO_PROGRESS", here)


def _parties(place: Place, lead: str, cooperating: Sequence[str], units: dict[str, Unit]) -> Iterator[Reason]:
    if len({lead, *cooperating}) != 1 + len(cooperating):
        yield Reason("DEMO_LEAD_COOPERATES", place)
    for key in (lead, *cooperating):
        if units[key].valid_to is not None:
            yield Reason("REGISTER_UNIT_ENDED", place, {"value": units[key].name})


def _deadline_fits(item: Item) -> bool:
    match item.deadline_kind:
        case DeadlineKind.FIXED:
            return item.due is not None and item.recurrence is None
        case DeadlineKind.LONG_TERM:
            return item.due is None and item.recurrence is None
        case DeadlineKind.RECURRING:
            return item.due is None and item.recurrence is not None and _is_rule(item.recurrence)


def _is_rule(text: str) -> bool:
    try:
        rrulestr(text)
    except ValueError:
        return False
    return True


def _progress_fits(item: Item, year: int) -> bool:
    days = [report.on for report in item.reports]
    percents = [report.percent for report in item.reports]
    reporters = {report.by for report in item.reports} - {None, item.lead, *item.cooperating}
    return (
        days == sorted(set(days))
        and percents == sorted(percents)
        and all(day.year == year for day in days)
        and not reporters
        and item.progress == (percents[-1] if percents else 0)
        and (item.progress == 100) is (item.status in _FINISHED)
        and 0 <= item.progress <= 100
        and not (item.reports and item.status in _NOT_STARTED)
        and (item.adjustment is not None) is (item.status is ItemStatus.ADJUSTMENT_PENDING)
        and (item.suspension_reason is not None) is (item.status is ItemStatus.SUSPENDED)
    )


def _meeting(meeting: Meeting, world: DemoWorld, units: dict[str, Unit]) -> Iterator[Reason]:
    place = ("meetings", meeting.key)
    if not (_held_fits(meeting) if meeting.status in MEETING_HELD else _planned_fits(meeting)):
        yield Reason("DEMO_MEETING_STATE", place)
    if not _chair_fits(meeting, world):
        yield Reason("DEMO_MEETING_STATE", (*place, "chair"))
    if meeting.minutes is not None:
        yield from find_document_number_problems(meeting.minutes.document_no, path=(*place, "minutes"))
    for resolution in meeting.resolutions:
        yield from _parties((*place, "resolutions", resolution.no), resolution.lead, resolution.cooperating, units)


def _held_fits(meeting: Meeting) -> bool:
    states = {resolution.status for resolution in meeting.resolutions}
    return (
        meeting.held_on is not None
        and meeting.chair is not None
        and any(each.present for each in meeting.attendance)
        and bool(meeting.agenda)
        and (meeting.minutes is not None) is (meeting.status in _MINUTES_OUT)
        and (meeting.minutes is None or meeting.minutes.issued_on >= meeting.held_on)
        and (TaskStatus.OPEN not in states if meeting.status in _DISPATCHED else states <= {TaskStatus.OPEN})
        and (meeting.status is not MeetingStatus.CLOSED or states <= TASK_TERMINAL)
    )


def _planned_fits(meeting: Meeting) -> bool:
    return meeting.held_on is None and not (meeting.attendance or meeting.minutes or meeting.resolutions)


def _chair_fits(meeting: Meeting, world: DemoWorld) -> bool:
    """The convenor presides, or a deputy with a delegation (驻政〔2022〕59号 一(三)2)."""
    if meeting.chair is None:
        return True
    body = next(body for body in world.bodies if body.key == meeting.body)
    seats = {(m.organization, m.role, m.post) for m in body.memberships}
    chair = meeting.chair
    delegated = chair.role is not MembershipRole.CONVENOR
    return (chair.organization, chair.role, chair.post) in seats and delegated is (chair.delegation is not None)


def _coordination(request: Coordination, world: DemoWorld) -> Iterator[Reason]:
    """The office comes in after direct contact, between the parties of the item at issue."""
    asked = (request.requester, *request.counterparts)
    sound = len(set(asked)) == len(asked) > 1
    sound = sound and (request.attempted_direct_contact or request.status in _WITHOUT_OFFICE)
    if request.item is not None:
        items = {(each.key, item.no): item for each in world.lists for item in each.items}
        item = items.get((request.double_list or "", request.item))
        sound = sound and item is not None and set(asked) <= {item.lead, *item.cooperating}
    if not sound:
        yield Reason("DEMO_COORDINATION", ("coordination_requests", request.key))
