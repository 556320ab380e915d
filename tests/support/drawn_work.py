"""Meetings of a generated world with what hangs on them, tasks, matters and requests for coordination."""

from __future__ import annotations

from datetime import datetime

from hub.canonical import codes
from hub.core.clock import SHANGHAI
from hub.db import models
from hub.db.models import double_list
from tests.support.drawing import Drawing
from tests.support.rows import Row


class Work(Drawing):
    def _meetings(self, county: str, placed: Row) -> None:
        for _ in range(self.size):
            meeting = self.content.add(
                models.JointMeeting,
                id=self.id(),
                body_id=self.world.bodies[county],
                kind=self.pick(codes.MeetingKind),
                title=self.mark("会议"),
                planned_at=self.moment(),
                place=self.pick((None, "会议室")),
                status=self.pick(codes.MeetingStatus),
                chair_role=self.pick((None, *codes.MembershipRole)),
                chair_organization_id=self.pick((None, self.unit(county))),
                chair_delegation=self.pick((None, self.mark("委托"))),
                held_at=self.pick((None, self.moment())),
                cancel_reason=self.pick((None, self.mark("取消"))),
                minutes_text=self.pick((None, self.mark("纪要"))),
                version=1,
                **self.stamps(),
                **placed,
            )
            invited = self._told(self.units(county, 4))
            shared = {"planned_at": meeting["planned_at"]}
            self.audience(models.JointMeetingParty, "meeting_id", meeting, invited, **shared)
            self._of_meeting(county, placed, meeting)

    def _of_meeting(self, county: str, placed: Row, meeting: Row) -> None:
        for position in range(self.random.randrange(3)):
            self.content.add(
                models.AgendaItem,
                id=self.id(),
                meeting_id=meeting["id"],
                position=position + 1,
                title=self.mark("议题"),
                proposer_id=self.unit(county),
                linked_list_id=self._earlier(models.DoubleList),
                **self.stamps(),
                **placed,
            )
        for unit in self.units(county, 2):
            self.content.add(
                models.MeetingAttendance,
                id=self.id(),
                meeting_id=meeting["id"],
                organization_id=unit,
                post=self.mark("职务"),
                present=self.chance(0.5),
                substitute=False,
                **self.stamps(),
                **placed,
            )
        for number in range(self.random.randrange(3)):
            self.content.add(
                models.Resolution,
                id=self.id(),
                meeting_id=meeting["id"],
                number=number + 1,
                text=self.mark("议定"),
                lead_organization_id=self.unit(county),
                cooperating_organization_ids=self.units(county),
                due_on=self.pick((None, self.day())),
                status=self.pick(codes.TaskStatus),
                approved_list_id=self._earlier(models.DoubleList),
                version=1,
                **self.stamps(),
                **placed,
            )

    def _tasks(self, county: str, placed: Row) -> None:
        for _ in range(self.size):
            due = self.pick((None, self.day()))
            task = self.content.add(
                models.LinkageTask,
                id=self.id(),
                origin=self.pick((*codes.TaskOrigin, codes.TaskOrigin.ISSUE, codes.TaskOrigin.ISSUE)),
                title=self.mark("任务"),
                content=self.mark("任务内容"),
                lead_organization_id=self.unit(county),
                cooperating_organization_ids=self.units(county),
                due_on=due,
                due_at=None if due is None else datetime(due.year, due.month, due.day, tzinfo=SHANGHAI),
                due_sort=due or double_list.NO_DUE_DATE,
                due_provisional=False,
                deadline_basis=self.explanation(),
                status=self.pick(codes.TaskStatus),
                urge_count=self.random.randrange(3),
                report=self.pick((None, self.mark("落实"))),
                return_reason=self.pick((None, self.mark("退回"))),
                version=1,
                **self.stamps(),
                **placed,
            )
            units = [task["lead_organization_id"], *self._told(task["cooperating_organization_ids"])]
            self.audience(models.LinkageTaskParty, "task_id", task, units, due_sort=task["due_sort"])
            self._responsible(county, placed, task)

    def _matters_and_requests(self, county: str, placed: Row) -> None:
        for _ in range(self.size):
            matter = self.content.add(
                models.LinkageMatter,
                id=self.id(),
                body_id=self.world.bodies[county],
                title=self.mark("联动"),
                content=self.mark("联动内容"),
                proposer_id=self.unit(county),
                lead_organization_id=self.unit(county),
                cooperating_organization_ids=self.units(county),
                due_on=self.pick((None, self.day())),
                status=self.pick(codes.MatterStatus),
                decision_note=self.pick((None, self.mark("批示"))),
                task_id=self._earlier(models.LinkageTask),
                version=1,
                **self.stamps(),
                **placed,
            )
            named = [matter["lead_organization_id"], *matter["cooperating_organization_ids"]]
            units = [matter["proposer_id"], *self._told(named)]
            self.audience(models.LinkageMatterParty, "matter_id", matter, units)
            request = self.content.add(
                models.CoordinationRequest,
                id=self.id(),
                from_organization_id=self.unit(county),
                counterpart_organization_ids=self.units(county),
                route=self.pick(codes.RoutePath),
                subject=self.mark("协调"),
                attempted_direct_contact=self.chance(0.5),
                dispute_summary=self.mark("分歧情况"),
                outcome=self.pick((None, self.mark("协调结果"))),
                item_id=self._earlier(models.DoubleListItem),
                meeting_id=self._earlier(models.JointMeeting),
                status=self.pick(codes.CoordinationStatus),
                version=1,
                **self.stamps(),
                **placed,
            )
            units = [request["from_organization_id"], *self._told(request["counterpart_organization_ids"])]
            self.audience(models.CoordinationRequestParty, "request_id", request, units)
