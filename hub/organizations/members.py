"""Changes of membership: proposed by the unit itself, or by the office for a unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.access.capacity import is_government, is_office
from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.codes import MembershipChangeKind, MembershipChangeStatus, MembershipRole
from hub.core.clock import local_date
from hub.core.errors import Denied, NotFound, Reason, refuse_if
from hub.core.ids import new_id
from hub.core.payload import find_problems, required
from hub.core.principal import Principal
from hub.core.workflow import Actor
from hub.db.models import CoordinationBody, MembershipChange
from hub.organizations.body_facts import load_body_facts
from hub.organizations.existence import require_organizations
from hub.organizations.membership_rows import current_membership
from hub.organizations.membership_workflow import MEMBERSHIP_CHANGE, ChangeFacts
from hub.organizations.recording import check_recording
from hub.policy.store import PolicyStore
from hub.workflow.firing import Course, announce, fire
from hub.workflow.unit import Unit

COURSE = Course("MembershipChange", AuditAction.MEMBER_CHANGE_TRANSITION, "memberchange")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeProposal:
    """提出成员调整 (proposal of a membership change)."""

    body_id: UUID = required("协调机构", "coordination body", node="CB")
    kind: MembershipChangeKind = required("调整类型", "kind of change")
    organization_id: UUID = required("单位", "organisation", node="OR")
    role: MembershipRole = required("成员身份", "membership role")
    post: str = required("职务", "post", limit=100)
    reason: str = required("理由", "reason")
    effective_on: date = required("生效日期", "effective date")


async def propose_change(unit: Unit, proposal: ChangeProposal) -> MembershipChange:
    """A unit proposes for itself only; the office may for any unit."""
    refuse_if(find_problems(proposal))
    body = await unit.session.scalar(select(CoordinationBody).where(CoordinationBody.id == proposal.body_id))
    if body is None:
        raise NotFound(path=("bodyId",))
    if proposal.organization_id != unit.organization_id and not unit.is_office_of(body.jurisdiction_path):
        raise Denied(Reason("CHANGE_OF_OTHER_UNIT", ("organizationId",)))
    await check_recording(
        unit, path=body.jurisdiction_path, jurisdiction_id=body.jurisdiction_id, units=(proposal.organization_id,)
    )
    await require_organizations(unit, [proposal.organization_id], path="organizationId")
    await current_membership(
        unit, body.id, proposal.organization_id, proposal.role, wanted=proposal.kind is not MembershipChangeKind.ADD
    )
    change = MembershipChange(
        id=new_id(),
        tenant_id=body.tenant_id,
        jurisdiction_id=body.jurisdiction_id,
        jurisdiction_path=body.jurisdiction_path,
        body_id=body.id,
        kind=proposal.kind,
        organization_id=proposal.organization_id,
        role=proposal.role,
        post=proposal.post,
        reason=proposal.reason,
        proposer_id=unit.acting_id,
        effective_on=proposal.effective_on,
        status=MembershipChangeStatus.PROPOSED,
        status_since=unit.at,
    )
    unit.session.add(change)
    await unit.session.flush()
    target = Target("MembershipChange", change.id, change.jurisdiction_path)
    await unit.audit(AuditAction.MEMBER_CHANGE_PROPOSED, target, kind=change.kind.value)
    await announce(unit, COURSE, change, "proposed")
    return change


async def fire_change(
    unit: Unit, change_id: UUID, event: str, payload: object, *, expected_version: int | None = None
) -> MembershipChange:
    change = await unit.session.scalar(
        select(MembershipChange).where(MembershipChange.id == change_id).with_for_update()
    )
    if change is None:
        raise NotFound(path=("id",))
    await check_recording(
        unit, path=change.jurisdiction_path, jurisdiction_id=change.jurisdiction_id, units=(change.proposer_id,)
    )
    facts = (await load_change_facts(unit.session, unit.policy, [change], unit.today))[change.id]
    await fire(
        unit,
        MEMBERSHIP_CHANGE,
        COURSE,
        change,
        event,
        payload,
        actors=change_actors(unit.principal, facts),
        facts=facts,
        expected_version=expected_version,
    )
    return change


async def load_change_facts(
    session: AsyncSession, store: PolicyStore, changes: Sequence[MembershipChange], today: date
) -> dict[UUID, ChangeFacts]:
    """Facts of each change, by its id."""
    bodies = await load_body_facts(session, {change.body_id for change in changes})
    packs = {key: await store.pack(session, key, today) for key in {change.jurisdiction_id for change in changes}}
    return {
        change.id: ChangeFacts(
            change=change,
            convenors=bodies[change.body_id].convenors,
            approver=packs[change.jurisdiction_id].approver("member.change.approver"),
            resolutions=bodies[change.body_id].resolved_since(local_date(change.status_since)),
            today=today,
        )
        for change in changes
    }


def change_actors(principal: Principal, facts: ChangeFacts) -> frozenset[Actor]:
    own = principal.on_behalf_of or principal.organization_id
    itself = principal.on_behalf_of is None
    capacities = {
        Actor.OFFICE: itself and is_office(principal, facts.change.jurisdiction_path),
        Actor.CONVENOR: itself and own in facts.convenors,
        Actor.GOVERNMENT: itself and is_government(principal, facts.change.jurisdiction_path),
        Actor.PROPOSER: facts.change.proposer_id == own,
    }
    return frozenset(actor for actor, held in capacities.items() if held)
