"""DoubleList 双清单: the table (驻政〔2022〕59号 一(三)2, 二(二))."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.access.capacity import is_government, is_office
from hub.access.coverage import row_scope
from hub.access.scopes import Scope
from hub.canonical.codes import ITEM_TERMINAL, DoubleListStatus, ItemStatus
from hub.core.areas import Area
from hub.core.clock import local_date
from hub.core.errors import Reason
from hub.core.principal import Principal
from hub.core.texts import Text
from hub.core.workflow import Actor, Effect, Guard, Machine, Transition
from hub.db.models import DoubleList, DoubleListItem, Resolution
from hub.linkage import commands
from hub.linkage.item_events import fire_items
from hub.linkage.policies import LinkagePolicy, linkage_policy
from hub.organizations.body_facts import BodyFacts, day_of, load_body_facts
from hub.policy.store import PolicyStore
from hub.workflow.decisions import Decision
from hub.workflow.firing import Firing

S = DoubleListStatus
DIVISION = "驻政〔2022〕59号 二(二)"
MEETING = "驻政〔2022〕59号 一(三)2"

UNSETTLED = (ItemStatus.DRAFT, ItemStatus.SUBMITTED, ItemStatus.UNDER_REVIEW, ItemStatus.IN_COORDINATION)


@dataclass(frozen=True, slots=True)
class ListFacts:
    """Facts of one list: how many items stand in each state, and what its body decided."""

    list: DoubleList
    body: BodyFacts
    policy: LinkagePolicy
    counts: Mapping[ItemStatus, int]

    @property
    def standing_since(self) -> date:
        """Day of the last approval."""
        return day_of(self.list.approved_at)

    def actors(self, principal: Principal) -> frozenset[Actor]:
        path = self.list.jurisdiction_path
        actors = set()
        if is_office(principal, path):
            actors.add(Actor.OFFICE)
        if principal.organization_id in self.body.convenors and row_scope(principal).covers(Area.DOUBLE_LIST, path):
            actors.add(Actor.CONVENOR)
        if is_government(principal, path):
            actors.add(Actor.GOVERNMENT)
        return frozenset(actors)


async def load_list_facts(session: AsyncSession, store: PolicyStore, row: DoubleList, today: date) -> ListFacts:
    counts = await session.execute(
        select(DoubleListItem.status, func.count())
        .where(DoubleListItem.list_id == row.id)
        .group_by(DoubleListItem.status)
    )
    bodies = await load_body_facts(session, {row.body_id})
    policy = await linkage_policy(store, session, row.jurisdiction_id, today)
    return ListFacts(row, bodies[row.body_id], policy, dict(counts.tuples().all()))


def _has_items(facts: ListFacts, _: object) -> Iterable[Reason]:
    return () if sum(facts.counts.values()) else (Reason("LIST_EMPTY"),)


def _settled(facts: ListFacts, _: object) -> Iterable[Reason]:
    open_items = sum(facts.counts.get(status, 0) for status in UNSETTLED)
    return (Reason("LIST_UNSETTLED", params={"count": open_items}),) if open_items else ()


def _finished(facts: ListFacts, _: object) -> Iterable[Reason]:
    running = sum(count for status, count in facts.counts.items() if status not in ITEM_TERMINAL)
    return (Reason("LIST_UNFINISHED", params={"count": running}),) if running else ()


async def _approve_items(firing: Firing) -> None:
    pending = await firing.unit.session.scalars(
        select(DoubleListItem)
        .where(DoubleListItem.list_id == firing.row.id, DoubleListItem.status == ItemStatus.PENDING_APPROVAL)
        .with_for_update()
        .order_by(DoubleListItem.id)
    )
    await fire_items(firing.unit, pending.all(), "approve", firing.payload)
    firing.row.approved_at = firing.unit.at
    firing.row.approved_meeting_id = await _carry_out(firing)


async def _carry_out(firing: Firing) -> UUID | None:
    """Spend the resolution that approves; its meeting."""
    named = select(Resolution).where(Resolution.id == firing.payload.resolution_id).with_for_update()
    resolution: Resolution | None = await firing.unit.session.scalar(named)
    if resolution is None:
        return None
    resolution.carried_out_at = firing.unit.at
    resolution.version += 1
    return resolution.meeting_id


async def _count_revision(firing: Firing) -> None:
    firing.row.revision += 1


HAS_ITEMS = Guard("hasItems", Text("清单至少有一项", "at least one item"), _has_items)
SETTLED = Guard("settled", Text("各事项均已协调一致", "every item settled"), _settled)
FINISHED = Guard("finished", Text("各事项均已办结、撤销或结转", "every item ended"), _finished)
APPROVE_ITEMS = Effect("approveItems", Text("待审定事项一并审定", "pending items are approved"), _approve_items)
COUNT_REVISION = Effect("countRevision", Text("修订次数加一", "the revision is counted"), _count_revision)

APPROVAL: Decision[ListFacts] = Decision(
    approver=lambda facts: facts.policy.list_approver,
    resolutions=lambda facts: facts.body.approving_since(facts.list.id, local_date(facts.list.status_since)),
    missing="APPROVAL_NEEDS_MEETING",
)
REVISION: Decision[ListFacts] = Decision(
    approver=lambda facts: facts.policy.approver("list.revision.approver"),
    resolutions=lambda facts: facts.body.resolved_since(facts.standing_since),
)

DOUBLE_LIST: Machine[ListFacts] = Machine(
    name="DoubleList",
    text=Text("双清单", "double list"),
    states=DoubleListStatus,
    initial=S.DRAFTING,
    terminal=frozenset({S.CLOSED}),
    transitions=(
        Transition(
            event="openReview",
            sources=(S.DRAFTING,),
            target=S.UNDER_REVIEW,
            actors=(Actor.OFFICE,),
            scope=Scope.DOUBLELIST_REVIEW,
            text=Text("开始汇总审核", "open the review"),
            clause=DIVISION,
            guards=(HAS_ITEMS,),
        ),
        Transition(
            event="submitToMeeting",
            sources=(S.UNDER_REVIEW,),
            target=S.SUBMITTED_TO_MEETING,
            actors=(Actor.OFFICE,),
            scope=Scope.DOUBLELIST_REVIEW,
            text=Text("提请联席会议审定", "submit to the joint meeting"),
            clause=DIVISION,
            guards=(HAS_ITEMS, SETTLED),
        ),
        Transition(
            event="returnToReview",
            sources=(S.SUBMITTED_TO_MEETING,),
            target=S.UNDER_REVIEW,
            actors=(Actor.OFFICE,),
            scope=Scope.DOUBLELIST_REVIEW,
            text=Text("退回审核", "return to review"),
            clause=MEETING,
            payload=commands.WithReason,
        ),
        *APPROVAL.rows(
            event="approve",
            sources=(S.SUBMITTED_TO_MEETING,),
            target=S.APPROVED,
            scope=Scope.DOUBLELIST_APPROVE,
            text=Text("联席会议审定", "approve by the joint meeting"),
            clause=MEETING,
            payload=commands.ByResolution,
            effects=(APPROVE_ITEMS,),
        ),
        Transition(
            event="putInForce",
            sources=(S.APPROVED,),
            target=S.IN_FORCE,
            actors=(Actor.OFFICE,),
            scope=Scope.DOUBLELIST_REVIEW,
            text=Text("印发实施", "put in force"),
            clause=DIVISION,
        ),
        *REVISION.rows(
            event="amend",
            sources=(S.APPROVED, S.IN_FORCE),
            target=S.UNDER_REVIEW,
            scope=Scope.DOUBLELIST_APPROVE,
            text=Text("启动修订", "amend"),
            clause=MEETING,
            payload=commands.Amendment,
            effects=(COUNT_REVISION,),
        ),
        Transition(
            event="close",
            sources=(S.IN_FORCE,),
            target=S.CLOSED,
            actors=(Actor.OFFICE,),
            scope=Scope.DOUBLELIST_REVIEW,
            text=Text("年度收尾", "close the year"),
            clause=DIVISION,
            guards=(FINISHED,),
        ),
    ),
)
