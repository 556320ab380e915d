"""联动事项: proposed by units, approved by the leading group, carried out as tasks (温政办〔2021〕13号 三(一))."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.access.capacity import convenors, is_government, is_office
from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.codes import MEETING_HELD, MatterStatus, PartyCapacity
from hub.core.errors import NotFound, Reason, refuse_if
from hub.core.ids import new_id
from hub.core.payload import find_problems, listed, optional, required
from hub.core.principal import Principal
from hub.core.workflow import Actor
from hub.db.models import AgendaItem, JointMeeting, LinkageMatter, LinkageMatterParty, Resolution
from hub.linkage.items import PROPOSING_ROLES
from hub.linkage.policies import linkage_policies
from hub.linkage.rows import body_of, division_problems
from hub.linkage.task_rows import MATTER_COURSE as COURSE
from hub.linkage.workflows.matter import MATTER, MatterFacts
from hub.organizations.existence import require_organizations
from hub.organizations.recording import check_recording
from hub.policy.store import PolicyStore
from hub.workflow.firing import announce, fire
from hub.workflow.rows import locked, place, placed_in, sync_parties
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
    facts = (await load_matter_facts(unit.session, unit.policy, [matter], unit.today))[matter.id]
    await fire(
        unit,
        MATTER,
        COURSE,
        matter,
        event,
        payload,
        actors=matter_actors(unit.principal, facts),
        facts=facts,
        expected_version=expected_version,
    )
    return matter


async def load_matter_facts(
    session: AsyncSession, store: PolicyStore, matters: Sequence[LinkageMatter], today: date
) -> dict[UUID, MatterFacts]:
    """Facts of each matter, by its id. What decides it are resolutions of meetings that had it on their agenda."""
    convening = await convenors(session, {matter.body_id for matter in matters})
    resolutions: defaultdict[UUID, set[UUID]] = defaultdict(set)
    rows = await session.execute(
        select(LinkageMatter.id, Resolution.id)
        .join(AgendaItem, AgendaItem.linked_matter_id == LinkageMatter.id)
        .join(Resolution, Resolution.meeting_id == AgendaItem.meeting_id)
        .join(JointMeeting, JointMeeting.id == AgendaItem.meeting_id)
        .where(
            LinkageMatter.id.in_([matter.id for matter in matters]),
            JointMeeting.status.in_(MEETING_HELD),
            Resolution.approved_list_id.is_(None),
        )
    )
    for matter_id, resolution_id in rows.tuples():
        resolutions[matter_id].add(resolution_id)
    policies = await linkage_policies(store, session, matters, today)
    return {
        matter.id: MatterFacts(
            matter=matter,
            convenors=convening[matter.body_id],
            resolutions=frozenset(resolutions[matter.id]),
            policy=policies[matter.jurisdiction_id],
        )
        for matter in matters
    }


def matter_actors(principal: Principal, facts: MatterFacts) -> frozenset[Actor]:
    matter = facts.matter
    own = principal.on_behalf_of or principal.organization_id
    itself = principal.on_behalf_of is None
    capacities = {
        Actor.PROPOSER: matter.proposer_id == own,
        Actor.OFFICE: itself and is_office(principal, matter.jurisdiction_path),
        Actor.CONVENOR: itself and own in facts.convenors,
        Actor.GOVERNMENT: itself and is_government(principal, matter.jurisdiction_path),
    }
    return frozenset(actor for actor, held in capacities.items() if held)
