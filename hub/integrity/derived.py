"""Records that follow the court's list: a listing of a public body is one, its deletion ends it, its revocation
withdraws it. Whoever contests it goes to the court."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from hub.alerts.raising import Raised, raise_alert
from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.codes import AlertKind, AlertSeverity
from hub.canonical.exchange_codes import STANDING, Confidentiality, DishonestyStatus
from hub.canonical.integrity_codes import IntegrityCategory, IntegrityStatus
from hub.core.clock import SHANGHAI
from hub.core.ids import new_id
from hub.core.principal import RoleName
from hub.db.models import DishonestyRecord, IntegrityRecord, LegalCase, OrganizationFunction, Subject
from hub.db.session import SystemSession
from hub.integrity.effects import end, revise
from hub.integrity.records import COURSE
from hub.workflow.firing import announce, move
from hub.workflow.rows import within
from hub.workflow.unit import Unit

LISTING, RECORD = DishonestyRecord, IntegrityRecord
DELETED = (DishonestyStatus.DELETED_SHIELDED, DishonestyStatus.REPAIRED)
PORTION = 200
BASIS = "法释〔2017〕7号 第一条"
EVENTS = {
    IntegrityStatus.RECORDED: "listed",
    IntegrityStatus.RECTIFIED: "deleted",
    IntegrityStatus.WITHDRAWN: "revoked",
}


def _due() -> ColumnElement[str | None]:
    """How the record of a listing should stand; null where there should be none."""
    return case(
        (LISTING.status.in_(STANDING), IntegrityStatus.RECORDED.value),
        (LISTING.status.in_(DELETED), IntegrityStatus.RECTIFIED.value),
        (LISTING.status == DishonestyStatus.REVOKED, IntegrityStatus.WITHDRAWN.value),
        else_=None,
    )


async def follow_the_list(unit: Unit, session: SystemSession) -> int:
    """Bring records to how their listings stand; how many were made or moved."""
    due = _due()
    left_on = func.coalesce(LISTING.deleted_on, func.date(func.timezone(SHANGHAI.key, LISTING.status_since)))
    kept_as_due = and_(RECORD.status == IntegrityStatus.EXPIRED, LISTING.status.not_in(STANDING))
    rows = await session.execute(
        select(LISTING, RECORD.id, Subject.organization_id, due, left_on)
        .join(Subject, and_(Subject.id == LISTING.subject_id, Subject.tenant_id == LISTING.tenant_id))
        .join(LegalCase, and_(LegalCase.id == LISTING.case_id, LegalCase.tenant_id == LISTING.tenant_id))
        .outerjoin(RECORD, and_(RECORD.source_id == LISTING.id, RECORD.tenant_id == LISTING.tenant_id))
        .where(
            LISTING.government_subject,
            LegalCase.confidentiality == Confidentiality.NORMAL,
            Subject.organization_id.is_not(None),
            or_(
                and_(RECORD.id.is_(None), due == IntegrityStatus.RECORDED.value),
                and_(RECORD.id.is_not(None), RECORD.status != due, ~kept_as_due),
                and_(RECORD.id.is_not(None), RECORD.organization_id != Subject.organization_id, due == RECORD.status),
            ),
        )
        .order_by(LISTING.id)
        .limit(PORTION)
    )
    found = rows.all()
    for listing, known, body, status, left in found:
        if body is None or status is None:
            continue
        state = IntegrityStatus(status)
        if known is None:
            await _record(unit, session, listing, body)
        else:
            await _move(unit, known, state, left, body)
    return len(found)


async def _record(unit: Unit, session: SystemSession, listing: DishonestyRecord, body: UUID) -> None:
    row = RECORD(
        id=new_id(),
        category=IntegrityCategory.DISHONEST_DEBTOR,
        status=IntegrityStatus.RECORDED,
        organization_id=body,
        recorder_id=listing.court_id,
        source_id=listing.id,
        title=f"列入失信被执行人名单：{listing.case_number}"[:200],
        facts="由法院失信被执行人名单生成，详见失信信息。",
        basis=BASIS,
        occurred_on=listing.listed_on,
        evidence=[],
        contest_evidence=[],
        created_at=unit.at,
        status_since=unit.at,
        **within(listing),
    )
    session.add(row)
    await _tell(unit, row, IntegrityStatus.RECORDED)
    alert = Raised(
        kind=AlertKind.BODY_LISTED,
        severity=AlertSeverity.WARNING,
        due_on=listing.listed_on,
        clause=BASIS,
        units=await _credit_offices(session, listing.jurisdiction_id),
        to_office=True,
    )
    await raise_alert(session, row, row.title, alert, unit.at)


async def _move(unit: Unit, key: UUID, state: IntegrityStatus, left: object, body: UUID) -> None:
    row = await unit.session.scalar(select(RECORD).where(RECORD.id == key).with_for_update(skip_locked=True))
    if row is None:
        return
    row.organization_id = body
    move(unit, row, state)
    if state is IntegrityStatus.RECORDED:
        row.ended_on = row.keep_until = None
    else:
        await end(unit, row, left if state is IntegrityStatus.RECTIFIED else unit.today)  # type: ignore[arg-type]
    await _tell(unit, row, state)


async def _tell(unit: Unit, row: IntegrityRecord, state: IntegrityStatus) -> None:
    event = EVENTS[state]
    await revise(unit, row, event, None, by=row.recorder_id)
    target = Target(COURSE.kind, row.id, row.jurisdiction_path)
    await unit.audit(AuditAction.INTEGRITY_TRANSITION, target, event=event, reached=state.value, version=row.version)
    match state:
        case IntegrityStatus.RECORDED:
            await announce(unit, COURSE, row, "listed")
        case IntegrityStatus.RECTIFIED:
            await announce(unit, COURSE, row, "deleted")
        case _:
            await announce(unit, COURSE, row, "revoked")


async def _credit_offices(session: SystemSession, jurisdiction_id: UUID) -> tuple[UUID, ...]:
    function = OrganizationFunction
    rows = await session.scalars(
        select(function.organization_id).where(
            function.jurisdiction_id == jurisdiction_id,
            function.role == RoleName.CREDIT_OFFICE,
            function.valid_to.is_(None),
        )
    )
    return tuple(rows)
