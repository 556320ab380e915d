"""Rows of double lists: one per jurisdiction and year, and the codes of their items."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.codes import DoubleListStatus
from hub.core.errors import NotFound
from hub.core.ids import new_id
from hub.db.models import DoubleList, Jurisdiction
from hub.linkage.rows import body_of
from hub.workflow.firing import Course, announce
from hub.workflow.rows import placed_in
from hub.workflow.unit import Unit

COURSE = Course("DoubleList", AuditAction.LIST_TRANSITION, "doublelist")
ITEM_COURSE = Course("DoubleListItem", AuditAction.ITEM_TRANSITION, "doublelistitem")
OPEN_LISTS = (DoubleListStatus.DRAFTING, DoubleListStatus.UNDER_REVIEW)
"""A list in one of these states takes new items; a later one must be amended first."""


async def get_or_create(unit: Unit, jurisdiction: Jurisdiction, year: int) -> tuple[DoubleList, bool]:
    """The year's list, and whether this call opened it. Two callers at once get the same list."""
    body = await body_of(unit, jurisdiction.id)
    statement = insert(DoubleList).values(
        id=new_id(),
        year=year,
        body_id=body.id,
        status=DoubleListStatus.DRAFTING,
        created_at=unit.at,
        **placed_in(jurisdiction),
    )
    opened = await unit.session.scalar(
        statement.on_conflict_do_nothing(index_elements=["jurisdiction_id", "year", "tenant_id"]).returning(
            DoubleList.id
        )
    )
    found = await find_list(unit, jurisdiction.id, year)
    if found is None:
        raise NotFound(path=("year",))
    if opened is not None:
        await unit.audit(AuditAction.LIST_CREATED, Target("DoubleList", found.id, found.jurisdiction_path), year=year)
        await announce(unit, COURSE, found, "created")
    return found, opened is not None


async def find_list(unit: Unit, jurisdiction_id: UUID, year: int) -> DoubleList | None:
    found: DoubleList | None = await unit.session.scalar(
        select(DoubleList).where(DoubleList.jurisdiction_id == jurisdiction_id, DoubleList.year == year)
    )
    return found


async def next_code(unit: Unit, list_: DoubleList) -> str:
    """Next item code of a list, ``2026-001``. The list is locked so that two proposals never share one; the number
    counts every item, also those the proposer may not see."""
    await unit.session.execute(select(func.pg_advisory_xact_lock(list_.id.int & (2**63 - 1))))
    number = await unit.session.scalar(select(func.next_item_number(list_.id)))
    return f"{list_.year}-{number:03d}"
