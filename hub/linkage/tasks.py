"""Tasks: the office's key issues, and every task's way by its table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.access.capacity import is_office
from hub.canonical.codes import MEETING_HELD, MeetingKind, TaskOrigin
from hub.core.errors import NotFound, Reason, refuse_if
from hub.core.payload import find_problems, listed, optional, required
from hub.core.principal import Principal
from hub.core.workflow import Actor
from hub.db.models import JointMeeting, LinkageTask, Resolution
from hub.linkage.rows import division_problems
from hub.linkage.task_rows import COURSE, create_task
from hub.linkage.workflows.task import TASK, TaskFacts
from hub.organizations.existence import require_organizations
from hub.organizations.recording import check_recording
from hub.workflow.firing import fire
from hub.workflow.rows import locked, place, placed_in
from hub.workflow.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyIssue:
    """重点问题事项 (key issue found by inspection or reported by a unit)."""

    jurisdiction_code: str = required("区划代码", "jurisdiction code", limit=12)
    title: str = required("问题", "issue", limit=200)
    content: str = required("情况及整改要求", "facts and what must be done")
    lead_organization_id: UUID = required("责任单位", "responsible unit", node="OR")
    cooperating_organization_ids: tuple[UUID, ...] = listed("配合单位", "cooperating units", node="OR")
    due_on: date | None = optional("整改时限", "due date")

    def find_rule_problems(self) -> Iterator[Reason]:
        yield from division_problems(self.lead_organization_id, self.cooperating_organization_ids)


async def raise_issue(unit: Unit, issue: KeyIssue) -> LinkageTask:
    """Put a key issue on the list (重点问题事项清单); the office's work (驻政〔2022〕59号 四(三))."""
    refuse_if(find_problems(issue))
    jurisdiction = await place(unit, issue.jurisdiction_code)
    if not unit.is_office_of(jurisdiction.path):
        raise NotFound(path=("jurisdictionCode",))
    units = (issue.lead_organization_id, *issue.cooperating_organization_ids)
    await check_recording(unit, path=jurisdiction.path, jurisdiction_id=jurisdiction.id, units=())
    await require_organizations(unit, units, path="leadOrganizationId")
    return await create_task(
        unit,
        origin=TaskOrigin.ISSUE,
        origin_id=None,
        title=issue.title,
        content=issue.content,
        lead_id=issue.lead_organization_id,
        cooperating_ids=issue.cooperating_organization_ids,
        due_on=issue.due_on,
        placed=placed_in(jurisdiction),
    )


async def fire_task(
    unit: Unit, task_id: UUID, event: str, payload: object, *, expected_version: int | None = None
) -> LinkageTask:
    task: LinkageTask = await locked(unit, LinkageTask, task_id)
    await check_recording(
        unit,
        path=task.jurisdiction_path,
        jurisdiction_id=task.jurisdiction_id,
        units=(task.lead_organization_id, *task.cooperating_organization_ids),
    )
    await fire(
        unit,
        TASK,
        COURSE,
        task,
        event,
        payload,
        actors=task_actors(unit.principal, task),
        facts=await load_task_facts(unit.session, task, unit.today),
        expected_version=expected_version,
    )
    return task


async def load_task_facts(session: AsyncSession, task: LinkageTask, today: date) -> TaskFacts:
    """Only what meetings of the body resolved after the task was set can cancel it; not that they approved a list."""
    rows = await session.scalars(
        select(Resolution.id)
        .join(JointMeeting, JointMeeting.id == Resolution.meeting_id)
        .where(
            Resolution.jurisdiction_id == task.jurisdiction_id,
            JointMeeting.status.in_(MEETING_HELD),
            JointMeeting.kind != MeetingKind.COORDINATION,
            JointMeeting.held_at > task.created_at,
            Resolution.approved_list_id.is_(None),
        )
    )
    return TaskFacts(task=task, today=today, resolutions=frozenset(rows))


def task_actors(principal: Principal, task: LinkageTask) -> frozenset[Actor]:
    office = is_office(principal, task.jurisdiction_path)
    own = principal.on_behalf_of or principal.organization_id
    capacities = {
        Actor.LEAD: task.lead_organization_id == own,
        Actor.COOPERATING: own in task.cooperating_organization_ids,
        Actor.OFFICE: office and principal.on_behalf_of is None,
    }
    return frozenset(actor for actor, held in capacities.items() if held)
