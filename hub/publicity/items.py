"""Items: proposed by a unit, reviewed by the credit office, approved by whom the pack names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import column, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.integrity_codes import PublicityApprover, PublicityStatus
from hub.core.errors import NotFound, Reason, Refused, refuse_if
from hub.core.ids import new_id
from hub.core.payload import find_problems
from hub.core.principal import Principal, RoleName
from hub.core.workflow import Actor
from hub.db.models import DishonestyRecord, PublicityItem
from hub.organizations.existence import require_organizations
from hub.policy.store import PolicyStore
from hub.publicity.payloads import PublicityDraft
from hub.publicity.workflow import PUBLICITY, PublicityFacts
from hub.workflow.firing import Course, announce, fire
from hub.workflow.rows import locked, place, placed_in
from hub.workflow.unit import Unit

COURSE = Course("PublicityItem", AuditAction.PUBLICITY_TRANSITION, "publicity")
APPROVER = "publicity.approver"
ROLES = {
    PublicityApprover.CREDIT_OFFICE: RoleName.CREDIT_OFFICE,
    PublicityApprover.OFFICE: RoleName.JOINT_MEETING_OFFICE,
    PublicityApprover.GOVERNMENT: RoleName.GOVERNMENT_OFFICE,
    PublicityApprover.COURT: RoleName.COURT,
}


async def propose(unit: Unit, given: PublicityDraft) -> UUID:
    """Propose an item. Raises ``Refused`` with every reason: a listing that the caller cannot see is none."""
    refuse_if(find_problems(given))
    jurisdiction = await place(unit, given.jurisdiction_code)
    here = any(jurisdiction.path.startswith(function.path) for function in unit.principal.functions)
    if not here or unit.principal.on_behalf_of is not None:
        raise Refused(Reason("JURISDICTION_UNKNOWN", ("jurisdictionCode",), {"code": given.jurisdiction_code}))
    if given.cooperating_id is not None:
        await require_organizations(unit, [given.cooperating_id], path="cooperatingId")
    if given.record_id is not None:
        seen = select(DishonestyRecord.jurisdiction_path).where(DishonestyRecord.id == given.record_id)
        path = await unit.session.scalar(seen)
        if path is None or not path.startswith(jurisdiction.path):
            raise NotFound(path=("recordId",))
    row = PublicityItem(
        id=new_id(),
        kind=given.kind,
        status=PublicityStatus.PROPOSED,
        proposer_id=unit.organization_id,
        cooperating_id=given.cooperating_id,
        record_id=given.record_id,
        title=given.title.strip(),
        theme=given.theme.strip(),
        content=given.content,
        held_on=given.held_on,
        created_at=unit.at,
        status_since=unit.at,
        **placed_in(jurisdiction),
    )
    unit.session.add(row)
    await unit.session.flush()
    await unit.audit(AuditAction.PUBLICITY_PROPOSED, Target(COURSE.kind, row.id, row.jurisdiction_path))
    await announce(unit, COURSE, row, "proposed")
    return row.id


async def fire_item(
    unit: Unit, item_id: UUID, event: str, payload: object, *, expected_version: int | None = None
) -> PublicityItem:
    if unit.principal.on_behalf_of is not None:
        raise NotFound(path=("id",))
    row: PublicityItem = await locked(unit, PublicityItem, item_id)
    facts = (await load_facts(unit.session, unit.principal, unit.policy, [row], unit.today))[row.id]
    await fire(
        unit,
        PUBLICITY,
        COURSE,
        row,
        event,
        payload,
        actors=publicity_actors(unit.principal, facts),
        facts=facts,
        expected_version=expected_version,
    )
    return row


async def load_facts(
    session: AsyncSession, principal: Principal, store: PolicyStore, rows: Sequence[PublicityItem], today: date
) -> Mapping[UUID, PublicityFacts]:
    """Facts by item. What becomes of a listing is asked without a right to read it: only whether it may be told."""
    found = {}
    for row in rows:
        pack = await store.pack(session, row.jurisdiction_id, today)
        approver = PublicityApprover(pack.choice(APPROVER))
        tellable, rectified, named = await _listing(session, row)
        found[row.id] = PublicityFacts(
            item=row,
            today=today,
            acting_id=principal.organization_id,
            tellable=tellable,
            rectified=rectified,
            named=named,
            approver=approver,
            clause=pack.basis(APPROVER).clause,
            approves=_holds(principal, ROLES[approver], row),
        )
    return found


async def _listing(session: AsyncSession, row: PublicityItem) -> tuple[bool, bool, bool]:
    if row.record_id is None:
        return True, False, False
    call = func.publicity_of_listing(row.id).table_valued(column("tellable"), column("rectified"), column("named"))
    told = (await session.execute(select(call))).one_or_none()
    return (False, False, True) if told is None else (told.tellable, told.rectified, told.named)


def _holds(principal: Principal, role: RoleName, row: PublicityItem) -> bool:
    return any(row.jurisdiction_path.startswith(path) for path in principal.paths(role))


def publicity_actors(principal: Principal, facts: PublicityFacts) -> frozenset[Actor]:
    """In what capacity a caller meets an item."""
    found = {Actor.PROPOSER} if facts.item.proposer_id == principal.organization_id else set()
    if _holds(principal, RoleName.CREDIT_OFFICE, facts.item):
        found.add(Actor.OFFICE)
    if any(_holds(principal, role, facts.item) for role in ROLES.values()):
        found.add(Actor.APPROVER)
    return frozenset(found)
