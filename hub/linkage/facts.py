"""What the guards of the double-list workflow look at, loaded in batches."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.access.capacity import convenors, is_government, is_office
from hub.access.coverage import row_scope
from hub.canonical.codes import MEETING_HELD, AdjustmentStatus, DeadlineKind, ItemStatus, MeetingKind, MeetingStatus
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
from hub.policy.store import PolicyStore


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """What a coordination body has decided and who speaks for its convenor."""

    coordinated_on: date | None
    """Day of the latest coordination meeting, planned or held."""
    convenors: frozenset[UUID]
    resolutions: frozenset[UUID]
    """Resolutions of held meetings that decide anything but a list."""
    approvals: Mapping[UUID, frozenset[UUID]]
    """Resolutions of held plenaries, by the double list they approve. One that has approved its list is spent: what
    comes after an amendment needs another meeting."""


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
    policy: LinkagePolicy
    today: date
    acting_id: UUID | None

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
    body_facts = await load_body_facts(session, {body_id for body_id, _ in lists.values()})
    confirmed, disputed = await _confirmations(session, ids)
    pending, granted = await _adjustments(session, ids)
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


async def _lists(session: AsyncSession, list_ids: set[UUID]) -> dict[UUID, tuple[UUID, date]]:
    """Body and day of opening of each list."""
    rows = await session.execute(
        select(DoubleList.id, DoubleList.body_id, DoubleList.created_at).where(DoubleList.id.in_(list_ids))
    )
    return {row.id: (row.body_id, local_date(row.created_at)) for row in rows}


async def load_body_facts(session: AsyncSession, body_ids: set[UUID]) -> dict[UUID, BodyFacts]:
    """Facts of each coordination body, by body id."""
    convening = await convenors(session, body_ids)
    meetings = await session.execute(
        select(
            JointMeeting.id, JointMeeting.body_id, JointMeeting.kind, JointMeeting.status, JointMeeting.planned_at
        ).where(JointMeeting.body_id.in_(body_ids), JointMeeting.status != MeetingStatus.CANCELLED)
    )
    coordinated: dict[UUID, date] = {}
    held: dict[UUID, UUID] = {}
    plenaries: set[UUID] = set()
    for meeting_id, body_id, kind, status, planned_at in meetings:
        if kind is MeetingKind.COORDINATION:
            coordinated[body_id] = max(local_date(planned_at), coordinated.get(body_id, date.min))
        if status in MEETING_HELD:
            held[meeting_id] = body_id
        if kind is MeetingKind.PLENARY:
            plenaries.add(meeting_id)
    resolutions, approvals = await _resolutions(session, held, plenaries)
    return {
        body_id: BodyFacts(
            coordinated_on=coordinated.get(body_id),
            convenors=convening[body_id],
            resolutions=frozenset(resolutions[body_id]),
            approvals={list_id: frozenset(found) for list_id, found in approvals[body_id].items()},
        )
        for body_id in body_ids
    }


async def _resolutions(
    session: AsyncSession, held: Mapping[UUID, UUID], plenaries: AbstractSet[UUID]
) -> tuple[defaultdict[UUID, set[UUID]], defaultdict[UUID, defaultdict[UUID, set[UUID]]]]:
    by_body: defaultdict[UUID, set[UUID]] = defaultdict(set)
    approvals: defaultdict[UUID, defaultdict[UUID, set[UUID]]] = defaultdict(lambda: defaultdict(set))
    rows = await session.execute(
        select(Resolution.id, Resolution.meeting_id, Resolution.approved_list_id)
        .outerjoin(DoubleList, DoubleList.id == Resolution.approved_list_id)
        .where(Resolution.meeting_id.in_(held), DoubleList.approved_meeting_id.is_distinct_from(Resolution.meeting_id))
    )
    for resolution_id, meeting_id, list_id in rows:
        body_id = held[meeting_id]
        if list_id is None:
            by_body[body_id].add(resolution_id)
        elif meeting_id in plenaries:
            approvals[body_id][list_id].add(resolution_id)
    return by_body, approvals


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
