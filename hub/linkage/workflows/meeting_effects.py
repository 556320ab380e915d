"""What the events of a joint meeting do besides moving it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from hub.canonical.codes import PartyCapacity, TaskOrigin, TaskStatus
from hub.core.errors import NotFound
from hub.core.texts import Text
from hub.core.workflow import Effect
from hub.db.models import (
    AgendaItem,
    DoubleList,
    JointMeetingParty,
    LinkageMatter,
    MeetingAttendance,
    Resolution,
)
from hub.linkage.task_rows import create_task
from hub.organizations.existence import require_organizations
from hub.workflow.firing import Firing
from hub.workflow.rows import within


async def _add_agenda(firing: Firing) -> None:
    unit, meeting, proposal = firing.unit, firing.row, firing.payload
    await _require_visible(firing, DoubleList, proposal.linked_list_id, path="linkedListId")
    await _require_visible(firing, LinkageMatter, proposal.linked_matter_id, path="linkedMatterId")
    unit.session.add(
        AgendaItem(
            meeting_id=meeting.id,
            position=firing.facts.agenda_count + 1,
            title=proposal.title,
            proposer_id=unit.acting_id,
            linked_list_id=proposal.linked_list_id,
            linked_matter_id=proposal.linked_matter_id,
            **within(meeting),
        )
    )


async def _require_visible(firing: Firing, model: type[DoubleList | LinkageMatter], key: object, *, path: str) -> None:
    if key is None:
        return
    found = await firing.unit.session.scalar(
        select(model.id).where(model.id == key, model.jurisdiction_id == firing.row.jurisdiction_id)
    )
    if found is None:
        raise NotFound(path=(path,))


async def _set_chair(firing: Firing) -> None:
    notice = firing.payload
    await require_organizations(firing.unit, [notice.chair_organization_id], path="chairOrganizationId")
    firing.row.chair_role = notice.chair_role
    firing.row.chair_organization_id = notice.chair_organization_id
    firing.row.chair_delegation = notice.chair_delegation


async def _move(firing: Firing) -> None:
    firing.row.planned_at = firing.payload.planned_at
    await firing.unit.session.execute(
        update(JointMeetingParty)
        .where(JointMeetingParty.meeting_id == firing.row.id)
        .values(planned_at=firing.payload.planned_at)
    )


async def _keep_reason(firing: Firing) -> None:
    firing.row.cancel_reason = firing.payload.reason


async def _record_attendance(firing: Firing) -> None:
    unit, meeting, holding = firing.unit, firing.row, firing.payload
    await require_organizations(unit, [entry.organization_id for entry in holding.attendance], path="attendance")
    meeting.held_at = holding.held_at
    unit.session.add_all(
        MeetingAttendance(
            meeting_id=meeting.id,
            organization_id=entry.organization_id,
            post=entry.post,
            present=entry.present,
            substitute=entry.substitute,
            **within(meeting),
        )
        for entry in holding.attendance
    )
    await _admit(firing, [entry.organization_id for entry in holding.attendance if entry.present])


async def _admit(firing: Firing, attendees: list[UUID]) -> None:
    """Who attended sees the meeting and what it resolved, invited or not."""
    meeting = firing.row
    carried = {"planned_at": meeting.planned_at, "jurisdiction_path": meeting.jurisdiction_path}
    for organization_id in attendees:
        party = insert(JointMeetingParty).values(
            meeting_id=meeting.id,
            tenant_id=meeting.tenant_id,
            organization_id=organization_id,
            capacity=PartyCapacity.ATTENDEE,
            **carried,
        )
        await firing.unit.session.execute(party.on_conflict_do_nothing())


async def _add_resolution(firing: Firing) -> None:
    unit, meeting, resolution = firing.unit, firing.row, firing.payload
    units = (resolution.lead_organization_id, *resolution.cooperating_organization_ids)
    await require_organizations(unit, units, path="leadOrganizationId")
    await _require_visible(firing, DoubleList, resolution.approved_list_id, path="approvedListId")
    last = await unit.session.scalar(select(func.max(Resolution.number)).where(Resolution.meeting_id == meeting.id))
    unit.session.add(
        Resolution(
            meeting_id=meeting.id,
            number=(last or 0) + 1,
            text=resolution.text,
            lead_organization_id=resolution.lead_organization_id,
            cooperating_organization_ids=list(resolution.cooperating_organization_ids),
            due_on=resolution.due_on,
            status=TaskStatus.OPEN,
            approved_list_id=resolution.approved_list_id,
            **within(meeting),
        )
    )


async def _keep_minutes(firing: Firing) -> None:
    firing.row.minutes_text = firing.payload.text


async def _issue_minutes(firing: Firing) -> None:
    firing.row.minutes_document_no = firing.payload.document_no
    firing.row.minutes_signed_by = firing.payload.signed_by
    firing.row.minutes_issued_at = firing.unit.at


async def _dispatch(firing: Firing) -> None:
    resolutions = await firing.unit.session.scalars(
        select(Resolution).where(Resolution.meeting_id == firing.row.id).order_by(Resolution.number)
    )
    for resolution in resolutions.all():
        task = await create_task(
            firing.unit,
            origin=TaskOrigin.RESOLUTION,
            origin_id=resolution.id,
            title=resolution.text.strip().splitlines()[0],
            content=resolution.text,
            lead_id=resolution.lead_organization_id,
            cooperating_ids=resolution.cooperating_organization_ids,
            due_on=resolution.due_on,
            placed=within(resolution),
        )
        resolution.task_id = task.id
        resolution.status = TaskStatus.ASSIGNED
        resolution.version += 1


ADD_AGENDA = Effect("addAgenda", Text("登记议题", "the agenda item is kept"), _add_agenda)
SET_CHAIR = Effect("setChair", Text("登记主持人", "the chair is kept"), _set_chair)
MOVE = Effect("move", Text("调整会议时间", "the time moves"), _move)
KEEP_REASON = Effect("keepReason", Text("登记理由", "the reason is kept"), _keep_reason)
RECORD_ATTENDANCE = Effect("recordAttendance", Text("登记出席情况", "attendance is kept"), _record_attendance)
ADD_RESOLUTION = Effect("addResolution", Text("登记议定事项", "the resolution is kept"), _add_resolution)
KEEP_MINUTES = Effect("keepMinutes", Text("保存纪要", "the minutes are kept"), _keep_minutes)
ISSUE_MINUTES = Effect("issueMinutes", Text("登记签发信息", "the issue is kept"), _issue_minutes)
DISPATCH = Effect("dispatch", Text("每项议定事项生成联动任务", "one task per resolution"), _dispatch)
