"""Everything that clocks do to lookouts: what nobody approved or what lost its purpose is withdrawn, a withdrawal that
the police do not confirm is an alarm, what has run out is over."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update

from hub.alerts.raising import Raised, raise_alert, told
from hub.audit.catalogue import AuditAction
from hub.canonical.codes import AlertKind, AlertSeverity
from hub.canonical.control_codes import LookoutHitStatus, LookoutStatus
from hub.core.clock import local_date
from hub.core.keyring import KeyRing
from hub.db.models import LegalCase, LookoutHit, LookoutOrder
from hub.db.session import SystemSession
from hub.inquiry.sweep import PORTION, WORKER, Sweep
from hub.lookout.effects import ask_back
from hub.lookout.workflow import OVER, WATCHED
from hub.policy.store import PolicyStore
from hub.workflow.portions import each

L, S = LookoutOrder, LookoutStatus
TRANSITION = AuditAction.LOOKOUT_TRANSITION


async def watch_lookouts(session: SystemSession, policy: PolicyStore, master: KeyRing, at: datetime) -> int:
    """Do all that is due at ``at``; how many changes."""
    sweep = Sweep(session, policy, master, at)
    return sum([await step(sweep) for step in (lapse, ask_back_ended, expire, chase, chase_hits, purge)])


async def lapse(sweep: Sweep) -> int:
    """Emergencies that nobody approved in time are asked back from the police; how many. One that its asker withdrew
    before is an alarm all the same: nobody approved it."""
    found = await sweep.due(L, L.approval_due_at <= sweep.at)
    for row in found:
        due = local_date(row.approval_due_at or sweep.at)
        pack = await sweep.pack(row.jurisdiction_id)
        await _alarm(sweep, row, AlertKind.APPROVAL_LAPSED, due, pack.basis("inquiry.approval_minutes").clause)
        row.approval_due_at = None
        if row.status in WATCHED:
            ask_back(row, pack, sweep.at, "紧急临控逾期未补批")
            sweep.move(row, S.WITHDRAWING)
        await sweep.session.flush()
        await sweep.trace(TRANSITION, row, type_="lookout.lapse")
    return len(found)


async def ask_back_ended(sweep: Sweep) -> int:
    """A case that is closed needs no lookout: it is asked back at once; how many."""
    closed = select(LegalCase.id).where(LegalCase.id == L.case_id, LegalCase.closed_on.is_not(None)).exists()
    found = await sweep.due(L, closed, L.status.in_((*WATCHED, S.PENDING_APPROVAL)))
    for row in found:
        waits = row.status is S.PENDING_APPROVAL
        if waits:
            row.ended_at = sweep.at
        else:
            ask_back(row, await sweep.pack(row.jurisdiction_id), sweep.at, "案件已结")
        sweep.move(row, S.CANCELLED if waits else S.WITHDRAWING)
        await sweep.session.flush()
        await sweep.trace(TRANSITION, row, type_="lookout.ended")
    return len(found)


async def expire(sweep: Sweep) -> int:
    """Lookouts whose last day has passed; how many."""
    found = await sweep.due(L, L.valid_to < sweep.today, L.status.in_((*WATCHED, S.PENDING_APPROVAL)))
    for row in found:
        row.ended_at = sweep.at
        clause = (await sweep.pack(row.jurisdiction_id)).basis("lookout.longest_days").clause
        await _alarm(sweep, row, AlertKind.LOOKOUT_EXPIRED, row.valid_to, clause, AlertSeverity.WARNING)
        sweep.move(row, S.EXPIRED)
        await sweep.session.flush()
        await sweep.trace(TRANSITION, row, type_="lookout.expire")
    return len(found)


async def chase(sweep: Sweep) -> int:
    """Alarms about withdrawals that the police have not confirmed in time; how many are new."""
    warned = told(L.id, L.police_id, AlertKind.LOOKOUT_NOT_WITHDRAWN)
    found = await sweep.due(L, L.status == S.WITHDRAWING, L.withdrawal_due_at <= sweep.at, ~warned)
    raised = 0
    for row in found:
        due = local_date(row.withdrawal_due_at or sweep.at)
        clause = (await sweep.pack(row.jurisdiction_id)).basis("lookout.withdrawal_minutes").clause
        raised += await _alarm(sweep, row, AlertKind.LOOKOUT_NOT_WITHDRAWN, due, clause, units=(row.police_id,))
    return raised


async def chase_hits(sweep: Sweep) -> int:
    """Alarms about hits to which no court set out in time; how many are new."""
    warned = told(LookoutHit.id, LookoutHit.court_id, AlertKind.LOOKOUT_HIT_WAITING)
    waiting = select(LookoutHit).where(LookoutHit.status == LookoutHitStatus.NOTIFIED, ~warned)
    found = await sweep.session.scalars(waiting.order_by(LookoutHit.notified_at).limit(PORTION))
    raised = 0
    for hit in found:
        pack = await sweep.pack(hit.jurisdiction_id)
        if hit.notified_at + timedelta(minutes=pack.number("lookout.dispatch_minutes")) > sweep.at:
            continue
        number = await sweep.session.scalar(select(L.lookout_number).where(L.id == hit.lookout_id))
        alert = Raised(
            kind=AlertKind.LOOKOUT_HIT_WAITING,
            severity=AlertSeverity.SEVERE,
            due_on=local_date(hit.notified_at),
            clause=pack.basis("lookout.dispatch_minutes").clause,
            units=(hit.court_id,),
        )
        raised += await raise_alert(sweep.session, hit, str(number), alert, sweep.at, by=WORKER)
    return raised


async def purge(sweep: Sweep) -> int:
    """Destroy whom a lookout was for and where he was met, once it is over for the days that answers are kept."""
    over = select(L).where(L.status.in_(OVER), L.target_sealed.is_not(None), L.ended_at < sweep.at)
    purged = 0
    async for row in each(sweep.session, over, L.id, size=PORTION):
        assert row.ended_at is not None
        days = (await sweep.pack(row.jurisdiction_id)).number("inquiry.kept_days")
        if local_date(row.ended_at) + timedelta(days=days) > sweep.today:
            continue
        row.target_sealed = row.contact_sealed = row.document_sealed = row.return_contact_sealed = None
        of = update(LookoutHit).where(LookoutHit.lookout_id == row.id).values(place_sealed=None)
        await sweep.session.execute(of.execution_options(synchronize_session=False))
        sweep.move(row, row.status)
        await sweep.session.flush()
        await sweep.trace(AuditAction.LOOKOUT_PURGED, row, type_="lookout.purged")
        purged += 1
    return purged


async def _alarm(
    sweep: Sweep,
    row: LookoutOrder,
    kind: AlertKind,
    due_on: date,
    clause: str | None,
    severity: AlertSeverity = AlertSeverity.SEVERE,
    units: tuple[UUID, ...] = (),
) -> int:
    told = Raised(kind=kind, severity=severity, due_on=due_on, clause=clause, units=(row.court_id, *units))
    return await raise_alert(sweep.session, row, row.lookout_number, told, sweep.at, by=WORKER)
