"""Background work on repairs: closings to push, terms that ended, what follows the court's deletion, completion."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from hub.access.scopes import Scope
from hub.canonical.exchange_codes import STANDING, DeletionGround, DishonestyStatus, ListingClock
from hub.canonical.repair_codes import REPAIR_OPEN, PerformanceKind, RepairClock, RepairPath, RepairStatus
from hub.core.keyring import KeyRing
from hub.core.principal import Principal
from hub.core.workflow import Actor, Note
from hub.credit.life import confirm_repaired
from hub.db.models import CreditRepair, CreditRepairClock, DishonestyClock, DishonestyRecord, LegalCase
from hub.db.session import SystemSession, WriteSession
from hub.policy.parameter_sets.codes import RepairChannel
from hub.policy.store import PolicyStore
from hub.punishment.following import all_lifted
from hub.repair.applying import PUSHABLE, advance, begin, begin_closure, subject_unit
from hub.repair.clocks import Counting, meet
from hub.repair.effects import COURSE
from hub.repair.payloads import RepairReason
from hub.repair.stopping import all_stopped, tell_of_stops
from hub.repair.watching import tell_of_clocks
from hub.workflow.firing import announce
from hub.workflow.unit import Unit

WORKER = Principal(subject="system:repairs", organization_id=None, scopes=frozenset({Scope.REPAIR_HANDLE.value}))
SYSTEM = frozenset({Actor.SYSTEM})
PORTION = 500
_PERFORMED = {
    DeletionGround.PERFORMED: PerformanceKind.PERFORMED,
    DeletionGround.SETTLEMENT_PERFORMED: PerformanceKind.SETTLED,
}
"""Grounds of a deletion that are themselves the court's word that the duty was performed."""
_WRONG = (DishonestyStatus.REVOKED, DishonestyStatus.AVERTED)
_OUT = (DishonestyStatus.DELETED_SHIELDED, DishonestyStatus.REPAIRED, DishonestyStatus.ARCHIVED)


async def work_on_repairs(session: SystemSession, store: PolicyStore, keyring: KeyRing, now: datetime) -> int:
    """All that is due at ``now``; how much was done. Safe to run in several workers at once."""
    unit = Unit(WriteSession(session), WORKER, now, store, keyring)
    return (
        await open_closures(unit)
        + await push_what_the_court_has_told(unit)
        + await open_expired_terms(unit)
        + await follow_listings(unit)
        + await complete(unit)
        + await tell_of_clocks(unit)
        + await tell_of_stops(unit)
    )


async def open_closures(unit: Unit) -> int:
    """Every closing of a case with a listing is to be pushed, where the policy of the place has courts push."""
    done = 0
    places = await unit.session.scalars(_closings(DishonestyRecord.jurisdiction_id).distinct())
    for place in places.all():
        pack = await unit.policy.pack(unit.session, place, unit.today)
        if RepairChannel.COURT_PUSH.value not in pack.codes("repair.channels"):
            continue
        found = await unit.session.execute(
            _closings(DishonestyRecord, LegalCase.closed_on)
            .where(DishonestyRecord.jurisdiction_id == place)
            .order_by(DishonestyRecord.id)
            .limit(PORTION)
            .with_for_update(of=DishonestyRecord, skip_locked=True)
        )
        for record, closed_on in found.all():
            await begin_closure(unit, record, closed_on, pack)
            done += 1
    return done


def _closings(*what: Any) -> Select[Any]:
    known = select(CreditRepair.id).where(
        CreditRepair.record_id == DishonestyRecord.id,
        CreditRepair.path == RepairPath.COURT_PUSH,
        CreditRepair.closed_on == LegalCase.closed_on,
    )
    return (
        select(*what)
        .select_from(DishonestyRecord)
        .join(
            LegalCase, (LegalCase.id == DishonestyRecord.case_id) & (LegalCase.tenant_id == DishonestyRecord.tenant_id)
        )
        .where(
            DishonestyRecord.status.in_(PUSHABLE),
            LegalCase.closed_on.is_not(None),
            LegalCase.closed_on >= DishonestyRecord.listed_on,
            ~known.exists(),
        )
    )


async def push_what_the_court_has_told(unit: Unit) -> int:
    """A court that has told performance as the ground of its deletion has said what a push says: the hub pushes."""
    rows = await unit.session.execute(
        select(CreditRepair, DishonestyRecord.deletion_ground)
        .join(DishonestyRecord, DishonestyRecord.id == CreditRepair.record_id)
        .where(
            CreditRepair.status == RepairStatus.CLOSURE_DUE,
            DishonestyRecord.deletion_ground.in_(list(_PERFORMED)),
            DishonestyRecord.status.in_(PUSHABLE),
        )
        .with_for_update(of=CreditRepair, skip_locked=True)
    )
    found = rows.all()
    for repair, ground in found:
        repair.performance = _PERFORMED[ground or DeletionGround.PERFORMED]
        await advance(unit, repair, "push", None, SYSTEM)
    return len(found)


