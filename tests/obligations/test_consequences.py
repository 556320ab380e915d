"""What dishonesty weighs: orders to unit and superior, assessments, circulars, judicial suggestions; and who knows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from hub.canonical.codes import OrganizationKind
from hub.core.principal import RoleName
from hub.integrity.background import work_on_integrity
from hub.runtime import Runtime
from tests.support import world as worlds
from tests.support.client import ClientOf
from tests.support.court import DISHONEST, Court, court_at, settle
from tests.support.supervising import Supervising
from tests.support.world import COUNTY, World

ITEM_FIELDS = """id status scheme year points reason clause performedOn caseNumber organization { shortName }
    availableEvents { event allowed }"""
ITEMS = f"{{ assessmentItems {{ totalCount nodes {{ {ITEM_FIELDS} }} }} }}"
CIRCULARS = "{ circulars { nodes { id scheme title content performBy clause signedBy organization { shortName } } } }"
LETTER = """id status documentNo clause dueOn title problems suggestions reply adoption signedBy
    subject { shortName } availableEvents { event allowed }"""
LETTERS = f"{{ judicialSuggestions {{ totalCount nodes {{ {LETTER} }} }} }}"
ALERTS = "{ alerts { nodes { kind title } } }"
PARTY_ORGANS = (
    ("politics", "政法委", RoleName.POLITICAL_LEGAL_COMMITTEE),
    ("discipline", "纪委监委", RoleName.DISCIPLINE_SUPERVISION),
    ("personnel", "组织部", RoleName.ORGANISATION_DEPARTMENT),
)


@pytest.fixture
async def steps(world: World, runtime: Runtime, client_of: ClientOf) -> Supervising:
    await settle(world)
    async with world.sessions.system("test") as session:
        for key, name, role in PARTY_ORGANS:
            worlds._add_unit(world, session, f"county.{key}", COUNTY, name, OrganizationKind.PARTY_ORGAN, (role,))
    return Supervising(world, runtime, client_of)


@pytest.fixture
def court(steps: Supervising, runtime: Runtime, tmp_path: Path) -> Court:
    return court_at(steps.world, runtime, tmp_path)


async def tell(court: Court, case: int, status: str, unit: str = "police", **cells: str) -> None:
    court.world.clock.advance(days=1)
    named = f"{case}-{status}-{court.world.clock():%m%d%H%M%S}"
    court.send((DISHONEST, court.row(DISHONEST, case, unit, **{"报文号": named, "状态": status, **cells})))
    await court.hear()


async def seen(steps: Supervising, unit: str, query: str, name: str) -> list[Any]:
    page = (await steps.read(unit, query))[name]
    assert page.get("totalCount", len(page["nodes"])) == len(page["nodes"])
    return list(page["nodes"])


async def items(steps: Supervising, unit: str) -> list[Any]:
    return await seen(steps, unit, ITEMS, "assessmentItems")


async def assess(steps: Supervising, unit: str, item: Any, event: str, payload: str) -> Any:
    given = f'id: "{item["id"]}", event: {{{event}: {payload}}}'
    return await (await steps.client(unit)).change("advanceAssessmentItem", given, "assessmentItem", ITEM_FIELDS)


async def circulate(steps: Supervising, unit: str, item: Any, day: str) -> Any:
    given = f"""input: {{itemId: "{item["id"]}", title: "平安建设通报批评", content: "列入失信，限期履行。",
        performBy: "{day}", signedBy: "书记 周某"}}"""
    return await (await steps.client(unit)).change("issueCircular", given, "circular", "id performBy scheme")


POINTS = '{points: 5, reason: "列入失信被执行人", decidedBy: "副书记 吴某"}'


@pytest.mark.duty("S1-2.2")
async def test_a_listing_enters_the_assessment_is_circulated_and_the_unit_is_urged_to_perform_by_a_day(
    steps: Supervising, court: Court
) -> None:
    await steps.practise(assessment__on_listing=["PINGAN"], order__on_listing=True, order__kind="SUPERVISION_ORDER")
    await tell(court, 1, "已公布")
    await tell(court, 2, "宽限期内", "finance")
    await tell(court, 3, "已公布", "civil", 密级="涉商业秘密")
    await steps.work()
    await steps.work()
    (proposed,) = await items(steps, "politics")
    assert (proposed["status"], proposed["scheme"], proposed["clause"]) == ("PROPOSED", "PINGAN", "二(一)")
    assert {each["event"] for each in proposed["availableEvents"] if each["allowed"]} == {"enter", "drop"}
    for unit in ("police", "credit", "office", "city.police", "neighbour.credit"):
        assert await items(steps, unit) == [], unit
    assert (await circulate(steps, "politics", proposed, "2026-08-01"))["code"] == "CIRCULAR_WITHOUT_DISHONESTY"
    assert (await assess(steps, "credit", proposed, "enter", POINTS))["code"] in {"NOT_FOUND", "SCOPE_REQUIRED"}
    entered = await assess(steps, "politics", proposed, "enter", POINTS)
    assert (entered["status"], entered["points"]) == ("ENTERED", 5)
    for unit in ("police", "office", "government"):
        assert [(each["points"], each["reason"]) for each in await items(steps, unit)] == [(5, "列入失信被执行人")], (
            unit
        )
    assert [(each["points"], each["reason"]) for each in await items(steps, "city.police")] == [(5, None)]
    for unit in ("finance", "neighbour.office"):
        assert await items(steps, unit) == [], unit

    assert (await circulate(steps, "politics", entered, "2026-06-01"))["code"] == "NOTICE_DUE_DATE_PASSED"
    assert (await circulate(steps, "police", entered, "2026-08-01"))["code"] == "SCOPE_REQUIRED"
    assert (await circulate(steps, "politics", entered, "2026-08-01"))["performBy"] == "2026-08-01"
    (mine,) = await seen(steps, "police", CIRCULARS, "circulars")
    assert (mine["content"], mine["clause"], mine["signedBy"]) == ("列入失信，限期履行。", "二(一)", "书记 周某")
    (above,) = await seen(steps, "city.police", CIRCULARS, "circulars")
    assert (above["title"], above["content"]) == ("平安建设通报批评", None)
    for unit in ("finance", "neighbour.credit"):
        assert await seen(steps, unit, CIRCULARS, "circulars") == [], unit
    drafts = await steps.notices("credit")
    (order,) = [each for each in drafts if each["recipients"][0]["organization"]["shortName"] == "公安局"]
    await steps.in_handling(order)
    (urged,) = await steps.notices("police")
    assert (urged["kind"], urged["status"], urged["dueOn"] is not None) == ("SUPERVISION_ORDER", "IN_HANDLING", True)

    ground = {"删除事由": "已履行或执行完毕", "删除日期": f"{court.world.clock():%Y-%m-%d}"}
    await tell(court, 1, "已删除屏蔽", **ground)
    await steps.work()
    (performed,) = await items(steps, "politics")
    assert performed["performedOn"] == f"{court.world.clock():%Y-%m-%d}"
    assert (await circulate(steps, "politics", entered, "2026-08-01"))["code"] == "CIRCULAR_WITHOUT_DISHONESTY"
    lighter = await assess(steps, "politics", performed, "adjust", POINTS.replace("5", "1"))
    assert (lighter["status"], lighter["points"]) == ("ENTERED", 1)
    await attack(steps)


async def attack(steps: Supervising) -> None:
    """What row security keeps from a caller whatever statement it sends."""
    copied = (
        "insert into circular (id, tenant_id, jurisdiction_path, jurisdiction_id, version, scheme, issuer_id, "
        "organization_id, item_id, title, content, perform_by, signed_by) select uuidv7(), tenant_id, "
        "jurisdiction_path, jurisdiction_id, 1, scheme, :issuer, organization_id, item_id, 'x', 'x', perform_by, 'x' "
        "from circular"
    )
    for unit in ("police", "credit"):
        async with steps.world.sessions.write(steps.world[f"county.{unit}"]) as session:
            changed = await session.execute(text("update assessment_item set points = 0"))
            assert changed.rowcount == 0
        keys = {"issuer": steps.world.organizations[f"county.{unit}"]}
        with pytest.raises(ProgrammingError, match="row-level security"):
            async with steps.world.sessions.write(steps.world[f"county.{unit}"]) as session:
                await session.execute(text(copied), keys)


async def test_a_listing_that_was_wrong_takes_its_item_away_and_no_pack_no_item(
    steps: Supervising, court: Court
) -> None:
    await tell(court, 1, "已公布")
    await steps.work()
    assert await items(steps, "politics") == []
    await steps.practise(assessment__on_listing=["PINGAN"])
    await steps.work()
    (proposed,) = await items(steps, "politics")
    await assess(steps, "politics", proposed, "enter", POINTS)
    await tell(court, 1, "已撤销")
    await steps.work()
    (gone,) = await items(steps, "politics")
    assert gone["status"] == "CANCELLED"
    assert (await assess(steps, "politics", gone, "adjust", POINTS))["code"] == "EVENT_NOT_NOW"


@pytest.mark.duty("S1-3.2")
async def test_the_credit_office_tells_unit_and_superior_records_it_and_a_clue_goes_to_discipline_alone(
    steps: Supervising, court: Court, runtime: Runtime
) -> None:
    await steps.practise(
        order__on_listing=True,
        order__kind="SUPERVISION_ORDER",
        notice__copies_superior=True,
        assessment__on_listing=["PINGAN"],
    )
    await tell(court, 1, "已公布")
    await steps.work()
    (draft,) = await steps.notices("credit")
    assert await steps.notices("police") == await steps.notices("city.police") == []
    await steps.signed_off(draft)
    await steps.work()
    (mine,) = await steps.notices("police", "id status dueOn facts")
    (above,) = await steps.notices("city.police", "id facts documents { fileName }")
    assert mine["dueOn"] is not None
    assert above["facts"] == mine["facts"]
    assert len(above["documents"]) == 1
    async with steps.world.sessions.system("integrity") as session:
        await work_on_integrity(session, runtime.policy, runtime.keyring, steps.world.clock())
    kept = "{ integrityRecords { nodes { category status organization { shortName } } } }"
    (recorded,) = await seen(steps, "credit", kept, "integrityRecords")
    assert recorded == {
        "category": "DISHONEST_DEBTOR",
        "status": "RECORDED",
        "organization": {"shortName": "公安局"},
    }
    (item,) = await items(steps, "politics")
    assert (await assess(steps, "politics", item, "enter", POINTS))["status"] == "ENTERED"
    clue = f"""input: {{jurisdictionCode: "{COUNTY}", kind: ACCOUNTABILITY_CLUE, title: "隐瞒转移财产线索",
        organizationId: "{steps.organization("police")}", content: "执行中发现转移财产。",
        basis: "汉川市人民法院工作方案 三（二）"}}"""
    receipt = await (await steps.client("court")).change("pushReferral", clue, "referralReceipt", "id receivedAt")
    assert receipt["receivedAt"] is None
    (received,) = await seen(steps, "discipline", "{ referrals { nodes { title content } } }", "referrals")
    assert received == {"title": "隐瞒转移财产线索", "content": "执行中发现转移财产。"}
    for unit in ("court", "credit", "politics", "police", "office"):
        told = await (await steps.client(unit)).ask("{ referrals { nodes { content } } }")
        assert "转移财产" not in str(told), unit


async def suggest(steps: Supervising, unit: str = "court", to: str = "city.police", **more: str) -> Any:
    fields = {
        "jurisdictionCode": f'"{COUNTY}"',
        "category": "DISHONEST_BODY",
        "subjectId": f'"{steps.organization("police")}"',
        "addresseeId": f'"{steps.organization(to)}"',
        "title": '"关于督促履行生效裁判的司法建议"',
        "problems": '["未将债务纳入预算", "无专人负责"]',
        "suggestions": '["列入预算", "明确责任人"]',
        **more,
    }
    given = ", ".join(f"{name}: {value}" for name, value in fields.items())
    client = await steps.client(unit)
    return await client.change("draftJudicialSuggestion", f"input: {{{given}}}", "judicialSuggestion", LETTER)


async def move(steps: Supervising, unit: str, letter: Any, event: str, payload: str) -> Any:
    assert "id" in letter, letter
    given = f'id: "{letter["id"]}", event: {{{event}: {payload}}}'
    client = await steps.client(unit)
    return await client.change("advanceJudicialSuggestion", given, "judicialSuggestion", LETTER)


async def letters(steps: Supervising, unit: str) -> list[Any]:
    return await seen(steps, unit, LETTERS, "judicialSuggestions")


SIGN = '{signedBy: "陈院长", post: "院长"}'


@pytest.mark.duty("S0-3.3")
async def test_the_execution_department_reports_monthly_and_suggests_to_discipline_personnel_and_superior(
    steps: Supervising, court: Court
) -> None:
    await steps.practise(
        push__case_lists=["DISHONEST", "PENDING", "TERMINATED_THIS_EXECUTION"],
        report__execution__monthly={"period": "MONTH", "n": 5, "unit": "NATURAL_DAY", "roll": "NEXT_WORKING_DAY"},
        judicial_suggestion__copies=["DISCIPLINE_SUPERVISION", "ORGANISATION_DEPARTMENT", "SUPERVISING_AUTHORITY"],
        award__restricted=True,
    )
    await tell(court, 1, "已公布")
    steps.world.clock.move_to(2026, 7, 2)
    await steps.work()
    reports = "{ periodicReports { nodes { id kind period entries { unit category } recipients { shortName } } } }"
    (report,) = await seen(steps, "court", reports, "periodicReports")
    sign = f'id: "{report["id"]}", input: {SIGN}'
    await (await steps.client("court")).change("issuePeriodicReport", sign, "periodicReport")
    (told,) = await seen(steps, "office", reports, "periodicReports")
    assert (told["kind"], told["period"], len(told["entries"])) == ("EXECUTION_REPORT", "2026-06", 1)

    assert (await suggest(steps, "credit"))["code"] == "SCOPE_REQUIRED"
    assert (await suggest(steps, "neighbour.court"))["code"] == "ISSUER_NOT_PERMITTED"
    unpaired = await suggest(steps, suggestions='["列入预算"]')
    assert unpaired["reasons"][0]["code"] == "SUGGESTIONS_UNPAIRED"
    letter = await suggest(steps)
    assert (await move(steps, "court", letter, "sign", SIGN))["code"] == "EVENT_NOT_NOW"
    for unit in ("city.police", "discipline", "personnel", "office", "police"):
        assert await letters(steps, unit) == [], unit
    await move(steps, "court", letter, "consult", '{note: "对方无异议"}')
    sent = await move(steps, "court", letter, "sign", SIGN)
    assert (sent["status"], sent["documentNo"], sent["clause"]) == ("SENT", "温法建〔2026〕1号", "二(一)")
    for unit in ("city.police", "discipline", "personnel", "office", "politics"):
        assert [each["problems"] for each in await letters(steps, unit)] == [["未将债务纳入预算", "无专人负责"]], unit
    for unit in ("police", "finance", "neighbour.court", "neighbour.office"):
        assert await letters(steps, unit) == [], unit
    for stranger in ("discipline", "police"):
        refused = await move(steps, stranger, letter, "receive", '{receivedBy: "x"}')
        assert refused["code"] in {"NOT_FOUND", "ACTOR_NOT_PERMITTED"}, stranger
    received = await move(steps, "city.police", letter, "receive", '{receivedBy: "周处长"}')
    assert received["dueOn"] == "2026-09-02"
    answer = '{adoption: PARTLY, text: "已列入预算"}'
    assert (await move(steps, "city.police", letter, "reply", answer))["status"] == "REPLIED"
    closed = await move(steps, "court", letter, "close", '{reason: "已落实"}')
    assert (closed["status"], closed["adoption"]) == ("CLOSED", "PARTLY")


async def test_a_suggestion_left_unanswered_is_told_to_court_and_addressee_and_numbers_have_no_gap(
    steps: Supervising, court: Court
) -> None:
    for number in (1, 2):
        letter = await suggest(steps, to="personnel")
        early = await move(steps, "court", letter, "closeUnanswered", '{reason: "x"}')
        assert early["code"] == "EVENT_NOT_NOW"
        await move(steps, "court", letter, "consult", '{note: "无"}')
        sent = await move(steps, "court", letter, "sign", SIGN)
        assert sent["documentNo"] == f"温法建〔2026〕{number}号"
    assert [each["documentNo"] for each in await letters(steps, "discipline")] == []
    refused = await move(steps, "court", letter, "closeUnanswered", '{reason: "x"}')
    assert refused["code"] == "NOT_OVERDUE"
    steps.world.clock.move_to(2026, 9, 1)
    await steps.work()
    await steps.work()
    for unit, expected in (("court", 2), ("police", 0)):
        nodes = await seen(steps, unit, ALERTS, "alerts")
        assert sum(each["kind"] == "OVERDUE" for each in nodes) == expected, unit
    closed = await move(steps, "court", letter, "closeUnanswered", '{reason: "逾期未回复"}')
    assert closed["status"] == "CLOSED"
