"""Year-end carry-over: an unfinished item becomes a draft of next year's list, linked to where it came from."""

from __future__ import annotations

from datetime import date

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.codes import DeadlineKind, ItemStatus
from hub.core.errors import NotFound, Reason, Refused
from hub.core.ids import new_id
from hub.db.models import DoubleListItem, Jurisdiction
from hub.linkage import deadlines
from hub.linkage.list_rows import ITEM_COURSE, OPEN_LISTS, get_or_create, next_code
from hub.linkage.rows import sync_item_parties
from hub.workflow.firing import announce
from hub.workflow.rows import within
from hub.workflow.unit import Unit


async def carry(unit: Unit, item: DoubleListItem) -> DoubleListItem:
    """Draft the successor. A fixed deadline moves by a year; the unit confirms or changes it before submitting."""
    jurisdiction = await unit.session.get(Jurisdiction, item.jurisdiction_id)
    if jurisdiction is None:
        raise NotFound
    target, _ = await get_or_create(unit, jurisdiction, item.year + 1)
    if target.status not in OPEN_LISTS:
        raise Refused(Reason("LIST_NOT_OPEN", params={"year": target.year}))
    successor = DoubleListItem(
        id=new_id(),
        list_id=target.id,
        year=target.year,
        code=await next_code(unit, target),
        side=item.side,
        title=item.title,
        content=item.content,
        area=item.area,
        lead_organization_id=item.lead_organization_id,
        cooperating_organization_ids=list(item.cooperating_organization_ids),
        proposer_organization_id=unit.organization_id,
        deadline_kind=item.deadline_kind,
        due_on=_next_year(item.due_on) if item.deadline_kind is DeadlineKind.FIXED else None,
        recurrence=item.recurrence,
        kpis=item.kpis,
        status=ItemStatus.DRAFT,
        progress_percent=item.progress_percent,
        source_clause=item.source_clause,
        source_document_no=item.source_document_no,
        carried_from_id=item.id,
        **within(item),
    )
    unit.session.add(successor)
    await deadlines.assign(unit, successor)
    await unit.session.flush()
    await sync_item_parties(unit, successor)
    await unit.audit(
        AuditAction.ITEM_CREATED,
        Target("DoubleListItem", successor.id, successor.jurisdiction_path),
        carried_from=str(item.id),
    )
    await announce(unit, ITEM_COURSE, successor, "created")
    return successor


def _next_year(day: date | None) -> date | None:
    if day is None:
        return None
    leap_day = (day.month, day.day) == (2, 29)
    return date(day.year + 1, 2, 28) if leap_day else day.replace(year=day.year + 1)
