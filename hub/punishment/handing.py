"""Measures whose implementer carries them out no longer: they go to its successor, or are named as nobody's and urged
until the credit office has named another. What was done before stays with whoever did it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import Select, exists, select

from hub.access.scopes import Scope
from hub.alerts.raising import Raised, raise_alert
from hub.canonical.codes import AlertKind, AlertSeverity
from hub.canonical.punishment_codes import CARRIED, PunishmentField
from hub.core.ids import new_id
from hub.core.principal import Principal
from hub.core.workflow import Actor
from hub.db.models import JointPunishmentMeasure, MeasureAssignment, Organization
from hub.db.session import SystemSession
from hub.punishment.duties import standing_on
from hub.punishment.facts import load_measure_facts
from hub.punishment.handover import carries_already
from hub.punishment.measures import COURSE
from hub.punishment.payloads import MeasureHandover
from hub.punishment.workflow import MEASURE
from hub.subjects.succession import present_unit
from hub.workflow.firing import fire
from hub.workflow.portions import each
from hub.workflow.rows import within
from hub.workflow.unit import Unit

WORKER = Principal(subject="system:punishment", organization_id=None, scopes=frozenset({Scope.MEASURE_ORDER.value}))
SYSTEM = frozenset({Actor.SYSTEM})
DAYS = "punishment.orphan.after"
PORTION = 500
TERM_OVER = "实施职责期满 (the assignment has ended)"
Duty: TypeAlias = MeasureAssignment
Carried: TypeAlias = JointPunishmentMeasure
REASON = "原实施单位已撤并 (the implementer was merged or dissolved)"


@dataclass(frozen=True, slots=True)
class Handing:
    """One run of the sweep."""

    unit: Unit
    session: SystemSession

    async def work(self) -> int:
        """Whatever is due; how many measures moved, were named as nobody's, or are urged anew."""
        await self._end_with_units()
        return await self._ended_assignments() + await self._ended_units() + await self._urge()

    async def _end_with_units(self) -> None:
        """The assignments of a unit that has ended end with it."""
        ended = select(Duty, Organization.valid_to).join(Organization, Organization.id == Duty.organization_id)
        gone = Organization.valid_to < self.unit.today
        for duty, last in (await self.session.execute(ended.where(gone, standing_on(self.unit.today)))).tuples():
            duty.valid_to = max(last, duty.valid_from) if last is not None else self.unit.today
            duty.successor_id, duty.end_reason = await self._present(duty.organization_id), REASON
            duty.version, duty.updated_at = duty.version + 1, self.unit.at
            if duty.successor_id is not None and not await self._holds(duty, duty.successor_id):
                self.session.add(self._following(duty, duty.successor_id))
        await self.session.flush()

    def _following(self, duty: Duty, successor: UUID) -> Duty:
        return Duty(
            id=new_id(),
            code=duty.code,
            organization_id=successor,
            issuer_id=duty.issuer_id,
            clause=duty.clause,
            valid_from=self.unit.today,
            created_at=self.unit.at,
            **within(duty),
        )

    async def _ended_assignments(self) -> int:
        ended, done = select(Duty).where(Duty.valid_to < self.unit.today, Duty.settled_at.is_(None)), 0
        for duty in (await self.session.scalars(ended.order_by(Duty.id).with_for_update(skip_locked=True))).all():
            if not await self._holds(duty, duty.organization_id):
                successor = duty.successor_id or await self._only_other(duty)
                carried = select(Carried).where(
                    Carried.implementer_id == duty.organization_id,
                    Carried.code == duty.code,
                    Carried.jurisdiction_path.startswith(duty.jurisdiction_path),
                )
                reason = duty.end_reason or TERM_OVER
                done += sum([await self._hand(row, successor, reason) async for row in self._open(carried)])
            duty.settled_at = self.unit.at
        return done

    async def _ended_units(self) -> int:
        """Measures that a person gave to a unit, assigned or not, which has ended since."""
        gone = select(Organization.id).where(Organization.valid_to < self.unit.today)
        carried = select(Carried).where(Carried.implementer_id.in_(gone), Carried.orphaned_on.is_(None))
        done = 0
        async for row in self._open(carried):
            done += await self._hand(row, await self._present(row.implementer_id), REASON)
        return done

    def _open(self, carried: Select[Carried]) -> AsyncIterator[Carried]:
        return each(
            self.session,
            carried.where(Carried.status.in_(CARRIED)),
            Carried.id,
            size=PORTION,
        )

    async def _hand(self, measure: Carried, successor: UUID | None, reason: str) -> int:
        """To the successor; without one, or where it carries the same measure out already, it is nobody's. What only
        the listing's court decides stays with it."""
        if measure.field is PunishmentField.CONSUMPTION:
            return 0
        if successor is not None and not await carries_already(self.session, measure, successor):
            handover = MeasureHandover(implementer_id=successor, reason=reason)
            await self._fire(measure, "handOver", handover)
            return 1
        if measure.orphaned_on is None:
            await self._fire(measure, "orphan", None)
            return 1
        return 0

    async def _fire(self, measure: Carried, event: str, payload: object) -> None:
        facts = (await load_measure_facts(self.session, [measure], self.unit.today))[measure.id]
        await fire(
            self.unit, MEASURE, COURSE, measure, event, payload, actors=SYSTEM, facts=facts, expected_version=None
        )

    async def _urge(self) -> int:
        """The credit office is to name another, and whoever carried it out is told that it is still its own."""
        raised = 0
        orphaned = select(Carried).where(Carried.orphaned_on.is_not(None), Carried.status.in_(CARRIED))
        async for measure in each(self.session, orphaned, Carried.id, size=PORTION):
            pack = await self.unit.policy.pack(self.session, measure.jurisdiction_id, self.unit.today)
            since = measure.orphaned_on or self.unit.today
            passed = [day for day in pack.days(DAYS) if day <= (self.unit.today - since).days]
            if not passed:
                continue
            alert = Raised(
                kind=AlertKind.MEASURE_ORPHANED,
                severity=AlertSeverity.SEVERE,
                due_on=since,
                offset=passed[-1],
                clause=pack.basis(DAYS).clause,
                units=() if measure.implementer_id is None else (measure.implementer_id,),
                to_credit_office=True,
            )
            new = await raise_alert(self.session, measure, measure.name, alert, self.unit.at, by=WORKER)
            measure.urge_count += new > 0
            raised += new
        return raised

    async def _present(self, key: UUID | None) -> UUID | None:
        """The unit that stands for an ended one; None where there is none."""
        rows = await self.session.execute(
            select(Organization.id, Organization.successor_id).where(Organization.valid_to < self.unit.today)
        )
        present = None if key is None else present_unit(dict(rows.tuples().all()), key)
        return None if present == key else present

    async def _holds(self, duty: Duty, organization: UUID) -> bool:
        """Whether a unit carries the measure out in that place by another word that stands."""
        other = exists().where(
            Duty.id != duty.id,
            Duty.code == duty.code,
            Duty.organization_id == organization,
            Duty.jurisdiction_id == duty.jurisdiction_id,
            standing_on(self.unit.today),
        )
        return bool(await self.session.scalar(select(other)))

    async def _only_other(self, duty: Duty) -> UUID | None:
        """Whoever else carries the measure out there, if it is one unit alone."""
        rows = await self.session.scalars(
            select(Duty.organization_id)
            .where(
                Duty.code == duty.code,
                Duty.jurisdiction_id == duty.jurisdiction_id,
                Duty.organization_id != duty.organization_id,
                Duty.valid_from <= self.unit.today,
                standing_on(self.unit.today),
            )
            .distinct()
        )
        found = rows.all()
        return found[0] if len(found) == 1 else None
