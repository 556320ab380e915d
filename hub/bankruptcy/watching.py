"""Steps that come due or are late, and urgings: told to whoever owes them, once for each day and each urging."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from hub.alerts.raising import Raised, raise_all
from hub.bankruptcy.facts import APPROVERS
from hub.bankruptcy.fund_workflow import APPROVER as FUND_APPROVER
from hub.bankruptcy.plan_workflow import APPROVER
from hub.canonical.bankruptcy_codes import BankruptcyMatterStatus, DisbursementStatus, FundApprover, StabilityApprover
from hub.canonical.codes import AlertKind, AlertSeverity
from hub.core.clock import local_date
from hub.core.principal import RoleName
from hub.core.texts import label_text
from hub.db.models import BankruptcyMatter, FundDisbursement, OrganizationFunction, StabilityPlan
from hub.db.session import SystemSession
from hub.policy.rule_data import stored_clause
from hub.policy.store import PolicyStore

BEFORE = "bankruptcy.alert_before"
M = BankruptcyMatterStatus
OWNED = (M.ASSIGNED, M.HANDLING)


async def watch_bankruptcies(session: SystemSession, store: PolicyStore, now: datetime) -> int:
    """All alerts due at ``now``; how many were new. Safe to run in several workers at once."""
    raised = await watch_matters(session, store, now) + await watch_plans(session, store, now)
    return raised + await watch_disbursements(session, store, now)


async def watch_matters(session: SystemSession, store: PolicyStore, now: datetime) -> int:
    today = local_date(now)
    found = await session.scalars(
        select(BankruptcyMatter).where(BankruptcyMatter.due_on.is_not(None)).order_by(BankruptcyMatter.id)
    )
    raised = 0
    for row in found.all():
        pack = await store.pack(session, row.jurisdiction_id, today)
        units = await _owing(session, row)
        raised += await raise_all(session, row, row.title, _alerts(row, units, pack.days(BEFORE), today), now)
    return raised


def _alerts(row: BankruptcyMatter, units: tuple[UUID, ...], before: tuple[int, ...], today: date) -> Iterator[Raised]:
    clause = stored_clause(row.due_basis)
    if row.urge_count and row.status in OWNED:
        yield Raised(
            kind=AlertKind.BANKRUPTCY_URGED,
            severity=AlertSeverity.SEVERE,
            due_on=row.urged_on,
            offset=row.urge_count,
            clause=clause,
            units=units,
        )
    if row.due_on is None:
        return
    left = (row.due_on - today).days
    if left < 0:
        kind, severity = AlertKind.OVERDUE, AlertSeverity.SEVERE
        told = (*units, row.court_id)
        yield Raised(kind=kind, severity=severity, due_on=row.due_on, clause=clause, units=told)
    elif reached := [days for days in before if days >= left]:
        kind, severity = AlertKind.DUE_SOON, AlertSeverity.WARNING
        yield Raised(kind=kind, severity=severity, due_on=row.due_on, offset=-min(reached), clause=clause, units=units)


async def _owing(session: SystemSession, row: BankruptcyMatter) -> tuple[UUID, ...]:
    if row.status is M.FEEDBACK:
        return (row.court_id,)
    if row.status in OWNED and row.owner_id is not None:
        return (row.owner_id,)
    return await holders(session, row.jurisdiction_id, RoleName.GOVERNMENT_OFFICE)


async def holders(session: SystemSession, jurisdiction_id: UUID, role: RoleName) -> tuple[UUID, ...]:
    """Units that have a role in a jurisdiction."""
    found = await session.scalars(
        select(OrganizationFunction.organization_id).where(
            OrganizationFunction.jurisdiction_id == jurisdiction_id,
            OrganizationFunction.role == role,
            OrganizationFunction.valid_to.is_(None),
        )
    )
    return tuple(sorted(found))


async def watch_plans(session: SystemSession, store: PolicyStore, now: datetime) -> int:
    today = local_date(now)
    found = await session.scalars(select(StabilityPlan).where(StabilityPlan.due_on < today).order_by(StabilityPlan.id))
    raised = 0
    for row in found.all():
        pack = await store.pack(session, row.jurisdiction_id, today)
        role = APPROVERS[StabilityApprover(pack.choice(APPROVER))]
        alert = Raised(
            kind=AlertKind.OVERDUE,
            severity=AlertSeverity.SEVERE,
            due_on=row.due_on,
            clause=stored_clause(row.due_basis),
            units=(*await holders(session, row.jurisdiction_id, role), row.proposer_id),
        )
        raised += await raise_all(session, row, "不动产处置维稳方案", (alert,), now)
    return raised


async def watch_disbursements(session: SystemSession, store: PolicyStore, now: datetime) -> int:
    """Applications left undecided, and approvals left unpaid; who is relieved is read with the application alone."""
    today = local_date(now)
    late = select(FundDisbursement).where(FundDisbursement.due_on < today).order_by(FundDisbursement.id)
    raised = 0
    for row in (await session.scalars(late)).all():
        alert = Raised(
            kind=AlertKind.OVERDUE,
            severity=AlertSeverity.SEVERE,
            due_on=row.due_on,
            clause=stored_clause(row.due_basis),
            units=await _paying(session, store, row, today),
        )
        title = f"{label_text(f'FundKind.{row.kind.value}').zh}申请"
        raised += await raise_all(session, row, title, (alert,), now)
    return raised


async def _paying(session: SystemSession, store: PolicyStore, row: FundDisbursement, today: date) -> tuple[UUID, ...]:
    pack = await store.pack(session, row.jurisdiction_id, today)
    if row.status is DisbursementStatus.APPLIED and pack.choice(FUND_APPROVER) == FundApprover.GOVERNMENT.value:
        return await holders(session, row.jurisdiction_id, RoleName.GOVERNMENT_OFFICE)
    return (row.holder_id,)
