"""Reminders, urging letters and orders: drafted by rule, signed by a person, answered by the unit, or followed up."""

from __future__ import annotations

import base64
import hashlib
import io

import pytest
from docx import Document

from hub.runtime import Runtime
from tests.support.client import ClientOf
from tests.support.court import DISHONEST, PENDING, court_at, settle
from tests.support.supervising import CASE, Supervising
from tests.support.world import World

DOCUMENT = "documents { fileName digest content } signatures { signedBy post }"
EVIDENCE = f'evidence: [{{name: "履行凭证", digest: "{hashlib.sha256(b"proof").hexdigest()}"}}]'
ALERTS = "{ alerts { nodes { kind clause organization { shortName } target { id } } } }"


@pytest.fixture
async def steps(world: World, runtime: Runtime, client_of: ClientOf) -> Supervising:
    await settle(world)
    return Supervising(world, runtime, client_of)


async def alerts(steps: Supervising, unit: str) -> list[tuple[str, str]]:
    nodes = (await steps.read(unit, ALERTS))["alerts"]["nodes"]
    return sorted((each["kind"], each["organization"]["shortName"]) for each in nodes)


@pytest.mark.duty("S3-1")
async def test_a_suit_against_a_unit_drafts_a_reminder_that_a_person_signs_and_the_unit_answers(
    steps: Supervising, tmp_path
) -> None:
    """Told by the court's list or by its own report: one suit, one reminder."""
    await steps.practise(push__case_lists=["DISHONEST", "PENDING"], reminder__on_filing=True)
    court = court_at(steps.world, steps.runtime, tmp_path)
    court.send((PENDING, court.row(PENDING, 1, "police", 诉讼地位="被告")))
    await court.hear()
    await steps.report(of="finance")
    assert await steps.work() == 1
    drafts = await steps.notices("credit")
    assert (
        sorted(each["kind"] + each["trigger"] + each["status"] for each in drafts)
        == ["REMINDER_LETTERCASE_FILEDDRAFT"] * 2
    )
    assert await steps.notices("police") == await steps.notices("finance") == []
    (draft,) = [each for each in drafts if CASE in each["title"]]
    assert draft["clause"] == "二(一)"
    issued = await steps.signed_off(draft)
    assert (issued["status"], issued["documentNo"]) == ("ISSUED", "发展和改革委员会督〔2026〕1号")
    await steps.work()
    (mine,) = await steps.notices("finance")
    assert mine["status"] == "DELIVERED"
    (possible,) = await steps.notices("finance", "availableEvents { event allowed }")
    assert [each["event"] for each in possible["availableEvents"] if each["allowed"]] == ["sign"]
    await steps.advance("finance", mine, "sign", '{receivedBy: "李收发"}')
    await steps.advance("finance", mine, "nameResponsible", '{leader: "王局长", person: "赵科长"}')
    reply = f'{{text: "已与对方协商和解", {EVIDENCE}}}'
    assert (await steps.advance("finance", mine, "reply", reply))["status"] == "REPLIED"
    assert (await steps.advance("credit", mine, "accept"))["status"] == "CLOSED_SATISFIED"


@pytest.mark.duty("S3-2")
async def test_a_lost_suit_urges_performance_by_the_date_the_court_fixed(steps: Supervising) -> None:
    await steps.practise(urging__on_loss=True, urging__by_court_period=True, notice__escalate__after=3)
    await steps.report(kind="LOST", performBy='"2026-07-01"')
    await steps.work()
    (draft,) = await steps.notices("credit")
    assert (draft["kind"], draft["dueOn"]) == ("URGING_LETTER", "2026-07-01")
    await steps.signed_off(draft)
    await steps.work()
    letter = (await steps.notices("police", f"id {DOCUMENT}"))[0]
    (kept,) = letter["documents"]
    content = base64.b64decode(kept["content"])
    assert hashlib.sha256(content).hexdigest() == kept["digest"]
    text = "\n".join(each.text for each in Document(io.BytesIO(content)).paragraphs)
    for said in ("发展和改革委员会督〔2026〕1号", "温县公安局：", CASE, "2026年7月1日", "主任 张主任"):
        assert said in text, said
    log = '{ exchangeMessages(filter: {operation: "issueDocument"}) { nodes { requestDigest legalBasis } } }'
    (entry,) = (await steps.read("audit", log))["exchangeMessages"]["nodes"]
    assert entry == {"requestDigest": kept["digest"], "legalBasis": "二(一)"}
    steps.world.clock.move_to(2026, 6, 25)
    await steps.work()
    assert await alerts(steps, "police") == [("DUE_SOON", "公安局")]
    steps.world.clock.move_to(2026, 7, 2)
    await steps.work()
    await steps.work()
    (late,) = await steps.notices("credit")
    assert (late["overdue"], late["urgeCount"]) == (True, 1)
    assert ("OVERDUE", "发展和改革委员会") in await alerts(steps, "credit")
    steps.world.clock.move_to(2026, 7, 5)
    await steps.work()
    assert ("ESCALATED", "焦作市公安局") in await alerts(steps, "city.police")
    (above,) = await steps.notices("city.police", "id status facts reply documents { digest }")
    assert (above["facts"], above["documents"]) == (None, [])


