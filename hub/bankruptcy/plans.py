"""The owner of a disposal of real estate submits its stability plan; who the pack names approves."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.bankruptcy.effects import count
from hub.bankruptcy.facts import plan_actors
from hub.bankruptcy.payloads import StabilityDraft
from hub.bankruptcy.plan_workflow import APPROVE_BY, APPROVER, PLAN, PlanFacts
from hub.canonical.bankruptcy_codes import (
    BankruptcyMatterStatus,
    BankruptcyMatterType,
    StabilityApprover,
    StabilityStatus,
)
from hub.core.errors import NotFound, Reason, refuse_if
from hub.core.ids import new_id
from hub.core.payload import find_problems
from hub.db.models import BankruptcyMatter, Organization, StabilityPlan
from hub.organizations.existence import require_organizations
from hub.workflow.firing import Course, announce, fire
from hub.workflow.rows import locked, within
from hub.workflow.unit import Unit

COURSE = Course("StabilityPlan", AuditAction.BANKRUPTCY_TRANSITION, "stabilityplan")


async def submit_plan(unit: Unit, given: StabilityDraft) -> UUID:
    """Submit the plan of a disposal. Raises ``NotFound`` for a matter that is not the caller's, ``Refused`` with every
    reason."""
    refuse_if(find_problems(given))
    matter: BankruptcyMatter = await locked(unit, BankruptcyMatter, given.matter_id, path="matterId")
    if matter.owner_id != unit.organization_id or unit.principal.on_behalf_of is not None:
        raise NotFound(path=("matterId",))
    await require_organizations(unit, [given.responsible_id], path="responsibleId")
    refuse_if(await _problems(unit, matter, given))
    row = StabilityPlan(
        id=new_id(),
        matter_id=matter.id,
        proposer_id=unit.organization_id,
        responsible_id=given.responsible_id,
        status=StabilityStatus.SUBMITTED,
        risk=given.risk,
        risk_study=given.risk_study,
        plan=given.plan,
        created_at=unit.at,
        status_since=unit.at,
        **within(matter),
    )
    await count(unit, row, APPROVE_BY)
    unit.session.add(row)
    await unit.session.flush()
    await unit.audit(AuditAction.STABILITY_SUBMITTED, Target(COURSE.kind, row.id, row.jurisdiction_path))
    await announce(unit, COURSE, row, "submitted")
    return row.id


async def _problems(unit: Unit, matter: BankruptcyMatter, given: StabilityDraft) -> list[Reason]:
    found: list[Reason] = []
    if matter.type is not BankruptcyMatterType.REAL_ESTATE:
        found.append(Reason("STABILITY_NOT_REAL_ESTATE", ("matterId",)))
    if matter.status is not BankruptcyMatterStatus.HANDLING:
        found.append(Reason("STABILITY_NOT_HANDLING", ("matterId",)))
    if await unit.session.scalar(select(StabilityPlan.id).where(StabilityPlan.matter_id == matter.id)) is not None:
        found.append(Reason("STABILITY_PLANNED", ("matterId",)))
    of = select(Organization.jurisdiction_path).where(Organization.id == given.responsible_id)
    if not str(await unit.session.scalar(of)).startswith(matter.jurisdiction_path):
        found.append(Reason("BANKRUPTCY_OWNER_ELSEWHERE", ("responsibleId",)))
    return found


async def fire_plan(
    unit: Unit, plan_id: UUID, event: str, payload: object, *, expected_version: int | None = None
) -> StabilityPlan:
    """Move a plan. Raises ``NotFound`` for one that the caller cannot see, ``Denied``, ``Refused``."""
    row: StabilityPlan = await locked(unit, StabilityPlan, plan_id)
    pack = await unit.policy.pack(unit.session, row.jurisdiction_id, unit.today)
    approver = StabilityApprover(pack.choice(APPROVER))
    actors = plan_actors(unit.principal, row, approver)
    if unit.principal.on_behalf_of is not None:
        raise NotFound(path=("id",))
    await fire(
        unit,
        PLAN,
        COURSE,
        row,
        event,
        payload,
        actors=actors,
        facts=PlanFacts(row),
        expected_version=expected_version,
    )
    return row
