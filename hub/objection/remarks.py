"""What a credit office adds to a listing: a note, that the platform shields it, that its court please check it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.exchange_codes import STANDING
from hub.canonical.objection_codes import RemarkKind
from hub.core.errors import Denied, NotFound, Reason, refuse_if
from hub.core.ids import new_id
from hub.core.payload import find_problems, required
from hub.core.principal import RoleName
from hub.db.models import DishonestyRecord, ListingRemark
from hub.events.outbox import publish
from hub.workflow.rows import within
from hub.workflow.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """对失信信息的批注、屏蔽确认或核对请求 (what is added to a listing)."""

    record_id: UUID = required("失信信息标识", "id of the listing", node="DR")
    note: str = required("说明", "note", limit=1000)


def remarking(kind: RemarkKind) -> Callable[[Unit, Remark], Awaitable[UUID]]:
    """Adds one kind of remark. Raises ``NotFound``, ``Denied`` for who is not the credit office of the place,
    ``Refused`` (LISTING_STILL_STANDS) for a shield before its court has deleted."""

    async def add(unit: Unit, given: Remark) -> UUID:
        refuse_if(find_problems(given))
        record: DishonestyRecord | None = await unit.session.scalar(
            select(DishonestyRecord).where(DishonestyRecord.id == given.record_id)
        )
        if record is None:
            raise NotFound(path=("recordId",))
        offices = unit.principal.paths(RoleName.CREDIT_OFFICE)
        recording = unit.principal.on_behalf_of is not None
        if recording or not any(record.jurisdiction_path.startswith(path) for path in offices):
            raise Denied(Reason("REMARK_OFFICE", ("recordId",)))
        if kind is RemarkKind.SHIELD_CONFIRMED and record.status in STANDING:
            refuse_if([Reason("LISTING_STILL_STANDS", ("recordId",))])
        return await _keep(unit, record, kind, given.note.strip())

    return add


async def _keep(unit: Unit, record: DishonestyRecord, kind: RemarkKind, note: str) -> UUID:
    row = ListingRemark(
        id=new_id(),
        kind=kind,
        record_id=record.id,
        court_id=record.court_id,
        organization_id=unit.organization_id,
        note=note,
        created_at=unit.at,
        **within(record),
    )
    unit.session.add(row)
    await unit.session.flush()
    target = Target("ListingRemark", row.id, row.jurisdiction_path)
    await unit.audit(AuditAction.LISTING_REMARKED, target, kind=kind.value)
    await publish(
        unit.session,
        tenant_id=row.tenant_id,
        type_="listingremark.added",
        key=f"ListingRemark:{row.id}",
        ids={"id": str(row.id), "version": 1},
    )
    return row.id
