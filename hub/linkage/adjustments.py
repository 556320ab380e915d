"""Adjustments of an item in progress: asked by the lead, decided by the office, or the convenor where it must be."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from hub.canonical.codes import AdjustmentStatus
from hub.db.models import DoubleListItem, ItemAdjustment
from hub.linkage import deadlines
from hub.linkage.commands import AdjustmentRequest
from hub.linkage.policies import linkage_policy
from hub.linkage.rows import sync_item_parties
from hub.organizations.existence import require_organizations
from hub.policy.specification import Approver
from hub.workflow.rows import within
from hub.workflow.unit import Unit


async def keep(unit: Unit, item: DoubleListItem, request: AdjustmentRequest) -> None:
    """Store the request. ``needs_convenor`` tells the asker; who decides follows the pack in force on the day."""
    lead = request.lead_organization_id
    await require_organizations(unit, [] if lead is None else [lead], path="leadOrganizationId")
    cooperating = request.cooperating_organization_ids or ()
    await require_organizations(unit, cooperating, path="cooperatingOrganizationIds")
    changes = _changes(request)
    policy = await linkage_policy(unit.policy, unit.session, item.jurisdiction_id, unit.today)
    unit.session.add(
        ItemAdjustment(
            item_id=item.id,
            reason=request.reason,
            changes=changes,
            needs_convenor=policy.adjustment_approver(changes) is not Approver.OFFICE,
            status=AdjustmentStatus.REQUESTED,
            requested_by_id=unit.acting_id,
            **within(item),
        )
    )


def _changes(request: AdjustmentRequest) -> dict[str, object]:
    changes: dict[str, object] = {}
    if request.due_on is not None:
        changes["due_on"] = request.due_on.isoformat()
    if request.lead_organization_id is not None:
        changes["lead_organization_id"] = str(request.lead_organization_id)
    if request.cooperating_organization_ids is not None:
        changes["cooperating_organization_ids"] = [str(key) for key in request.cooperating_organization_ids]
    if request.content is not None:
        changes["content"] = request.content
    return changes


async def apply(unit: Unit, item: DoubleListItem, adjustment: ItemAdjustment) -> None:
    """Change the item as asked: deadline and audience follow."""
    for name, value in adjustment.changes.items():
        match name:
            case "due_on":
                item.due_on = date.fromisoformat(value)
            case "lead_organization_id":
                item.lead_organization_id = UUID(value)
            case "cooperating_organization_ids":
                item.cooperating_organization_ids = [UUID(key) for key in value]
            case "content":
                item.content = value
    if "due_on" in adjustment.changes:
        await deadlines.assign(unit, item)
    await unit.session.flush()
    await sync_item_parties(unit, item)
