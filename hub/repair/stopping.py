"""Upon a ruling of reorganisation or settlement tax authority and credit platform stop publishing, with receipts.

Source: 温政办〔2021〕13号 二（二）13 (重整企业纳税信用修复).
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.alerts.raising import Raised, raise_alert
from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.codes import AlertKind, AlertSeverity
from hub.canonical.repair_codes import StopStatus
from hub.core.errors import NotFound, Reason, Refused, refuse_if
from hub.core.ids import new_id
from hub.core.payload import find_problems
from hub.db.models import CreditRepair, DishonestyRecord, PublicationStop
from hub.organizations.named import unit_named
from hub.policy.rule_data import deadline_to_plain, stored_clause
from hub.repair.payloads import StopReceipt
from hub.workflow.firing import Course, announce, check_version, move
from hub.workflow.rows import locked, within
from hub.workflow.unit import Unit

COURSE = Course("PublicationStop", AuditAction.REPAIR_TRANSITION, "publicationstop")
TAX, STOP_BY = "repair.reorganisation.tax", "repair.reorganisation.stop"


async def ruling_problems(unit: Unit, record: DishonestyRecord, digest: str) -> tuple[Reason, ...]:
    """The document is a ruling that a court recorded of this very subject: plan approved, or settlement recognised."""
    ruled = await unit.session.scalar(select(func.reorganisation_ruled(record.id, digest)))
    return () if ruled else (Reason("RULING_UNKNOWN", ("documentDigest",)),)


async def ask_to_stop(unit: Unit, repair: CreditRepair) -> None:
    """Ask the tax authority of the place and the credit office that shields. Raises ``Refused`` (PUBLISHER_UNKNOWN)."""
    pack = await unit.policy.pack(unit.session, repair.jurisdiction_id, unit.today)
    tax = await unit_named(unit.session, pack, TAX, repair.jurisdiction_id, "PUBLISHER_UNKNOWN")
    deadline = pack.deadline(STOP_BY, unit.today, await unit.policy.calendar(unit.session))
    for publisher_id in sorted({tax, unit.organization_id}):
        row = PublicationStop(
            id=new_id(),
            repair_id=repair.id,
            court_id=repair.court_id,
            publisher_id=publisher_id,
            status=StopStatus.ASKED,
            case_number=repair.case_number,
            due_on=deadline.due_on,
            due_basis=deadline_to_plain(deadline),
            created_at=unit.at,
            status_since=unit.at,
            version=1,
            **within(repair),
        )
        unit.session.add(row)
        await unit.session.flush()
        await announce(unit, COURSE, row, "asked")


async def confirm_stop(
    unit: Unit, stop_id: UUID, given: StopReceipt, *, expected_version: int | None = None
) -> PublicationStop:
    """A publisher says that it has stopped. Raises ``NotFound`` for whoever is not asked, ``Refused``."""
    row: PublicationStop = await locked(unit, PublicationStop, stop_id)
    if row.publisher_id != unit.organization_id or unit.principal.on_behalf_of is not None:
        raise NotFound(path=("id",))
    check_version(row, expected_version)
    refuse_if(find_problems(given))
    if row.status is StopStatus.STOPPED:
        raise Refused(Reason("PUBLICATION_STOPPED"))
    if given.stopped_on > unit.today:
        raise Refused(Reason("DATE_AHEAD", ("stoppedOn",)))
    row.receipt_no, row.evaluation, row.stopped_on = given.receipt_no.strip(), given.evaluation, given.stopped_on
    move(unit, row, StopStatus.STOPPED)
    await unit.session.flush()
    target = Target(COURSE.kind, row.id, row.jurisdiction_path)
    await unit.audit(AuditAction.REPAIR_TRANSITION, target, event="stopped")
    await announce(unit, COURSE, row, "stopped")
    return row


async def all_stopped(session: AsyncSession, repair_id: UUID) -> bool:
    """Whether nobody who was asked still publishes."""
    asked = select(PublicationStop.id).where(
        PublicationStop.repair_id == repair_id, PublicationStop.status == StopStatus.ASKED
    )
    return await session.scalar(asked.limit(1)) is None


async def tell_of_stops(unit: Unit) -> int:
    """Whoever publishes beyond its day is told, and the credit office; how many alerts are new."""
    found = await unit.session.scalars(
        select(PublicationStop)
        .where(PublicationStop.status == StopStatus.ASKED, PublicationStop.due_on < unit.today)
        .order_by(PublicationStop.id)
    )
    raised = 0
    for row in found.all():
        alert = Raised(
            kind=AlertKind.RESIDUAL_PUNISHMENT,
            severity=AlertSeverity.SEVERE,
            due_on=row.due_on,
            clause=stored_clause(row.due_basis),
            units=(row.publisher_id,),
            to_credit_office=True,
        )
        raised += await raise_alert(unit.session, row, f"{row.case_number} 重整后仍在公布", alert, unit.at)
    return raised
