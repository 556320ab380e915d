"""What clocks do to batches: months that have ended are sealed, with zero batches, and receipts are reconciled."""

from __future__ import annotations

import structlog
from sqlalchemy import func, select

from hub.canonical.codes import OrganizationKind
from hub.canonical.marriage import SETTLED, MarriageBatchStatus, batch_digest
from hub.core.errors import Refused
from hub.core.principal import Principal, RoleName
from hub.db.models import Jurisdiction, MarriageBatch, Organization, OrganizationFunction
from hub.db.tenant_keys import tenant_keys
from hub.inquiry.sweep import PORTION, Sweep
from hub.marriage.batches import COUNTED, Sender, batch_for, items_of, month_of, receiver_of, seal, shares, told
from hub.marriage.workflow import COURSE
from hub.policy.periods import PeriodSpan, parse_period_code

log = structlog.get_logger("hub.marriage")

WORKER = Principal(subject="system:marriage", organization_id=None)
S = MarriageBatchStatus


async def watch_batches(sweep: Sweep) -> int:
    """Do all that is due; how many batches moved."""
    return await seal_ended(sweep) + await reconcile(sweep) + await _warn(sweep)


async def seal_ended(sweep: Sweep) -> int:
    """Seal the batch of every month that has ended, of every court that shares; how many."""
    rows = await sweep.session.execute(
        select(Organization.id, Jurisdiction)
        .join(Jurisdiction, Jurisdiction.id == Organization.jurisdiction_id)
        .join(OrganizationFunction, OrganizationFunction.organization_id == Organization.id)
        .where(
            Organization.kind == OrganizationKind.COURT,
            Organization.valid_to.is_(None),
            OrganizationFunction.role == RoleName.COURT,
            OrganizationFunction.valid_to.is_(None),
        )
        .distinct(Organization.id)
        .order_by(Organization.id)
    )
    done = 0
    for court_id, place in rows.tuples().all():
        pack = await sweep.pack(place.id)
        if not shares(pack):
            continue
        try:
            sender = Sender(court_id, place, pack, await receiver_of(sweep.session, pack, place.id))
        except Refused as refused:
            log.warning("nobody receives", court=str(court_id), code=refused.code, alarm=True)
            continue
        done += await _seal_months(sweep, sender)
    return done


async def _seal_months(sweep: Sweep, sender: Sender) -> int:
    """Of a court that never told anything the first month to be sealed is the one that runs: the hub cannot say of
    earlier ones that there was nothing."""
    last = await sweep.session.scalar(
        select(func.max(MarriageBatch.month)).where(
            MarriageBatch.court_id == sender.court_id, MarriageBatch.sealed_at.is_not(None)
        )
    )
    first = await sweep.session.scalar(
        select(func.min(MarriageBatch.month)).where(
            MarriageBatch.court_id == sender.court_id, MarriageBatch.status == S.COLLECTING
        )
    )
    running = month_of(sweep.today)
    if last is None and first is None:
        await batch_for(sweep.session, sender, running, await sweep.policy.calendar(sweep.session))
        return 0
    ended = running.previous
    span = parse_period_code(last).next if last else min(parse_period_code(first or ended.code), ended)
    done = 0
    while span <= ended:
        done += await _seal_month(sweep, sender, span)
        span = span.next
    return done


async def _seal_month(sweep: Sweep, sender: Sender, span: PeriodSpan) -> bool:
    batch = await batch_for(sweep.session, sender, span, await sweep.policy.calendar(sweep.session))
    if batch is None:
        return False
    await seal(sweep.session, sweep.master, batch, sweep.at)
    sweep.move(batch, S.SEALED)
    await sweep.trace(COURSE.action, batch, type_="marriagebatch.sealed", items=batch.item_count)
    return True


async def reconcile(sweep: Sweep) -> int:
    """Compare what was answered with what was sealed; how many batches."""
    found = await sweep.session.scalars(
        select(MarriageBatch)
        .where(MarriageBatch.status == S.PROCESSED)
        .order_by(MarriageBatch.id)
        .limit(PORTION)
        .with_for_update(skip_locked=True)
    )
    batches = found.all()
    for batch in batches:
        await _reconcile(sweep, batch)
    return len(batches)


async def _reconcile(sweep: Sweep, batch: MarriageBatch) -> None:
    items = await items_of(sweep.session, batch)
    keys = await tenant_keys(sweep.session, sweep.master, batch.tenant_id, sweep.at)
    answered = sum(getattr(batch, f"{name}_count") for name in COUNTED)
    if batch_digest(await told(sweep.session, batch, items, keys)) != batch.digest:
        batch.discrepancy = "DIGEST"
    elif not len(items) == batch.item_count == answered:
        batch.discrepancy = "COUNT"
    good = batch.discrepancy is None and all(item.receipt in SETTLED for item in items)
    if good:
        batch.settled_at = sweep.at
    if batch.discrepancy is not None:
        log.error("a batch does not tie out", batch=batch.number, why=batch.discrepancy, alarm=True)
    sweep.move(batch, S.RECONCILED if good else S.EXCEPTIONS)
    await sweep.trace(COURSE.action, batch, type_="marriagebatch.reconciled", good=good)


async def _warn(sweep: Sweep) -> int:
    """Batches whose time to be sent or answered has passed are alarmed each time."""
    row = MarriageBatch
    late = await sweep.session.scalars(
        select(row.number).where(
            ((row.status == S.SEALED) & (row.due_on < sweep.today))
            | (row.status.in_((S.SENT, S.RECEIVED)) & (row.receipts_due_at < sweep.at))
            | (row.status == S.QUARANTINED)
        )
    )
    for number in late:
        log.error("a batch of marriage information is late", batch=number, alarm=True)
    return 0
