"""联席会议: planned by the office, moved by its table."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.access.capacity import convenors, is_office
from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.codes import MeetingKind, MeetingStatus, MembershipRole, PartyCapacity
from hub.core.clock import local_date
from hub.core.errors import NotFound, refuse_if
from hub.core.ids import new_id
from hub.core.payload import find_problems, listed, optional, required
from hub.core.principal import Principal
from hub.core.workflow import Actor
from hub.db.models import AgendaItem, BodyMembership, JointMeeting, JointMeetingParty, Resolution
from hub.linkage.policies import linkage_policies
from hub.linkage.rows import body_of
from hub.linkage.workflows.meeting import MEETING, MeetingFacts
from hub.organizations.existence import require_organizations
from hub.organizations.recording import check_recording
from hub.policy.store import PolicyStore
from hub.workflow.firing import Course, announce, fire
from hub.workflow.rows import locked, place, placed_in, sync_parties
from hub.workflow.unit import Unit

COURSE = Course("JointMeeting", AuditAction.MEETING_TRANSITION, "meeting")


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPlan:
    """筹备会议 (plan of a meeting). 不填参会单位时为全体成员单位 (no units: every member of the body)."""

    jurisdiction_code: str = required("区划代码", "jurisdiction code", limit=12)
    kind: MeetingKind = required("会议类型", "kind of meeting")
    title: str = required("会议名称", "title", limit=200)
    planned_at: datetime = required("拟召开时间", "planned time")
    place: str | None = optional("地点", "place", limit=200)
    invited_organization_ids: tuple[UUID, ...] = listed("参会单位", "invited units", node="OR")


async def plan_meeting(unit: Unit, plan: MeetingPlan) -> JointMeeting:
    """Plan a meeting of the jurisdiction's body; the office's work (驻政〔2022〕59号 三(一))."""
    refuse_if(find_problems(plan))
    jurisdiction = await place(unit, plan.jurisdiction_code)
    if not unit.is_office_of(jurisdiction.path):
        raise NotFound(path=("jurisdictionCode",))
    await check_recording(unit, path=jurisdiction.path, jurisdiction_id=jurisdiction.id, units=())
    body = await body_of(unit, jurisdiction.id)
    await require_organizations(unit, plan.invited_organization_ids, path="invitedOrganizationIds")
    invited = set(plan.invited_organization_ids) or await _members(unit.session, body.id)
    meeting = JointMeeting(
        id=new_id(),
        body_id=body.id,
        kind=plan.kind,
        title=plan.title.strip(),
        planned_at=plan.planned_at,
        place=plan.place,
        status=MeetingStatus.PLANNED,
        **placed_in(jurisdiction),
    )
    unit.session.add(meeting)
    await unit.session.flush()
    await sync_parties(
        unit,
        JointMeetingParty,
        {"meeting_id": meeting.id, "tenant_id": meeting.tenant_id},
        dict.fromkeys(invited, PartyCapacity.ATTENDEE),
        {"planned_at": meeting.planned_at, "jurisdiction_path": meeting.jurisdiction_path},
    )
    await unit.audit(AuditAction.MEETING_CREATED, Target("JointMeeting", meeting.id, meeting.jurisdiction_path))
    await announce(unit, COURSE, meeting, "planned")
    return meeting


async def _members(session: AsyncSession, body_id: UUID) -> set[UUID]:
    rows = await session.scalars(
        select(BodyMembership.organization_id).where(
            BodyMembership.body_id == body_id, BodyMembership.valid_to.is_(None)
        )
    )
    return set(rows)


async def fire_meeting(
    unit: Unit, meeting_id: UUID, event: str, payload: object, *, expected_version: int | None = None
) -> JointMeeting:
    meeting: JointMeeting = await locked(unit, JointMeeting, meeting_id)
    facts = (await load_meeting_facts(unit.session, unit.policy, [meeting], unit.at))[meeting.id]
    await check_recording(
        unit, path=meeting.jurisdiction_path, jurisdiction_id=meeting.jurisdiction_id, units=facts.invited
    )
    await fire(
        unit,
        MEETING,
        COURSE,
        meeting,
        event,
        payload,
        actors=meeting_actors(unit.principal, facts),
        facts=facts,
        expected_version=expected_version,
    )
    return meeting


async def load_meeting_facts(
    session: AsyncSession, policy: PolicyStore, meetings: list[JointMeeting], now: datetime
) -> dict[UUID, MeetingFacts]:
    """Facts of each meeting, by meeting id."""
    ids = [meeting.id for meeting in meetings]
    agenda = await session.execute(
        select(AgendaItem.meeting_id, func.count())
        .where(AgendaItem.meeting_id.in_(ids))
        .group_by(AgendaItem.meeting_id)
    )
    counts = {row[0]: row[1] for row in agenda}
    states: dict[UUID, list[object]] = {key: [] for key in ids}
    for meeting_id, status in await session.execute(
        select(Resolution.meeting_id, Resolution.status).where(Resolution.meeting_id.in_(ids))
    ):
        states[meeting_id].append(status)
    invited: dict[UUID, set[UUID]] = {key: set() for key in ids}
    for meeting_id, organization_id in await session.execute(
        select(JointMeetingParty.meeting_id, JointMeetingParty.organization_id).where(
            JointMeetingParty.meeting_id.in_(ids)
        )
    ):
        invited[meeting_id].add(organization_id)
    bodies = {meeting.body_id for meeting in meetings}
    convening = await convenors(session, bodies)
    posts = await _posts(session, bodies)
    policies = await linkage_policies(policy, session, meetings, local_date(now))
    return {
        meeting.id: MeetingFacts(
            meeting=meeting,
            agenda_count=counts.get(meeting.id, 0),
            resolution_states=tuple(states[meeting.id]),  # type: ignore[arg-type]
            convenors=convening[meeting.body_id],
            posts=frozenset(posts[meeting.body_id]),
            policy=policies[meeting.jurisdiction_id],
            invited=frozenset(invited[meeting.id]),
            now=now,
        )
        for meeting in meetings
    }


async def _posts(session: AsyncSession, body_ids: set[UUID]) -> defaultdict[UUID, set[tuple[MembershipRole, UUID]]]:
    """Who holds which post of each body, or records for its holder."""
    found: defaultdict[UUID, set[tuple[MembershipRole, UUID]]] = defaultdict(set)
    rows = await session.scalars(
        select(BodyMembership).where(BodyMembership.body_id.in_(body_ids), BodyMembership.valid_to.is_(None))
    )
    for row in rows:
        found[row.body_id] |= {
            (row.role, row.organization_id),
            (row.role, row.acting_organization_id or row.organization_id),
        }
    return found


def meeting_actors(principal: Principal, facts: MeetingFacts) -> frozenset[Actor]:
    """A party sees only its own party row, which is enough to know that it is invited."""
    own = principal.on_behalf_of or principal.organization_id
    itself = principal.on_behalf_of is None
    capacities = {
        Actor.OFFICE: itself and is_office(principal, facts.meeting.jurisdiction_path),
        Actor.CONVENOR: itself and own in facts.convenors,
        Actor.MEMBER: own in facts.invited,
    }
    return frozenset(actor for actor, held in capacities.items() if held)
