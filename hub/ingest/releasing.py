"""A snapshot that was held because it lacked too much: a person lets it take effect, or sets it aside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target, record
from hub.canonical.exchange_codes import CaseListKind, IssueKind, ReconciliationOutcome, SnapshotDecision
from hub.core.clock import Clock, local_date
from hub.core.errors import NotFound, Reason, Refused
from hub.core.payload import SHORT_TEXT, required
from hub.db.models import Reconciliation, SnapshotPortion
from hub.db.session import Sessions, SystemSession
from hub.ingest.issues import close_issues
from hub.ingest.mirrors import mirror_of
from hub.policy.store import PolicyStore
from hub.subjects.home import home_of
from hub.workflow.unit import Unit

JOB = "reconcile"
KIND = "Reconciliation"
_OUTCOMES = {
    SnapshotDecision.RELEASE: ReconciliationOutcome.RELEASED,
    SnapshotDecision.REFUSE: ReconciliationOutcome.REFUSED,
}


@dataclass(frozen=True, slots=True)
class HeldSnapshotDecision:
    """对因缺失过多而暂停的快照核对的决定 (what becomes of a comparison that was held)."""

    reconciliation_id: UUID = required("快照核对标识", "id of the comparison", node="RC")
    decision: SnapshotDecision = required("决定", "decision")
    reason: str = required("理由，记入审计", "why; goes on record", limit=SHORT_TEXT)
    evidence: str = required(
        "依据材料，如法院公函文号、电话核实记录编号",
        "on what evidence: number of the court's letter, of the record of a call",
        limit=SHORT_TEXT,
    )


async def decide(unit: Unit, asked: HeldSnapshotDecision) -> UUID:
    """Put the decision on record; the worker carries it out.

    Raises ``NotFound``, or ``Refused`` (SNAPSHOT_NOT_HELD): a decision is not taken back by another.
    """
    held = await unit.session.scalar(
        select(Reconciliation).where(Reconciliation.id == asked.reconciliation_id).with_for_update()
    )
    if held is None:
        raise NotFound(path=("reconciliationId",))
    if held.outcome is not ReconciliationOutcome.HELD or held.decision is not None:
        raise Refused(Reason("SNAPSHOT_NOT_HELD", ("reconciliationId",)))
    await unit.session.execute(
        update(Reconciliation)
        .where(Reconciliation.id == held.id)
        .values(
            decision=asked.decision,
            decision_reason=asked.reason,
            decision_evidence=asked.evidence,
            decided_by_id=unit.organization_id,
            decided_at=unit.at,
        )
        .execution_options(synchronize_session=False)
    )
    target = Target(KIND, held.id, held.jurisdiction_path)
    said = {"decision": asked.decision.value, "missing": held.missing_rows, "evidence": asked.evidence}
    await unit.audit(AuditAction.SNAPSHOT_DECIDED, target, why=asked.reason, **said)
    return held.id


async def carry_out_decisions(sessions: Sessions, policy: PolicyStore, clock: Clock) -> int:
    """Do what was decided of held snapshots; how many there were."""
    done = 0
    while True:
        async with sessions.system(JOB) as session:
            held = await session.scalar(
                select(Reconciliation)
                .where(Reconciliation.outcome == ReconciliationOutcome.HELD, Reconciliation.decision.is_not(None))
                .order_by(Reconciliation.decided_at)
                .limit(1)
                .with_for_update(skip_locked=True)
            )
            if held is None or held.decision is None:
                return done
            await _carry_out(session, policy, held, held.decision, clock())
            done += 1


async def _carry_out(
    session: SystemSession, policy: PolicyStore, held: Reconciliation, decision: SnapshotDecision, now: datetime
) -> None:
    """What was told since the snapshot was taken is newer than it, and stays."""
    home = await home_of(session, held.source)
    if decision is SnapshotDecision.RELEASE:
        listed = mirror_of(held.list_kind)
        pack = await policy.pack(session, home.jurisdiction_id, local_date(now))
        held.ended_rows = await listed.end_missing(session, home, held.batch_id, held.as_of, pack)
    held.outcome = _OUTCOMES[decision]
    await forget_keys(session, held.batch_id, held.list_kind)
    await close_issues(session, home, IssueKind.SNAPSHOT_SHRUNK, [held.list_kind.value], at=now)
    target = Target(KIND, held.id, home.path)
    detail = {"list": held.list_kind.value, "ended": held.ended_rows, "outcome": held.outcome.value}
    await record(session, home.principal, AuditAction.SNAPSHOT_COMPARED, at=now, target=target, detail=detail)


async def overtake(session: SystemSession, source: str, kind: CaseListKind) -> None:
    """A later snapshot of the list has been compared: what was held of an earlier one is past."""
    held = await session.scalars(
        select(Reconciliation)
        .where(
            Reconciliation.source == source,
            Reconciliation.list_kind == kind,
            Reconciliation.outcome == ReconciliationOutcome.HELD,
        )
        .with_for_update()
    )
    for each in held.all():
        each.outcome = ReconciliationOutcome.OVERTAKEN
        await forget_keys(session, each.batch_id, kind)


async def forget_keys(session: SystemSession, batch_id: UUID, kind: CaseListKind) -> None:
    """The keys of a snapshot are kept until it is decided whether what it lacks is ended."""
    portion = SnapshotPortion
    await session.execute(delete(portion).where(portion.batch_id == batch_id, portion.list_kind == kind))
