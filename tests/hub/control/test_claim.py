"""What the court's list says is claimed: more controlled is flagged, and once it is covered nothing more is asked."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from hub.db import models
from tests.support.controlling import ACCOUNT, BANK, Controlling
from tests.support.court import PENDING, court_at
from tests.support.inquiry import Inquiry


async def test_more_than_is_claimed_is_flagged_and_a_repeated_question_ends_once_the_claim_is_covered(
    inquiry: Inquiry, tmp_path: Path
) -> None:
    control, court = Controlling(inquiry), court_at(inquiry.world, inquiry.runtime, tmp_path)
    court.system.last_batch = 1
    court.send((PENDING, court.row(PENDING, 1, "police", 标的金额="1000.00")))
    await court.hear()
    await inquiry.sent((BANK, "BANK_ACCOUNT"), repeatDays=10, repeatUntil=inquiry.day(60))
    told = inquiry.answer(items=[ACCOUNT])
    order = await inquiry.fire_order(BANK, await inquiry.order_of(BANK), "answer", told)
    freeze = await control.sent(control.draft(order, amount="1000.00"))
    await control.fire(BANK, freeze, "answer", control.done("999.99"))
    assert [(each["amountControlled"], each["overControlled"]) for each in await control.controls()] == [
        ("999.99", False)
    ]
    rounds = select(models.ExecutionOrder.round).order_by(models.ExecutionOrder.round)
    await inquiry.watch(days=10)
    assert await inquiry.rows(rounds) == [1, 2], "a fen is missing: it is asked again"
    court.send((PENDING, court.row(PENDING, 1, "police", 标的金额="700.00")))
    await court.hear()
    await inquiry.watch(days=10)
    assert await inquiry.rows(rounds) == [1, 2]
    (note,) = await inquiry.rows(select(models.ExecutionQuery.decision_note))
    assert "不少于本案标的" in note
    another = [{"account": {**ACCOUNT["account"], "accountNumber": "6217000099998888"}}]
    other = await inquiry.fire_order(BANK, await inquiry.order_of(BANK), "answer", inquiry.answer(items=another))
    more = await control.sent(control.draft(other, amount="100.00"))
    await control.fire(BANK, more, "answer", control.done("100.00"))
    (beyond,) = await control.controls(number=more["orderNumber"])
    assert beyond["overControlled"] is True, "with the other it is more than the case claims"
