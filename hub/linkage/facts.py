"""What the guards of the double-list workflow look at, loaded in batches."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.access.capacity import is_government, is_office
from hub.access.coverage import row_scope
from hub.canonical.codes import AdjustmentStatus, DeadlineKind, ItemStatus
from hub.core.areas import Area
from hub.core.clock import local_date
from hub.core.principal import Principal
from hub.core.workflow import Actor
from hub.db.models import (
    DoubleList,
    DoubleListItem,
    ItemAdjustment,
    ItemConfirmation,
    JointMeeting,
    Resolution,
)
from hub.linkage.policies import LinkagePolicy, linkage_policies
from hub.organizations.body_facts import BodyFacts, day_of, load_body_facts
from hub.policy.store import PolicyStore


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """Facts of one item for one caller. ``acting_id`` is the unit for which the caller acts."""

    item: DoubleListItem
    body: BodyFacts
    confirmed: frozenset[UUID]
    disputed: frozenset[UUID]
    adjustment: ItemAdjustment | None
    granted: int
    """Adjustments granted so far."""
    last_adjustable_on: date | None
    list_opened_on: date
    listed_on: date
    """Day on which the item, or its whole list, was approved last; any day may do before that."""
    policy: LinkagePolicy
    today: date
    acting_id: UUID | None

    @property
    def asked_on(self) -> date:
        """Day since when the item stands as it does: that of the request it waits with."""
        return local_date(self.item.status_since)

    @property
    def units(self) -> frozenset[UUID]:
        """Every unit that has to agree in coordination: the lead and the cooperating ones."""
        lead = self.item.lead_organization_id
        return frozenset(self.item.cooperating_organization_ids) | ({lead} if lead else set())


async def load_item_facts(
    session: AsyncSession, principal: Principal, policy: PolicyStore, items: Sequence[DoubleListItem], today: date
) -> dict[UUID, ItemFacts]:
    """Facts of each item, by item id. A handful of statements whatever the number of items."""
    ids = [item.id for item in items]
    lists = await _lists(session, {item.list_id for item in items})
    body_facts = await load_body_facts(session, {body_id for body_id, *_ in lists.values()})
    confirmed, disputed = await _confirmations(session, ids)
    pending, granted = await _adjustments(session, ids)
    met = await _met(session, {item.resolution_id for item in items if item.resolution_id})
    rules = await linkage_policies(policy, session, items, today)
    adjustable = await _last_adjustable(session, policy, rules, items)
    return {
        item.id: ItemFacts(
            item=item,
            body=body_facts[lists[item.list_id][0]],
            confirmed=frozenset(confirmed[item.id]),
            disputed=frozenset(disputed[item.id]),
            adjustment=pending.get(item.id),
            granted=granted[item.id],
            last_adjustable_on=adjustable.get(item.id),
            list_opened_on=lists[item.list_id][1],
            listed_on=max(day_of(lists[item.list_id][2]), day_of(met.get(item.resolution_id))),
            policy=rules[item.jurisdiction_id],
            today=today,
            acting_id=principal.on_behalf_of or principal.organization_id,
        )
        for item in items
    }


async def _last_adjustable(
    session: AsyncSession, store: PolicyStore, rules: Mapping[UUID, LinkagePolicy], items: Sequence[DoubleListItem]
) -> dict[UUID, date | None]:
    """Until when another due date may be asked for, of the items whose date can change now."""
    dated = [
        (item, item.due_on)
        for item in items
        if item.status is ItemStatus.IN_PROGRESS and item.deadline_kind is DeadlineKind.FIXED and item.due_on
    ]
    if not dated:
        return {}
    calendar = await store.calendar(session)
    return {item.id: rules[item.jurisdiction_id].last_adjustable_on(due_on, calendar) for item, due_on in dated}


async def _lists(session: AsyncSession, list_ids: set[UUID]) -> dict[UUID, tuple[UUID, date, datetime | None]]:
    """Body, day of opening and last approval of each list."""
    columns = (DoubleList.id, DoubleList.body_id, DoubleList.created_at, DoubleList.approved_at)
    rows = await session.execute(select(*columns).where(DoubleList.id.in_(list_ids)))
    return {row.id: (row.body_id, local_date(row.created_at), row.approved_at) for row in rows}


async def _met(session: AsyncSession, resolution_ids: set[UUID]) -> dict[UUID | None, datetime | None]:
    """When the meeting of each resolution was held."""
    if not resolution_ids:
        return {}
    rows = await session.execute(
        select(Resolution.id, JointMeeting.held_at)
        .join(JointMeeting, JointMeeting.id == Resolution.meeting_id)
        .where(Resolution.id.in_(resolution_ids))
    )
    return {row.id: row.held_at for row in rows}


async def _confirmations(
    session: AsyncSession, ids: Iterable[UUID]
) -> tuple[defaultdict[UUID, set[UUID]], defaultdict[UUID, set[UUID]]]:
    confirmed: defaultdict[UUID, set[UUID]] = defaultdict(set)
    disputed: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for row in await session.scalars(select(ItemConfirmation).where(ItemConfirmation.item_id.in_(ids))):
        (confirmed if row.confirmed else disputed)[row.item_id].add(row.organization_id)
    return confirmed, disputed


async def _adjustments(session: AsyncSession, ids: Iterable[UUID]) -> tuple[dict[UUID, ItemAdjustment], Counter[UUID]]:
    """The request that waits for a decision, and how many were granted, by item."""
    rows = (await session.scalars(select(ItemAdjustment).where(ItemAdjustment.item_id.in_(ids)))).all()
    pending = {row.item_id: row for row in rows if row.status is AdjustmentStatus.REQUESTED}
    return pending, Counter(row.item_id for row in rows if row.status is AdjustmentStatus.APPROVED)


def item_actors(principal: Principal, facts: ItemFacts) -> frozenset[Actor]:
    """In what capacities the caller, or the unit it records for, meets the item."""
    item = facts.item
    path = item.jurisdiction_path
    office = is_office(principal, path)
    if principal.on_behalf_of is not None:
        recording = office and facts.policy.office_records_for_units
        return _unit_actors(item, principal.on_behalf_of) if recording else frozenset()
    actors = set(_unit_actors(item, principal.organization_id))
    if office:
        actors.add(Actor.OFFICE)
    if principal.organization_id in facts.body.convenors and row_scope(principal).covers(Area.DOUBLE_LIST, path):
        actors.add(Actor.CONVENOR)
    if is_government(principal, path):
        actors.add(Actor.GOVERNMENT)
    return frozenset(actors)


def _unit_actors(item: DoubleListItem, organization_id: UUID | None) -> frozenset[Actor]:
    capacities = {
        Actor.LEAD: item.lead_organization_id == organization_id,
        Actor.COOPERATING: organization_id in item.cooperating_organization_ids,
        Actor.PROPOSER: item.proposer_organization_id == organization_id,
    }
    return frozenset(actor for actor, held in capacities.items() if held)
