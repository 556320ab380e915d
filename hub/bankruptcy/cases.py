"""A court submits the matters of a bankruptcy; who may moves the case and its matters."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.bankruptcy.effects import ASSIGN_BY, add_matters
from hub.bankruptcy.effects import COURSE as OF_MATTER
from hub.bankruptcy.facts import CoordinationFacts, coordination_actors, load_matter_facts, matter_actors
from hub.bankruptcy.payloads import MatterAssignment, MatterList
from hub.bankruptcy.workflow import BANKRUPTCY, MATTER
from hub.canonical.bankruptcy_codes import (
    MATTERS_SETTLED,
    MATTERS_UNASSIGNED,
    BankruptcyMatterStatus,
    BankruptcyStatus,
)
from hub.core.errors import Denied, NotFound, Reason, Refused, refuse_if
from hub.core.ids import new_id
from hub.core.payload import find_problems
from hub.core.principal import RoleName
from hub.core.workflow import Actor, Note
from hub.db.models import BankruptcyCoordination, BankruptcyMatter, Organization
from hub.policy.rule_data import deadline_to_plain
from hub.workflow.firing import Course, announce, fire
from hub.workflow.rows import home_jurisdiction, locked, placed_in
from hub.workflow.unit import Unit

COURSE = Course("BankruptcyCoordination", AuditAction.BANKRUPTCY_TRANSITION, "bankruptcy")
SYSTEM = frozenset({Actor.SYSTEM})
_TO = {
    BankruptcyStatus.REVIEWED: "reopen",
    BankruptcyStatus.ASSIGNED: "assigned",
    BankruptcyStatus.IN_PROGRESS: "begin",
    BankruptcyStatus.ALL_SETTLED: "settle",
}


async def submit_matter_list(unit: Unit, given: MatterList) -> UUID:
    """Put the matters of a case to the government, all or none; the coordination. Raises ``Refused`` with every reason
    (BANKRUPTCY_LISTED for a case that was submitted before)."""
    if unit.principal.on_behalf_of is not None or not unit.principal.paths(RoleName.COURT):
        raise Denied(Reason("FORBIDDEN"))
    refuse_if((*find_problems(given), *await _list_problems(unit, given)))
    home = await home_jurisdiction(unit.session, unit.organization_id)
    pack = await unit.policy.pack(unit.session, home.id, unit.today)
    deadline = pack.deadline(ASSIGN_BY, unit.today, await unit.policy.calendar(unit.session))
    row = BankruptcyCoordination(
        id=new_id(),
        status=BankruptcyStatus.PROPOSED,
        court_id=unit.organization_id,
        owner_ids=[],
        case_number=given.case_number.strip(),
        debtor_name=given.debtor_name.strip(),
        debtor_uscc=given.debtor_uscc.strip(),
        accepted_on=given.accepted_on,
        ruling_no=given.ruling_no.strip(),
        ruling_digest=given.ruling_digest,
        administrator=given.administrator.strip(),
        assetless=given.assetless,
        sham_review=given.sham_review,
        assign_by=deadline.due_on,
        assign_basis=deadline_to_plain(deadline),
        created_at=unit.at,
        status_since=unit.at,
        **placed_in(home),
    )
    unit.session.add(row)
    await unit.session.flush()
    target = Target(COURSE.kind, row.id, row.jurisdiction_path)
    await unit.audit(AuditAction.BANKRUPTCY_SUBMITTED, target, matters=len(given.matters))
    await announce(unit, COURSE, row, "submitted")
    await add_matters(unit, row, given.matters)
    return row.id


async def _list_problems(unit: Unit, given: MatterList) -> list[Reason]:
    found: list[Reason] = []
    if given.accepted_on > unit.today:
        found.append(Reason("DATE_AHEAD", ("acceptedOn",)))
    known = select(BankruptcyCoordination.id).where(
        BankruptcyCoordination.court_id == unit.organization_id,
        BankruptcyCoordination.case_number == given.case_number.strip(),
    )
    if await unit.session.scalar(known) is not None:
        found.append(Reason("BANKRUPTCY_LISTED", ("caseNumber",)))
    return found


async def fire_bankruptcy(
    unit: Unit, coordination_id: UUID, event: str, payload: object, *, expected_version: int | None = None
) -> BankruptcyCoordination:
    """Move a case. Raises ``NotFound`` for one that the caller cannot see, ``Denied``, ``Refused``."""
    if unit.principal.on_behalf_of is not None:
        raise NotFound(path=("id",))
    row: BankruptcyCoordination = await locked(unit, BankruptcyCoordination, coordination_id)
    actors = coordination_actors(unit.principal, row)
    await _fire(unit, row, event, payload, actors, expected_version)
    return row


async def _fire(
    unit: Unit,
    row: BankruptcyCoordination,
    event: str,
    payload: object,
    actors: frozenset[Actor],
    expected_version: int | None = None,
) -> None:
    facts = CoordinationFacts(row, unit.today)
    await fire(
        unit,
        BANKRUPTCY,
        COURSE,
        row,
        event,
        payload,
        actors=actors,
        facts=facts,
        expected_version=expected_version,
    )


async def fire_matter(
    unit: Unit, matter_id: UUID, event: str, payload: object, *, expected_version: int | None = None
) -> BankruptcyMatter:
    """Move a matter, and its case with it. Raises ``NotFound`` for one that the caller cannot see, ``Denied``,
    ``Refused`` with every reason."""
    if unit.principal.on_behalf_of is not None:
        raise NotFound(path=("id",))
    seen = select(BankruptcyMatter.coordination_id).where(BankruptcyMatter.id == matter_id)
    case_id = await unit.session.scalar(seen)
    if case_id is None:
        raise NotFound(path=("id",))
    case: BankruptcyCoordination = await locked(unit, BankruptcyCoordination, case_id)
    row: BankruptcyMatter = await locked(unit, BankruptcyMatter, matter_id)
    if isinstance(payload, MatterAssignment):
        await _require_local(unit, row, payload.owner_id)
    facts = (await load_matter_facts(unit.session, [row], unit.today))[row.id]
    actors = matter_actors(unit.principal, row)
    await fire(
        unit, MATTER, OF_MATTER, row, event, payload, actors=actors, facts=facts, expected_version=expected_version
    )
    await _follow(unit, case, actors)
    return row


async def _require_local(unit: Unit, row: BankruptcyMatter, owner_id: UUID) -> None:
    path = await unit.session.scalar(select(Organization.jurisdiction_path).where(Organization.id == owner_id))
    if path is not None and not path.startswith(row.jurisdiction_path):
        raise Refused(Reason("BANKRUPTCY_OWNER_ELSEWHERE", ("ownerId",)))


async def _follow(unit: Unit, case: BankruptcyCoordination, actors: frozenset[Actor]) -> None:
    """Where the case stands follows from its matters. An owner sees its own alone: it can begin a case, no more."""
    if not actors & {Actor.ISSUER, Actor.GOVERNMENT}:
        if case.status is BankruptcyStatus.ASSIGNED:
            await _fire(unit, case, "begin", Note(), SYSTEM)
        return
    rows = await unit.session.execute(
        select(BankruptcyMatter.status, BankruptcyMatter.owner_id).where(BankruptcyMatter.coordination_id == case.id)
    )
    matters = rows.all()
    case.owner_ids = sorted({owner for _, owner in matters if owner is not None})
    state = reached([status for status, _ in matters])
    if case.status not in (BankruptcyStatus.PROPOSED, state):
        await _fire(unit, case, _TO[state], Note(), SYSTEM)


def reached(states: list[BankruptcyMatterStatus]) -> BankruptcyStatus:
    """Where a case stands whose matters stand so."""
    if any(each in MATTERS_UNASSIGNED for each in states):
        return BankruptcyStatus.REVIEWED
    if all(each in MATTERS_SETTLED for each in states):
        return BankruptcyStatus.ALL_SETTLED
    if all(each in (BankruptcyMatterStatus.ASSIGNED, *MATTERS_SETTLED) for each in states):
        return BankruptcyStatus.ASSIGNED
    return BankruptcyStatus.IN_PROGRESS