async def test_a_listing_drafts_an_order_to_the_unit_and_its_superior_and_is_escalated_when_overdue(
    steps: Supervising, tmp_path
) -> None:
    await steps.practise(
        order__on_listing=True, order__kind="SUPERVISION_ORDER", notice__copies_superior=True, award__restricted=True
    )
    court = court_at(steps.world, steps.runtime, tmp_path)
    row = court.row(DISHONEST, 1, "police", 状态="已公布")
    court.send((DISHONEST, row))
    court.send((DISHONEST, {**row, "报文号": "再报", "序号": "9"}))
    await court.hear()
    (draft,) = await steps.notices("credit")
    assert (draft["kind"], draft["trigger"]) == ("SUPERVISION_ORDER", "LISTED")
    assert {each["role"] for each in draft["recipients"]} == {"SUBJECT", "SUPERIOR"}
    await steps.in_handling(draft)
    (copied,) = await steps.notices("city.police", "id facts status")
    assert copied["facts"]
    assert (await steps.advance("city.police", copied, "sign", '{receivedBy: "周处长"}'))["status"] == "IN_HANDLING"
    refused = await steps.advance("credit", draft, "escalate")
    assert refused["code"] == "NOT_OVERDUE"
    steps.world.clock.advance(days=60)
    escalated = await steps.advance("credit", draft, "escalate")
    assert (escalated["status"], escalated["escalationLevel"]) == ("ESCALATED", 1)
    closed = await steps.advance("credit", draft, "closeUnresolved", '{reason: "逾期未落实"}')
    assert closed["status"] == "CLOSED_UNRESOLVED"
    court.send((DISHONEST, court.row(DISHONEST, 2, "police", 状态="已公布")))
    await court.hear()
    (second,) = [each for each in await steps.notices("credit") if each["status"] == "DRAFT"]
    await steps.in_handling(second)
    eligible = "query($o: ID!) { awardEligibility(organizationId: $o, year: 2026) { eligible } }"
    police = steps.organization("police")
    assert (await steps.read("credit", eligible, o=police))["awardEligibility"] == {"eligible": False}
    await steps.work()
    for case in (1, 2):
        steps.world.clock.advance(days=1)
        court.send((DISHONEST, court.row(DISHONEST, case, "police", 报文号=f"撤销{case}", 状态="已撤销")))
    await court.hear()
    await steps.work()
    ended = {each["id"]: each["status"] for each in await steps.notices("police")}
    assert ended == {draft["id"]: "CLOSED_UNRESOLVED", second["id"]: "WITHDRAWN"}
    assert (await steps.read("credit", eligible, o=police))["awardEligibility"] == {"eligible": True}


async def test_an_order_of_credit_office_and_court_needs_both_signatures_and_names_who_answers(
    steps: Supervising, tmp_path
) -> None:
    await steps.practise(order__on_listing=True, order__with_court=True)
    court = court_at(steps.world, steps.runtime, tmp_path)
    court.send((DISHONEST, court.row(DISHONEST, 1, "police", 状态="已公布")))
    await court.hear()
    (draft,) = await steps.notices("court")
    assert draft["kind"] == "ASSIGNMENT_ORDER"
    assert (await steps.signed_off(draft))["status"] == "PENDING_SIGNOFF"
    again = await steps.advance("credit", draft, "signoff", '{signedBy: "张主任", post: "主任"}')
    assert again["code"] == "SIGNATURE_ALREADY_GIVEN"
    issued = await steps.advance("court", draft, "signoff", '{signedBy: "陈院长", post: "院长"}')
    assert (issued["status"], issued["documentNo"]) == ("ISSUED", "发展和改革委员会督〔2026〕1号")
    await steps.work()
    await steps.advance("police", draft, "sign", '{receivedBy: "李收发"}')
    missing = await steps.advance("police", draft, "nameResponsible", '{leader: " ", person: ""}')
    assert [reason["path"][-1] for reason in missing["reasons"]] == ["leader", "person"]
    named = await steps.advance(
        "police", draft, "nameResponsible", '{leader: "王局长", person: "赵科长"}', "status responsiblePerson"
    )
    assert named == {"status": "IN_HANDLING", "responsiblePerson": "赵科长"}
