"""Background work on objections: what the court's own message settled, and what is late."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from hub.access.scopes import Scope
from hub.alerts.raising import Raised, raise_alert
from hub.canonical.codes import AlertKind, AlertSeverity
from hub.canonical.exchange_codes import DishonestyStatus
from hub.canonical.objection_codes import OBJECTION_OPEN, ObjectionKind, ObjectionStatus
from hub.core.keyring import KeyRing
from hub.core.principal import Principal
from hub.core.workflow import Actor
from hub.db.models import CreditObjection, DishonestyRecord, DishonestyStep
from hub.db.session import SystemSession, WriteSession
from hub.objection.filing import advance
from hub.objection.payloads import ObjectionReason
from hub.policy.store import PolicyStore
from hub.workflow.unit import Unit

WORKER = Principal(subject="system:objections", organization_id=None, scopes=frozenset({Scope.REPAIR_HANDLE.value}))
SYSTEM = frozenset({Actor.SYSTEM})
_MENDED = ("revoke", "correct")


async def work_on_objections(session: SystemSession, store: PolicyStore, keyring: KeyRing, now: datetime) -> int:
    """All that is due at ``now``; how much was done. Safe to run in several workers at once."""
    unit = Unit(WriteSession(session), WORKER, now, store, keyring)
    return await _settle(unit) + await _tell(unit)


async def _settle(unit: Unit) -> int:
    """An objection that was upheld is settled by the court's correction or revocation, told after its decision."""
    mended = select(DishonestyStep.id).where(
        DishonestyStep.record_id == CreditObjection.record_id,
        DishonestyStep.event.in_(_MENDED),
        DishonestyStep.late.is_(False),
        DishonestyStep.received_at >= CreditObjection.decided_at,
    )
    rows = await unit.session.execute(
        select(CreditObjection, DishonestyRecord.status)
        .join(DishonestyRecord, DishonestyRecord.id == CreditObjection.record_id)
        .where(
            CreditObjection.status == ObjectionStatus.UPHELD,
            mended.exists() | (DishonestyRecord.status == DishonestyStatus.REVOKED),
        )
        .with_for_update(of=CreditObjection, skip_locked=True)
    )
    found = rows.all()
    for objection, _ in found:
        reason = ObjectionReason(reason="法院已报更正或撤销 (its court has told the correction)")
        await advance(unit, objection, "confirmCorrected", reason, SYSTEM)
    return len(found)


async def _tell(unit: Unit) -> int:
    """Whoever owes a step that is late is told, and the credit office with it; how many alerts are new."""
    found = await unit.session.scalars(
        select(CreditObjection).where(
            CreditObjection.status.in_(OBJECTION_OPEN),
            CreditObjection.due_on < unit.today,
            CreditObjection.due_provisional.is_(False),
        )
    )
    raised = 0
    for row in found.all():
        alert = Raised(
            kind=AlertKind.OBJECTION_OVERDUE,
            severity=AlertSeverity.SEVERE,
            due_on=row.due_on,
            offset=1,
            clause=row.due_clause,
            units=(row.court_id,) if row.kind is ObjectionKind.LISTING else (),
            to_credit_office=True,
        )
        raised += await raise_alert(unit.session, row, row.case_number, alert, unit.at)
    return raised
