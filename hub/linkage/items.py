"""Drafts of double-list items: proposed by units, edited until they are submitted."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.codes import ItemStatus
from hub.core.errors import Denied, NotFound, Reason, Refused, refuse_if
from hub.core.ids import new_id
from hub.core.payload import find_problems
from hub.core.principal import RoleName
from hub.db.models import DoubleList, DoubleListItem, Jurisdiction
from hub.linkage import deadlines
from hub.linkage.commands import ItemDraft, ItemProposal
from hub.linkage.list_rows import ITEM_COURSE as COURSE
from hub.linkage.list_rows import OPEN_LISTS, find_list, get_or_create, next_code
from hub.linkage.rows import sync_item_parties
from hub.organizations.existence import require_organizations
from hub.organizations.recording import check_recording
from hub.policy.recurrence import parse_recurrence
from hub.workflow.firing import announce, check_version, touch
from hub.workflow.rows import locked, place, placed_in
from hub.workflow.unit import Unit

PROPOSING_ROLES = (
    RoleName.JOINT_MEETING_OFFICE,
    RoleName.MEMBER_DEPARTMENT,
    RoleName.COURT,
    RoleName.CREDIT_OFFICE,
    RoleName.GOVERNMENT_OFFICE,
)


async def propose(unit: Unit, proposal: ItemProposal) -> DoubleListItem:
    """Draft an item for the year's list. The office opens the list by its first draft; a unit needs an open list."""
    refuse_if(find_problems(proposal))
    jurisdiction = await place(unit, proposal.jurisdiction_code)
    await check_recording(unit, path=jurisdiction.path, jurisdiction_id=jurisdiction.id, units=None)
    list_ = await _open_list(unit, jurisdiction, proposal.year)
    await _check_units(unit, proposal)
    item = DoubleListItem(
        id=new_id(),
        list_id=list_.id,
        year=list_.year,
        code=await next_code(unit, list_),
        proposer_organization_id=unit.acting_id,
        status=ItemStatus.DRAFT,
        **placed_in(jurisdiction),
    )
    await _fill(unit, item, proposal)
    unit.session.add(item)
    await unit.session.flush()
    await sync_item_parties(unit, item)
    await unit.audit(AuditAction.ITEM_CREATED, Target("DoubleListItem", item.id, item.jurisdiction_path))
    await announce(unit, COURSE, item, "created")
    return item


async def edit(unit: Unit, item_id: UUID, draft: ItemDraft, *, expected_version: int | None = None) -> DoubleListItem:
    """Rewrite a draft; what an import left unresolved is settled by it. Proposer, lead or office, in DRAFT only."""
    refuse_if(find_problems(draft))
    item: DoubleListItem = await locked(unit, DoubleListItem, item_id)
    check_version(item, expected_version)
    units = (item.proposer_organization_id, item.lead_organization_id)
    await check_recording(unit, path=item.jurisdiction_path, jurisdiction_id=item.jurisdiction_id, units=units)
    if not unit.is_office_of(item.jurisdiction_path) and unit.organization_id not in units:
        raise Denied(Reason("DRAFT_NOT_YOURS"), audit_note="edit of a draft")
    if item.status is not ItemStatus.DRAFT:
        raise Refused(Reason("NOT_A_DRAFT"))
    await _check_units(unit, draft)
    await _fill(unit, item, draft)
    item.unresolved = []
    item.edited = True
    touch(unit, item)
    await unit.session.flush()
    await sync_item_parties(unit, item)
    await unit.audit(AuditAction.ITEM_EDITED, Target("DoubleListItem", item.id, item.jurisdiction_path))
    await announce(unit, COURSE, item, "edited")
    return item


async def _open_list(unit: Unit, jurisdiction: Jurisdiction, year: int) -> DoubleList:
    functions = unit.principal.functions
    at_work = any(f.role in PROPOSING_ROLES and jurisdiction.path.startswith(f.path) for f in functions)
    if not at_work:
        raise NotFound(path=("jurisdictionCode",))
    list_, _ = (
        await get_or_create(unit, jurisdiction, year)
        if unit.is_office_of(jurisdiction.path)
        else (
            await _existing_list(unit, jurisdiction, year),
            False,
        )
    )
    if list_.status not in OPEN_LISTS:
        raise Refused(Reason("LIST_NOT_OPEN", ("year",), {"year": year}))
    return list_


async def _existing_list(unit: Unit, jurisdiction: Jurisdiction, year: int) -> DoubleList:
    found = await find_list(unit, jurisdiction.id, year)
    if found is None:
        raise Refused(Reason("LIST_MISSING", ("year",), {"year": year}))
    return found


async def _check_units(unit: Unit, draft: ItemDraft) -> None:
    await require_organizations(unit, [draft.lead_organization_id], path="leadOrganizationId")
    await require_organizations(unit, draft.cooperating_organization_ids, path="cooperatingOrganizationIds")


async def _fill(unit: Unit, item: DoubleListItem, draft: ItemDraft) -> None:
    item.title = draft.title.strip()
    item.content = draft.content
    item.side = draft.side
    item.area = draft.area
    item.lead_organization_id = draft.lead_organization_id
    item.cooperating_organization_ids = list(draft.cooperating_organization_ids)
    item.deadline_kind = draft.deadline_kind
    item.due_on = draft.due_on
    item.recurrence = str(parse_recurrence(draft.recurrence)) if draft.recurrence else None
    item.deliverables = list(draft.deliverables)
    item.kpis = [asdict(kpi) for kpi in draft.kpis]
    item.source_clause = draft.source_clause
    await deadlines.assign(unit, item)
