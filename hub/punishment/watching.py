"""Residual punishment: who was to lift a measure and gave no receipt in time is named, urged, and told of above; a
listing whose last measure is verified lifted is repaired."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import select

from hub.alerts.raising import Raised, raise_alert, unsure
from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target, record
from hub.canonical.codes import AlertKind, AlertSeverity
from hub.canonical.exchange_codes import DishonestyStatus
from hub.canonical.punishment_codes import SETTLED, MeasureEnding, MeasureStatus
from hub.core.clock import local_date
from hub.core.errors import Refused
from hub.core.keyring import KeyRing
from hub.core.principal import RoleName
from hub.credit.life import confirm_repaired
from hub.db.models import DishonestyRecord, JointPunishmentMeasure, OrganizationFunction
from hub.db.session import SystemSession, WriteSession
from hub.events.outbox import publish
from hub.policy.pack import PolicyPack
from hub.policy.rule_data import deadline_to_plain, recompute, stored_clause
from hub.policy.store import PolicyStore
from hub.punishment.following import WORKER
from hub.punishment.handing import WORKER as CARER
from hub.punishment.handing import Handing
from hub.workflow.portions import each
from hub.workflow.unit import Unit

log = structlog.get_logger("hub.punishment")
PORTION = 500
M = JointPunishmentMeasure


@dataclass(frozen=True, slots=True)
class Watch:
    """One run of the sweep."""

    session: SystemSession
    policy: PolicyStore
    at: datetime

    async def residual(self) -> int:
        """Raise what is due of measures not lifted; each new alarm urges once more. How many alerts are new."""
        late = select(M).where(M.status == MeasureStatus.LIFTING, M.lift_due_at < self.at)
        return sum([await self._chase(measure) async for measure in each(self.session, late, M.id, size=PORTION)])

    async def unverified(self) -> int:
        """Tell the credit office of lifts it has not looked at in the time of the pack; how many alerts are new."""
        done, raised = select(M).where(M.status == MeasureStatus.LIFTED), 0
        async for measure in each(self.session, done, M.id, size=PORTION):
            pack = await self.policy.pack(self.session, measure.jurisdiction_id, local_date(self.at))
            due = local_date(measure.lifted_at or self.at) + timedelta(days=pack.number("punishment.verify.days"))
            if due < local_date(self.at):
                alert = Raised(
                    kind=AlertKind.OVERDUE,
                    severity=AlertSeverity.WARNING,
                    due_on=due,
                    clause=pack.basis("punishment.verify.days").clause,
                    units=await self._offices(measure),
                )
                raised += await raise_alert(self.session, measure, measure.name, alert, self.at, by=WORKER)
        return raised

    async def _chase(self, measure: M) -> int:
        pack, raised = await self.policy.pack(self.session, measure.jurisdiction_id, local_date(self.at)), 0
        offices = await self._offices(measure)
        for alert in _alerts(measure, pack, local_date(self.at), offices):
            new = await raise_alert(self.session, measure, measure.name, alert, self.at, by=WORKER)
            raised += new
            if new and alert.kind is AlertKind.RESIDUAL_PUNISHMENT:
                measure.urge_count += 1
                await self._moved(measure, "urge")
            if new and alert.kind is AlertKind.ESCALATED:
                measure.escalation_level += 1
                await self._moved(measure, "escalate")
        return raised

    async def _offices(self, measure: M) -> tuple[UUID, ...]:
        held = select(OrganizationFunction.organization_id).where(
            OrganizationFunction.jurisdiction_id == measure.jurisdiction_id,
            OrganizationFunction.role == RoleName.CREDIT_OFFICE,
            OrganizationFunction.valid_to.is_(None),
        )
        return tuple((await self.session.scalars(held)).all())

    async def _moved(self, measure: M, event: str) -> None:
        measure.version += 1
        measure.updated_at = self.at
        target = Target("JointPunishmentMeasure", measure.id, measure.jurisdiction_path)
        detail = {"event": event}
        await record(self.session, WORKER, AuditAction.MEASURE_TRANSITION, at=self.at, target=target, detail=detail)
        await publish(
            self.session,
            tenant_id=measure.tenant_id,
            type_=f"measure.{event}",
            key=f"JointPunishmentMeasure:{measure.id}",
            ids={"id": str(measure.id), "version": measure.version},
        )

    async def settle(self) -> int:
        """Dates that waited for a calendar are reckoned anew; how many changed. One that cannot be stays provisional
        and is logged, and does not hold up the others."""
        waiting = select(M).where(M.status == MeasureStatus.LIFTING, M.lift_due_provisional)
        calendar, changed = await self.policy.calendar(self.session), 0
        async for measure in each(self.session, waiting, M.id, size=PORTION):
            try:
                due = recompute(measure.deadline_basis or {}, calendar)
            except Refused as refused:
                log.warning("deadline not reckoned", row=str(measure.id), code=refused.code)
                continue
            if not due.provisional:
                measure.lift_due_on, measure.lift_due_at = due.due_on, due.due_at
                measure.lift_due_provisional, measure.deadline_basis = False, deadline_to_plain(due)
                changed += 1
        return changed

    async def repair(self) -> int:
        """Deleted listings whose measures are all lifted, with proof, are repaired; how many."""
        lifted = select(M.id).where(M.record_id == DishonestyRecord.id, M.ending == MeasureEnding.DELETED)
        open_ = select(M.id).where(M.record_id == DishonestyRecord.id, M.status.not_in(SETTLED))
        found = await self.session.scalars(
            select(DishonestyRecord.id)
            .where(
                DishonestyRecord.status == DishonestyStatus.DELETED_SHIELDED,
                lifted.where(M.status == MeasureStatus.VERIFIED_LIFTED).exists(),
                ~open_.exists(),
            )
            .limit(PORTION)
        )
        return sum([await confirm_repaired(self.session, key, at=self.at) for key in found.all()])


async def watch_measures(session: SystemSession, policy: PolicyStore, keyring: KeyRing, at: datetime) -> int:
    """All that is due at ``at``; how much was done. Safe to run in several workers at once."""
    watch = Watch(session, policy, at)
    handed = await Handing(Unit(WriteSession(session), CARER, at, policy, keyring), session).work()
    return handed + await watch.settle() + await watch.residual() + await watch.unverified() + await watch.repair()


def _alerts(measure: M, pack: PolicyPack, today: date, offices: tuple[UUID, ...]) -> Iterator[Raised]:
    """The implementer and the credit office are told on the days the pack names, the implementer's superior when that
    was in vain."""
    due, carrier = measure.lift_due_on, measure.implementer_id
    if due is None or carrier is None:
        return
    units, clause = (carrier,), stored_clause(measure.deadline_basis) or measure.clause
    if measure.lift_due_provisional:
        yield unsure(due, offices, clause)
        return
    late = (today - due).days
    passed = [day for day in pack.days("punishment.residual.after") if day <= late]
    if passed:
        yield Raised(
            kind=AlertKind.RESIDUAL_PUNISHMENT,
            severity=AlertSeverity.SEVERE,
            due_on=due,
            offset=passed[-1],
            clause=clause,
            units=(*units, *offices),
        )
    after = pack.number("punishment.escalate.after")
    if late >= after:
        yield Raised(
            kind=AlertKind.ESCALATED,
            severity=AlertSeverity.SEVERE,
            due_on=due,
            offset=after,
            clause=clause,
            units=units,
            to_superiors=True,
        )
