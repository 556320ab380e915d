"""What the guards look at of a coordination body: its meetings, what they resolved, who speaks for its convenor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.access.capacity import convenors
from hub.canonical.codes import MEETING_HELD, MeetingKind, MeetingStatus
from hub.core.clock import local_date
from hub.db.models import JointMeeting, Resolution


@dataclass(frozen=True, slots=True)
class _Held:
    """A meeting that was held, and on which day."""

    body_id: UUID
    kind: MeetingKind
    on: date


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """What a coordination body has decided and who speaks for its convenor."""

    coordinated_on: frozenset[date]
    """Days of the coordination meetings, planned or held."""
    convenors: frozenset[UUID]
    resolutions: Mapping[UUID, date]
    """Resolutions that decide anything but a list, with the day on which the meeting was held. Units that coordinate
    among themselves decide nothing for the body."""
    approvals: Mapping[UUID, Mapping[UUID, date]]
    """Resolutions of held plenaries and their days, by the double list they approve. A meeting approves a list once:
    what comes after an amendment needs another meeting."""

    def resolved_since(self, day: date) -> frozenset[UUID]:
        """What meetings held on a day or later resolved: no meeting decides what was asked for only after it."""
        return frozenset(key for key, held_on in self.resolutions.items() if held_on >= day)

    def approving_since(self, list_id: UUID, day: date) -> frozenset[UUID]:
        """What plenaries held on a day or later resolved of a list."""
        return frozenset(key for key, held_on in self.approvals.get(list_id, {}).items() if held_on >= day)


def day_of(moment: datetime | None) -> date:
    """The day of a moment; of what never was, a day before all others."""
    return date.min if moment is None else local_date(moment)


async def load_body_facts(session: AsyncSession, body_ids: set[UUID]) -> dict[UUID, BodyFacts]:
    """Facts of each coordination body, by body id."""
    convening = await convenors(session, body_ids)
    meetings = await session.execute(
        select(
            JointMeeting.id,
            JointMeeting.body_id,
            JointMeeting.kind,
            JointMeeting.status,
            JointMeeting.planned_at,
            JointMeeting.held_at,
        ).where(JointMeeting.body_id.in_(body_ids), JointMeeting.status != MeetingStatus.CANCELLED)
    )
    coordinated: defaultdict[UUID, set[date]] = defaultdict(set)
    held: dict[UUID, _Held] = {}
    for meeting_id, body_id, kind, status, planned_at, held_at in meetings:
        if kind is MeetingKind.COORDINATION:
            coordinated[body_id].add(local_date(planned_at))
        elif status in MEETING_HELD:
            held[meeting_id] = _Held(body_id, kind, local_date(held_at or planned_at))
    decided, approvals = await _resolutions(session, held)
    return {
        body_id: BodyFacts(
            coordinated_on=frozenset(coordinated[body_id]),
            convenors=convening[body_id],
            resolutions=decided[body_id],
            approvals=approvals[body_id],
        )
        for body_id in body_ids
    }


async def _resolutions(
    session: AsyncSession, held: Mapping[UUID, _Held]
) -> tuple[defaultdict[UUID, dict[UUID, date]], defaultdict[UUID, defaultdict[UUID, dict[UUID, date]]]]:
    decided: defaultdict[UUID, dict[UUID, date]] = defaultdict(dict)
    approvals: defaultdict[UUID, defaultdict[UUID, dict[UUID, date]]] = defaultdict(lambda: defaultdict(dict))
    columns = (Resolution.id, Resolution.meeting_id, Resolution.approved_list_id, Resolution.carried_out_at)
    rows = (await session.execute(select(*columns).where(Resolution.meeting_id.in_(held)))).tuples().all()
    spent = {(meeting_id, list_id) for _, meeting_id, list_id, carried_out_at in rows if carried_out_at}
    for resolution_id, meeting_id, list_id, _ in rows:
        meeting = held[meeting_id]
        if list_id is None:
            decided[meeting.body_id][resolution_id] = meeting.on
        elif meeting.kind is MeetingKind.PLENARY and (meeting_id, list_id) not in spent:
            approvals[meeting.body_id][list_id][resolution_id] = meeting.on
    return decided, approvals