async def open_expired_terms(unit: Unit) -> int:
    """A term that has ended is put to the court at once: there is nothing to hand in."""
    rows = await unit.session.scalars(
        select(DishonestyRecord)
        .join(DishonestyClock, DishonestyClock.record_id == DishonestyRecord.id)
        .where(
            DishonestyClock.kind == ListingClock.TERM,
            DishonestyClock.met_on.is_(None),
            DishonestyClock.due_on < unit.today,
            DishonestyRecord.status.in_(STANDING),
            ~_repairs(CreditRepair.status.in_(REPAIR_OPEN) | (CreditRepair.path == RepairPath.TERM_EXPIRY)),
        )
        .order_by(DishonestyRecord.id)
        .limit(PORTION)
        .with_for_update(of=DishonestyRecord, skip_locked=True)
    )
    found = rows.all()
    for record in found:
        pack = await unit.policy.pack(unit.session, record.jurisdiction_id, unit.today)
        subject = await subject_unit(unit, record)
        repair = await begin(unit, record, subject, pack, path=RepairPath.TERM_EXPIRY, status=RepairStatus.VERIFYING)
        await (await Counting.of(unit, repair)).start(RepairClock.VERIFICATION, unit.today)
        await announce(unit, COURSE, repair, "begin")
    return len(found)


def _repairs(condition: Any) -> Any:
    return select(CreditRepair.id).where(CreditRepair.record_id == DishonestyRecord.id, condition).exists()


async def follow_listings(unit: Unit) -> int:
    """What the court did with the listing: deleted, it is to be shielded; revoked, there is nothing to repair; standing
    again after a revoked repair, it is restored."""
    rows = await unit.session.execute(
        select(CreditRepair, DishonestyRecord)
        .join(DishonestyRecord, DishonestyRecord.id == CreditRepair.record_id)
        .where(
            (CreditRepair.status.in_((*REPAIR_OPEN, RepairStatus.CLOSURE_DUE)) & DishonestyRecord.status.in_(_WRONG))
            | (
                (CreditRepair.status == RepairStatus.APPROVED)
                & DishonestyRecord.status.in_(_OUT)
                & _running(RepairClock.DELETION)
            )
            | (
                (CreditRepair.status == RepairStatus.REVOKED)
                & CreditRepair.restored_at.is_(None)
                & DishonestyRecord.status.in_(STANDING)
            )
        )
        .order_by(CreditRepair.id)
        .limit(PORTION)
        .with_for_update(of=CreditRepair, skip_locked=True)
    )
    found = rows.all()
    for repair, record in found:
        await _follow(unit, repair, record)
    return len(found)


async def _follow(unit: Unit, repair: CreditRepair, record: DishonestyRecord) -> None:
    if record.status in _WRONG and repair.status is not RepairStatus.SHIELDED:
        reason = RepairReason(reason="法院已撤销或未纳入 (revoked or averted by its court)")
        await advance(unit, repair, "lapse", reason, SYSTEM)
    elif repair.status is RepairStatus.APPROVED:
        deleted_on = record.deleted_on or unit.today
        await meet(unit, repair, RepairClock.DELETION, on=deleted_on)
        await (await Counting.of(unit, repair)).start(RepairClock.SHIELDING, deleted_on)
    elif repair.status is RepairStatus.REVOKED:
        await advance(unit, repair, "restore", Note(), SYSTEM)


def _running(kind: RepairClock) -> Any:
    return (
        select(CreditRepairClock.repair_id)
        .where(
            CreditRepairClock.repair_id == CreditRepair.id,
            CreditRepairClock.kind == kind,
            CreditRepairClock.met_on.is_(None),
        )
        .exists()
    )


async def complete(unit: Unit) -> int:
    """A shielded listing whose measures are all lifted is repaired, and its repair complete."""
    rows = await unit.session.execute(
        select(CreditRepair, DishonestyRecord.status)
        .join(DishonestyRecord, DishonestyRecord.id == CreditRepair.record_id)
        .where(CreditRepair.status == RepairStatus.SHIELDED, DishonestyRecord.status.in_(_OUT))
        .order_by(CreditRepair.id)
        .with_for_update(of=CreditRepair, skip_locked=True)
    )
    return sum([await _complete(unit, repair, status) for repair, status in rows.all()])


async def _complete(unit: Unit, repair: CreditRepair, status: DishonestyStatus) -> int:
    if not await all_stopped(unit.session, repair.id):
        return 0
    if status is DishonestyStatus.DELETED_SHIELDED:
        if not await all_lifted(unit.session, repair.record_id):
            return 0
        await confirm_repaired(unit.session, repair.record_id, at=unit.at)
    await advance(unit, repair, "complete", Note(), SYSTEM)
    return 1
