"""Repairs begin and move: by application, by the court's push of a closing, by the events of the table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.exchange_codes import STANDING, DishonestyStatus, MirrorCapacity
from hub.canonical.repair_codes import REPAIR_OPEN, RepairClock, RepairPath, RepairStatus, Severity
from hub.core.errors import Denied, NotFound, Reason, refuse_if
from hub.core.ids import new_id
from hub.core.payload import find_problems
from hub.core.principal import RoleName
from hub.core.workflow import Actor
from hub.credit.workflow import DISHONESTY
from hub.db.models import CreditRepair, DishonestyRecord, DishonestyRecordParty, LegalCase
from hub.policy.pack import PolicyPack
from hub.policy.parameter_sets.codes import RepairChannel
from hub.repair.clocks import Counting
from hub.repair.effects import COURSE
from hub.repair.facts import load_repair_facts, repair_actors
from hub.repair.payloads import ClosureOf, ClosurePush, RepairApplication
from hub.repair.stopping import ruling_problems
from hub.repair.workflow import REPAIR
from hub.workflow.firing import announce, fire
from hub.workflow.rows import locked, within
from hub.workflow.unit import Unit

PUSHABLE = (*STANDING, DishonestyStatus.DELETED_SHIELDED)
"""A closing may come after the court has deleted: the credit side still has to follow."""


async def apply_repair(unit: Unit, asked: RepairApplication) -> UUID:
    """Put a request to the court that listed the subject. Raises ``NotFound`` for a listing the caller does not see,
    ``Refused`` with every reason. The listing itself is not touched."""
    _refuse_recording(unit)
    refuse_if(find_problems(asked))
    record = await _listing(unit, asked.record_id)
    subject = await subject_unit(unit, record)
    pack = await unit.policy.pack(unit.session, record.jurisdiction_id, unit.today)
    refuse_if(
        (
            *_applicant_problems(unit, record, subject),
            *_path_problems(pack, RepairChannel.SUBJECT_APPLICATION, ("path",)),
            *_state_problems(record, STANDING),
            *await _open_problems(unit, record),
            *await document_problems(unit, record.id, asked.document_digest),
            *await _ruling(unit, record, asked),
        )
    )
    repair = await begin(
        unit,
        record,
        subject,
        pack,
        path=asked.path,
        status=RepairStatus.INITIATED,
        applicant_id=unit.organization_id,
        performance=asked.performance,
        document_no=asked.document_no.strip(),
        document_name=asked.document_name.strip(),
        document_digest=asked.document_digest,
        commitment=asked.commitment.strip(),
    )
    await (await Counting.of(unit, repair)).start(RepairClock.MATERIALS, unit.today)
    await announce(unit, COURSE, repair, "begin")
    return repair.id


async def push_closure(unit: Unit, told: ClosureOf) -> UUID:
    """The court pushes a closing; pushed again, it is the same repair. Raises ``NotFound``, ``Refused`` with every
    reason."""
    _refuse_recording(unit)
    refuse_if(find_problems(told))
    record = await _listing(unit, told.record_id)
    if record.court_id != unit.organization_id:
        raise NotFound(path=("recordId",))
    repair = await unit.session.scalar(
        select(CreditRepair)
        .where(
            CreditRepair.record_id == record.id,
            CreditRepair.path == RepairPath.COURT_PUSH,
            CreditRepair.closed_on == told.closed_on,
        )
        .with_for_update()
    )
    if repair is not None and repair.status is not RepairStatus.CLOSURE_DUE:
        refuse_if(_other_document(repair, told))
        return repair.id
    pack = await unit.policy.pack(unit.session, record.jurisdiction_id, unit.today)
    refuse_if(
        (
            *_path_problems(pack, RepairChannel.COURT_PUSH, ("recordId",)),
            *_state_problems(record, PUSHABLE),
            *await _closing_problems(unit, record, told.closed_on),
            *await document_problems(unit, record.id, told.document_digest),
        )
    )
    if repair is None:
        repair = await begin_closure(unit, record, told.closed_on, pack)
    given = ClosurePush(
        performance=told.performance,
        document_no=told.document_no,
        document_name=told.document_name,
        document_digest=told.document_digest,
    )
    await advance(unit, repair, "push", given, repair_actors(unit.principal, repair))
    return repair.id


async def fire_repair(
    unit: Unit, repair_id: UUID, event: str, payload: object, *, expected_version: int | None = None
) -> CreditRepair:
    """Move a repair. Raises ``NotFound``, ``Denied`` or ``Refused`` with every reason."""
    row: CreditRepair = await locked(unit, CreditRepair, repair_id)
    digest = getattr(payload, "document_digest", None)
    if digest is not None:
        refuse_if(await document_problems(unit, row.record_id, digest))
    await advance(unit, row, event, payload, repair_actors(unit.principal, row), expected_version)
    return row


async def advance(
    unit: Unit,
    row: CreditRepair,
    event: str,
    payload: object,
    actors: frozenset[Actor],
    expected_version: int | None = None,
) -> None:
    facts = (await load_repair_facts(unit.session, [row]))[row.id]
    await fire(
        unit,
        REPAIR,
        COURSE,
        row,
        event,
        payload,
        actors=actors,
        facts=facts,
        expected_version=expected_version,
    )


async def begin(
    unit: Unit, record: DishonestyRecord, subject: UUID | None, pack: PolicyPack, **told: Any
) -> CreditRepair:
    """A repair of a listing, at its beginning, with its trace."""
    repair = CreditRepair(
        id=new_id(),
        severity=Severity(pack.choice("repair.severity")),
        record_id=record.id,
        case_number=record.case_number,
        court_id=record.court_id,
        organization_id=subject,
        missing=[],
        status_since=unit.at,
        created_at=unit.at,
        version=1,
        **within(record),
        **told,
    )
    unit.session.add(repair)
    await unit.session.flush()
    target = Target("CreditRepair", repair.id, repair.jurisdiction_path)
    await unit.audit(AuditAction.REPAIR_BEGUN, target, path=repair.path.value)
    return repair


async def begin_closure(unit: Unit, record: DishonestyRecord, closed_on: date, pack: PolicyPack) -> CreditRepair:
    """A closing to be pushed within the time that the pack gives the court."""
    repair = await begin(
        unit,
        record,
        await subject_unit(unit, record),
        pack,
        path=RepairPath.COURT_PUSH,
        status=RepairStatus.CLOSURE_DUE,
        applicant_id=record.court_id,
        closed_on=closed_on,
    )
    await (await Counting.of(unit, repair)).start(RepairClock.CLOSURE_PUSH, closed_on)
    await announce(unit, COURSE, repair, "begin")
    return repair


async def subject_unit(unit: Unit, record: DishonestyRecord) -> UUID | None:
    """The unit that the listing is of; None for whoever is no unit here."""
    found: UUID | None = await unit.session.scalar(
        select(DishonestyRecordParty.organization_id).where(
            DishonestyRecordParty.record_id == record.id, DishonestyRecordParty.capacity == MirrorCapacity.SUBJECT
        )
    )
    return found


async def _ruling(unit: Unit, record: DishonestyRecord, asked: RepairApplication) -> tuple[Reason, ...]:
    if asked.path is not RepairPath.REORGANISATION_RULING:
        return ()
    return await ruling_problems(unit, record, asked.document_digest)


def _refuse_recording(unit: Unit) -> None:
    if unit.principal.on_behalf_of is not None:
        raise Denied(Reason("FORBIDDEN"))


async def _listing(unit: Unit, key: UUID) -> DishonestyRecord:
    record: DishonestyRecord | None = await unit.session.scalar(
        select(DishonestyRecord).where(DishonestyRecord.id == key)
    )
    if record is None:
        raise NotFound(path=("recordId",))
    return record


def _applicant_problems(unit: Unit, record: DishonestyRecord, subject: UUID | None) -> Iterator[Reason]:
    offices = unit.principal.paths(RoleName.CREDIT_OFFICE)
    of_the_place = any(record.jurisdiction_path.startswith(path) for path in offices)
    if unit.organization_id != subject and not of_the_place:
        yield Reason("REPAIR_APPLICANT", ("recordId",))


def _path_problems(pack: PolicyPack, channel: RepairChannel, path: tuple[str, ...]) -> Iterator[Reason]:
    if channel.value not in pack.codes("repair.channels"):
        yield Reason("REPAIR_PATH_CLOSED", path)


def _state_problems(record: DishonestyRecord, allowed: tuple[DishonestyStatus, ...]) -> Iterator[Reason]:
    if record.status not in allowed:
        state = DISHONESTY.state_label(record.status)
        yield Reason("LISTING_NOT_STANDING", ("recordId",), {"state": state})


async def _open_problems(unit: Unit, record: DishonestyRecord) -> tuple[Reason, ...]:
    open_ = select(CreditRepair.id).where(CreditRepair.record_id == record.id, CreditRepair.status.in_(REPAIR_OPEN))
    return (Reason("REPAIR_UNDER_WAY", ("recordId",)),) if await unit.session.scalar(open_.limit(1)) else ()


async def document_problems(unit: Unit, record_id: UUID, digest: str) -> tuple[Reason, ...]:
    """A document of one case repairs no other listing. The caller's own view: what it cannot see is not told."""
    other = select(CreditRepair.id).where(CreditRepair.document_digest == digest, CreditRepair.record_id != record_id)
    return (
        (Reason("REPAIR_DOCUMENT_OF_ANOTHER", ("documentDigest",)),)
        if await unit.session.scalar(other.limit(1))
        else ()
    )


async def _closing_problems(unit: Unit, record: DishonestyRecord, closed_on: date) -> tuple[Reason, ...]:
    if closed_on > unit.today:
        return (Reason("CLOSED_ON_AHEAD", ("closedOn",)),)
    told = await unit.session.scalar(select(LegalCase.closed_on).where(LegalCase.id == record.case_id))
    if told is not None and told != closed_on:
        return (Reason("CLOSED_ON_DIFFERS", ("closedOn",), {"told": told.isoformat()}),)
    return ()


def _other_document(repair: CreditRepair, told: ClosureOf) -> Iterator[Reason]:
    if repair.document_digest not in (None, told.document_digest):
        yield Reason("CLOSURE_PUSHED_OTHERWISE", ("documentDigest",))
