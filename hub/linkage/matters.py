"""联动事项: proposed by units, approved by the leading group, carried out as tasks (温政办〔2021〕13号 三(一))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hub.access.capacity import is_office
from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.codes import MatterStatus, PartyCapacity
from hub.core.errors import NotFound, Reason, refuse_if
from hub.core.ids import new_id
from hub.core.payload import find_problems, listed, optional, required
from hub.core.principal import Principal
from hub.core.workflow import Actor
from hub.db.models import LinkageMatter, LinkageMatterParty
from hub.linkage.facts import BodyFacts, load_body_facts
from hub.linkage.items import PROPOSING_ROLES
from hub.linkage.rows import body_of, division_problems, locked, place, placed_in, sync_parties
from hub.linkage.task_rows import MATTER_COURSE as COURSE
from hub.linkage.workflows.matter import MATTER, MatterFacts
from hub.organizations.existence import require_organizations
from hub.organizations.recording import check_recording
from hub.workflow.firing import announce, fire
from hub.workflow.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterDraft:
    """申报联动事项 (proposal of a linkage matter)."""

    jurisdiction_code: str = required("区划代码", "jurisdiction code", limit=12)
    title: str = required("标题", "title", limit=200)
    content: str = required("内容", "content")
    lead_organization_id: UUID = required("牵头单位", "lead unit", node="OR")
    cooperating_organization_ids: tuple[UUID, ...] = listed("配合单位", "cooperating units", node="OR")
    due_on: date | None = optional("完成时限", "due date")

    def find_rule_problems(self) -> Iterator[Reason]:
        yield from division_problems(self.lead_organization_id, self.cooperating_organization_ids)


async def propose_matter(unit: Unit, draft: MatterDraft) -> LinkageMatter:
    """Submit a matter to the office. Any unit at work in the jurisdiction may."""
    refuse_if(find_problems(draft))
    jurisdiction = await place(unit, draft.jurisdiction_code)
    functions = unit.principal.functions
    if not any(f.role in PROPOSING_ROLES and jurisdiction.path.startswith(f.path) for f in functions):
        raise NotFound(path=("jurisdictionCode",))
    await check_recording(unit, path=jurisdiction.path, jurisdiction_id=jurisdiction.id, units=None)
    units = (draft.lead_organization_id, *draft.cooperating_organization_ids)
    await require_organizations(unit, units, path="leadOrganizationId")
    body = await body_of(unit, jurisdiction.id)
    matter = LinkageMatter(
        id=new_id(),
        body_id=body.id,
        title=draft.title.strip(),
        content=draft.content,
        proposer_id=unit.acting_id,
        lead_organization_id=draft.lead_organization_id,
        cooperating_organization_ids=list(draft.cooperating_organization_ids),
        due_on=draft.due_on,
        status=MatterStatus.PROPOSED,
        **placed_in(jurisdiction),
    )
    unit.session.add(matter)
    await unit.session.flush()
    await _sync_parties(unit, matter)
    await unit.audit(AuditAction.MATTER_PROPOSED, Target("LinkageMatter", matter.id, matter.jurisdiction_path))
    await announce(unit, COURSE, matter, "proposed")
    return matter


async def _sync_parties(unit: Unit, matter: LinkageMatter) -> None:
    capacities = {matter.proposer_id: PartyCapacity.PROPOSER}
    capacities |= dict.fromkeys(matter.cooperating_organization_ids, PartyCapacity.COOPERATING)
    capacities[matter.lead_organization_id] = PartyCapacity.LEAD
    await sync_parties(
        unit,
        LinkageMatterParty,
        {"matter_id": matter.id, "tenant_id": matter.tenant_id},
        capacities,
        {"jurisdiction_path": matter.jurisdiction_path},
    )


async def fire_matter(
    unit: Unit, matter_id: UUID, event: str, payload: object, *, expected_version: int | None = None
) -> LinkageMatter:
    matter: LinkageMatter = await locked(unit, LinkageMatter, matter_id)
    await check_recording(
        unit, path=matter.jurisdiction_path, jurisdiction_id=matter.jurisdiction_id, units=(matter.proposer_id,)
    )
    bodies = await load_body_facts(unit.session, {matter.body_id})
    facts = MatterFacts(matter, bodies[matter.body_id])
    await fire(
        unit,
        MATTER,
        COURSE,
        matter,
        event,
        payload,
        actors=matter_actors(unit.principal, matter, facts.body),
        facts=facts,
        expected_version=expected_version,
    )
    return matter


def matter_actors(principal: Principal, matter: LinkageMatter, body: BodyFacts) -> frozenset[Actor]:
    own = principal.on_behalf_of or principal.organization_id
    itself = principal.on_behalf_of is None
    capacities = {
        Actor.PROPOSER: matter.proposer_id == own,
        Actor.OFFICE: itself and is_office(principal, matter.jurisdiction_path),
        Actor.CONVENOR: itself and own in body.convenors,
    }
    return frozenset(actor for actor, held in capacities.items() if held)
