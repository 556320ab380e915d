"""Objections are filed, and move along their table."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.exchange_codes import STANDING, MirrorCapacity
from hub.canonical.objection_codes import OBJECTION_OPEN, ObjectionKind, ObjectionStatus
from hub.core.errors import Denied, NotFound, Reason, refuse_if
from hub.core.ids import new_id
from hub.core.payload import find_problems
from hub.core.principal import Principal, RoleName
from hub.core.workflow import Actor
from hub.credit.workflow import DISHONESTY
from hub.db.models import CreditObjection, DishonestyRecord, DishonestyRecordParty
from hub.objection.payloads import Objection
from hub.objection.workflow import COURSE, EXAMINE, OBJECTION, OWN, ObjectionFacts, owe
from hub.workflow.firing import announce, fire
from hub.workflow.rows import locked, within
from hub.workflow.unit import Unit


async def file_objection(unit: Unit, asked: Objection) -> UUID:
    """Put an objection to who decides it. Raises ``NotFound``, ``Refused`` with every reason. The listing stays."""
    if unit.principal.on_behalf_of is not None:
        raise Denied(Reason("FORBIDDEN"))
    refuse_if(find_problems(asked))
    record: DishonestyRecord | None = await unit.session.scalar(
        select(DishonestyRecord).where(DishonestyRecord.id == asked.record_id)
    )
    if record is None:
        raise NotFound(path=("recordId",))
    refuse_if(await _problems(unit, record, asked.kind))
    row = CreditObjection(
        id=new_id(),
        kind=asked.kind,
        status=ObjectionStatus.FILED,
        record_id=record.id,
        case_number=record.case_number,
        court_id=record.court_id,
        organization_id=unit.organization_id,
        grounds=asked.grounds.strip(),
        evidence_digest=asked.evidence_digest,
        status_since=unit.at,
        created_at=unit.at,
        version=1,
        **within(record),
    )
    await owe(unit, row, EXAMINE if asked.kind is ObjectionKind.LISTING else OWN)
    unit.session.add(row)
    await unit.session.flush()
    target = Target("CreditObjection", row.id, row.jurisdiction_path)
    await unit.audit(AuditAction.OBJECTION_FILED, target, kind=row.kind.value)
    await announce(unit, COURSE, row, "filed")
    return row.id


async def _problems(unit: Unit, record: DishonestyRecord, kind: ObjectionKind) -> list[Reason]:
    subject = select(DishonestyRecordParty.organization_id).where(
        DishonestyRecordParty.record_id == record.id,
        DishonestyRecordParty.organization_id == unit.organization_id,
        DishonestyRecordParty.capacity == MirrorCapacity.SUBJECT,
    )
    pending = select(CreditObjection.id).where(
        CreditObjection.record_id == record.id,
        CreditObjection.kind == kind,
        CreditObjection.status.in_(OBJECTION_OPEN),
    )
    reasons = []
    if await unit.session.scalar(subject) is None:
        reasons.append(Reason("OBJECTION_UNIT", ("recordId",)))
    if record.status not in STANDING:
        state = DISHONESTY.state_label(record.status)
        reasons.append(Reason("LISTING_NOT_STANDING", ("recordId",), {"state": state}))
    if await unit.session.scalar(pending.limit(1)) is not None:
        reasons.append(Reason("OBJECTION_PENDING", ("recordId",)))
    return reasons


async def fire_objection(
    unit: Unit, objection_id: UUID, event: str, payload: object, *, expected_version: int | None = None
) -> CreditObjection:
    """Move an objection. Raises ``NotFound``, ``Denied`` or ``Refused`` with every reason."""
    row: CreditObjection = await locked(unit, CreditObjection, objection_id)
    await advance(unit, row, event, payload, objection_actors(unit.principal, row), expected_version)
    return row


async def advance(
    unit: Unit,
    row: CreditObjection,
    event: str,
    payload: object,
    actors: frozenset[Actor],
    expected_version: int | None = None,
) -> None:
    await fire(
        unit,
        OBJECTION,
        COURSE,
        row,
        event,
        payload,
        actors=actors,
        facts=ObjectionFacts(row, unit.today),
        expected_version=expected_version,
    )


def objection_actors(principal: Principal, row: CreditObjection) -> frozenset[Actor]:
    """In what capacities the caller meets the objection; nobody acts for another here."""
    own = principal.organization_id
    if own is None or principal.on_behalf_of is not None:
        return frozenset()
    offices = principal.paths(RoleName.CREDIT_OFFICE)
    held = {
        Actor.APPLICANT: own == row.organization_id,
        Actor.RECOGNISER: own == row.court_id,
        Actor.CREDIT_OFFICE: any(row.jurisdiction_path.startswith(path) for path in offices),
    }
    return frozenset(actor for actor, holds in held.items() if holds)
