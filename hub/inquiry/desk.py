"""The desk of a holder without a system: its work as a spreadsheet, and back with the answers.

One row is one item; an answer with several items takes several rows of the same number. What is left blank stays open.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import select

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target as AuditTarget
from hub.canonical.execution_codes import AnswerCode
from hub.core.errors import Reason, Refused, refuse_if
from hub.core.payload import required
from hub.core.texts import label_text
from hub.db.models import ExecutionOrder
from hub.db.tenant_keys import tenant_keys
from hub.inquiry.commands import HolderAnswer
from hub.inquiry.findings import KIND_OF, SHAPES, Finding, finding
from hub.inquiry.order_workflow import WAITING
from hub.inquiry.orders import fire_order
from hub.inquiry.sheets import MOST_ROWS, Row, rows_of, sheet_of
from hub.inquiry.targets import Target, target_context
from hub.workflow.unit import Unit

NUMBER, CODE, AS_OF, SUBJECT, NOTE = "请求单号", "结果", "数据截至日期", "证件号码", "说明"
FIXED = (NUMBER, "案号", "查询类型", "被查询人", SUBJECT, "反馈期限", CODE, AS_OF, NOTE)
SPECIFIC = tuple(dict.fromkeys(spec.metadata["text"].zh for shape in SHAPES.values() for spec in fields(shape)))
HEADINGS = FIXED + SPECIFIC
_CODES = {label_text(f"AnswerCode.{code.value}").zh: code for code in AnswerCode} | {c.value: c for c in AnswerCode}


@dataclass(frozen=True, slots=True)
class DeskUpload:
    """填写后的查询表 (the sheet with its answers), .xlsx."""

    content: str = required("文件内容（Base64）", "the file in base64", limit=8 * 1024 * 1024)


async def work_sheet(unit: Unit) -> tuple[bytes, int]:
    """The holder's open orders as XLSX, each with a trace; and how many they are."""
    found = await unit.session.scalars(
        select(ExecutionOrder)
        .where(ExecutionOrder.holder_id == unit.organization_id, ExecutionOrder.status.in_(WAITING))
        .order_by(ExecutionOrder.due_on, ExecutionOrder.order_number)
        .limit(MOST_ROWS)
    )
    orders = found.all()
    return sheet_of(HEADINGS, [await _outgoing(unit, order) for order in orders]), len(orders)


async def _outgoing(unit: Unit, order: ExecutionOrder) -> Sequence[str]:
    await unit.audit(
        AuditAction.EXECUTION_ORDER_OPENED, AuditTarget("ExecutionOrder", order.id, order.jurisdiction_path)
    )
    keys = await tenant_keys(unit.session, unit.keyring, order.tenant_id, unit.at)
    assert order.target_sealed is not None
    target = Target.parse(keys.open(order.target_sealed, context=target_context(order.id)))
    kind = label_text(f"QueryType.{order.query_type.value}").zh
    return (order.order_number, order.case_number, kind, target.name, target.number, order.due_on.isoformat())


async def take_in(unit: Unit, content: bytes) -> int:
    """Answer every order that the sheet answers; how many. Raises ``Refused`` with every reason, then nothing is."""
    filled = list(_filled(await asyncio.to_thread(rows_of, content, HEADINGS)))
    if not filled:
        raise Refused(Reason("DESK_EMPTY", ("content",)))
    found = await unit.session.scalars(
        select(ExecutionOrder).where(
            ExecutionOrder.holder_id == unit.organization_id,
            ExecutionOrder.status.in_(WAITING),
            ExecutionOrder.order_number.in_({row[NUMBER] for _, row in filled}),
        )
    )
    orders = {order.order_number: order for order in found}
    grouped: defaultdict[str, list[tuple[int, Row]]] = defaultdict(list)
    for at, row in filled:
        grouped[row[NUMBER]].append((at, row))
    reasons: list[Reason] = []
    for number, rows in grouped.items():
        reasons += await _answer(unit, orders.get(number), rows)
    refuse_if(reasons)
    return len(grouped)


async def _answer(unit: Unit, order: ExecutionOrder | None, rows: Sequence[tuple[int, Row]]) -> Sequence[Reason]:
    at = rows[0][0]
    if order is None:
        return (Reason("DESK_ORDER", ("content", at), {"row": at}),)
    try:
        await fire_order(unit, order.id, "answer", _incoming(order, rows))
    except Refused as refused:
        return [Reason("DESK_ROW", ("content", at), {"row": at, "problem": why.text.zh}) for why in refused.reasons]
    return ()


def _filled(rows: Iterable[tuple[int, Row]]) -> Iterator[tuple[int, Row]]:
    for at, row in rows:
        if any(row.get(heading) for heading in (CODE, *SPECIFIC)):
            yield at, row


def _incoming(order: ExecutionOrder, rows: Sequence[tuple[int, Row]]) -> HolderAnswer:
    """What the rows of one order answer. Raises ``Refused`` on a code or date that is none."""
    first = rows[0][1]
    items = [_finding(KIND_OF[order.query_type], row) for _, row in rows]
    code = _CODES.get(first.get(CODE, ""))
    try:
        as_of = date.fromisoformat(first.get(AS_OF, ""))
    except ValueError:
        as_of = date.max
    refuse_if(
        (
            *(() if code else (Reason("ANSWER_CODE", (CODE,)),)),
            *(() if as_of < date.max else (Reason("ANSWER_DATE", (AS_OF,)),)),
        )
    )
    assert code is not None
    return HolderAnswer(
        code=code,
        as_of=as_of,
        subject_number=first.get(SUBJECT) or None,
        items=tuple(item for item in items if item is not None),
        note=first.get(NOTE) or None,
    )


def _finding(kind: str, row: Row) -> Finding | None:
    """The item of a row; nothing when the columns of its kind are blank."""
    shape = SHAPES[kind]
    told: dict[str, Any] = {spec.name: row.get(spec.metadata["text"].zh) or None for spec in fields(shape)}
    if not any(told.values()):
        return None
    return finding(kind, told)
