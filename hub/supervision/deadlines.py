"""By when a notice is to be answered, kept with the reckoning that answers "why is this due?"."""

from __future__ import annotations

from datetime import date

import structlog
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hub.core.errors import Refused
from hub.db.models import SupervisionNotice, SupervisionNoticeParty
from hub.db.models.double_list import NO_DUE_DATE
from hub.db.session import SystemSession
from hub.policy.calendar import WorkingCalendar
from hub.policy.deadlines import Basis, Deadline, Origin, state
from hub.policy.rule_data import deadline_to_plain, recompute
from hub.policy.store import PolicyStore
from hub.supervision.policies import supervision_policy
from hub.workflow.unit import Unit

log = structlog.get_logger("hub.supervision.deadlines")


async def assign(unit: Unit, notice: SupervisionNotice) -> None:
    """The date the notice states; where it states none, the pack's time counted from today."""
    pack = (await supervision_policy(unit.policy, unit.session, notice.jurisdiction_id, unit.today)).pack
    if notice.due_on is None:
        keep(notice, pack.deadline("notice.reply", unit.today, await unit.policy.calendar(unit.session)))
    else:
        keep(notice, state(notice.due_on, basis=stated(notice, pack.jurisdiction_code, pack.version)))
    await tell_parties(unit.session, notice)


def stated(notice: SupervisionNotice, place: str, version: str) -> Basis:
    """The notice states the date; its clause says by what right."""
    return Basis("notice.due", Origin.NOTICE, notice.clause or "函件载明的办理期限", None, place or None, version)


def keep(notice: SupervisionNotice, deadline: Deadline) -> None:
    notice.due_on, notice.due_at = deadline.due_on, deadline.due_at
    notice.due_sort, notice.due_provisional = deadline.due_on, deadline.provisional
    notice.deadline_basis = deadline_to_plain(deadline)


def sort_key(due_on: date | None) -> date:
    return due_on or NO_DUE_DATE


async def tell_parties(session: AsyncSession, notice: SupervisionNotice) -> None:
    """Parties carry the sort key of their usual list."""
    await session.execute(
        update(SupervisionNoticeParty)
        .where(SupervisionNoticeParty.notice_id == notice.id)
        .values(due_sort=notice.due_sort)
    )


async def recompute_provisional(session: SystemSession, store: PolicyStore) -> int:
    """Reckon provisional dates again with the calendar as it is now; how many changed."""
    calendar, changed = await store.calendar(session), 0
    rows = await session.scalars(
        select(SupervisionNotice).where(SupervisionNotice.due_provisional).with_for_update(skip_locked=True)
    )
    for notice in rows.all():
        if _again(notice, calendar):
            notice.version += 1
            await tell_parties(session, notice)
            changed += 1
    return changed


def _again(notice: SupervisionNotice, calendar: WorkingCalendar) -> bool:
    """What cannot be reckoned again stays provisional and is logged, and does not hold up the others."""
    before = notice.deadline_basis
    if before is None:
        return False
    try:
        keep(notice, recompute(before, calendar))
    except Refused as refused:
        log.warning("deadline not reckoned", row=str(notice.id), code=refused.code)
        return False
    return notice.deadline_basis != before
