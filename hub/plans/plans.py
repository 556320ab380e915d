"""Plans are fixed by the court, or proposed by the debtor and agreed by it, and moved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.fund_codes import PerformancePlanStatus
from hub.clues.standing import debtor_problems, finance_of
from hub.core.errors import NotFound, Reason, refuse_if
from hub.core.ids import new_id
from hub.core.money import fen
from hub.core.payload import find_problems
from hub.core.principal import Principal
from hub.core.workflow import Availability
from hub.db.models import LegalCase, PerformancePlan
from hub.plans.effects import ask_for_budget, keep_edition, write_instalments
from hub.plans.facts import load_all, load_facts, past_problems, sum_problems
from hub.plans.payloads import PlanProposal
from hub.plans.workflow import COURSE, PLAN, RUNNING, plan_actors
from hub.workflow.firing import announce, fire
from hub.workflow.rows import locked, within
from hub.workflow.unit import Unit

S = PerformancePlanStatus
PRACTISED = "budget.performance_plan"


async def propose_plan(unit: Unit, given: PlanProposal) -> UUID:
    """Make a plan of a case: the court's own is fixed at once, the debtor's waits for the court. Raises ``NotFound``
    for a case that is not the caller's, ``Refused`` with every reason."""
    case = await _case(unit, given)
    pack = await unit.policy.pack(unit.session, case.jurisdiction_id, unit.today)
    finance_id = await finance_of(unit.session, pack, case.jurisdiction_id)
    stands = select(PerformancePlan.id).where(
        PerformancePlan.case_id == case.id,
        PerformancePlan.debtor_id == given.debtor_organization_id,
        PerformancePlan.status.in_((S.DRAFT, *RUNNING)),
    )
    refuse_if(
        (
            *find_problems(given),
            *(() if pack.flag(PRACTISED) else (Reason("PLAN_NOT_PRACTISED"),)),
            *await debtor_problems(unit.session, case, given.debtor_organization_id),
            *sum_problems(given.amount, 0, given.instalments),
            *past_problems(unit.today, given.instalments),
            *((Reason("PLAN_STANDS", ("caseId",)),) if await unit.session.scalar(select(stands.exists())) else ()),
        )
    )
    return await _keep(unit, given, case, finance_id)


async def _case(unit: Unit, given: PlanProposal) -> LegalCase:
    case = await unit.session.scalar(select(LegalCase).where(LegalCase.id == given.case_id))
    own = unit.organization_id
    if case is None or own not in (case.court_id, given.debtor_organization_id) or unit.principal.on_behalf_of:
        raise NotFound(path=("caseId",))
    return case


async def _keep(unit: Unit, given: PlanProposal, case: LegalCase, finance_id: UUID) -> UUID:
    own, by_court = unit.organization_id, unit.organization_id == case.court_id
    row = PerformancePlan(
        id=new_id(),
        court_id=case.court_id,
        finance_id=finance_id,
        debtor_id=given.debtor_organization_id,
        proposer_id=own,
        case_id=case.id,
        case_number=case.case_number,
        status=S.CONFIRMED if by_court else S.DRAFT,
        edition=1,
        amount_fen=fen(given.amount),
        paid_fen=0,
        note=given.note,
        created_at=unit.at,
        status_since=unit.at,
        version=1,
        **within(case),
    )
    if by_court:
        await ask_for_budget(unit, row)
    unit.session.add(row)
    await unit.session.flush()
    await write_instalments(unit, row, given.instalments)
    await keep_edition(unit, row, None, by=own)
    await unit.audit(AuditAction.PLAN_PROPOSED, Target(COURSE.kind, row.id, row.jurisdiction_path))
    if by_court:
        await announce(unit, COURSE, row, "fixed")
    else:
        await announce(unit, COURSE, row, "proposed")
    return row.id


async def fire_plan(
    unit: Unit, plan_id: UUID, event: str, payload: object, *, expected_version: int | None = None
) -> PerformancePlan:
    """Move a plan. Raises ``NotFound``, ``Denied`` or ``Refused`` with every reason."""
    unit.require_own()
    row: PerformancePlan = await locked(unit, PerformancePlan, plan_id)
    await fire(
        unit,
        PLAN,
        COURSE,
        row,
        event,
        payload,
        actors=plan_actors(row, unit.organization_id),
        facts=await load_facts(unit.session, row, unit.today),
        expected_version=expected_version,
    )
    return row


async def plan_events(
    session: AsyncSession, principal: Principal, rows: Sequence[PerformancePlan], today: date
) -> dict[UUID, tuple[Availability, ...]]:
    """Which events the caller may fire on each plan now, and why not the others."""
    facts = await load_all(session, rows, today)
    return {
        row.id: PLAN.available(
            row.status,
            actors=plan_actors(row, principal.organization_id),
            scopes=principal.scopes,
            facts=facts[row.id],
        )
        for row in rows
    }
