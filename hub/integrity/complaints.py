"""Complaints about public bodies: taken in by the credit office, who complained kept from everybody else."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.integrity_codes import ComplaintStatus
from hub.core.errors import NotFound, Reason, Refused, refuse_if
from hub.core.ids import new_id
from hub.core.keyring import KeyRing
from hub.core.payload import find_problems
from hub.core.principal import RoleName
from hub.db.models import IntegrityComplainant, IntegrityComplaint, Organization
from hub.integrity.complaint_payloads import ComplaintEntry
from hub.integrity.complaint_workflow import COMPLAINT, SCREEN, ComplaintFacts, complaint_actors, run_clock, tells
from hub.organizations.existence import require_organizations
from hub.workflow.firing import Course, announce, fire
from hub.workflow.rows import locked, place, placed_in
from hub.workflow.unit import Unit

COURSE = Course("IntegrityComplaint", AuditAction.COMPLAINT_TRANSITION, "complaint")
SEALED = ("name", "contact", "statement")


def sealed_context(part: str, complaint_id: UUID) -> str:
    """What a sealed part is bound to."""
    return f"integrity_complainant|{part}_sealed|{complaint_id}"


def opened(keyring: KeyRing, row: IntegrityComplainant, part: str) -> str:
    """A part of what the complainant said, in clear."""
    return keyring.open(getattr(row, f"{part}_sealed"), context=sealed_context(part, row.id))


async def register_complaint(unit: Unit, given: ComplaintEntry) -> UUID:
    """Take a complaint in. Raises ``Refused`` with every reason; the receiver is the credit office of the place."""
    refuse_if(find_problems(given))
    jurisdiction = await place(unit, given.jurisdiction_code)
    covered = any(jurisdiction.path.startswith(path) for path in unit.principal.paths(RoleName.CREDIT_OFFICE))
    if not covered or unit.principal.on_behalf_of is not None:
        raise Refused(Reason("RECORDER_NOT_PERMITTED", ("jurisdictionCode",)))
    await require_organizations(unit, [given.organization_id], path="organizationId")
    refuse_if(await _problems(unit, jurisdiction.path, given))
    row = IntegrityComplaint(
        id=new_id(),
        status=ComplaintStatus.REGISTERED,
        organization_id=given.organization_id,
        receiver_id=unit.organization_id,
        channel=given.channel.strip(),
        registered_on=given.registered_on,
        summary=given.summary,
        answer_evidence=[],
        created_at=unit.at,
        status_since=unit.at,
        **placed_in(jurisdiction),
    )
    await run_clock(unit, row, SCREEN)
    unit.session.add(row)
    await unit.session.flush()
    said = {"name": given.complainant.strip(), "contact": given.contact.strip(), "statement": given.statement}
    sealed = {f"{part}_sealed": unit.keyring.seal(said[part], context=sealed_context(part, row.id)) for part in SEALED}
    unit.session.add(
        IntegrityComplainant(
            id=row.id, receiver_id=unit.organization_id, created_at=unit.at, **sealed, **placed_in(jurisdiction)
        )
    )
    await unit.session.flush()
    await unit.audit(AuditAction.COMPLAINT_REGISTERED, Target(COURSE.kind, row.id, row.jurisdiction_path))
    await announce(unit, COURSE, row, "registered")
    return row.id


async def _problems(unit: Unit, path: str, given: ComplaintEntry) -> list[Reason]:
    found: list[Reason] = []
    body = (await unit.session.scalars(select(Organization).where(Organization.id == given.organization_id))).one()
    if not body.jurisdiction_path.startswith(path):
        found.append(Reason("SAME_JURISDICTION_ONLY", ("organizationId",)))
    if not body.government_subject:
        found.append(Reason("SUBJECT_NOT_GOVERNMENT", ("organizationId",)))
    if given.organization_id == unit.organization_id:
        found.append(Reason("COMPLAINT_ABOUT_RECEIVER", ("organizationId",)))
    if given.registered_on > unit.today:
        found.append(Reason("DATE_AHEAD", ("registeredOn",)))
    if tells(given.summary, (given.complainant, given.contact)):
        found.append(Reason("COMPLAINANT_TOLD", ("summary",)))
    return found


async def fire_complaint(
    unit: Unit, complaint_id: UUID, event: str, payload: object, *, expected_version: int | None = None
) -> IntegrityComplaint:
    """Move a complaint. Raises ``NotFound`` for one that the caller cannot see, ``Refused`` with every reason."""
    if unit.principal.on_behalf_of is not None:
        raise NotFound(path=("id",))
    row: IntegrityComplaint = await locked(unit, IntegrityComplaint, complaint_id)
    await fire(
        unit,
        COMPLAINT,
        COURSE,
        row,
        event,
        payload,
        actors=complaint_actors(row, unit.organization_id),
        facts=ComplaintFacts(row, await _secrets(unit, complaint_id)),
        expected_version=expected_version,
    )
    return row


async def _secrets(unit: Unit, complaint_id: UUID) -> tuple[str, ...]:
    """What tells who complained; nothing for whoever may not read it."""
    row = await unit.session.scalar(select(IntegrityComplainant).where(IntegrityComplainant.id == complaint_id))
    return () if row is None else (opened(unit.keyring, row, "name"), opened(unit.keyring, row, "contact"))
