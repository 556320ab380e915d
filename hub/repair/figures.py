"""修复及时率 (how timely closings are pushed): counted from the periods kept, never from the state of today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.repair_codes import RepairClock, RepairPath, RepairStatus
from hub.db.models import CreditRepair, CreditRepairClock


@dataclass(frozen=True, slots=True)
class ClosurePushes:
    """Closings of a time: pushed by their day, pushed after it, not pushed though it has passed, not due yet."""

    closures: int
    on_time: int
    late: int
    missing: int
    waiting: int


async def closure_pushes(session: AsyncSession, first: date, last: date, today: date) -> ClosurePushes:
    """Of the closings that the caller may see. What the court declined to push, with its reason, is none of them."""
    clock = CreditRepairClock
    pushed = CreditRepair.pushed_at.is_not(None)
    row = (
        await session.execute(
            select(
                func.count(),
                func.count().filter(pushed, clock.met_on <= clock.due_on),
                func.count().filter(pushed, clock.met_on > clock.due_on),
                func.count().filter(~pushed, clock.due_on < today),
                func.count().filter(~pushed, clock.due_on >= today),
            )
            .select_from(CreditRepair)
            .join(clock, clock.repair_id == CreditRepair.id)
            .where(
                clock.kind == RepairClock.CLOSURE_PUSH,
                CreditRepair.path == RepairPath.COURT_PUSH,
                CreditRepair.closed_on.between(first, last),
                pushed | (CreditRepair.status == RepairStatus.CLOSURE_DUE),
            )
        )
    ).one()
    return ClosurePushes(*row)
