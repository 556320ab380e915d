"""What goes wrong between hub and register; the desk of a register without a system; bad input and attacks."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, text

from connectors.sandbox.civil_affairs.system import CivilFault
from hub.db.models import AuditEvent, MarriageItem
from tests.support.marriage import ADOPTED, Marriages, citizen, decision


async def sealed(marriages: Marriages, *numbers: int) -> Any:
    await marriages.steps.adopt(**ADOPTED)
    for number in numbers:
        marriages.register.register.marry(citizen(2 * number), citizen(2 * number + 1))
    await marriages.record(*(decision(number) for number in numbers))
    await marriages.pass_days(20)
    (batch,) = await marriages.batches(month="2026-06")
    return batch


async def test_a_register_that_answers_wrongly_moves_nothing_until_it_answers_rightly(marriages: Marriages) -> None:
    batch = await sealed(marriages, 1, 2)
    await marriages.exchange()
    key = next(marriages.register.end.folder.root.glob("out/*.jsonl")).stem.removeprefix("marriage-")
    for fault in (CivilFault.MUTE, CivilFault.FORGED, CivilFault.GARBAGE):
        marriages.register.faults = {fault}
        marriages.register._seen.clear()
        marriages.register.work()
        assert await marriages.exchange() == 0, fault
        assert (await marriages.batches())[-1]["status"] == "SENT", fault
    marriages.register.faults = {CivilFault.FORGETFUL}
    marriages.register._seen.clear()
    for couple in marriages.register.register.married:
        marriages.register.register.married[couple] = True
    marriages.register.work()
    assert await marriages.exchange() == 1
    assert await marriages.exchange() == 0, "a receipt that forgets an item is not taken"
    (stands,) = await marriages.batches(month="2026-06")
    assert (stands["status"], {item["receipt"] for item in stands["items"]}) == ("RECEIVED", {None})
    content = [{"item": 1, "result": "UPDATED"}, {"item": 2, "result": "CONFLICT", "reason": "姓名不符"}]
    marriages.register.faults = set()
    marriages.register._say(f"{key}.receipts", {"key": key, "receipts": content})
    assert await marriages.exchange() == 1
    await marriages.pass_days(0)
    (done,) = await marriages.batches(month="2026-06")
    assert (done["status"], done["matchPercent"]) == ("EXCEPTIONS", 50)
    assert batch["digest"] == done["digest"]


async def test_a_system_that_confirms_another_digest_has_not_received_the_batch(marriages: Marriages) -> None:
    await sealed(marriages, 1)
    marriages.register.faults = {CivilFault.OTHER_DIGEST}
    await marriages.exchange()
    marriages.register.work()
    await marriages.exchange()
    assert (await marriages.batches(month="2026-06"))[0]["status"] == "QUARANTINED"


async def test_a_register_without_a_system_works_at_the_desk(marriages: Marriages) -> None:
    batch = await sealed(marriages, 1, 2)
    assert (await marriages.read("civil", batch, purpose="。"))["code"] == "PURPOSE_INSUFFICIENT"
    assert (await marriages.fire("civil", batch, "receive", {"itemCount": 2, "digest": "0" * 64}))[
        "code"
    ] == "EVENT_NOT_NOW", "what was not read was not taken over"
    read = await marriages.read("civil", batch)
    assert read["items"][0]["partyACitizenId"] == citizen(2)
    arrived = {"itemCount": 2, "digest": read["digest"]}
    assert (await marriages.fire("civil", batch, "receive", {**arrived, "digest": "0" * 64}))["code"] == "BATCH_DIFFERS"
    assert (await marriages.fire("civil", batch, "quarantine", arrived))["code"] == "BATCH_IS_WHOLE"
    assert (await marriages.fire("court", batch, "receive", arrived))["code"] == "ACTOR_NOT_PERMITTED"
    assert (await marriages.fire("civil", batch, "receive", arrived))["status"] == "RECEIVED"
    receipts = [{"number": 1, "result": "UPDATED"}, {"number": 2, "result": "NOT_FOUND"}]
    assert (await marriages.fire("civil", batch, "process", {"receipts": receipts}))["code"] == "RECEIPT_REASON"
    receipts[1]["reason"] = "查无登记"
    short = await marriages.fire("civil", batch, "process", {"receipts": receipts[:1]})
    assert short["code"] == "RECEIPTS_INCOMPLETE"
    assert (await marriages.fire("civil", batch, "process", {"receipts": receipts}))["status"] == "PROCESSED"
    await marriages.pass_days(0)
    assert (await marriages.batches(month="2026-06"))[0]["status"] == "EXCEPTIONS"
    async with marriages.steps.world.sessions.system("test") as session:
        reads = (await session.scalars(select(AuditEvent.subject).where(AuditEvent.event == "marriage:read"))).all()
    assert reads == ["county.civil"]


async def test_bad_input_is_refused_whole_with_every_reason(marriages: Marriages) -> None:
    assert (await marriages.record(decision(1)))["code"] == "MARRIAGE_NOT_SHARED"
    await marriages.steps.adopt(**{**ADOPTED, "marriage.kinds": ["DIVORCE_JUDGMENT"]})
    wrong = decision(2, kind="VOID", effectiveOn="2027-01-01", caseNumber="第1号")
    wrong["partyB"] = wrong["partyA"]
    refused = await marriages.record(decision(1), wrong)
    codes = {reason["code"] for reason in refused["reasons"]}
    assert {"MARRIAGE_KIND_NOT_SHARED", "MARRIAGE_NOT_EFFECTIVE", "PARTIES_SAME"} < codes
    assert citizen(4) not in str(refused)
    assert (await marriages.record(decision(1, documentDigest="x")))["code"] == "DOCUMENT_DIGEST_FORM"
    assert await marriages.batches() == [], "nothing of it was kept"
    assert (await marriages.record())["code"] == "MARRIAGE_ITEMS"
    assert (await marriages.record(decision(1), decision(1)))["code"] == "MARRIAGE_TOLD"
    assert (await marriages.record(decision(1), who="civil"))["code"] == "SCOPE_REQUIRED"
    made = await marriages.record(decision(1))
    given = {"itemId": made["items"][0]["id"], "reason": "案号有误"}
    for who, code in (("neighbour.court", "NOT_FOUND"), ("civil", "SCOPE_REQUIRED")):
        found = await marriages.change(who, "withdrawMarriageItem", "marriageItem", "MarriageWithdrawal", given)
        assert found["code"] == code
    assert "id" in await marriages.change("court", "withdrawMarriageItem", "marriageItem", "MarriageWithdrawal", given)
    assert "id" in await marriages.record(decision(1)), "what was withdrawn may be recorded again"


async def test_row_security_alone_keeps_parties_from_everybody_else(marriages: Marriages) -> None:
    world = marriages.steps.world
    await sealed(marriages, 1)
    for who in ("county.police", "county.audit", "neighbour.civil", "neighbour.court", "city.court"):
        async with world.sessions.write(world[who]) as session:
            assert (await session.execute(text("select * from marriage_item"))).all() == [], who
            for change in ("marriage_item set receipt = 'UPDATED'", "marriage_batch set sends = 9"):
                assert (await session.execute(text(f"update {change} returning id"))).all() == [], who
            seen = (await session.execute(text("select digest from marriage_batch"))).all()
            assert len(seen) == (who == "county.audit"), "the auditor reads that there was a batch"
    async with world.sessions.system("test") as session:
        (row,) = (await session.scalars(select(MarriageItem))).all()
    assert row.receipt is None
    assert "大山".encode() not in row.parties_sealed.raw


async def test_no_month_before_a_court_joined_is_said_to_be_empty(marriages: Marriages) -> None:
    await marriages.steps.adopt(**ADOPTED)
    await marriages.pass_days(1)
    assert [(each["month"], each["status"]) for each in await marriages.batches()] == [("2026-06", "COLLECTING")]
    await marriages.pass_days(20)
    (batch,) = await marriages.batches(month="2026-06")
    assert (batch["status"], batch["itemCount"]) == ("SEALED", 0)
