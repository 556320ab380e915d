"""Full snapshots compared with the mirror. What a snapshot lacks is ended, unless it lacks more than is credible."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, exists, select, text

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target, record
from hub.canonical.exchange_codes import (
    BatchKind,
    BatchStatus,
    CaseListKind,
    InboxStatus,
    IssueKind,
    ReconciliationOutcome,
)
from hub.core.clock import Clock, local_date
from hub.core.ids import new_id
from hub.db.models import InboxBatch, InboxMessage, Reconciliation
from hub.db.session import Sessions, SystemSession
from hub.ingest.issues import close_issues, open_issues
from hub.ingest.mirrors import mirror_of
from hub.ingest.releasing import JOB, carry_out_decisions, forget_keys, overtake
from hub.policy.pack import PolicyPack
from hub.policy.store import PolicyStore
from hub.subjects.home import Home, home_of

_PATIENCE = text("set local statement_timeout = '10min'")
"""A million rows are compared with a million by one statement, which waits for nobody."""
_SHRINK = "snapshot.shrink.percent"


async def reconcile_waiting(sessions: Sessions, policy: PolicyStore, clock: Clock) -> int:
    """Carry out what was decided of held snapshots, then compare every snapshot whose rows have all been applied; how
    much of both there was."""
    done = await carry_out_decisions(sessions, policy, clock)
    while True:
        async with sessions.system(JOB) as session:
            batch = await session.scalar(_next())
            if batch is None:
                return done
            done += await _compare(session, policy, batch, clock())


def _next() -> Select[InboxBatch]:
    waiting = exists().where(InboxMessage.batch_id == InboxBatch.id, InboxMessage.state == InboxStatus.RECEIVED)
    compared = exists().where(Reconciliation.batch_id == InboxBatch.id)
    return (
        select(InboxBatch)
        .where(
            InboxBatch.kind == BatchKind.SNAPSHOT,
            InboxBatch.status == BatchStatus.ACCEPTED,
            InboxBatch.settled_at.is_(None),
            ~waiting,
            ~compared,
        )
        .order_by(InboxBatch.received_at)
        .limit(1)
        .with_for_update(of=InboxBatch, skip_locked=True)
    )


async def _compare(session: SystemSession, policy: PolicyStore, batch: InboxBatch, now: datetime) -> int:
    await session.execute(_PATIENCE)
    home = await home_of(session, batch.source)
    pack = await policy.pack(session, home.jurisdiction_id, local_date(now))
    for name in batch.lists:
        await _compare_list(session, home, batch, CaseListKind(name), pack, now)
    return len(batch.lists)


async def _compare_list(
    session: SystemSession, home: Home, batch: InboxBatch, kind: CaseListKind, pack: PolicyPack, now: datetime
) -> None:
    as_of, allowed = batch.sent_at or batch.received_at, pack.number(_SHRINK)
    await overtake(session, home.source, kind)
    listed = mirror_of(kind)
    mirror, gone, rows = await listed.count(session, home, batch.id, as_of)
    # A row that could not be read may be any of those that seem to be missing.
    held = gone > 0 and (gone * 100 > mirror * allowed or batch.faulty_rows > 0)
    ended = 0 if held or not gone else await listed.end_missing(session, home, batch.id, as_of, pack)
    outcome = (
        ReconciliationOutcome.HELD
        if held
        else ReconciliationOutcome.ENDED_MISSING
        if ended
        else ReconciliationOutcome.EQUAL
    )
    made = Reconciliation(
        id=new_id(),
        **home.provided,
        batch_id=batch.id,
        list_kind=kind,
        as_of=as_of,
        at=now,
        mirror_rows=mirror,
        snapshot_rows=rows,
        missing_rows=gone,
        ended_rows=ended,
        allowed_percent=allowed,
        outcome=outcome,
    )
    session.add(made)
    about = [kind.value]
    if held:
        await open_issues(session, home, IssueKind.SNAPSHOT_SHRUNK, about, at=now)
    else:
        await close_issues(session, home, IssueKind.SNAPSHOT_SHRUNK, about, at=now)
        await forget_keys(session, batch.id, kind)
    await record(
        session,
        home.principal,
        AuditAction.SNAPSHOT_COMPARED,
        at=now,
        target=Target("Reconciliation", made.id, home.path),
        detail={"list": kind.value, "mirror": mirror, "missing": gone, "ended": ended, "outcome": outcome.value},
    )
