"""What clocks do to plans: a missed instalment is a default and an alarm, a plan not in the budget in time an alarm."""

from __future__ import annotations

from collections.abc import AsyncIterator

from sqlalchemy import ColumnElement, select

from hub.alerts.raising import Raised, raise_alert
from hub.audit.catalogue import AuditAction
from hub.canonical.codes import AlertKind, AlertSeverity
from hub.canonical.fund_codes import PerformancePlanStatus
from hub.core.principal import Principal
from hub.db.models import PerformancePlan, PlanInstalment
from hub.inquiry.sweep import PORTION, Sweep
from hub.plans.effects import BUDGET
from hub.plans.workflow import CLAUSE, RUNNING
from hub.workflow.portions import each

WORKER = Principal(subject="system:plans", organization_id=None)
P, N, S = PerformancePlan, PlanInstalment, PerformancePlanStatus
MISSED = (N.plan_id == P.id, N.dropped_in.is_(None), N.paid_fen < N.amount_fen)


async def watch_plans(sweep: Sweep) -> int:
    """Do all that is due; how many changes."""
    return await _default(sweep) + await _chase_budget(sweep)


def _due(sweep: Sweep, *conditions: ColumnElement[bool]) -> AsyncIterator[PerformancePlan]:
    """All of them: what was alarmed of stays as it is, and must not stand before what was not."""
    return each(sweep.session, select(P).where(*conditions), P.id, size=PORTION)


async def _default(sweep: Sweep) -> int:
    """Each instalment whose day has passed unpaid is told once to court, debtor, finance and the office."""
    late = select(N.id).where(*MISSED, N.due_on < sweep.today)
    changes = 0
    async for row in _due(sweep, P.status.in_(RUNNING), late.exists()):
        missed = select(N).where(N.plan_id == row.id, *MISSED[1:], N.due_on < sweep.today).order_by(N.due_on)
        for instalment in (await sweep.session.scalars(missed)).all():
            told = Raised(
                kind=AlertKind.PLAN_INSTALMENT_MISSED,
                severity=AlertSeverity.SEVERE,
                due_on=instalment.due_on,
                clause=CLAUSE,
                units=(row.court_id, row.debtor_id, row.finance_id),
                to_office=True,
            )
            changes += await raise_alert(sweep.session, row, row.case_number, told, sweep.at, by=WORKER)
        if row.status is not S.DEFAULTED:
            sweep.move(row, S.DEFAULTED)
            await sweep.session.flush()
            await sweep.trace(AuditAction.PLAN_TRANSITION, row, type_="performanceplan.default")
            changes += 1
    return changes


async def _chase_budget(sweep: Sweep) -> int:
    changes = 0
    async for row in _due(sweep, P.status == S.CONFIRMED, P.budget_due_on < sweep.today):
        told = Raised(
            kind=AlertKind.PLAN_NOT_BUDGETED,
            severity=AlertSeverity.WARNING,
            due_on=row.budget_due_on,
            clause=(await sweep.pack(row.jurisdiction_id)).basis(BUDGET).clause,
            units=(row.court_id, row.finance_id),
            to_office=True,
        )
        changes += await raise_alert(sweep.session, row, row.case_number, told, sweep.at, by=WORKER)
    return changes
