"""Rows of linkage tasks: created under their origins, with audience and deadline; origins follow their state."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.codes import MatterStatus, PartyCapacity, TaskOrigin, TaskStatus
from hub.core.ids import new_id
from hub.db.models import LinkageMatter, LinkageTask, LinkageTaskParty, Resolution
from hub.db.models.double_list import NO_DUE_DATE
from hub.linkage import deadlines
from hub.workflow.firing import Course, announce, move
from hub.workflow.rows import sync_parties
from hub.workflow.unit import Unit

COURSE = Course("LinkageTask", AuditAction.TASK_TRANSITION, "task")
MATTER_COURSE = Course("LinkageMatter", AuditAction.MATTER_TRANSITION, "matter")
MATTER_ENDS = {TaskStatus.VERIFIED: MatterStatus.COMPLETED, TaskStatus.CANCELLED: MatterStatus.WITHDRAWN}
"""How a matter ends with its task: carried out, or taken back by a later meeting."""


async def create_task(
    unit: Unit,
    *,
    origin: TaskOrigin,
    origin_id: UUID | None,
    title: str,
    content: str,
    lead_id: UUID,
    cooperating_ids: Sequence[UUID],
    due_on: date | None,
    placed: dict[str, Any],
) -> LinkageTask:
    """A task in ASSIGNED, visible to its lead, its cooperating units and the office."""
    task = LinkageTask(
        id=new_id(),
        origin=origin,
        origin_id=origin_id,
        title=title.strip()[:200],
        content=content,
        lead_organization_id=lead_id,
        cooperating_organization_ids=list(cooperating_ids),
        due_on=due_on,
        due_sort=due_on or NO_DUE_DATE,
        status=TaskStatus.ASSIGNED,
        created_at=unit.at,
        **placed,
    )
    await assign_deadline(unit, task)
    unit.session.add(task)
    await unit.session.flush()
    await sync_task_parties(unit, task)
    await unit.audit(
        AuditAction.TASK_CREATED, Target("LinkageTask", task.id, task.jurisdiction_path), origin=origin.value
    )
    await announce(unit, COURSE, task, "created")
    return task


async def assign_deadline(unit: Unit, task: LinkageTask) -> None:
    await deadlines.assign_task(unit, task)


async def sync_task_parties(unit: Unit, task: LinkageTask) -> None:
    capacities = dict.fromkeys(task.cooperating_organization_ids, PartyCapacity.COOPERATING)
    capacities[task.lead_organization_id] = PartyCapacity.LEAD
    await sync_parties(
        unit,
        LinkageTaskParty,
        {"task_id": task.id, "tenant_id": task.tenant_id},
        capacities,
        {"due_sort": task.due_sort, "jurisdiction_path": task.jurisdiction_path},
    )


async def follow_origin(unit: Unit, task: LinkageTask) -> None:
    """A resolution shows its task's state; a matter ends with its task."""
    match task.origin:
        case TaskOrigin.RESOLUTION:
            await unit.session.execute(
                update(Resolution)
                .where(Resolution.task_id == task.id)
                .values(status=task.status, version=Resolution.version + 1, updated_at=unit.at)
            )
        case TaskOrigin.MATTER if task.status in MATTER_ENDS:
            await _end_matter(unit, task, MATTER_ENDS[task.status])


async def _end_matter(unit: Unit, task: LinkageTask, status: MatterStatus) -> None:
    matter = await unit.session.scalar(select(LinkageMatter).where(LinkageMatter.task_id == task.id).with_for_update())
    if matter is None:
        return
    source = matter.status
    move(unit, matter, status)
    await unit.audit(
        MATTER_COURSE.action,
        Target(MATTER_COURSE.kind, matter.id, matter.jurisdiction_path),
        event="followTask",
        left=str(source),
        reached=str(status),
        version=matter.version,
    )
    await announce(unit, MATTER_COURSE, matter, "followTask")
