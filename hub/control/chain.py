"""The chain of one control and the queue of one asset: what may follow what, for how long, and who is next.

Nothing here reads or writes a database, so that every sequence can be tried.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from hub.canonical.control_codes import AssetControlStatus, ControlAction, ControlResult
from hub.control.assets import is_money
from hub.control.commands import LASTING, TAKING, ControlAnswer, amount_of
from hub.core.errors import Reason
from hub.db.models import AssetControl, ControlOrder

S, A, R = AssetControlStatus, ControlAction, ControlResult
ACTIVE = (S.CONTROLLED, S.RENEWED)
ENDED = (S.NOT_CONTROLLED, S.RELEASED, S.TRANSFERRED, S.EXPIRED, S.CANCELLED)
NEEDS: dict[ControlAction, tuple[AssetControlStatus, ...]] = {
    A.FREEZE: (S.REQUESTED,),
    A.QUEUED_FREEZE: (S.REQUESTED,),
    A.FREEZE_AND_TRANSFER: (S.REQUESTED,),
    A.RENEW: ACTIVE,
    A.RELEASE: ACTIVE,
    A.RELEASE_QUEUED: (S.QUEUED,),
    A.TRANSFER: (S.REQUESTED, *ACTIVE),
    A.WITHDRAW_INCOME: (S.REQUESTED, *ACTIVE),
}
"""States of a control in which an action is about something."""


def state_problems(control: AssetControl, action: ControlAction) -> Iterator[Reason]:
    if control.status not in NEEDS[action]:
        yield Reason("CONTROL_STATE", ("action",))


def last_day(starts_on: date, months: int) -> date:
    """Last day of a period of months."""
    return starts_on + relativedelta(months=months) - timedelta(days=1)


def remaining(control: AssetControl) -> Decimal | None:
    """What is controlled and not taken yet; None where no amount was told."""
    return None if control.amount_controlled is None else control.amount_controlled - control.amount_transferred


def ahead(control: AssetControl, others: Iterable[AssetControl]) -> bool:
    """Whether somebody stands before the control: an earlier one in the queue, or one that holds the asset.

    Money is controlled by amounts, side by side.
    """
    for other in others:
        if other.id == control.id:
            continue
        if other.status is S.QUEUED and (control.queue_number is None or _number(other) < control.queue_number):
            return True
        if other.status in ACTIVE and not is_money(control.asset_class):
            return True
    return False


def answer_problems(
    order: ControlOrder, control: AssetControl, others: Sequence[AssetControl], answer: ControlAnswer, today: date
) -> Iterator[Reason]:
    """Everything that keeps an answer from being true of its order."""
    if answer.result is R.NOT_CONTROLLED:
        return
    confirms = order.result is R.QUEUED and control.status in ACTIVE
    if not confirms and not (order.result is R.QUEUED and control.status is S.QUEUED):
        yield from state_problems(control, order.action)
    if answer.result is R.QUEUED:
        if order.action not in (A.FREEZE, A.QUEUED_FREEZE) or order.result is R.QUEUED:
            yield Reason("RESULT_ACTION", ("result",))
        return
    if order.action in (A.FREEZE, A.QUEUED_FREEZE) and not confirms and ahead(control, others):
        yield Reason("RESULT_QUEUE", ("result",))
    yield from _period_problems(order, control, answer, today)
    yield from _amount_problems(order, control, answer)


def _period_problems(
    order: ControlOrder, control: AssetControl, answer: ControlAnswer, today: date
) -> Iterator[Reason]:
    start, end = answer.starts_on, answer.ends_on
    if order.action not in LASTING:
        if start is not None or end is not None:
            yield Reason("RESULT_FIELDS", ("startsOn",))
        return
    assert order.months is not None
    if start is None or end is None:
        yield Reason("RESULT_PERIOD_MISSING", ("startsOn",))
        return
    if order.action is A.RENEW:
        assert control.starts_on is not None
        assert control.ends_on is not None
        fits = control.starts_on <= start <= control.ends_on + timedelta(days=1) and end > control.ends_on
    else:
        fits = start <= today <= end
    if not fits or start > end:
        yield Reason("RESULT_PERIOD", ("startsOn",))
    if end > last_day(start, order.months):
        yield Reason("RESULT_TOO_LONG", ("endsOn",), {"limit": order.months})


def _amount_problems(order: ControlOrder, control: AssetControl, answer: ControlAnswer) -> Iterator[Reason]:
    told, asked = amount_of(answer.amount_controlled), order.amount_requested
    if asked is None:
        return
    if told is None:
        yield Reason("RESULT_AMOUNT_MISSING", ("amountControlled",))
        return
    excess = amount_of(answer.amount_excess)
    if excess is not None and excess != max(told - asked, Decimal(0)):
        yield Reason("RESULT_EXCESS", ("amountExcess",))
    if order.action in TAKING:
        left = remaining(control) if control.status in ACTIVE else None
        if told > asked or (left is not None and told > left):
            yield Reason("RESULT_TAKEN", ("amountControlled",))


def apply(order: ControlOrder, control: AssetControl, answer: ControlAnswer, today: date) -> bool:
    """Let the control be what the answer says; whether it ended and left its place to the next."""
    order.result, order.reason = answer.result, answer.reason
    order.starts_on, order.ends_on = answer.starts_on, answer.ends_on
    order.amount_controlled = told = amount_of(answer.amount_controlled)
    if told is not None and order.amount_requested is not None:
        order.amount_excess = max(told - order.amount_requested, Decimal(0))
    if answer.result is R.CONTROLLED:
        return _done(order, control, today)
    if answer.result is R.QUEUED:
        control.status = S.QUEUED
        return False
    if control.status is S.REQUESTED or (order.action in (A.FREEZE, A.QUEUED_FREEZE)):
        held = control.status in ACTIVE
        end(control, S.NOT_CONTROLLED, today)
        return held
    return False


def _done(order: ControlOrder, control: AssetControl, today: date) -> bool:
    match order.action:
        case A.RELEASE | A.RELEASE_QUEUED:
            held = control.status in ACTIVE
            end(control, S.RELEASED, today)
            return held
        case A.RENEW:
            control.status, control.ends_on, control.months = S.RENEWED, order.ends_on, order.months
            return False
        case A.FREEZE | A.QUEUED_FREEZE:
            control.status, control.starts_on, control.ends_on = S.CONTROLLED, order.starts_on, order.ends_on
            control.amount_controlled, control.amount_excess = order.amount_controlled, order.amount_excess
            return False
    return _taken(order, control, today)


def _taken(order: ControlOrder, control: AssetControl, today: date) -> bool:
    """What is taken is gone; a control of which something is left goes on."""
    assert order.amount_controlled is not None
    held = control.status in ACTIVE
    if control.amount_controlled is None:
        control.amount_controlled = order.amount_controlled
    control.amount_transferred += order.amount_controlled
    if not held or control.amount_transferred >= control.amount_controlled:
        end(control, S.TRANSFERRED, today)
        return held
    return False


def end(control: AssetControl, status: AssetControlStatus, today: date) -> None:
    control.status, control.ended_on = status, today


def next_in_line(others: Iterable[AssetControl]) -> AssetControl | None:
    """Who takes effect when a control of the asset has ended: the first of the queue, unless the asset is held yet."""
    standing = list(others)
    queued = sorted((each for each in standing if each.status is S.QUEUED), key=_number)
    held = any(each.status in ACTIVE and not is_money(each.asset_class) for each in standing)
    return queued[0] if queued and not held else None


def take_effect(control: AssetControl, today: date) -> None:
    """A queued control takes effect by itself; its period begins now (查封扣押冻结规定 第二十六条)."""
    assert control.months is not None
    control.status, control.starts_on, control.ends_on = S.CONTROLLED, today, last_day(today, control.months)


def _number(control: AssetControl) -> int:
    assert control.queue_number is not None
    return control.queue_number
