"""What a client does with exports: ask for one, cancel one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import func, select

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target, record
from hub.canonical.codes import BulkStatus
from hub.core.errors import Denied, NotFound, Reason, Refused
from hub.core.ids import new_id
from hub.core.payload import SHORT_TEXT, required
from hub.db.models import BulkOperation
from hub.workflow.unit import Unit

KIND = "BulkOperation"
OPEN = (BulkStatus.CREATED, BulkStatus.RUNNING)


@dataclass(frozen=True, slots=True)
class BulkRun:
    """要导出的查询及目的 (what to export, and what for)."""

    query: str = required(
        "查询文档：一个查询，根字段恰为一个分页列表；其 first 不起作用，嵌套列表按各自的 first 内嵌于行中",
        "the query document: one query with one paged list as its root field, whose first has no effect; "
        "nested lists stand inside the row, each up to its own first",
        limit=20_000,
    )
    purpose: str = required("目的，记入审计", "purpose; goes on record", limit=SHORT_TEXT)


@dataclass(frozen=True, slots=True)
class BulkCancellation:
    """要取消的导出 (the export to cancel)."""

    bulk_operation_id: UUID = required("导出标识", "id of the export", node="BO")


async def start(unit: Unit, asked: BulkRun, field: str, *, queued: int) -> UUID:
    """Put an export into the queue. Raises ``Refused`` (BULK_QUEUE_FULL) at ``queued`` open ones of the client."""
    principal = unit.principal
    if principal.on_behalf_of is not None or principal.token_id is None:
        raise Denied(Reason("FORBIDDEN"), audit_note="an export is made by a client for itself")
    await unit.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(principal.subject, 0))))
    waiting = select(func.count()).select_from(BulkOperation).where(BulkOperation.status.in_(OPEN))
    if (await unit.session.scalar(waiting) or 0) >= queued:
        raise Refused(Reason("BULK_QUEUE_FULL", (), {"limit": queued}))
    made = BulkOperation(
        id=new_id(),
        client_id=principal.subject,
        organization_id=unit.organization_id,
        home_path=principal.home_path,
        token_id=principal.token_id,
        token_scopes=sorted(principal.scopes),
        query=asked.query,
        field=field,
        purpose=asked.purpose,
        status=BulkStatus.CREATED,
        created_at=unit.at,
    )
    unit.session.add(made)
    await unit.session.flush()
    await _record(unit, AuditAction.BULK_STARTED, made, field=field)
    return made.id


async def cancel(unit: Unit, asked: BulkCancellation) -> UUID:
    """End an export that has not ended. Raises ``NotFound``, or ``Refused`` (BULK_ENDED)."""
    where = ("bulkOperationId",)
    found = await unit.session.scalar(
        select(BulkOperation).where(BulkOperation.id == asked.bulk_operation_id).with_for_update()
    )
    if found is None:
        raise NotFound(path=where)
    if found.status not in OPEN:
        raise Refused(Reason("BULK_ENDED", where))
    found.status, found.completed_at, found.lease_until = BulkStatus.CANCELLED, unit.at, None
    await unit.session.flush()
    await _record(unit, AuditAction.BULK_CANCELLED, found, rows=found.row_count)
    return found.id


async def _record(unit: Unit, action: AuditAction, row: BulkOperation, **detail: object) -> None:
    principal = replace(unit.principal, purpose=row.purpose)
    target = Target(KIND, row.id, row.home_path)
    await record(unit.session, principal, action, at=unit.at, target=target, detail=detail)
