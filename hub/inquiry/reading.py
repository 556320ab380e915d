"""Reading what was found: for asker, co-handler, approver and command centre alone, with a purpose, a count, a
watermark and a trace, all of it written before anything is opened."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import func, insert, select

from hub.alerts.raising import Raised, raise_alert
from hub.audit.catalogue import AuditAction
from hub.audit.recorder import About, Target, record_each
from hub.canonical.codes import AlertKind, AlertSeverity
from hub.canonical.execution_codes import ExecutionQueryStatus, OfficerCapacity
from hub.core.errors import Denied, Reason, Refused, refuse_if
from hub.core.ids import new_id
from hub.core.payload import find_problems, optional, required
from hub.db.models import Alert, ExecutionOfficer, ExecutionOrder, ExecutionQuery, ExecutionRead, ExecutionResult
from hub.db.tenant_keys import tenant_keys
from hub.inquiry.officers import acting_officer
from hub.inquiry.order_effects import result_context
from hub.inquiry.purposes import purpose_problems
from hub.workflow.firing import move, touch
from hub.workflow.rows import locked
from hub.workflow.unit import Unit

_HOUR = timedelta(hours=1)


class Readable(Protocol):
    """What can be read for a purpose: it has a court and somebody it is about."""

    tenant_id: Any
    jurisdiction_path: Any
    court_id: Any
    target_index: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultReading:
    """查阅查控结果 (reading the results of a query)."""

    query_id: UUID = required("网络查控标识", "id of the query", node="EQ")
    purpose: str = required("本次查阅用途", "purpose of this reading", limit=500)
    order_id: UUID | None = optional("只查阅一件协助查询的反馈", "read the answer to one order only", node="EO")


@dataclass(slots=True)
class Released:
    """What is released once the reading is committed; ``stopped`` is the limit that was passed instead."""

    watermark: str = ""
    answers: list[dict[str, Any]] = field(default_factory=list)
    stopped: int | None = None


async def read_results(unit: Unit, asked: ResultReading) -> Released:
    """Record the reading, then open the answers. Raises ``NotFound``, ``Denied`` (OFFICER_*, FORBIDDEN), ``Refused``.

    An officer who reads more than the policy's measure gets nothing, is stopped, and the command centre is alarmed;
    that is committed, so the caller has to look at ``stopped``.
    """
    # Locked, so that readings at the same time are counted one after another.
    officer = await acting_officer(unit, locked=True)
    query: ExecutionQuery = await locked(unit, ExecutionQuery, asked.query_id, path="queryId")
    if not may_read(officer, query):
        raise Denied(Reason("FORBIDDEN"))
    pack = await unit.policy.pack(unit.session, query.jurisdiction_id, unit.today)
    refuse_if((*find_problems(asked), *purpose_problems(asked.purpose, pack, ("purpose",)), *state_problems(query)))
    answered = await _answered(unit, query, asked.order_id)
    limit, weight = pack.number("inquiry.reads_per_hour"), sum(_weight(order) for order, _ in answered)
    # What no officer could read at once is no sign of reading too much.
    refuse_if(() if weight <= limit else (Reason("READ_TOO_LARGE", ("orderId",), {"limit": limit}),))
    if await is_stopped(unit, officer, weight, limit):
        return Released(stopped=limit)
    watermark = watermark_of(unit, query.inquiry_number, officer)
    await keep_on_record(unit, asked, officer, query, [order for order, _ in answered], watermark)
    keys = await tenant_keys(unit.session, unit.keyring, query.tenant_id, unit.at)
    return Released(
        watermark,
        [
            {"order": order, **json.loads(keys.open(result.content_sealed, context=result_context(order.id)))}
            for order, result in answered
        ],
    )


def released_or_refused(released: Released) -> Released:
    """Raises ``Refused`` (READ_LIMIT) when the officer was stopped."""
    if released.stopped is not None:
        raise Refused(Reason("READ_LIMIT", params={"limit": released.stopped}))
    return released


def may_read(officer: ExecutionOfficer, query: ExecutionQuery) -> bool:
    named = (query.requester_id, query.approver_id, *query.co_handler_ids)
    return officer.court_id == query.court_id and (officer.id in named or officer.capacity is OfficerCapacity.COMMAND)


def state_problems(query: ExecutionQuery) -> tuple[Reason, ...]:
    if query.status is ExecutionQueryStatus.PURGED:
        return (Reason("RESULTS_PURGED", ("queryId",)),)
    if query.status is ExecutionQueryStatus.PENDING_APPROVAL:
        return (Reason("QUERY_UNAPPROVED", ("queryId",)),)
    return (Reason("QUERY_CLOSED", ("queryId",)),) if query.closed_at is not None else ()


async def _answered(
    unit: Unit, query: ExecutionQuery, order_id: UUID | None
) -> Sequence[tuple[ExecutionOrder, ExecutionResult]]:
    statement = (
        select(ExecutionOrder, ExecutionResult)
        .join(ExecutionResult, ExecutionResult.id == ExecutionOrder.id)
        .where(ExecutionOrder.query_id == query.id)
        .order_by(ExecutionOrder.round, ExecutionOrder.id)
    )
    if order_id is not None:
        statement = statement.where(ExecutionOrder.id == order_id)
    return (await unit.session.execute(statement)).tuples().all()


def _weight(order: ExecutionOrder) -> int:
    """An answer that nothing was found tells something too: it counts as one."""
    return max(order.item_count or 0, 1)


async def is_stopped(unit: Unit, officer: ExecutionOfficer, weight: int, limit: int) -> bool:
    """Whether reading so much now is more than an officer may within an hour; he is stopped then."""
    beyond = await _read_lately(unit) + weight > limit
    if beyond:
        await _stop(unit, officer)
    return beyond


def watermark_of(unit: Unit, number: str, officer: ExecutionOfficer) -> str:
    return f"{number} 证号{officer.certificate_number} {unit.at:%Y-%m-%dT%H:%M:%SZ}"


async def _read_lately(unit: Unit) -> int:
    own = (ExecutionRead.client_id == unit.principal.subject, ExecutionRead.at > unit.at - _HOUR)
    found = await unit.session.scalar(select(func.coalesce(func.sum(ExecutionRead.item_count), 0)).where(*own))
    return int(found or 0)


async def _stop(unit: Unit, officer: ExecutionOfficer) -> None:
    officer.suspended_at = unit.at
    touch(unit, officer)
    await unit.session.flush()
    target = Target("ExecutionOfficer", officer.id, officer.jurisdiction_path)
    await unit.audit(AuditAction.EXECUTION_OFFICER_STOPPED, target)
    # Each stop of a day is an alarm of its own: the offset tells them apart.
    earlier = await unit.session.scalar(
        select(func.count()).where(
            Alert.kind == AlertKind.READS_STOPPED, Alert.target_id == officer.id, Alert.due_on == unit.today
        )
    )
    alarm = Raised(
        kind=AlertKind.READS_STOPPED,
        severity=AlertSeverity.SEVERE,
        due_on=unit.today,
        offset=earlier or 0,
        units=(officer.court_id,),
    )
    await raise_alert(unit.session, officer, officer.certificate_number, alarm, unit.at, by=unit.principal)


async def keep_on_record(
    unit: Unit,
    asked: ResultReading,
    officer: ExecutionOfficer,
    query: ExecutionQuery,
    orders: Sequence[ExecutionOrder],
    watermark: str,
) -> None:
    """One entry for each answer, and the query's count; flushed, so that nothing is opened that is not written."""
    reads = [
        {
            "id": new_id(),
            "tenant_id": query.tenant_id,
            "jurisdiction_path": query.jurisdiction_path,
            "query_id": query.id,
            "order_id": order.id,
            "court_id": query.court_id,
            "target_index": query.target_index,
            "client_id": unit.principal.subject,
            "officer_id": officer.id,
            "purpose": asked.purpose,
            "item_count": _weight(order),
            "watermark": watermark,
            "at": unit.at,
        }
        for order in orders
    ]
    traces = [
        About(
            Target("ExecutionOrder", order.id, order.jurisdiction_path),
            {"read": str(read["id"]), "items": read["item_count"]},
        )
        for order, read in zip(orders, reads, strict=True)
    ]
    if reads:
        await unit.session.execute(insert(ExecutionRead), reads)
    await record_each(unit.session, unit.principal, AuditAction.EXECUTION_RESULT_READ, traces, at=unit.at)
    query.access_count += 1
    move(unit, query, ExecutionQueryStatus.USED if query.status == ExecutionQueryStatus.ANSWERED else query.status)
    await unit.session.flush()


async def keep_read(
    unit: Unit,
    officer: ExecutionOfficer,
    about: Readable,
    target: Target,
    purpose: str,
    watermark: str,
    weight: int,
    **of: UUID,
) -> None:
    """Write one reading down, with its audit entry; ``of`` names what was read."""
    read = ExecutionRead(
        id=new_id(),
        tenant_id=about.tenant_id,
        jurisdiction_path=about.jurisdiction_path,
        court_id=about.court_id,
        target_index=about.target_index,
        client_id=unit.principal.subject,
        officer_id=officer.id,
        purpose=purpose,
        item_count=weight,
        watermark=watermark,
        at=unit.at,
        **of,
    )
    unit.session.add(read)
    await unit.session.flush()
    await unit.audit(AuditAction.EXECUTION_RESULT_READ, target, read=str(read.id), items=weight)
