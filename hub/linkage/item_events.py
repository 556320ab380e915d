"""Moves double-list items by their table."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from hub.db.models import DoubleListItem
from hub.linkage.facts import item_actors, load_item_facts
from hub.linkage.list_rows import ITEM_COURSE as COURSE
from hub.linkage.workflows.item import ITEM
from hub.organizations.recording import check_recording
from hub.workflow.firing import fire
from hub.workflow.rows import locked
from hub.workflow.unit import Unit


async def fire_item(
    unit: Unit, item_id: UUID, event: str, payload: object, *, expected_version: int | None = None
) -> DoubleListItem:
    """Move one item. Raises ``NotFound`` when the caller cannot see it, else ``Refused`` with every reason."""
    item: DoubleListItem = await locked(unit, DoubleListItem, item_id)
    await fire_items(unit, [item], event, payload, expected_version=expected_version)
    return item


async def fire_items(
    unit: Unit, items: Sequence[DoubleListItem], event: str, payload: object, *, expected_version: int | None = None
) -> None:
    """Move several locked items by the same event, all or none."""
    facts = await load_item_facts(unit.session, unit.principal, unit.policy, items, unit.today)
    for item in items:
        await check_recording(
            unit,
            path=item.jurisdiction_path,
            jurisdiction_id=item.jurisdiction_id,
            units=facts[item.id].units | {item.proposer_organization_id},
        )
        await fire(
            unit,
            ITEM,
            COURSE,
            item,
            event,
            payload,
            actors=item_actors(unit.principal, facts[item.id]),
            facts=facts[item.id],
            expected_version=expected_version,
        )
