"""协调请求: units talk directly first; what they cannot settle goes to the office (驻政〔2022〕59号 三(二))."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from hub.access.capacity import is_office
from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.codes import CoordinationStatus, OrganizationKind, PartyCapacity, RoutePath
from hub.core.errors import NotFound, Reason, Refused, refuse_if
from hub.core.ids import new_id
from hub.core.payload import find_problems, listed, optional, required
from hub.core.principal import Principal
from hub.core.workflow import Actor
from hub.db.models import CoordinationRequest, CoordinationRequestParty, DoubleListItem, Organization
from hub.linkage.policies import linkage_policy
from hub.linkage.workflows.coordination import COORDINATION, RequestFacts
from hub.organizations.existence import require_organizations
from hub.organizations.recording import check_recording
from hub.workflow.firing import Course, announce, fire
from hub.workflow.rows import locked, place, placed_in, sync_parties, within
from hub.workflow.unit import Unit

COURSE = Course("CoordinationRequest", AuditAction.COORDINATION_TRANSITION, "coordination")


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDraft:
    """发起协调 (opening of a coordination)."""

    jurisdiction_code: str = required("区划代码", "jurisdiction code", limit=12)
    counterpart_organization_ids: tuple[UUID, ...] = listed("对接单位", "units to coordinate with", node="OR")
    subject: str = required("事由", "subject", limit=200)
    dispute_summary: str = required("分歧情况", "summary of the dispute")
    attempted_direct_contact: bool = optional("是否已直接对接", "whether direct contact was tried", default=False)
    route: RoutePath = optional("联系路径", "contact path", default=RoutePath.HORIZONTAL)
    item_id: UUID | None = optional("相关清单事项", "related item", node="DI")


async def open_request(unit: Unit, draft: RequestDraft) -> CoordinationRequest:
    """Open a request between the caller's unit and its counterparts; it starts in direct contact."""
    refuse_if(find_problems(draft))
    counterparts = set(draft.counterpart_organization_ids)
    if not 0 < len(counterparts) == len(draft.counterpart_organization_ids) or unit.acting_id in counterparts:
        raise Refused(Reason("COUNTERPARTS_INVALID", ("counterpartOrganizationIds",)))
    jurisdiction = await place(unit, draft.jurisdiction_code)
    if not any(jurisdiction.path.startswith(function.path) for function in unit.principal.functions if function.path):
        raise NotFound(path=("jurisdictionCode",))
    await check_recording(unit, path=jurisdiction.path, jurisdiction_id=jurisdiction.id, units=None)
    await require_organizations(unit, draft.counterpart_organization_ids, path="counterpartOrganizationIds")
    await _check_route(unit, draft)
    if draft.item_id is not None:
        item = await locked(unit, DoubleListItem, draft.item_id, path="itemId")
        if item.jurisdiction_id != jurisdiction.id:
            raise NotFound(path=("itemId",))
    request = CoordinationRequest(
        id=new_id(),
        from_organization_id=unit.acting_id,
        counterpart_organization_ids=list(draft.counterpart_organization_ids),
        route=draft.route,
        subject=draft.subject,
        attempted_direct_contact=draft.attempted_direct_contact,
        dispute_summary=draft.dispute_summary,
        item_id=draft.item_id,
        status=CoordinationStatus.IN_DIRECT_CONTACT,
        **placed_in(jurisdiction),
    )
    return await _keep(unit, request)


async def _check_route(unit: Unit, draft: RequestDraft) -> None:
    """Horizontal: units of one level; vertical: of different levels; point to point: a court on one side."""
    ids = {unit.acting_id, *draft.counterpart_organization_ids}
    rows = await unit.session.execute(
        select(Organization.id, Organization.level, Organization.kind).where(Organization.id.in_(ids))
    )
    known = {row.id: row for row in rows}
    own = known[unit.acting_id]
    others = [known[key] for key in draft.counterpart_organization_ids]
    fits = {
        RoutePath.HORIZONTAL: all(other.level is own.level for other in others),
        RoutePath.VERTICAL: all(other.level is not own.level for other in others),
        RoutePath.POINT_TO_POINT: own.kind is OrganizationKind.COURT
        or all(other.kind is OrganizationKind.COURT for other in others),
    }
    if not fits[draft.route]:
        raise Refused(Reason(f"ROUTE_NOT_{draft.route}", ("route",)))


async def open_for_item(
    unit: Unit, item: DoubleListItem, *, summary: str, attempted_direct_contact: bool
) -> CoordinationRequest:
    """The dispute of an item in coordination goes straight to the office."""
    others = {item.lead_organization_id, *item.cooperating_organization_ids} - {unit.acting_id, None}
    request = CoordinationRequest(
        id=new_id(),
        from_organization_id=unit.acting_id,
        counterpart_organization_ids=sorted(key for key in others if key is not None),
        route=RoutePath.HORIZONTAL,
        subject=item.title,
        attempted_direct_contact=attempted_direct_contact,
        dispute_summary=summary,
        item_id=item.id,
        status=CoordinationStatus.ESCALATED,
        escalated_at=unit.at,
        **within(item),
    )
    return await _keep(unit, request)


async def _keep(unit: Unit, request: CoordinationRequest) -> CoordinationRequest:
    unit.session.add(request)
    await unit.session.flush()
    capacities = dict.fromkeys(request.counterpart_organization_ids, PartyCapacity.COUNTERPART)
    capacities[request.from_organization_id] = PartyCapacity.REQUESTER
    await sync_parties(
        unit,
        CoordinationRequestParty,
        {"request_id": request.id, "tenant_id": request.tenant_id},
        capacities,
        {"jurisdiction_path": request.jurisdiction_path},
    )
    target = Target("CoordinationRequest", request.id, request.jurisdiction_path)
    await unit.audit(AuditAction.COORDINATION_OPENED, target, status=request.status.value)
    await announce(unit, COURSE, request, "opened")
    return request


async def fire_request(
    unit: Unit, request_id: UUID, event: str, payload: object, *, expected_version: int | None = None
) -> CoordinationRequest:
    row: CoordinationRequest = await locked(unit, CoordinationRequest, request_id)
    await check_recording(
        unit,
        path=row.jurisdiction_path,
        jurisdiction_id=row.jurisdiction_id,
        units=(row.from_organization_id, *row.counterpart_organization_ids),
    )
    rules = await linkage_policy(unit.policy, unit.session, row.jurisdiction_id, unit.today)
    facts = RequestFacts(row, rules.direct_contact_first)
    await fire(
        unit,
        COORDINATION,
        COURSE,
        row,
        event,
        payload,
        actors=request_actors(unit.principal, row),
        facts=facts,
        expected_version=expected_version,
    )
    return row


def request_actors(principal: Principal, row: CoordinationRequest) -> frozenset[Actor]:
    own = principal.on_behalf_of or principal.organization_id
    capacities = {
        Actor.PROPOSER: row.from_organization_id == own,
        Actor.COUNTERPART: own in row.counterpart_organization_ids,
        Actor.OFFICE: principal.on_behalf_of is None and is_office(principal, row.jurisdiction_path),
    }
    return frozenset(actor for actor, held in capacities.items() if held)
