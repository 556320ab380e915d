"""Provisional deadlines become final when the missing calendar year has been imported (background work)."""

from __future__ import annotations

import structlog
from sqlalchemy import or_, select, update

from hub.core.errors import Refused
from hub.db.models import DoubleListItem, DoubleListItemParty, LinkageTask, LinkageTaskParty
from hub.db.session import SystemSession
from hub.linkage.deadlines import recompute_provisional
from hub.policy.calendar import WorkingCalendar
from hub.policy.store import PolicyStore

log = structlog.get_logger("hub.linkage.recomputing")


async def recompute(session: SystemSession, store: PolicyStore) -> int:
    """Reckon every provisional deadline again; returns how many changed."""
    calendar = await store.calendar(session)
    changed = 0
    items = await session.scalars(
        select(DoubleListItem)
        .where(or_(DoubleListItem.due_provisional, DoubleListItem.next_report_provisional))
        .with_for_update(skip_locked=True)
    )
    for item in items.all():
        if _again(item, calendar):
            item.version += 1
            await session.execute(
                update(DoubleListItemParty).where(DoubleListItemParty.item_id == item.id).values(due_sort=item.due_sort)
            )
            changed += 1
    tasks = await session.scalars(
        select(LinkageTask).where(LinkageTask.due_provisional).with_for_update(skip_locked=True)
    )
    for task in tasks.all():
        if _again(task, calendar):
            task.version += 1
            await session.execute(
                update(LinkageTaskParty).where(LinkageTaskParty.task_id == task.id).values(due_sort=task.due_sort)
            )
            changed += 1
    return changed


def _again(row: DoubleListItem | LinkageTask, calendar: WorkingCalendar) -> bool:
    """One row; what cannot be reckoned again stays provisional and is logged, and does not hold up the others."""
    try:
        return recompute_provisional(row, calendar)
    except Refused as refused:
        log.warning("deadline not reckoned", row=str(row.id), code=refused.code)
        return False
