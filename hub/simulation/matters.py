"""Deadlines of open matters that the pack counted, counted again by the changed one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.exchange_codes import ListingClock
from hub.canonical.execution_codes import ExecutionOrderStatus
from hub.canonical.repair_codes import RepairClock
from hub.canonical.supervision_codes import NOTICE_RUNNING, PeriodicReportStatus
from hub.core.texts import label_text
from hub.credit.clocks import PACK_KEYS as LISTING_KEYS
from hub.db.models import (
    CreditRepair,
    CreditRepairClock,
    DishonestyClock,
    DishonestyRecord,
    ExecutionOrder,
    Jurisdiction,
    PeriodicReport,
    SupervisionNotice,
)
from hub.policy.calendar import WorkingCalendar
from hub.policy.pack import PolicyPack
from hub.policy.rules import PeriodEndRule, PeriodRule
from hub.repair.clocks import PACK_KEYS as REPAIR_KEYS
from hub.simulation.moves import Move, PolicyMoveKind
from hub.supervision.periodic.compiling import DUTIES

_REPORT_RULES = {duty.rule for duty in DUTIES}


@dataclass(frozen=True, slots=True)
class Recount:
    """Counts what is open under a place by the changed pack."""

    session: AsyncSession
    before: PolicyPack
    after: PolicyPack
    calendar: WorkingCalendar
    path: str

    async def moved(self) -> AsyncIterator[Move]:
        for statement, title in _STORED:
            for row in await self.session.scalars(self._here(statement)):
                for move in self._stored(row, title(row)):
                    yield move
        for statement, labels, keys in _CLOCKS:
            for row, clock in (await self.session.execute(self._here(statement))).tuples():
                what = label_text(f"{labels.__name__}.{clock.kind.value}").zh
                for move in self._counted(row, f"{row.case_number} {what}", keys[clock.kind], clock):
                    yield move

    def _here(self, statement: Select[Any]) -> Select[Any]:
        """Of the place the pack is for, and of those below it."""
        owner = statement.column_descriptions[0]["entity"]
        return statement.join(Jurisdiction, Jurisdiction.id == owner.jurisdiction_id).where(
            Jurisdiction.path.startswith(self.path)
        )

    def _stored(self, row: Any, title: str) -> Iterator[Move]:
        basis = (row.deadline_basis or {}).get("basis") or {}
        anchor = (row.deadline_basis or {}).get("anchor_on")
        if basis.get("key") in self._changed() and anchor is not None:
            yield from self._move(row, title, basis["key"], date.fromisoformat(anchor), row.due_on, basis.get("clause"))

    def _counted(self, row: Any, title: str, key: str, clock: Any) -> Iterator[Move]:
        if key in self._changed():
            yield from self._move(row, title, key, clock.anchor_on, clock.due_on, clock.clause)

    def _changed(self) -> set[str]:
        keys = {*self.before.parameters, *self.after.parameters}
        return {key for key in keys if self.before.parameters.get(key) != self.after.parameters.get(key)}

    def _move(
        self, row: Any, title: str, key: str, anchor: date, old: date | None, clause: str | None
    ) -> Iterator[Move]:
        rule = self.after.find_rule(key)
        if rule is None or (key in _REPORT_RULES and not self._same_period(key)):
            return
        deadline = self.after.deadline(key, anchor, self.calendar)
        if deadline.due_on != old:
            yield Move(
                kind=PolicyMoveKind.DEADLINE,
                key=key,
                title=title,
                old_due_on=old,
                new_due_on=deadline.due_on,
                old_clause=clause,
                new_clause=self.after.basis(key).clause,
                provisional=deadline.provisional,
                target_kind=type(row).__name__,
                target_id=row.id,
            )

    def _same_period(self, key: str) -> bool:
        """A report drawn up for a quarter stays one, whatever period the changed pack has."""
        old, new = self.before.find_rule(key), self.after.find_rule(key)
        periodic = (PeriodRule, PeriodEndRule)
        return isinstance(old, periodic) and isinstance(new, periodic) and old.period == new.period


_STORED: tuple[tuple[Select[Any], Any], ...] = (
    (select(SupervisionNotice).where(SupervisionNotice.status.in_(NOTICE_RUNNING)), lambda row: row.title),
    (select(PeriodicReport).where(PeriodicReport.status == PeriodicReportStatus.COMPILED), lambda row: row.title),
    (
        select(ExecutionOrder).where(
            ExecutionOrder.status.in_((ExecutionOrderStatus.DISPATCHED, ExecutionOrderStatus.ACCEPTED))
        ),
        lambda row: row.order_number,
    ),
)
"""Matters that keep their reckoning, while they are open."""
_CLOCKS: tuple[tuple[Any, type[Any], Any], ...] = (
    (
        select(DishonestyRecord, DishonestyClock)
        .join(DishonestyClock, DishonestyClock.record_id == DishonestyRecord.id)
        .where(
            DishonestyClock.met_on.is_(None),
            DishonestyClock.told.is_(False),
            DishonestyClock.kind.in_(LISTING_KEYS),
        ),
        ListingClock,
        LISTING_KEYS,
    ),
    (
        select(CreditRepair, CreditRepairClock)
        .join(CreditRepairClock, CreditRepairClock.repair_id == CreditRepair.id)
        .where(CreditRepairClock.met_on.is_(None), CreditRepairClock.kind.in_(REPAIR_KEYS)),
        RepairClock,
        REPAIR_KEYS,
    ),
)
"""Periods that run, and what the pack calls them."""
