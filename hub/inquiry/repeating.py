"""Repeated orders: the same question is put again every n days until its last day, or until what the case claims is
controlled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import func, select

from hub.audit.catalogue import AuditAction
from hub.canonical.control_codes import AssetControlStatus
from hub.canonical.exchange_codes import MirrorStatus
from hub.core.errors import Reason
from hub.db.models import AssetControl, CaseListEntry, ExecutionQuery, Subject
from hub.db.tenant_keys import tenant_keys
from hub.inquiry.dispatching import Dispatcher
from hub.inquiry.rows import settle
from hub.inquiry.standing import standing_problems
from hub.inquiry.sweep import PORTION, Sweep
from hub.inquiry.targets import target_of
from hub.inquiry.workflow import SENT

_HELD = (AssetControlStatus.CONTROLLED, AssetControlStatus.RENEWED, AssetControlStatus.TRANSFERRED)
TRANSITION = AuditAction.EXECUTION_QUERY_TRANSITION


async def repeat(sweep: Sweep) -> int:
    """Ask again what is due to be asked again; how many queries. An emergency waits for its approval first."""
    found = await sweep.session.scalars(
        select(ExecutionQuery)
        .where(
            ExecutionQuery.next_round_on <= sweep.today,
            ExecutionQuery.repeat_until >= sweep.today,
            ExecutionQuery.status.in_(SENT),
            ExecutionQuery.approval_due_at.is_(None),
        )
        .limit(PORTION)
        .with_for_update(skip_locked=True)
    )
    due = list(found)
    for query in due:
        await _ask_again(sweep, query)
    return len(due)


async def _ask_again(sweep: Sweep, query: ExecutionQuery) -> None:
    assert query.repeat_days is not None
    assert query.repeat_until is not None
    assert query.next_round_on is not None
    problems = await standing_problems(sweep.session, query, sweep.today)
    if await _is_covered(sweep, query):
        problems = (*problems, Reason("CLAIM_COVERED"))
    if problems:
        await _ask_no_more(sweep, query, problems)
        return
    subject = await sweep.session.scalar(select(Subject).where(Subject.id == query.subject_id))
    assert subject is not None
    # Counted from the day it was due, so that a late run does not move those that follow.
    following = query.next_round_on + timedelta(days=query.repeat_days)
    while following <= sweep.today:
        following += timedelta(days=query.repeat_days)
    query.round += 1
    query.next_round_on = following if following <= query.repeat_until else None
    sweep.move(query, query.status)
    await sweep.session.flush()
    keys = await tenant_keys(sweep.session, sweep.master, query.tenant_id, sweep.at)
    await Dispatcher(sweep.session, sweep.policy, sweep.master, sweep.at).send(
        query, target_of(subject, sweep.master), keys
    )
    await settle(sweep.session, query.id, sweep.at)
    await sweep.session.refresh(query)
    await sweep.trace(AuditAction.EXECUTION_QUERY_REPEATED, query, type_="execquery.repeat", round=query.round)


async def _is_covered(sweep: Sweep, query: ExecutionQuery) -> bool:
    """Whether money controlled or taken in the case comes up to what the court's list says is claimed; never where it
    says nothing."""
    entry, control = CaseListEntry, AssetControl
    of_case = (entry.case_id == query.case_id, entry.court_id == query.court_id, entry.status == MirrorStatus.ACTIVE)
    claimed = await sweep.session.scalar(select(func.max(entry.claim_amount_fen)).where(*of_case))
    held = await sweep.session.scalar(
        select(func.sum(control.amount_controlled)).where(
            control.case_id == query.case_id,
            control.court_id == query.court_id,
            control.status.in_(_HELD),
            control.currency == "CNY",
        )
    )
    return claimed is not None and held is not None and held * 100 >= claimed


async def _ask_no_more(sweep: Sweep, query: ExecutionQuery, problems: Sequence[Reason]) -> None:
    """No further round; the query says why, and what was found stays until its purpose has ended."""
    query.next_round_on, query.decision_note = None, "".join(str(why.text.zh) for why in problems)
    sweep.move(query, query.status)
    await sweep.session.flush()
    told = ",".join(why.code for why in problems)
    await sweep.trace(TRANSITION, query, type_="execquery.repetitionEnded", problems=told)
