"""Records: who may record what of a public body, and how they move."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.integrity_codes import IntegrityCategory, IntegrityStatus
from hub.core.errors import NotFound, Reason, Refused, refuse_if
from hub.core.ids import new_id
from hub.core.money import fen
from hub.core.payload import find_problems
from hub.core.principal import RoleName
from hub.db.models import IntegrityPerson, IntegrityRecord, Jurisdiction, Organization, OverdueList, OverdueListEntry
from hub.integrity.effects import revise
from hub.integrity.payloads import IntegrityEntry, ResponsiblePerson, stored
from hub.integrity.workflow import RECORD, RecordFacts, record_actors
from hub.organizations.existence import require_organizations
from hub.subjects.resolving import mask_name
from hub.workflow.firing import Course, announce, fire
from hub.workflow.rows import locked, place, placed_in
from hub.workflow.unit import Unit

COURSE = Course("GovernmentIntegrityRecord", AuditAction.INTEGRITY_TRANSITION, "integrity")
OF_PERSON = Course("GovernmentIntegrityRecord", AuditAction.INTEGRITY_TRANSITION, "integrityperson")
"""What is told of a record about a person reaches the credit office and the person's unit alone."""


def course_of(row: IntegrityRecord) -> Course:
    return COURSE if row.person_id is None else OF_PERSON


async def record_integrity(unit: Unit, given: IntegrityEntry) -> UUID:
    """Record what a body did. Raises ``Refused`` with every reason: a court records failed appearances alone."""
    refuse_if(find_problems(given))
    jurisdiction = await place(unit, given.jurisdiction_code)
    _require_recorder(unit, jurisdiction, given.category)
    await require_organizations(unit, [given.organization_id], path="organizationId")
    refuse_if(await _problems(unit, jurisdiction, given))
    person_id = None if given.person is None else await _person(unit, jurisdiction, given.organization_id, given.person)
    row = IntegrityRecord(
        id=new_id(),
        category=given.category,
        status=IntegrityStatus.RECORDED,
        organization_id=given.organization_id,
        recorder_id=unit.organization_id,
        person_id=person_id,
        overdue_list_id=given.overdue_list_id,
        causes=given.causes,
        title=given.title.strip(),
        facts=given.facts,
        basis=given.basis.strip(),
        occurred_on=given.occurred_on,
        amount_fen=fen(given.amount),
        evidence=stored(given.evidence),
        contest_evidence=[],
        created_at=unit.at,
        status_since=unit.at,
        **placed_in(jurisdiction),
    )
    unit.session.add(row)
    await revise(unit, row, "recorded", None, by=unit.organization_id)
    target = Target(COURSE.kind, row.id, row.jurisdiction_path)
    await unit.audit(AuditAction.INTEGRITY_RECORDED, target, category=row.category.value)
    if row.person_id is None:
        await announce(unit, COURSE, row, "recorded")
    else:
        await announce(unit, OF_PERSON, row, "recorded")
    return row.id


def _require_recorder(unit: Unit, jurisdiction: Jurisdiction, category: IntegrityCategory) -> None:
    roles = [RoleName.CREDIT_OFFICE]
    if category is IntegrityCategory.APPEARANCE_FAILURE:
        roles.append(RoleName.COURT)
    covered = any(jurisdiction.path.startswith(path) for path in unit.principal.paths(*roles))
    if not covered or unit.principal.on_behalf_of is not None:
        raise Refused(Reason("RECORDER_NOT_PERMITTED", ("jurisdictionCode",)))


async def _problems(unit: Unit, jurisdiction: Jurisdiction, given: IntegrityEntry) -> list[Reason]:
    found: list[Reason] = []
    body = (await unit.session.scalars(select(Organization).where(Organization.id == given.organization_id))).one()
    if not body.jurisdiction_path.startswith(jurisdiction.path):
        found.append(Reason("SAME_JURISDICTION_ONLY", ("organizationId",)))
    if not body.government_subject:
        found.append(Reason("SUBJECT_NOT_GOVERNMENT", ("organizationId",)))
    if given.occurred_on > unit.today:
        found.append(Reason("DATE_AHEAD", ("occurredOn",)))
    if given.overdue_list_id is not None and not await _entered(unit, given.overdue_list_id, given.organization_id):
        found.append(Reason("OVERDUE_LIST_UNFIT", ("overdueListId",)))
    return found


async def _entered(unit: Unit, list_id: UUID, organization_id: UUID) -> bool:
    """Whether a list that the caller sees and the government approved has the body."""
    found = await unit.session.scalar(
        select(OverdueListEntry.id)
        .join(OverdueList, OverdueList.id == OverdueListEntry.list_id)
        .where(
            OverdueList.id == list_id,
            OverdueList.approved_at.is_not(None),
            OverdueListEntry.organization_id == organization_id,
        )
        .limit(1)
    )
    return found is not None


def name_context(person_id: UUID) -> str:
    """What a sealed name is bound to."""
    return f"integrity_person|name_sealed|{person_id}"


async def _person(unit: Unit, jurisdiction: Jurisdiction, organization_id: UUID, given: ResponsiblePerson) -> UUID:
    """The person of that name within the body: the one the caller recorded before, or a new one. What others recorded
    of a person must not show here."""
    name, key = given.name.strip(), new_id()
    mark = unit.keyring.digest(f"{organization_id}|{name}", purpose="integrity-person")
    table = IntegrityPerson
    await unit.session.execute(
        insert(table)
        .values(
            id=key,
            organization_id=organization_id,
            recorder_id=unit.organization_id,
            name_sealed=unit.keyring.seal(name, context=name_context(key)),
            name_key=mark,
            name_masked=mask_name(name),
            post=given.post.strip(),
            created_at=unit.at,
            updated_at=unit.at,
            **placed_in(jurisdiction),
        )
        .on_conflict_do_nothing()
    )
    known = select(table.id).where(
        table.organization_id == organization_id, table.name_key == mark, table.recorder_id == unit.organization_id
    )
    return (await unit.session.scalars(known)).one()


async def fire_record(
    unit: Unit, record_id: UUID, event: str, payload: object, *, expected_version: int | None = None
) -> IntegrityRecord:
    """Move a record. Raises ``NotFound`` for one that the caller cannot see, ``Refused`` with every reason."""
    if unit.principal.on_behalf_of is not None:
        raise NotFound(path=("id",))
    row: IntegrityRecord = await locked(unit, IntegrityRecord, record_id)
    await fire(
        unit,
        RECORD,
        course_of(row),
        row,
        event,
        payload,
        actors=record_actors(row, unit.organization_id),
        facts=RecordFacts(row, unit.today),
        expected_version=expected_version,
    )
    return row
