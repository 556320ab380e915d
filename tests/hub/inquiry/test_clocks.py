"""What clocks do to queries by themselves."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select, update

from hub.core.ids import decode_node_id
from hub.db import models
from tests.support.inquiry import ASKER, COMMAND, LEADER, Inquiry


async def kinds(inquiry: Inquiry) -> set[tuple[str, int, str]]:
    """Alerts as kind, offset and who was told."""
    names = {key: name for name, key in inquiry.world.organizations.items()}
    found = await inquiry.rows(select(models.Alert))
    return {(alert.kind.value, alert.offset_days, names[alert.organization_id]) for alert in found}


async def test_silence_is_urged_and_an_objection_is_decided_in_its_time(inquiry: Inquiry) -> None:
    """Due after three working days: asked on a Monday, due on Thursday."""
    query = await inquiry.sent()
    order = await inquiry.order_of("county.police")
    assert await inquiry.rows(select(models.ExecutionOrder.due_on)) == [date(2026, 6, 18)] * 2
    await inquiry.watch(days=3)
    assert await kinds(inquiry) == set()
    await inquiry.watch(days=1)
    told = {("QUERY_UNANSWERED", 0, unit) for unit in ("county.police", "county.finance", "county.court")}
    assert await kinds(inquiry) == told
    await inquiry.watch(minutes=5)
    assert await inquiry.rows(select(models.ExecutionOrder.urge_count)) == [1, 1]
    urged = await inquiry.fire_order(ASKER, order, "urge")
    assert urged["urgeCount"] == 2
    objected = await inquiry.fire_order("county.police", order, "objectTo", {"grounds": "请求超出法定协助范围"})
    assert (objected["status"], objected["objectionDueOn"]) == ("OBJECTED", "2026-07-04")
    assert (await inquiry.fire_order(ASKER, order, "uphold", {"reason": "异议成立"}))["code"] == "ACTOR_NOT_PERMITTED"
    await inquiry.watch(days=15)
    assert ("OBJECTION_OVERDUE", 0, "county.court") not in await kinds(inquiry)
    await inquiry.watch(days=1)
    assert ("OBJECTION_OVERDUE", 0, "county.court") in await kinds(inquiry)
    assert {(kind, days) for kind, days, _ in await kinds(inquiry) if kind == "QUERY_UNANSWERED"} == {
        ("QUERY_UNANSWERED", 0),
        ("QUERY_UNANSWERED", 7),
    }
    again = await inquiry.fire_order(LEADER, order, "overrule", {"reason": "属于协助范围"})
    assert (again["status"], again["dueOn"]) == ("DISPATCHED", "2026-07-08")
    account = await inquiry.order_of("county.finance")
    await inquiry.fire_order("county.finance", account, "objectTo", {"grounds": "被查询人非本单位客户"})
    assert (await inquiry.fire_order(COMMAND, account, "uphold", {"reason": "成立"}))["status"] == "CANCELLED"
    await inquiry.fire_order("county.police", order, "answer", inquiry.nothing())
    assert await inquiry.rows(select(models.ExecutionQuery.status)) == ["ANSWERED"]
    assert query["status"] == "DISPATCHED"


async def test_an_emergency_goes_out_at_once_and_lapses_unless_it_is_approved_within_a_day(inquiry: Inquiry) -> None:
    query = await inquiry.submit(urgency="EMERGENCY")
    assert query["status"] == "DISPATCHED"
    await inquiry.fire_order("county.police", await inquiry.order_of("county.police"), "answer", inquiry.answer())
    assert "answers" in await inquiry.read(ASKER, query)
    assert (await inquiry.read(LEADER, query))["code"] == "FORBIDDEN"
    kept = await inquiry.submit(urgency="EMERGENCY")
    refused = await inquiry.submit(urgency="EMERGENCY", number=2)
    assert (await inquiry.fire(LEADER, kept, "approve"))["status"] == "DISPATCHED"
    assert (await inquiry.fire(LEADER, kept, "approve"))["code"] == "EVENT_NOT_NOW"
    for _ in range(2):
        waiting = await inquiry.order_of("county.finance")
        await inquiry.fire_order("county.finance", waiting, "answer", inquiry.nothing())
    assert (await inquiry.fire(LEADER, refused, "reject", {"reason": "不紧急"}))["status"] == "CANCELLED"
    await inquiry.watch(minutes=24 * 60 - 1)
    assert len(await inquiry.rows(select(models.ExecutionResult))) == 3
    await inquiry.watch(minutes=1)
    left = await inquiry.rows(select(models.ExecutionResult))
    assert [str(row.query_id) for row in left] == [
        str(key)
        for key in await inquiry.rows(
            select(models.ExecutionQuery.id).where(models.ExecutionQuery.inquiry_number == kept["inquiryNumber"])
        )
    ]
    assert ("APPROVAL_LAPSED", 0, "county.court") in await kinds(inquiry)
    statuses = await inquiry.rows(select(models.ExecutionQuery.status).order_by(models.ExecutionQuery.id))
    assert statuses == ["CANCELLED", "PARTIALLY_ANSWERED", "CANCELLED"]
    assert (await inquiry.read(ASKER, query))["answers"] == []


async def test_a_date_that_cannot_be_reckoned_holds_up_no_other(inquiry: Inquiry) -> None:
    await inquiry.sent()
    police = await inquiry.order_of("county.police")
    waits = update(models.ExecutionOrder).values(due_provisional=True, due_on=date(2026, 6, 16))
    broken = models.ExecutionOrder.id == decode_node_id(police["id"])[1]
    async with inquiry.world.sessions.system("test") as session:
        await session.execute(waits)
        await session.execute(update(models.ExecutionOrder).where(broken).values(deadline_basis={}))
    await inquiry.watch()
    found = await inquiry.rows(select(models.ExecutionOrder).order_by(models.ExecutionOrder.due_provisional))
    assert [(order.due_provisional, order.due_on) for order in found] == [
        (False, date(2026, 6, 18)),
        (True, date(2026, 6, 16)),
    ]


async def test_a_question_is_repeated_until_its_last_day_and_ends_with_its_case(inquiry: Inquiry) -> None:
    repeated = {"repeatDays": 10, "repeatUntil": inquiry.day(25)}
    query = await inquiry.sent(("county.police", "VEHICLE"), **repeated)
    await inquiry.fire_order("county.police", await inquiry.order_of("county.police"), "answer", inquiry.answer())
    await inquiry.watch(days=9)
    assert len(await inquiry.rows(select(models.ExecutionOrder))) == 1
    rounds = []
    # Four days late, then on the day that follows from when it was due.
    for days in (5, 5, 1, 4, 5):
        await inquiry.watch(days=days)
        rounds.append(len(await inquiry.rows(select(models.ExecutionOrder))))
    assert rounds == [2, 2, 3, 3, 3]
    assert await inquiry.rows(select(models.ExecutionQuery.status)) == ["DISPATCHED"]
    answered = await inquiry.read(ASKER, query)
    assert [answer["code"] for answer in answered["answers"]] == ["FOUND"]
    async with inquiry.world.sessions.system("test") as session:
        closed = update(models.LegalCase).where(models.LegalCase.id == inquiry.cases[1].id)
        await session.execute(closed.values(closed_on=date(2026, 7, 13)))
    await inquiry.watch()
    (row,) = await inquiry.rows(select(models.ExecutionQuery))
    assert (row.status, row.purge_on) == ("CLOSED", date(2026, 6, 15) + timedelta(days=29 + 30))
    assert set(await inquiry.rows(select(models.ExecutionOrder.status))) == {"ANSWERED", "CANCELLED"}


async def test_an_emergency_is_not_taken_out_of_its_approval(inquiry: Inquiry) -> None:
    query = await inquiry.submit(urgency="EMERGENCY")
    await inquiry.fire_order("county.police", await inquiry.order_of("county.police"), "answer", inquiry.answer())
    given = {"reason": "SEAL_MISSING", "note": "缺章", "contact": "李四 13900000000"}
    await inquiry.fire_order("county.finance", await inquiry.order_of("county.finance"), "sendBack", given)
    documents = {"documents": [inquiry.document(b"%PDF-1.7 sealed")]}
    for event, payload in (("close", None), ("correct", documents)):
        assert (await inquiry.fire(ASKER, query, event, payload))["code"] == "APPROVAL_OUTSTANDING", event
    await inquiry.fire(LEADER, query, "approve")
    assert (await inquiry.fire(ASKER, query, "correct", documents))["status"] == "PENDING_APPROVAL"
    assert (await inquiry.read(ASKER, query))["code"] == "QUERY_UNAPPROVED"
    assert (await inquiry.fire(LEADER, query, "approve"))["status"] == "PARTIALLY_ANSWERED"
    ended = await inquiry.submit(urgency="EMERGENCY", number=2, expiresOn=inquiry.day(0))
    moved = update(models.ExecutionQuery).where(models.ExecutionQuery.inquiry_number == ended["inquiryNumber"])
    async with inquiry.world.sessions.system("test") as session:
        await session.execute(moved.values(expires_on=date(2026, 6, 1)))
    await inquiry.watch()
    of = models.ExecutionQuery.inquiry_number == ended["inquiryNumber"]
    assert await inquiry.rows(select(models.ExecutionQuery.status).where(of)) == ["CANCELLED"]
    assert await kinds(inquiry) == {("APPROVAL_LAPSED", 0, "county.court")}
    last = await inquiry.submit(urgency="EMERGENCY", number=2)
    of = models.ExecutionQuery.inquiry_number == last["inquiryNumber"]
    async with inquiry.world.sessions.system("test") as session:
        await session.execute(update(models.ExecutionQuery).where(of).values(status="PENDING_APPROVAL"))
    await inquiry.watch(minutes=24 * 60)
    assert await inquiry.rows(select(models.ExecutionQuery.status).where(of)) == ["CANCELLED"]


async def test_nothing_more_is_asked_about_who_is_no_obligor_or_for_who_is_no_officer(inquiry: Inquiry) -> None:
    repeated = {"repeatDays": 10, "repeatUntil": inquiry.day(60)}
    asked = [await inquiry.sent(("county.police", "VEHICLE"), number=number, **repeated) for number in (1, 2)]
    waiting = await inquiry.submit(number=1)
    async with inquiry.world.sessions.system("test") as session:
        freed = models.DishonestyRecord.subject_id == inquiry.subjects[1].id
        await session.execute(update(models.DishonestyRecord).where(freed).values(mirror_status="ENDED"))
    assert (await inquiry.fire(LEADER, waiting, "approve"))["code"] == "TARGET_NOT_OBLIGOR"
    await inquiry.watch(days=10)
    assert sorted(await inquiry.rows(select(models.ExecutionOrder.round))) == [1, 1, 2]
    other = await inquiry.submit(number=2)
    await inquiry.register(ASKER, "OFFICER", days=1)
    await inquiry.watch(days=10)
    assert (await inquiry.fire(LEADER, other, "approve"))["code"] == "REQUESTER_INVALID"
    assert sorted(await inquiry.rows(select(models.ExecutionOrder.round))) == [1, 1, 2]
    numbers = [query["inquiryNumber"] for query in asked]
    told = select(models.ExecutionQuery.decision_note).where(models.ExecutionQuery.inquiry_number.in_(numbers))
    notes = await inquiry.rows(told.order_by(models.ExecutionQuery.id))
    assert ["被执行人" in notes[0], "执行公务证" in notes[1]] == [True, True]
