"""What the guards look at of a coordination body: its meetings, what they resolved, who speaks for its convenor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.access.capacity import convenors
from hub.canonical.codes import MEETING_HELD, MeetingKind, MeetingStatus
from hub.core.clock import local_date
from hub.db.models import JointMeeting, Resolution


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """What a coordination body has decided and who speaks for its convenor."""

    coordinated_on: date | None
    """Day of the latest coordination meeting, planned or held."""
    convenors: frozenset[UUID]
    resolutions: Mapping[UUID, date]
    """Resolutions that decide anything but a list, with the day on which the meeting was held."""
    approvals: Mapping[UUID, frozenset[UUID]]
    """Resolutions of held plenaries, by the double list they approve. One that has approved its list is spent: what
    comes after an amendment needs another meeting."""

    def resolved_since(self, day: date) -> frozenset[UUID]:
        """What meetings held on a day or later resolved: no meeting decides what was asked for only after it."""
        return frozenset(key for key, held_on in self.resolutions.items() if held_on >= day)


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
    coordinated: dict[UUID, date] = {}
    held: dict[UUID, tuple[UUID, date]] = {}
    plenaries: set[UUID] = set()
    for meeting_id, body_id, kind, status, planned_at, held_at in meetings:
        if kind is MeetingKind.COORDINATION:
            coordinated[body_id] = max(local_date(planned_at), coordinated.get(body_id, date.min))
        if status in MEETING_HELD:
            held[meeting_id] = (body_id, local_date(held_at or planned_at))
        if kind is MeetingKind.PLENARY:
            plenaries.add(meeting_id)
    resolutions, approvals = await _resolutions(session, held, plenaries)
    return {
        body_id: BodyFacts(
            coordinated_on=coordinated.get(body_id),
            convenors=convening[body_id],
            resolutions=resolutions[body_id],
            approvals={list_id: frozenset(found) for list_id, found in approvals[body_id].items()},
        )
        for body_id in body_ids
    }


async def _resolutions(
    session: AsyncSession, held: Mapping[UUID, tuple[UUID, date]], plenaries: AbstractSet[UUID]
) -> tuple[defaultdict[UUID, dict[UUID, date]], defaultdict[UUID, defaultdict[UUID, set[UUID]]]]:
    by_body: defaultdict[UUID, dict[UUID, date]] = defaultdict(dict)
    approvals: defaultdict[UUID, defaultdict[UUID, set[UUID]]] = defaultdict(lambda: defaultdict(set))
    rows = await session.execute(
        select(Resolution.id, Resolution.meeting_id, Resolution.approved_list_id).where(
            Resolution.meeting_id.in_(held), Resolution.carried_out_at.is_(None)
        )
    )
    for resolution_id, meeting_id, list_id in rows:
        body_id, held_on = held[meeting_id]
        if list_id is None:
            by_body[body_id][resolution_id] = held_on
        elif meeting_id in plenaries:
            approvals[body_id][list_id].add(resolution_id)
    return by_body, approvals
