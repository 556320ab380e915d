"""Queries end by themselves: an emergency nobody approved, a purpose that has ended; then what was found goes."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, or_, select, update

from hub.alerts.raising import Raised, raise_alert
from hub.audit.catalogue import AuditAction
from hub.canonical.codes import AlertKind, AlertSeverity
from hub.canonical.execution_codes import ExecutionQueryStatus
from hub.core.clock import local_date
from hub.db.models import ExecutionDocument, ExecutionOrder, ExecutionQuery, ExecutionResult, LegalCase
from hub.inquiry.query_effects import withdraw_orders
from hub.inquiry.sweep import WORKER, Sweep
from hub.inquiry.workflow import SENT

S = ExecutionQueryStatus
TRANSITION = AuditAction.EXECUTION_QUERY_TRANSITION


async def lapse(sweep: Sweep) -> int:
    """Cancel emergencies that nobody approved in time and destroy what they brought; how many.

    Whatever their state: an approval that is due is owed wherever the query stands by then.
    """
    found = await sweep.due(ExecutionQuery, ExecutionQuery.approval_due_at <= sweep.at)
    for query in found:
        await _lapse(sweep, query)
    return len(found)


async def _lapse(sweep: Sweep, query: ExecutionQuery) -> None:
    alert = Raised(
        kind=AlertKind.APPROVAL_LAPSED,
        severity=AlertSeverity.SEVERE,
        due_on=local_date(query.approval_due_at or sweep.at),
        clause=(await sweep.pack(query.jurisdiction_id)).basis("inquiry.approval_minutes").clause,
        units=(query.court_id,),
    )
    await raise_alert(sweep.session, query, query.inquiry_number, alert, sweep.at, by=WORKER)
    query.approval_due_at, query.next_round_on = None, None
    await _end(sweep, query, S.CANCELLED, type_="execquery.lapse")
    await _destroy(sweep, query)


async def close_ended(sweep: Sweep) -> int:
    """Close queries whose time has run out or whose case is closed; how many. An emergency without its approval lapses
    then, before it was due: nobody approves it any more."""
    closed = select(LegalCase.id).where(LegalCase.id == ExecutionQuery.case_id, LegalCase.closed_on.is_not(None))
    ended = or_(ExecutionQuery.expires_on < sweep.today, closed.exists())
    found = await sweep.due(ExecutionQuery, ended, ExecutionQuery.status.in_((S.PENDING_APPROVAL, *SENT)))
    for query in found:
        if query.approval_due_at is not None:
            await _lapse(sweep, query)
            continue
        waiting = query.status is S.PENDING_APPROVAL and query.approver_id is None
        days = (await sweep.pack(query.jurisdiction_id)).number("inquiry.kept_days")
        query.closed_at, query.next_round_on = sweep.at, None
        query.purge_on = sweep.today + timedelta(days=0 if waiting else days)
        await _end(sweep, query, S.CANCELLED if waiting else S.CLOSED, type_="execquery.expire")
    return len(found)


async def purge(sweep: Sweep) -> int:
    """Destroy what was found, and what it was asked with, once it is no longer needed; how many queries.

    Digests, readings and traces stay.
    """
    over = ExecutionQuery.status.in_((S.REJECTED, S.CANCELLED))
    kept_long_enough = ExecutionQuery.status.in_((S.CLOSED,)) & (ExecutionQuery.purge_on <= sweep.today)
    unpurged = select(ExecutionDocument.id).where(
        ExecutionDocument.query_id == ExecutionQuery.id, ExecutionDocument.content_sealed.is_not(None)
    )
    found = await sweep.due(ExecutionQuery, or_(kept_long_enough, over & unpurged.exists()))
    for query in found:
        await _destroy(sweep, query)
        sweep.move(query, S.PURGED if query.status is S.CLOSED else query.status)
        await sweep.session.flush()
        await sweep.trace(AuditAction.EXECUTION_QUERY_PURGED, query, type_="execquery.purge")
    return len(found)


async def _end(sweep: Sweep, query: ExecutionQuery, status: ExecutionQueryStatus, *, type_: str) -> None:
    sweep.move(query, status)
    await withdraw_orders(sweep.session, query, sweep.at)
    await sweep.session.flush()
    await sweep.trace(TRANSITION, query, type_=type_, reached=status.value)


async def _destroy(sweep: Sweep, query: ExecutionQuery) -> None:
    of = ExecutionResult.query_id == query.id
    await sweep.session.execute(delete(ExecutionResult).where(of).execution_options(synchronize_session=False))
    for model, values in (
        (ExecutionDocument, {"content_sealed": None}),
        (ExecutionOrder, {"target_sealed": None, "return_contact_sealed": None}),
    ):
        statement = update(model).where(model.query_id == query.id).values(**values)
        await sweep.session.execute(statement.execution_options(synchronize_session=False))
