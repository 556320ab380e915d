"""Who carries out which measure of the catalogue, from when until when: named and ended by the credit office."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.core.errors import NotFound, Reason, Refused, refuse_if
from hub.core.ids import new_id
from hub.core.payload import find_problems
from hub.db.models import Jurisdiction, MeasureAssignment
from hub.organizations.existence import require_organizations
from hub.policy.pack import PolicyPack
from hub.punishment.catalogue import PunishmentPolicy
from hub.punishment.facts import is_credit_office
from hub.punishment.payloads import MeasureDuty, MeasureDutyEnd
from hub.workflow.rows import place, placed_in
from hub.workflow.unit import Unit

ROW = MeasureAssignment
TERM = "punishment.assignment.days"


def standing_on(day: date) -> ColumnElement[bool]:
    """Whether an assignment has not ended on a day; the day it ends on is its last."""
    return or_(ROW.valid_to.is_(None), ROW.valid_to >= day)


async def assign_measure(unit: Unit, duty: MeasureDuty) -> UUID:
    """Name who carries a measure out. Raises ``Refused``: not the credit office, a code without basis, named before,
    an end before its beginning."""
    refuse_if(find_problems(duty))
    jurisdiction = await place(unit, duty.jurisdiction_code)
    _require_office(unit, jurisdiction.path)
    await require_organizations(unit, [duty.organization_id], path="organizationId")
    pack = await unit.policy.pack(unit.session, jurisdiction.id, unit.today)
    if PunishmentPolicy(pack).find(duty.code, unit.today) is None:
        raise Refused(Reason("MEASURE_WITHOUT_BASIS", ("code",)))
    if duty.valid_until is not None and duty.valid_until < unit.today:
        raise Refused(Reason("ASSIGNMENT_PAST", ("validUntil",)))
    if await _standing(unit, jurisdiction.id, duty.code, duty.organization_id, unit.today):
        raise Refused(Reason("MEASURE_ASSIGNED", ("organizationId",)))
    until = duty.valid_until or _term(pack, unit.today)
    row = _row(jurisdiction, unit, duty.code, duty.organization_id, duty.clause, unit.today, until)
    return await _keep(unit, row)


async def end_assignment(unit: Unit, end: MeasureDutyEnd) -> UUID:
    """Say until when an assignment stands and who follows; measures carried out by it go over when it has ended.

    Raises ``NotFound`` outside the caller's place, or ``Refused``: ended already, a day that has passed, itself."""
    refuse_if(find_problems(end))
    row = await unit.session.scalar(select(ROW).where(ROW.id == end.assignment_id).with_for_update())
    if row is None or not is_credit_office(unit.principal, row.jurisdiction_path):
        raise NotFound(path=("assignmentId",))
    _require_office(unit, row.jurisdiction_path)
    if row.valid_to is not None and row.valid_to < unit.today:
        raise Refused(Reason("ASSIGNMENT_ENDED", ("assignmentId",)))
    if end.valid_until < max(unit.today, row.valid_from):
        raise Refused(Reason("ASSIGNMENT_PAST", ("validUntil",)))
    row.valid_to, row.successor_id, row.end_reason = end.valid_until, end.successor_id, end.reason.strip()
    row.version, row.updated_at = row.version + 1, unit.at
    target = Target("MeasureAssignment", row.id, row.jurisdiction_path)
    await unit.audit(AuditAction.MEASURE_ASSIGNMENT_ENDED, target, code=row.code, until=end.valid_until.isoformat())
    if end.successor_id is not None:
        await _follow(unit, row, end.successor_id)
    return row.id


async def _follow(unit: Unit, ended: MeasureAssignment, successor: UUID) -> None:
    """The successor is named from the day after on, unless it carries the measure out already."""
    if successor == ended.organization_id:
        raise Refused(Reason("ASSIGNMENT_SUCCESSOR", ("successorId",)))
    await require_organizations(unit, [successor], path="successorId")
    begins = (ended.valid_to or unit.today) + timedelta(days=1)
    if not await _standing(unit, ended.jurisdiction_id, ended.code, successor, begins):
        jurisdiction = (
            await unit.session.scalars(select(Jurisdiction).where(Jurisdiction.id == ended.jurisdiction_id))
        ).one()
        pack = await unit.policy.pack(unit.session, jurisdiction.id, unit.today)
        made = _row(jurisdiction, unit, ended.code, successor, ended.clause, begins, _term(pack, begins))
        await _keep(unit, made)


async def _standing(unit: Unit, place_id: UUID, code: str, organization: UUID, day: date) -> bool:
    known = select(ROW.id).where(
        ROW.jurisdiction_id == place_id, ROW.code == code, ROW.organization_id == organization, standing_on(day)
    )
    return await unit.session.scalar(known) is not None


def _term(pack: PolicyPack, begins: date) -> date | None:
    days = pack.number(TERM)
    return begins + timedelta(days=days) if days else None


def _row(
    jurisdiction: Jurisdiction, unit: Unit, code: str, organization: UUID, clause: str, begins: date, until: date | None
) -> MeasureAssignment:
    return MeasureAssignment(
        id=new_id(),
        code=code,
        organization_id=organization,
        issuer_id=unit.organization_id,
        clause=clause,
        valid_from=begins,
        valid_to=until,
        created_at=unit.at,
        **placed_in(jurisdiction),
    )


async def _keep(unit: Unit, row: MeasureAssignment) -> UUID:
    unit.session.add(row)
    await unit.session.flush()
    target = Target("MeasureAssignment", row.id, row.jurisdiction_path)
    await unit.audit(AuditAction.MEASURE_ASSIGNED, target, code=row.code)
    return row.id


def _require_office(unit: Unit, path: str) -> None:
    if unit.principal.on_behalf_of is not None or not is_credit_office(unit.principal, path):
        raise Refused(Reason("MEASURE_OFFICE_ONLY", ("jurisdictionCode",)))
