"""The demonstration's linkage matters and coordination requests."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from hub.canonical.codes import CoordinationStatus, MatterStatus
from hub.core.workflow import Note
from hub.db.models import AgendaItem, Resolution
from hub.demo import linkage as data
from hub.demo.acting import Acting
from hub.linkage import coordination, matters
from hub.linkage.workflows import coordination as coordination_payloads
from hub.linkage.workflows import matter as matter_payloads


@dataclass
class Consulting:
    """Matters by the key of the data files, once proposed."""

    acting: Acting
    matters: dict[str, UUID] = field(default_factory=dict)

    async def propose(self, matter: data.Matter) -> None:
        """Propose it; one that a meeting has on its agenda is there before the meeting, whatever the day is now."""
        if not self.acting.past(matter.proposed_on) and self._decided_by(matter) is None:
            return
        body = next(body for body in self.acting.world.bodies if body.key == matter.body)
        code, at = body.jurisdiction, self.acting.instant(matter.proposed_on)
        lead, *_ = self.acting.ids((matter.lead,))
        draft = matters.MatterDraft(
            jurisdiction_code=code,
            title=matter.title,
            content=matter.content,
            lead_organization_id=lead,
            cooperating_organization_ids=tuple(key for key in self.acting.ids(matter.cooperating) if key != lead),
            due_on=matter.due,
        )
        row = await matters.propose_matter(self.acting.of(matter.proposer, code, at), draft)
        self.matters[matter.key] = row.id
        if matter.status is not MatterStatus.PROPOSED:
            await matters.fire_matter(self.acting.office(code, at + timedelta(days=2)), row.id, "review", Note())

    def _decided_by(self, matter: data.Matter) -> tuple[data.Meeting, data.Resolution] | None:
        found = (
            (meeting, each)
            for meeting in self.acting.world.meetings
            for each in meeting.resolutions
            if meeting.held_on is not None and each.matter == matter.key
        )
        return next(found, None)

    async def decide(self, matter: data.Matter) -> None:
        decided = self._decided_by(matter)
        if decided is None or matter.status not in (MatterStatus.APPROVED, MatterStatus.IN_PROGRESS):
            return
        meeting, each = decided
        assert meeting.held_on is not None
        key = self.matters[matter.key]
        body = next(body for body in self.acting.world.bodies if body.key == matter.body)
        code, at = body.jurisdiction, self.acting.instant(meeting.held_on, 18)
        statement = (
            select(Resolution.id)
            .join(AgendaItem, AgendaItem.meeting_id == Resolution.meeting_id)
            .where(AgendaItem.linked_matter_id == key, Resolution.number == each.no)
        )
        approval = matter_payloads.MatterApproval(
            resolution_id=await self.acting.unit.session.scalar(statement), note=matter.decision_note
        )
        await matters.fire_matter(self.acting.convenor(matter.body, code, at), key, "approve", approval)
        if matter.status is MatterStatus.IN_PROGRESS:
            await matters.fire_matter(self.acting.office(code, at + timedelta(days=1)), key, "assign", Note())

    async def request(self, request: data.Coordination, item: UUID | None) -> None:
        if not self.acting.past(request.raised_on):
            return
        code, at = request.jurisdiction, self.acting.instant(request.raised_on)
        draft = coordination.RequestDraft(
            jurisdiction_code=code,
            counterpart_organization_ids=self.acting.ids(request.counterparts),
            subject=request.subject,
            dispute_summary=request.dispute_summary,
            attempted_direct_contact=request.attempted_direct_contact,
            route=request.route,
            item_id=item,
        )
        requester = self.acting.of(request.requester, code, at)
        row = await coordination.open_request(requester, draft)
        if request.status is CoordinationStatus.ESCALATED:
            later = self.acting.of(request.requester, code, at + timedelta(days=3))
            escalation = coordination_payloads.Escalation(
                attempted_direct_contact=True, summary=request.dispute_summary
            )
            await coordination.fire_request(later, row.id, "escalate", escalation)
