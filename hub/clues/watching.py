"""What clocks do to fund clues: late answers and late verifications are alarmed to court and finance alone, accounts
are destroyed once they are not needed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, select, update

from hub.alerts.raising import Raised, raise_alert
from hub.audit.catalogue import AuditAction
from hub.canonical.codes import AlertKind, AlertSeverity
from hub.canonical.fund_codes import FundClueStatus
from hub.clues.effects import rule_of
from hub.clues.workflow import WAITING
from hub.core.clock import local_date
from hub.core.principal import Principal
from hub.db.models import FundClue, FundClueItem
from hub.inquiry.sweep import PORTION, Sweep
from hub.workflow.portions import each

WORKER = Principal(subject="system:clues", organization_id=None)
C, S = FundClue, FundClueStatus


async def watch_clues(sweep: Sweep) -> int:
    """Do all that is due; how many changes."""
    return await _chase_answers(sweep) + await _chase_court(sweep) + await _purge(sweep)


def _due(sweep: Sweep, *conditions: ColumnElement[bool]) -> AsyncIterator[FundClue]:
    """All of them: what was alarmed of stays as it is, and must not stand before what was not."""
    return each(sweep.session, select(C).where(*conditions), C.id, size=PORTION)


async def _chase_answers(sweep: Sweep) -> int:
    late = _due(sweep, C.status.in_(WAITING), C.due_on < sweep.today)
    return sum(
        [
            await _alarm(sweep, row, AlertKind.FUND_CLUE_OVERDUE, "fund_clue.answer", row.court_id, row.finance_id)
            async for row in late
        ]
    )


async def _chase_court(sweep: Sweep) -> int:
    late = _due(sweep, C.status.in_((S.PUSHED, S.RECEIVED)), C.verify_by < sweep.today)
    return sum(
        [
            await _alarm(sweep, row, AlertKind.FUND_CLUE_UNVERIFIED, "fund_clue.verify", row.court_id)
            async for row in late
        ]
    )


async def _alarm(sweep: Sweep, row: FundClue, kind: AlertKind, rule: str, *units: UUID) -> int:
    clause = (await sweep.pack(row.jurisdiction_id)).basis(rule_of(rule, row.urgency)).clause
    due_on = row.due_on if kind is AlertKind.FUND_CLUE_OVERDUE else row.verify_by
    told = Raised(kind=kind, severity=AlertSeverity.SEVERE, due_on=due_on, clause=clause, units=units)
    return await raise_alert(sweep.session, row, row.case_number, told, sweep.at, by=WORKER)


async def _purge(sweep: Sweep) -> int:
    """Accounts of clues that ended are kept as long as answers to queries are."""
    kept = select(FundClueItem.id).where(FundClueItem.clue_id == C.id, FundClueItem.account_sealed.is_not(None))
    purged = 0
    async for row in _due(sweep, C.ended_at < sweep.at, kept.exists()):
        assert row.ended_at is not None
        days = (await sweep.pack(row.jurisdiction_id)).number("inquiry.kept_days")
        if local_date(row.ended_at) + timedelta(days=days) > sweep.today:
            continue
        of = update(FundClueItem).where(FundClueItem.clue_id == row.id).values(account_sealed=None)
        await sweep.session.execute(of.execution_options(synchronize_session=False))
        sweep.move(row, row.status)
        await sweep.session.flush()
        await sweep.trace(AuditAction.CLUE_PURGED, row, type_="fundclue.purged")
        purged += 1
    return purged
