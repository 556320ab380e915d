"""Background work: records that follow the list, records kept long enough, objections left undecided."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from hub.access.scopes import Scope
from hub.alerts.raising import Raised, raise_alert
from hub.canonical.codes import AlertKind, AlertSeverity
from hub.canonical.integrity_codes import ComplaintStatus, IntegrityStatus
from hub.core.keyring import KeyRing
from hub.core.principal import Principal
from hub.core.workflow import Actor
from hub.db.models import IntegrityComplaint, IntegrityRecord, IntegrityRevision
from hub.db.session import SystemSession, WriteSession
from hub.integrity.derived import PORTION, follow_the_list
from hub.integrity.records import course_of
from hub.integrity.workflow import RECORD, RecordFacts
from hub.policy.rule_data import stored_clause
from hub.policy.store import PolicyStore
from hub.subjects.succession import follow_successors
from hub.workflow.firing import fire
from hub.workflow.unit import Unit

WORKER = Principal(subject="system:integrity", organization_id=None, scopes=frozenset({Scope.INTEGRITY_RECORD.value}))
SYSTEM = frozenset({Actor.SYSTEM})


async def work_on_integrity(session: SystemSession, store: PolicyStore, keyring: KeyRing, now: datetime) -> int:
    """All that is due at ``now``; how much was done. Safe to run in several workers at once."""
    unit = Unit(WriteSession(session), WORKER, now, store, keyring)
    await follow_successors(session, now)
    done = await follow_the_list(unit, session) + await expire(unit, session)
    return done + await remind(unit, session) + await urge(unit, session)


async def expire(unit: Unit, session: SystemSession) -> int:
    """Records whose time of keeping has ended leave every file."""
    ended = (IntegrityStatus.RECTIFIED, IntegrityStatus.WITHDRAWN)
    rows = await session.scalars(
        select(IntegrityRecord)
        .where(IntegrityRecord.status.in_(ended), IntegrityRecord.keep_until < unit.today)
        .order_by(IntegrityRecord.id)
        .limit(PORTION)
        .with_for_update(skip_locked=True)
    )
    found = rows.all()
    for row in found:
        facts = RecordFacts(row, unit.today)
        await fire(unit, RECORD, course_of(row), row, "expire", None, actors=SYSTEM, facts=facts, expected_version=None)
        await _forget(session, row)
    return len(found)


async def _forget(session: SystemSession, row: IntegrityRecord) -> None:
    """What it said is kept no longer; that there was a record, and how it moved, stays in the audit log."""
    row.title, row.facts, row.evidence, row.contest_evidence = "", "", [], []
    row.contest_reason = row.decision = row.amount_fen = None
    said: dict[str, object] = {"title": "", "facts": "", "evidence": [], "reason": None, "amount_fen": None}
    await session.execute(update(IntegrityRevision).where(IntegrityRevision.record_id == row.id).values(said))


async def remind(unit: Unit, session: SystemSession) -> int:
    """Whoever left an objection undecided beyond its deadline is told."""
    late = select(IntegrityRecord).where(
        IntegrityRecord.status == IntegrityStatus.CONTESTED, IntegrityRecord.decide_by < unit.today
    )
    raised = 0
    for row in (await session.scalars(late.order_by(IntegrityRecord.id))).all():
        alert = Raised(
            kind=AlertKind.OBJECTION_OVERDUE,
            severity=AlertSeverity.SEVERE,
            due_on=row.decide_by,
            clause=stored_clause(row.decide_basis),
            units=(row.recorder_id,),
        )
        raised += await raise_alert(session, row, row.title, alert, unit.at)
    return raised


async def urge(unit: Unit, session: SystemSession) -> int:
    """Whoever owes the next step of a complaint that is late is told, and the office that received it."""
    late = select(IntegrityComplaint).where(IntegrityComplaint.due_on < unit.today)
    raised = 0
    for row in (await session.scalars(late.order_by(IntegrityComplaint.id))).all():
        handed = row.status is ComplaintStatus.HANDED
        alert = Raised(
            kind=AlertKind.COMPLAINT_OVERDUE,
            severity=AlertSeverity.SEVERE,
            due_on=row.due_on,
            clause=stored_clause(row.due_basis),
            units=(row.receiver_id, row.organization_id) if handed else (row.receiver_id,),
        )
        # What the complaint says is read with the complaint, nowhere else.
        raised += await raise_alert(
            session, row, f"政务失信投诉（{row.registered_on.isoformat()}收到）", alert, unit.at
        )
    return raised
