"""What is wrong with a notice or an act on it is refused whole, with every reason, and nothing is sent."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from hub.db.models import DocumentSeries, NoticeSignature, OfficialDocument, OutboxEvent, SupervisionNotice
from hub.runtime import Runtime
from tests.support.client import ClientOf
from tests.support.court import OTHER_CODE, settle
from tests.support.supervising import CASE, NOTICE, Supervising
from tests.support.world import NEIGHBOUR, World

SIGN = '{signedBy: "张主任", post: "主任"}'
RECEIVE = '{receivedBy: "李收发"}'
EVIDENCE = f'{{text: "已履行", evidence: [{{name: "凭证", digest: "{"a" * 64}"}}]}}'


@pytest.fixture
async def steps(world: World, runtime: Runtime, client_of: ClientOf) -> Supervising:
    await settle(world)
    return Supervising(world, runtime, client_of)


async def state(steps: Supervising) -> tuple[object, ...]:
    """All that a refused act must leave alone: rows, what was told, what was signed, numbered and issued."""
    async with steps.world.sessions.system("test") as session:
        rows = await session.execute(
            select(SupervisionNotice.id, SupervisionNotice.version, SupervisionNotice.status).order_by(
                SupervisionNotice.id
            )
        )
        counts = [
            await session.scalar(select(func.count()).select_from(model))
            for model in (OutboxEvent, NoticeSignature, OfficialDocument)
        ]
        return (*rows.tuples().all(), *counts, await session.scalar(select(func.max(DocumentSeries.last))))


async def refused(steps: Supervising, act, *codes: str) -> None:
    before = await state(steps)
    answer = await act
    assert [reason["code"] for reason in answer["reasons"]] == list(codes), answer
    assert await state(steps) == before


async def test_drafts_that_are_wrong_are_refused_with_every_reason(steps: Supervising) -> None:
    foreign = f'"（2026）{OTHER_CODE}民初12号"'
    await refused(steps, steps.draft("neighbour.court"), "ISSUER_NOT_PERMITTED")
    await refused(steps, steps.draft("court", caseNumber=foreign), "CASE_OF_OTHER_COURT")
    await refused(
        steps,
        steps.draft("court", caseNumber=foreign, dueOn='"2026-06-15"', to="neighbour.police"),
        "NOTICE_DUE_DATE_PASSED",
        "SAME_JURISDICTION_ONLY",
        "CASE_OF_OTHER_COURT",
    )
    twice = f'["{steps.organization("police")}"]'
    await refused(
        steps,
        steps.draft(title='" "', copiedIds=twice, coIssuerIds=twice),
        *("TEXT_EMPTY",),
        "RECIPIENT_TWICE",
        "ISSUER_IS_RECIPIENT",
    )
    await refused(steps, steps.draft(to="credit"), "ISSUER_IS_RECIPIENT")
    await refused(steps, steps.draft("credit", jurisdictionCode=f'"{NEIGHBOUR}"'), "ISSUER_NOT_PERMITTED")
    before = await state(steps)
    department = await steps.draft("finance")
    assert department["code"] == "SCOPE_REQUIRED"
    assert await state(steps) == before


async def test_what_courts_report_must_be_theirs(steps: Supervising) -> None:
    await refused(
        steps,
        steps.report("neighbour.court", performBy='"2026-07-01"'),
        "PERFORM_BY_NOT_ALLOWED",
    )
    await refused(steps, steps.report("neighbour.court"), "CASE_OF_OTHER_COURT", "SAME_JURISDICTION_ONLY")
    await refused(steps, steps.report(kind="LOST"), "PERFORM_BY_MISSING")
    await refused(steps, steps.report(of="office"), "SUBJECT_NOT_GOVERNMENT")
    assert (await steps.report())["caseNumber"] == CASE
    await refused(steps, steps.report(), "CASE_ALREADY_REPORTED")


async def test_an_unsigned_draft_reaches_nobody_and_each_step_is_its_own_units(steps: Supervising) -> None:
    await steps.practise(office__records_for_units=True)
    notice = await steps.draft(copiedIds=f'["{steps.organization("civil")}"]')
    assert (await steps.advance("credit", notice, "deliver"))["code"] == "EVENT_NOT_NOW"
    await refused(steps, steps.advance("credit", notice, "signoff", SIGN), "EVENT_NOT_NOW")
    for unit in ("police", "civil", "finance", "office", "government", "audit", "city.police", "court"):
        assert await steps.notices(unit, "id") == []
        await refused(steps, steps.advance(unit, notice, "withdraw", '{reason: "x"}'), "NOT_FOUND")
    await steps.work()
    assert await steps.notices("police", "id") == []
    await steps.advance("credit", notice, "submit")
    await refused(steps, steps.advance("credit", notice, "signoff", '{signedBy: "", post: " "}'), *["TEXT_EMPTY"] * 2)
    await refused(steps, steps.advance("police", notice, "sign", RECEIVE), "NOT_FOUND")
    assert (await steps.advance("credit", notice, "signoff", SIGN))["documentNo"].endswith("〔2026〕1号")
    await refused(steps, steps.advance("credit", notice, "signoff", SIGN), "EVENT_NOT_NOW")
    await steps.work()
    await refused(steps, steps.advance("finance", notice, "sign", RECEIVE), "NOT_FOUND")
    await refused(steps, steps.advance("office", notice, "sign", RECEIVE), "ACTOR_NOT_PERMITTED")
    stranger = f'id: "{notice["id"]}", event: {{sign: {RECEIVE}}}, onBehalfOf: "{steps.organization("finance")}"'
    office = await steps.client("office")
    await refused(steps, office.change("advanceSupervisionNotice", stranger, NOTICE, "id"), "RECORDING_FOR_STRANGER")
    await steps.advance("civil", notice, "sign", RECEIVE)
    await refused(steps, steps.advance("civil", notice, "sign", RECEIVE), "RECEIPT_ALREADY_GIVEN")
    assert (await steps.advance("police", notice, "sign", RECEIVE))["status"] == "SIGNED"
    await refused(steps, steps.advance("police", notice, "sign", RECEIVE), "RECEIPT_ALREADY_GIVEN")
    await refused(
        steps,
        steps.advance("civil", notice, "nameResponsible", '{leader: "王", person: "赵"}'),
        "ACTOR_NOT_PERMITTED",
    )
    assert [len(await steps.notices(unit, "id")) for unit in ("office", "government", "audit", "civil")] == [1] * 4
    assert [len(await steps.notices(unit, "id")) for unit in ("finance", "court", "neighbour.credit")] == [0] * 3


async def test_extension_reply_and_closing_keep_to_their_time(steps: Supervising) -> None:
    notice = await steps.draft()
    assert (await steps.in_handling(notice))["status"] == "IN_HANDLING"
    ask = '{dueOn: "2026-08-15", reason: "资金落实中"}'
    await refused(
        steps,
        steps.advance("police", notice, "requestExtension", '{dueOn: "2026-07-10", reason: "x"}'),
        "EXTENSION_NOT_LATER",
    )
    assert (await steps.advance("police", notice, "requestExtension", ask))["status"] == "EXTENSION_PENDING"
    granted = await steps.advance("credit", notice, "grantExtension")
    assert (granted["dueOn"], granted["extensionCount"]) == ("2026-08-15", 1)
    steps.world.clock.move_to(2026, 8, 16)
    await refused(
        steps,
        steps.advance("police", notice, "requestExtension", ask),
        "EXTENSION_AFTER_DEADLINE",
        "EXTENSIONS_USED_UP",
        "EXTENSION_NOT_LATER",
    )
    await refused(steps, steps.advance("police", notice, "reply", '{text: "已办"}'), "EVIDENCE_MISSING")
    await steps.advance("police", notice, "reply", EVIDENCE)
    assert (await steps.advance("credit", notice, "accept"))["status"] == "CLOSED_SATISFIED"
    await refused(steps, steps.advance("credit", notice, "accept"), "EVENT_NOT_NOW")
    await refused(steps, steps.advance("credit", notice, "closeUnresolved", '{reason: "x"}'), "EVENT_NOT_NOW")


async def test_numbers_have_no_gap_when_an_issue_fails_and_begin_anew_with_the_year(steps: Supervising) -> None:
    first, second, third = [await steps.draft() for _ in range(3)]
    assert (await steps.signed_off(first))["documentNo"].endswith("〔2026〕1号")
    await steps.advance("credit", second, "submit")
    given = f'id: "{second["id"]}", event: {{signoff: {SIGN}}}, expectedVersion: 1'
    stale = await (await steps.client("credit")).change("advanceSupervisionNotice", given, NOTICE, "id")
    assert stale["code"] == "VERSION_CONFLICT"
    assert (await steps.advance("credit", second, "signoff", SIGN))["documentNo"].endswith("〔2026〕2号")
    await steps.advance("credit", third, "submit")
    steps.world.clock.move_to(2027, 1, 5)
    await refused(steps, steps.advance("credit", third, "signoff", SIGN), "NOTICE_DUE_DATE_PASSED")
    await steps.advance("credit", third, "reject", '{reason: "期限已过"}')
    edit = f'id: "{third["id"]}", input: {{dueOn: "2027-02-15"}}'
    await (await steps.client("credit")).change("editSupervisionNotice", edit, NOTICE, "id")
    assert (await steps.signed_off(third))["documentNo"].endswith("〔2027〕1号")
