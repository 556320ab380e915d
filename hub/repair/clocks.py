"""Periods of a repair: national law, the local notice and the product's own, side by side, each with its clause."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.repair_codes import ClockOrigin, RepairClock, Severity
from hub.core.clock import local_date
from hub.db.bulk import upsert_rows
from hub.db.models import CreditRepair, CreditRepairClock
from hub.policy.calendar import WorkingCalendar
from hub.policy.deadlines import Deadline, compute
from hub.policy.pack import PolicyPack
from hub.policy.statutory import StatutoryClock, load_statutory_clocks
from hub.workflow.unit import Unit

K = RepairClock
PACK_KEYS = {
    K.CLOSURE_PUSH: "closure.push",
    K.MATERIALS: "repair.materials",
    K.VERIFICATION: "repair.verify",
    K.SHIELDING: "repair.shield",
    K.RESTORATION: "repair.restore",
}
"""What the pack counts; the court's three working days for a deletion are the law's."""
_DELETION = "listing.delete"
_PUBLICITY = {
    Severity.MINOR: {K.PUBLICITY_MOST: "repair.publicity.minor.most"},
    Severity.GENERAL: {
        K.PUBLICITY_LEAST: "repair.publicity.general.least",
        K.PUBLICITY_MOST: "repair.publicity.general.most",
    },
    Severity.SERIOUS: {
        K.PUBLICITY_LEAST: "repair.publicity.serious.least",
        K.PUBLICITY_MOST: "repair.publicity.serious.most",
    },
}
CLAUSE = 300


@dataclass(frozen=True, slots=True)
class Counting:
    """Counts the periods of one repair."""

    session: AsyncSession
    repair: CreditRepair
    pack: PolicyPack
    calendar: WorkingCalendar

    @classmethod
    async def of(cls, unit: Unit, repair: CreditRepair) -> Counting:
        pack = await unit.policy.pack(unit.session, repair.jurisdiction_id, unit.today)
        return cls(unit.session, repair, pack, await unit.policy.calendar(unit.session))

    async def start(self, kind: RepairClock, anchor_on: date) -> None:
        """Let a period run from a day, anew when it ran before."""
        if kind is K.DELETION:
            clock = _law()[_DELETION]
            assert clock.rule is not None
            deadline = compute(clock.rule, anchor_on, self.calendar, basis=clock.basis)
        else:
            deadline = self.pack.deadline(PACK_KEYS[kind], anchor_on, self.calendar)
        await self._keep([self._row(kind, deadline)])

    async def publicity(self, decided_on: date) -> None:
        """The least and the longest time of publicity by the severity, from the day of the court's document."""
        periods = _PUBLICITY[self.repair.severity]
        await self._keep(
            [self._row(kind, self.pack.deadline(key, decided_on, self.calendar)) for kind, key in periods.items()]
        )

    def _row(self, kind: RepairClock, deadline: Deadline) -> dict[str, object]:
        assert deadline.basis is not None
        return {
            "repair_id": self.repair.id,
            "tenant_id": self.repair.tenant_id,
            "kind": kind,
            "met_on": None,
            "anchor_on": deadline.anchor_on,
            "due_on": deadline.due_on,
            "clause": (deadline.basis.clause or deadline.basis.key)[:CLAUSE],
            "origin": ClockOrigin(deadline.basis.origin.value),
            "provisional": deadline.provisional,
        }

    async def _keep(self, rows: list[dict[str, object]]) -> None:
        await upsert_rows(
            self.session,
            CreditRepairClock,
            rows,
            key=("repair_id", "kind"),
            changes=lambda new, _: {
                name: new[name] for name in ("anchor_on", "due_on", "clause", "origin", "provisional", "met_on")
            },
        )


async def meet(unit: Unit, repair: CreditRepair, *kinds: RepairClock, on: date | None = None) -> None:
    """End the periods that run, on a day; today unless told."""
    await unit.session.execute(
        update(CreditRepairClock)
        .where(
            CreditRepairClock.repair_id == repair.id,
            CreditRepairClock.kind.in_(kinds),
            CreditRepairClock.met_on.is_(None),
        )
        .values(met_on=on or local_date(unit.at))
        .execution_options(synchronize_session=False)
    )


@cache
def _law() -> dict[str, StatutoryClock]:
    return dict(load_statutory_clocks())
