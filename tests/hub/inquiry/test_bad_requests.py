"""What is refused, whole and with every reason; nothing is then asked of anybody."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import func, select, update

from hub.core.ids import encode_node_id, new_id
from hub.db import models
from tests.support.inquiry import ASKER, COMMAND, LEADER, OTHER, Inquiry


def codes(refusal: Any) -> list[str]:
    return sorted({reason["code"] for reason in refusal["reasons"]})


async def test_a_request_that_lacks_anything_is_refused_and_asks_nobody(inquiry: Inquiry) -> None:
    async with inquiry.world.sessions.system("test") as session:
        closed = update(models.LegalCase).where(models.LegalCase.id == inquiry.cases[2].id)
        await session.execute(closed.values(closed_on=date(2026, 6, 1)))
    neighbour = encode_node_id("SU", inquiry.subjects[2].id)
    spouse = encode_node_id("SU", new_id())
    forged = inquiry.document(seal=inquiry.document(b"another")["seal"])
    stranger = [{"holderOrganizationId": inquiry.organization("neighbour.police"), "queryType": "VEHICLE"}]
    twice = [{"holderOrganizationId": inquiry.organization("county.police"), "queryType": "VEHICLE"}] * 2
    cases: dict[str, tuple[dict[str, Any], list[str]]] = {
        "a neighbour as target": ({"subjectId": neighbour}, ["TARGET_NOT_OBLIGOR"]),
        "a spouse the court told nothing of": ({"subjectId": spouse}, ["TARGET_NOT_OBLIGOR"]),
        "a closed case": ({"number": 2}, ["CASE_NOT_OPEN"]),
        "a full stop as purpose": ({"purposeText": "。"}, ["PURPOSE_INSUFFICIENT"]),
        "a purpose of one letter": ({"purposeText": "查查查查查查查查"}, ["PURPOSE_INSUFFICIENT"]),
        "no document": ({"documents": []}, ["DOCUMENTS_MISSING"]),
        "a document without bytes": ({"documents": [{**inquiry.document(), "content": "文书"}]}, ["BASE64_INVALID"]),
        "another digest": ({"documents": [inquiry.document(sha256="0" * 64)]}, ["DOCUMENT_DIGEST"]),
        "a forged seal": ({"documents": [forged]}, ["DOCUMENT_SEAL"]),
        "a seal nobody registered": ({"documents": [inquiry.document(sealSerial="S9")]}, ["DOCUMENT_SEAL"]),
        "no notice": ({"documents": [inquiry.document(kind="EXECUTION_RULING")]}, ["NOTICE_MISSING"]),
        "a holder elsewhere": ({"asks": stranger}, ["HOLDER_OUT_OF_AREA"]),
        "a holder twice": ({"asks": twice}, ["HOLDERS_INVALID"]),
        "open too long": ({"expiresOn": inquiry.day(181)}, ["EXPIRY_INVALID"]),
        "repetition without end": ({"repeatDays": 7}, ["REPEAT_INVALID"]),
        "a stranger as co-handler": ({"coHandlerIds": [encode_node_id("EF", new_id())]}, ["CO_HANDLER_UNKNOWN"]),
        "several": (
            {"subjectId": neighbour, "purposeText": "。", "documents": []},
            ["DOCUMENTS_MISSING", "PURPOSE_INSUFFICIENT", "TARGET_NOT_OBLIGOR"],
        ),
    }
    found = {name: codes(await inquiry.submit(**changes)) for name, (changes, _) in cases.items()}
    assert found == {name: expected for name, (_, expected) in cases.items()}
    assert (await inquiry.submit(who="county.court"))["code"] == "OFFICER_UNKNOWN"
    assert (await inquiry.submit(who="county.police"))["code"] == "SCOPE_REQUIRED"
    inquiry.world.clock.advance(days=401)
    assert (await inquiry.submit(number=1, expiresOn=inquiry.day(30)))["code"] == "OFFICER_EXPIRED"
    for model in (models.ExecutionQuery, models.ExecutionOrder, models.ExecutionDocument):
        assert await inquiry.rows(select(func.count()).select_from(model)) == [0]
    assert await inquiry.rows(select(models.OutboxEvent).where(models.OutboxEvent.type.like("exec%"))) == []


async def test_nobody_decides_or_answers_what_is_not_his(inquiry: Inquiry) -> None:
    own = await inquiry.submit(who=LEADER)
    assert (await inquiry.fire(LEADER, own, "approve"))["code"] == "SELF_APPROVAL"
    query = await inquiry.submit()
    reused = {"number": 2, "documents": [inquiry.document(b"%PDF-1.7 notice 1")]}
    assert codes(await inquiry.submit(who=OTHER, **reused)) == ["DOCUMENT_OF_ANOTHER_CASE"]
    assert (await inquiry.fire(ASKER, query, "approve"))["code"] == "ACTOR_NOT_PERMITTED"
    for onlooker in (OTHER, "county.police", "neighbour.court", "county.office"):
        refused = await inquiry.fire(onlooker, query, "approve")
        assert refused["code"] in {"NOT_FOUND", "SCOPE_REQUIRED"}, onlooker
    assert (await inquiry.fire(LEADER, query, "correct", {"documents": []}))["code"] == "EVENT_NOT_NOW"
    assert await (await inquiry.client("county.police")).data("{ executionOrders { totalCount } }") == {
        "executionOrders": {"totalCount": 0}
    }
    await inquiry.fire(LEADER, query, "approve")
    order = await inquiry.order_of("county.police")
    for stranger in ("neighbour.police", "county.civil", "county.finance"):
        assert (await inquiry.fire_order(stranger, order, "answer", inquiry.answer()))["code"] == "NOT_FOUND"
    bad = {
        "another's number": (inquiry.answer(subjectNumber=inquiry.numbers[2]), "ANSWER_SUBJECT"),
        "no number": (inquiry.answer(subjectNumber=None), "ANSWER_SUBJECT"),
        "another kind": (inquiry.answer(items=[{"account": {"accountNumber": "6222"}}]), "ANSWER_TYPE"),
        "two kinds": (
            inquiry.answer(items=[{"vehicle": {"plate": "a"}, "phone": {"phoneNumber": "1"}}]),
            "ANSWER_TYPE",
        ),
        "found nothing that is there": (inquiry.answer(items=[]), "ANSWER_ITEMS"),
        "nothing with items": (inquiry.answer(code="NOT_FOUND"), "ANSWER_ITEMS"),
        "refused without a word": ({"code": "REFUSED", "asOf": inquiry.day(0)}, "ANSWER_NOTE"),
        "from the future": (inquiry.answer(asOf=inquiry.day(1)), "ANSWER_DATE"),
    }
    found = {
        name: codes(await inquiry.fire_order("county.police", order, "answer", said)) for name, (said, _) in bad.items()
    }
    assert found == {name: [code] for name, (_, code) in bad.items()}
    assert await inquiry.rows(select(models.ExecutionResult)) == []
    assert (await inquiry.fire_order("county.police", order, "answer", inquiry.answer()))["status"] == "ANSWERED"
    assert (await inquiry.fire_order("county.police", order, "answer", inquiry.nothing()))["code"] == "EVENT_NOT_NOW"
    assert len(await inquiry.rows(select(models.ExecutionResult))) == 1
    other = await inquiry.order_of("county.finance")
    await inquiry.fire(COMMAND, query, "close")
    assert (await inquiry.fire_order("county.finance", other, "answer", inquiry.nothing()))["code"] == "EVENT_NOT_NOW"


async def test_a_court_registers_its_own_clients_and_never_itself(inquiry: Inquiry) -> None:
    await inquiry.client("neighbour.court")
    before = await inquiry.rows(select(models.ExecutionOfficer.client_id))
    for who, expected in (
        ("county.court", "OFFICER_SELF"),
        ("neighbour.court", "CLIENT_NOT_OWN"),
        ("nobody", "CLIENT_NOT_OWN"),
    ):
        assert (await inquiry.register(who, "COMMAND"))["code"] == expected, who
    assert await inquiry.rows(select(models.ExecutionOfficer.client_id)) == before
    world = inquiry.world
    elsewhere = models.ExecutionOfficer(
        id=new_id(),
        court_id=world.organizations["neighbour.court"],
        client_id=ASKER,
        certificate_number=f"豫0825-{ASKER}",
        capacity="OFFICER",
        valid_to=date(2027, 1, 1),
        version=1,
        tenant_id=inquiry.cases[1].tenant_id,
        jurisdiction_id=inquiry.cases[1].jurisdiction_id,
        jurisdiction_path=inquiry.cases[1].jurisdiction_path,
    )
    async with world.sessions.system("test") as session:
        session.add(elsewhere)
    assert "id" in await inquiry.register(ASKER, "OFFICER")
