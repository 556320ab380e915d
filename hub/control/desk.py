"""The control desk of a holder without a system: its work as a spreadsheet, and back with the results."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from hub.canonical.control_codes import ControlResult
from hub.control.commands import ControlAnswer
from hub.control.orders import fire_control, opened
from hub.control.workflow import WAITING
from hub.core.errors import Reason, Refused, refuse_if
from hub.core.texts import label_text
from hub.db.models import ControlOrder
from hub.inquiry.sheets import MOST_ROWS, Row, rows_of, sheet_of
from hub.workflow.unit import Unit

NUMBER, RESULT, AMOUNT, START, END, WHY = "请求单号", "结果", "实际控制金额", "控制起始日", "控制截止日", "原因"
HEADINGS = (
    NUMBER,
    "案号",
    "控制措施",
    "被执行人",
    "证件号码",
    "财产",
    "请求金额",
    "币种",
    "期限（月）",
    "反馈期限",
    RESULT,
    AMOUNT,
    START,
    END,
    WHY,
)
_WORDS = {"已控": ControlResult.CONTROLLED, "未控": ControlResult.NOT_CONTROLLED, "轮候": ControlResult.QUEUED}


async def control_sheet(unit: Unit) -> tuple[bytes, int]:
    """The holder's open control orders as XLSX, each with a trace; and how many they are."""
    found = await unit.session.scalars(
        select(ControlOrder)
        .where(ControlOrder.holder_id == unit.organization_id, ControlOrder.status.in_(WAITING))
        .order_by(ControlOrder.due_on, ControlOrder.order_number)
        .limit(MOST_ROWS)
    )
    orders = found.all()
    return sheet_of(HEADINGS, [await _outgoing(unit, order) for order in orders]), len(orders)


async def _outgoing(unit: Unit, order: ControlOrder) -> Sequence[str]:
    asset = (await opened(unit, order)).asset
    amount, months = order.amount_requested, order.months
    return (
        order.order_number,
        order.case_number,
        label_text(f"ControlAction.{order.action.value}").zh,
        asset["target"]["name"],
        asset["target"]["number"],
        "；".join(value for value in asset["item"].values() if value),
        "" if amount is None else str(amount),
        order.currency,
        "" if months is None else str(months),
        order.due_on.isoformat(),
    )


async def take_in_controls(unit: Unit, content: bytes) -> int:
    """Answer every order that the sheet answers; how many. Raises ``Refused`` with every reason, then nothing is."""
    rows = await asyncio.to_thread(rows_of, content, HEADINGS)
    filled = [(at, row) for at, row in rows if any(row.get(heading) for heading in (RESULT, AMOUNT, START, END, WHY))]
    if not filled:
        raise Refused(Reason("DESK_EMPTY", ("content",)))
    found = await unit.session.scalars(
        select(ControlOrder).where(
            ControlOrder.holder_id == unit.organization_id,
            ControlOrder.status.in_(WAITING),
            ControlOrder.order_number.in_({row[NUMBER] for _, row in filled}),
        )
    )
    orders = {order.order_number: order for order in found}
    reasons: list[Reason] = []
    for at, row in filled:
        # Each number once: what was answered in one row is no longer open for the next.
        reasons += await _answer(unit, orders.pop(row[NUMBER], None), at, row)
    refuse_if(reasons)
    return len(filled)


async def _answer(unit: Unit, order: ControlOrder | None, at: int, row: Row) -> Sequence[Reason]:
    if order is None:
        return (Reason("DESK_ORDER", ("content", at), {"row": at}),)
    try:
        await fire_control(unit, order.id, "answer", _incoming(row))
    except Refused as refused:
        return [Reason("DESK_ROW", ("content", at), {"row": at, "problem": why.text.zh}) for why in refused.reasons]
    return ()


def _incoming(row: Row) -> ControlAnswer:
    """What a row answers. Raises ``Refused`` on a result or date that is none."""
    result = _WORDS.get(row.get(RESULT, ""))
    if result is None:
        raise Refused(Reason("RESULT_WORD", (RESULT,)))
    return ControlAnswer(
        result=result,
        reason=row.get(WHY) or None,
        amount_controlled=row.get(AMOUNT) or None,
        starts_on=_day(row.get(START)),
        ends_on=_day(row.get(END)),
    )


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(Reason("DATE_INVALID")) from None
