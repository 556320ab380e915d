"""What guards look at, and in what capacity a caller meets a bankruptcy, a matter or a plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.bankruptcy_codes import StabilityApprover, StabilityStatus
from hub.core.errors import Reason
from hub.core.principal import Principal, RoleName
from hub.core.texts import Text
from hub.core.workflow import Actor, Guard
from hub.db.models import BankruptcyCoordination, BankruptcyMatter, StabilityPlan

APPROVERS = {
    StabilityApprover.GOVERNMENT: RoleName.GOVERNMENT_OFFICE,
    StabilityApprover.OFFICE: RoleName.JOINT_MEETING_OFFICE,
}


@dataclass(frozen=True, slots=True)
class CoordinationFacts:
    coordination: BankruptcyCoordination
    today: date


@dataclass(frozen=True, slots=True)
class MatterFacts:
    """``planned``: whether a plan for the disposal is approved. ``ended``: whether the coordination is closed or its
    list not reviewed yet."""

    matter: BankruptcyMatter
    planned: bool
    reviewed: bool
    today: date


async def load_matter_facts(
    session: AsyncSession, matters: Sequence[BankruptcyMatter], today: date
) -> dict[UUID, MatterFacts]:
    """Facts of each matter, by its id."""
    approved = select(StabilityPlan.matter_id).where(
        StabilityPlan.matter_id.in_([each.id for each in matters]), StabilityPlan.status == StabilityStatus.APPROVED
    )
    cases = select(BankruptcyCoordination.id).where(
        BankruptcyCoordination.id.in_({each.coordination_id for each in matters}),
        BankruptcyCoordination.reviewed_at.is_not(None),
    )
    planned, reviewed = set(await session.scalars(approved)), set(await session.scalars(cases))
    return {each.id: MatterFacts(each, each.id in planned, each.coordination_id in reviewed, today) for each in matters}


def _holds(principal: Principal, path: str, role: RoleName) -> bool:
    return any(path.startswith(each) for each in principal.paths(role))


def _actors(principal: Principal, held: dict[Actor, bool]) -> frozenset[Actor]:
    """Nobody acts for another here."""
    if principal.organization_id is None or principal.on_behalf_of is not None:
        return frozenset()
    return frozenset(actor for actor, holds in held.items() if holds)


def coordination_actors(principal: Principal, row: BankruptcyCoordination) -> frozenset[Actor]:
    government = _holds(principal, row.jurisdiction_path, RoleName.GOVERNMENT_OFFICE)
    held = {Actor.ISSUER: principal.organization_id == row.court_id, Actor.GOVERNMENT: government}
    return _actors(principal, held)


def matter_actors(principal: Principal, row: BankruptcyMatter) -> frozenset[Actor]:
    own = principal.organization_id
    held = {
        Actor.ISSUER: own == row.court_id,
        Actor.LEAD: own == row.owner_id,
        Actor.GOVERNMENT: _holds(principal, row.jurisdiction_path, RoleName.GOVERNMENT_OFFICE),
    }
    return _actors(principal, held)


def plan_actors(principal: Principal, row: StabilityPlan, approver: StabilityApprover) -> frozenset[Actor]:
    """Who proposed a plan does not approve it."""
    own = principal.organization_id
    approves = own != row.proposer_id and _holds(principal, row.jurisdiction_path, APPROVERS[approver])
    return _actors(principal, {Actor.PROPOSER: own == row.proposer_id, Actor.APPROVER: approves})


def _not_ahead(facts: CoordinationFacts, given: Any) -> Iterable[Reason]:
    if given is not None and given.outcome_on > facts.today:
        yield Reason("DATE_AHEAD", ("outcomeOn",))
    if given is not None and given.outcome_on < facts.coordination.accepted_on:
        yield Reason("OUTCOME_BEFORE_ACCEPTANCE", ("outcomeOn",))


def _decided(facts: CoordinationFacts, _: Any) -> Iterable[Reason]:
    return (Reason("BANKRUPTCY_UNDECIDED"),) if facts.coordination.outcome is None else ()


def _reviewed(facts: MatterFacts, _: Any) -> Iterable[Reason]:
    return () if facts.reviewed else (Reason("BANKRUPTCY_NOT_REVIEWED"),)


def _planned(facts: MatterFacts, _: Any) -> Iterable[Reason]:
    if facts.matter.type.value == "REAL_ESTATE" and not facts.planned:
        yield Reason("STABILITY_PLAN_MISSING")


def _due_ahead(facts: MatterFacts, given: Any) -> Iterable[Reason]:
    if given is not None and given.due_on is not None and given.due_on < facts.today:
        yield Reason("BANKRUPTCY_DUE_PAST", ("dueOn",))


NOT_AHEAD = Guard("decided", Text("裁定日期在受理之后、不晚于今天", "decided after acceptance, not ahead"), _not_ahead)
DECIDED = Guard("outcome", Text("已登记法院裁定结果", "the outcome is recorded"), _decided)
REVIEWED = Guard("reviewed", Text("清单已经政府办审核", "the list is reviewed"), _reviewed)
PLANNED = Guard("planned", Text("不动产处置的维稳方案已批准", "the plan for the disposal is approved"), _planned)
DUE_AHEAD = Guard("dueAhead", Text("期限不早于今天", "the day is not past"), _due_ahead)
