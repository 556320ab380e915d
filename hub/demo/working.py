"""The demonstration's linkage work, done by the real services at past instants, so that its traces are real."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from hub.canonical.codes import (
    DeadlineKind,
    DoubleListStatus,
    ItemStatus,
    MeetingKind,
    MeetingStatus,
    TaskStatus,
)
from hub.core.clock import SHANGHAI, local_date
from hub.core.workflow import Note
from hub.db.models import LinkageTask, Resolution
from hub.demo import linkage as data
from hub.demo.acting import Acting
from hub.demo.consulting import Consulting
from hub.linkage import commands, item_events, items, list_rows, lists, meetings, tasks
from hub.linkage.workflows import meeting as meeting_payloads
from hub.linkage.workflows import task as task_payloads
from hub.workflow.rows import place
from hub.workflow.unit import Unit

PREPARATION = timedelta(days=24)


@dataclass
class Working(Acting):
    """Plays the data files' year: who does what, in order."""

    lists: dict[str, UUID] = field(default_factory=dict)
    items: dict[tuple[str, int], UUID] = field(default_factory=dict)

    async def play(self) -> None:
        world, consulting = self.world, Consulting(self)
        for each in world.lists:
            await self._prepare(each)
        for matter in world.matters:
            await consulting.propose(matter)
        for meeting in world.meetings:
            await self._meeting(meeting, consulting.matters)
        for each in world.lists:
            await self._follow(each)
        for matter in world.matters:
            await consulting.decide(matter)
        for request in world.coordination_requests:
            await consulting.request(request, self.items.get((request.double_list or "", request.item or 0)))

    # double lists

    def _approved_by(self, list_key: str) -> data.Meeting | None:
        found = (
            meeting
            for meeting in self.world.meetings
            if meeting.held_on is not None and any(each.approves == list_key for each in meeting.resolutions)
        )
        return next(found, None)

    async def _prepare(self, list_: data.DoubleList) -> None:
        """Propose the items; for a list that a meeting approves, coordinate them until they wait for it."""
        code = list_.jurisdiction
        meeting = self._approved_by(list_.key)
        held = meeting.held_on if meeting else None
        start = self.instant(held - PREPARATION if held else local_date(self.now) - timedelta(days=5))
        office = self.office(code, start)
        jurisdiction = await place(office, code)
        row, _ = await list_rows.get_or_create(office, jurisdiction, list_.year)
        self.lists[list_.key] = row.id
        for item in list_.items:
            self.items[list_.key, item.no] = await self._propose(office, list_, item)
        if meeting is None:
            for item in list_.items:
                if item.status is not ItemStatus.DRAFT:
                    await self._fire(office, list_, item, "submit")
            return
        await lists.fire_list(office, row.id, "openReview", Note())
        await self._coordinate(list_, start)
        await lists.fire_list(self.office(code, start + PREPARATION / 2), row.id, "submitToMeeting", Note())

    async def _propose(self, office: Unit, list_: data.DoubleList, item: data.Item) -> UUID:
        lead, *_ = self.ids((item.lead,))
        proposal = commands.ItemProposal(
            jurisdiction_code=list_.jurisdiction,
            year=list_.year,
            title=item.title,
            content=item.content,
            side=item.side,
            area=item.area,
            lead_organization_id=lead,
            cooperating_organization_ids=tuple(key for key in self.ids(item.cooperating) if key != lead),
            deadline_kind=item.deadline_kind,
            due_on=item.due if item.deadline_kind is DeadlineKind.FIXED else None,
            recurrence=item.recurrence,
            deliverables=item.deliverables,
            kpis=tuple(commands.Kpi(name=each.name, target=str(each.target), unit=each.unit) for each in item.kpis),
            source_clause=item.source_clause,
        )
        row = await items.propose(office, proposal)
        row.source_document_no = list_.document_no
        return row.id

    async def _coordinate(self, list_: data.DoubleList, start: datetime) -> None:
        code = list_.jurisdiction
        office = self.office(code, start + timedelta(days=2))
        plan = meetings.MeetingPlan(
            jurisdiction_code=code,
            kind=MeetingKind.COORDINATION,
            title=f"{list_.year}年度双清单协调会",
            planned_at=min(start + timedelta(days=5), self.now),
        )
        await meetings.plan_meeting(office, plan)
        for item in list_.items:
            for event in ("submit", "collate", "sendToCoordination"):
                await self._fire(office, list_, item, event)
            for unit_key in dict.fromkeys((item.lead, *item.cooperating)):
                unit = self.of(unit_key, code, start + timedelta(days=5))
                await self._fire(unit, list_, item, "confirm")
            await self._fire(self.office(code, start + timedelta(days=7)), list_, item, "agree", commands.Agreement())

    async def _fire(
        self, unit: Unit, list_: data.DoubleList, item: data.Item, event: str, payload: object | None = None
    ) -> None:
        await item_events.fire_item(unit, self.items[list_.key, item.no], event, payload or Note())

    # meetings

    async def _meeting(self, meeting: data.Meeting, proposed: Mapping[str, UUID]) -> None:
        body = next(body for body in self.world.bodies if body.key == meeting.body)
        code = body.jurisdiction
        ahead = meeting.held_on is None and self.past(meeting.planned_on)
        planned_on = local_date(self.now) + timedelta(days=21) if ahead else meeting.planned_on
        planned_at = datetime.combine(planned_on, meeting.starts, SHANGHAI)
        before = min(planned_at, self.now) - timedelta(days=14)
        plan = meetings.MeetingPlan(
            jurisdiction_code=code,
            kind=meeting.kind,
            title=meeting.title,
            planned_at=planned_at,
            place=meeting.place,
        )
        row = await meetings.plan_meeting(self.office(code, before), plan)
        if meeting.status is MeetingStatus.PLANNED or meeting.chair is None or meeting.held_on is None:
            return
        await self._hold(row.id, meeting, code, planned_at, proposed)

    async def _hold(
        self, key: UUID, meeting: data.Meeting, code: str, planned_at: datetime, proposed: Mapping[str, UUID]
    ) -> None:
        assert meeting.chair is not None
        held_at = min(planned_at, self.now)
        await self._step(key, "openAgenda", Note(), code, held_at - timedelta(days=13))
        for each in meeting.agenda:
            proposal = meeting_payloads.AgendaProposal(
                title=each.title,
                linked_list_id=self.lists[each.double_list] if each.double_list else None,
                linked_matter_id=proposed[each.matter] if each.matter else None,
            )
            await self._step(key, "proposeAgenda", proposal, code, held_at - timedelta(days=10))
        notice = meeting_payloads.MeetingNotice(
            chair_role=meeting.chair.role,
            chair_organization_id=self.id_of(meeting.chair.organization),
            chair_delegation=meeting.chair.delegation,
        )
        await self._step(key, "issueNotice", notice, code, held_at - timedelta(days=5))
        attendance = tuple(
            meeting_payloads.Attendance(
                organization_id=self.id_of(each.organization),
                post=each.post,
                present=each.present,
                substitute=each.substitute,
            )
            for each in meeting.attendance
        )
        holding = meeting_payloads.Holding(held_at=held_at, attendance=attendance)
        await self._step(key, "hold", holding, code, held_at + timedelta(hours=3))
        for each_resolution in meeting.resolutions:
            await self._step(key, "resolve", self._resolution(each_resolution), code, held_at + timedelta(hours=4))
        if meeting.minutes is not None:
            await self._minutes(key, meeting, meeting.minutes, code)

    def _resolution(self, each: data.Resolution) -> meeting_payloads.ResolutionText:
        lead, *_ = self.ids((each.lead,))
        return meeting_payloads.ResolutionText(
            text=each.text,
            lead_organization_id=lead,
            cooperating_organization_ids=tuple(key for key in self.ids(each.cooperating) if key != lead),
            due_on=each.due,
            approved_list_id=self.lists[each.approves] if each.approves else None,
        )

    async def _minutes(self, key: UUID, meeting: data.Meeting, minutes: data.Minutes, code: str) -> None:
        at = self.instant(minutes.issued_on)
        await self._step(key, "draftMinutes", meeting_payloads.MinutesDraft(text=minutes.text), code, at)
        await self._step(key, "circulate", Note(), code, at)
        issue = meeting_payloads.MinutesIssue(document_no=minutes.document_no, signed_by=minutes.signed_by)
        await self._step(key, "approve", issue, code, at + timedelta(hours=2))
        if meeting.status in (MeetingStatus.FOLLOW_UP, MeetingStatus.CLOSED):
            await self._step(key, "dispatch", Note(), code, at + timedelta(hours=3))
            for each in meeting.resolutions:
                await self._task(key, each, code, at)

    async def _step(self, key: UUID, event: str, payload: object, code: str, at: datetime) -> None:
        await meetings.fire_meeting(self.office(code, at), key, event, payload)

    async def _task(self, meeting: UUID, each: data.Resolution, code: str, at: datetime) -> None:
        statement = (
            select(LinkageTask.id)
            .join(Resolution, Resolution.task_id == LinkageTask.id)
            .where(Resolution.meeting_id == meeting, Resolution.number == each.no)
        )
        key = await self.unit.session.scalar(statement)
        if key is None:
            return
        lead = self.of(each.lead, code, at + timedelta(days=1))
        reached = [TaskStatus.ASSIGNED, TaskStatus.IN_PROGRESS, TaskStatus.REPORTED, TaskStatus.VERIFIED]
        steps = reached.index(each.status)
        if steps >= 1:
            await tasks.fire_task(lead, key, "start", Note())
        if steps >= 2:
            later = self.of(each.lead, code, at + timedelta(days=4))
            text = each.report or "已按议定事项落实。"
            await tasks.fire_task(later, key, "report", task_payloads.TaskReport(text=text))
        if steps >= 3:
            await tasks.fire_task(self.office(code, at + timedelta(days=6)), key, "verify", Note())

    # tracking

    async def _follow(self, list_: data.DoubleList) -> None:
        meeting = self._approved_by(list_.key)
        if meeting is None or meeting.held_on is None:
            return
        code = list_.jurisdiction
        after = self.instant(meeting.held_on, 15) + timedelta(days=1)
        key = self.lists[list_.key]
        resolution = await self.unit.session.scalar(select(Resolution.id).where(Resolution.approved_list_id == key))
        assert resolution is not None
        decided = commands.ByResolution(resolution_id=resolution)
        await lists.fire_list(self.convenor(list_.body, code, after), key, "approve", decided)
        if list_.status is DoubleListStatus.IN_FORCE:
            await lists.fire_list(self.office(code, after + timedelta(hours=1)), key, "putInForce", Note())
        for item in list_.items:
            await self._track(list_, item, after + timedelta(days=2))

    async def _track(self, list_: data.DoubleList, item: data.Item, at: datetime) -> None:
        if item.status is ItemStatus.APPROVED:
            return
        await self._fire(self.of(item.lead, list_.jurisdiction, at), list_, item, "start")
        last = at
        for report in item.reports:
            if self.past(report.on):
                last = max(last, self.instant(report.on, 16))
                await self._report(list_, item, report)
        await self._reach(list_, item, last + timedelta(hours=1))

    async def _report(self, list_: data.DoubleList, item: data.Item, report: data.Report) -> None:
        by_lead = report.by in (None, item.lead)
        unit = self.of(report.by or item.lead, list_.jurisdiction, self.instant(report.on, 16))
        said = commands.Report(text=report.text, progress_percent=report.percent if by_lead else None)
        await self._fire(unit, list_, item, "report", said)

    async def _reach(self, list_: data.DoubleList, item: data.Item, at: datetime) -> None:
        """The events that lead from IN_PROGRESS to the state of the data files."""
        code = list_.jurisdiction
        lead, office = self.of(item.lead, code, at), self.office(code, at + timedelta(days=3))
        for who, event, payload in self._way(item, lead, office):
            await self._fire(who, list_, item, event, payload)

    @staticmethod
    def _way(item: data.Item, lead: Unit, office: Unit) -> Iterator[tuple[Unit, str, Any]]:
        if item.status in (ItemStatus.PENDING_ACCEPTANCE, ItemStatus.COMPLETED):
            evidence = item.deliverables or ("工作总结",)
            yield lead, "applyCompletion", commands.Completion(summary="任务已完成，申请验收。", deliverables=evidence)
        if item.status is ItemStatus.COMPLETED:
            yield office, "accept", Note()
        if item.status is ItemStatus.ADJUSTMENT_PENDING and item.adjustment is not None:
            asked = commands.AdjustmentRequest(reason=item.adjustment.reason, due_on=item.adjustment.due)
            yield lead, "requestAdjust", asked
        if item.status is ItemStatus.SUSPENDED:
            reason = item.suspension_reason or "客观条件暂不具备。"
            yield office, "suspend", commands.Suspension(reason=reason, convenor_consent="召集人批示")
