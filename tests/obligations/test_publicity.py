"""What the public is told: typical cases, rectified cases, press conferences; nothing of a person, nothing revoked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from hub.runtime import Runtime
from tests.support.client import ClientOf
from tests.support.court import DISHONEST, Court, court_at, settle
from tests.support.supervising import Supervising
from tests.support.world import COUNTY, World

FIELDS = """id status kind title theme content heldOn publishedOn reviewNote clause version
    availableEvents { event allowed }"""
PUBLIC = "{ publicityItems { totalCount nodes { kind title theme content publishedOn approvedBy reviewNote } } }"


@pytest.fixture
async def steps(world: World, runtime: Runtime, client_of: ClientOf) -> Supervising:
    await settle(world)
    return Supervising(world, runtime, client_of)


@pytest.fixture
def court(steps: Supervising, runtime: Runtime, tmp_path: Path) -> Court:
    return court_at(steps.world, runtime, tmp_path)


async def tell(court: Court, case: int, status: str, **cells: str) -> None:
    court.world.clock.advance(days=1)
    named = f"{case}-{status}-{court.world.clock():%m%d%H%M%S}"
    court.send((DISHONEST, court.row(DISHONEST, case, "police", **{"报文号": named, "状态": status, **cells})))
    await court.hear()


async def listing(steps: Supervising, case: int) -> str:
    found = (await steps.read("credit", "{ dishonestyRecords { nodes { id caseNumber } } }"))["dishonestyRecords"]
    return next(str(each["id"]) for each in found["nodes"] if f"执{case}号" in each["caseNumber"])


async def propose(steps: Supervising, unit: str, **more: str) -> Any:
    fields = {
        "jurisdictionCode": f'"{COUNTY}"',
        "kind": "TYPICAL_CASE",
        "title": '"典型案例"',
        "theme": '"政务诚信"',
        "content": '"某单位依法履行。"',
        **more,
    }
    given = ", ".join(f"{name}: {value}" for name, value in fields.items())
    return await (await steps.client(unit)).change(
        "proposePublicityItem", f"input: {{{given}}}", "publicityItem", FIELDS
    )


async def advance(steps: Supervising, unit: str, item: Any, event: str, payload: str = "{}") -> Any:
    assert "id" in item, item
    given = f'id: "{item["id"]}", event: {{{event}: {payload}}}'
    return await (await steps.client(unit)).change("advancePublicityItem", given, "publicityItem", FIELDS)


async def published(steps: Supervising, item: Any, approver: str = "government") -> Any:
    await advance(steps, "credit", item, "review", '{note: "未见个人信息"}')
    await advance(steps, approver, item, "approve", '{approvedBy: "王县长"}')
    return await advance(steps, "credit", item, "publish")


async def public(steps: Supervising, unit: str = "portal") -> list[Any]:
    page = (await steps.read(unit, PUBLIC))["publicityItems"]
    assert page["totalCount"] == len(page["nodes"])
    return list(page["nodes"])


@pytest.mark.duty("S3-7")
async def test_a_rectified_case_is_made_public_when_it_is_rectified_and_the_pack_s_approver_says_so(
    steps: Supervising, court: Court
) -> None:
    await tell(court, 1, "已公布", 法定代表人="钱多多")
    record = f'"{await listing(steps, 1)}"'
    rectified = {"kind": "RECTIFIED_CASE", "recordId": record}
    unnamed = await propose(steps, "police", kind="RECTIFIED_CASE")
    assert unnamed["code"] == "RECTIFIED_CASE_UNNAMED"
    assert (await propose(steps, "finance", **rectified))["code"] == "NOT_FOUND"
    item = await propose(steps, "police", **rectified, content='"负责人钱多多电话13812345678已整改。"')
    refused = await advance(steps, "credit", item, "review", '{note: "x"}')
    assert {reason["code"] for reason in refused["reasons"]} == {
        "PHONE_NUMBER_TOLD",
        "PERSON_NAMED",
        "CASE_NOT_RECTIFIED",
    }
    assert "钱多多" not in str(refused)
    await advance(steps, "police", item, "rewrite", '{content: "某局依法履行，退出名单。"}')
    await tell(court, 1, "已删除屏蔽", 删除日期=f"{court.world.clock():%Y-%m-%d}", 删除事由="已履行或执行完毕")
    own = await advance(steps, "police", item, "review", '{note: "x"}')
    assert own["code"] == "ACTOR_NOT_PERMITTED"
    reviewed = await advance(steps, "credit", item, "review", '{note: "未见个人信息"}')
    assert reviewed["status"] == "REVIEWED"
    wrong = await advance(steps, "credit", item, "approve", '{approvedBy: "张主任"}')
    assert wrong["code"] == "APPROVER_IS_ANOTHER"
    assert await public(steps) == []
    approved = await advance(steps, "government", item, "approve", '{approvedBy: "王县长"}')
    assert approved["status"] == "APPROVED"
    assert await public(steps) == []
    assert (await advance(steps, "credit", item, "publish"))["status"] == "PUBLISHED"
    for unit in ("portal", "finance", "neighbour.portal"):
        (seen,) = await public(steps, unit)
        assert (seen["kind"], seen["content"]) == ("RECTIFIED_CASE", "某局依法履行，退出名单。"), unit
    (seen,) = await public(steps)
    assert (seen["approvedBy"], seen["reviewNote"]) == (None, None)
    await advance(steps, "police", item, "withdraw", '{reason: "更新材料"}')
    assert await public(steps) == []


async def test_a_case_that_is_revoked_or_confidential_is_not_told_and_one_told_is_hidden_at_once(
    steps: Supervising, court: Court
) -> None:
    """Attack: published before its revocation, written as published, approved by another's court, read by anybody."""
    await steps.practise(publicity__approver="COURT")
    await tell(court, 1, "已公布")
    await tell(court, 2, "已公布", 密级="涉商业秘密")
    first = await propose(steps, "police", recordId=f'"{await listing(steps, 1)}"')
    second = await propose(steps, "police", recordId=f'"{await listing(steps, 2)}"')
    assert (await advance(steps, "credit", second, "review", '{note: "x"}'))["code"] == "CASE_NOT_TO_BE_TOLD"
    await advance(steps, "credit", first, "review", '{note: "可公开"}')
    stolen = await advance(steps, "neighbour.court", first, "approve", '{approvedBy: "x"}')
    assert stolen["code"] == "NOT_FOUND"
    for unit in ("finance", "civil", "portal", "neighbour.credit", "neighbour.court"):
        assert await public(steps, unit) == [], unit
    approved = await advance(steps, "court", first, "approve", '{approvedBy: "院长"}')
    assert (approved["status"], approved["clause"]) == ("APPROVED", "二(一)")
    await advance(steps, "credit", first, "publish")
    assert [each["title"] for each in await public(steps)] == ["典型案例"]
    await tell(court, 1, "已撤销")
    for unit in ("portal", "finance", "neighbour.police"):
        assert await public(steps, unit) == [], unit
    again = await propose(steps, "police", recordId=f'"{await listing(steps, 1)}"')
    assert (await advance(steps, "credit", again, "review", '{note: "x"}'))["code"] == "CASE_NOT_TO_BE_TOLD"
    portal = await (await steps.client("portal")).ask(
        'mutation { proposePublicityItem(input: {jurisdictionCode: "410825", kind: TYPICAL_CASE, title: "a", '
        'theme: "b", content: "c"}) { __typename ... on Refusal { code } } }'
    )
    assert "PublicityItemChange" not in str(portal)
    async with steps.world.sessions.read(steps.world["county.portal"]) as session:
        asked = text("select count(*) from publicity_item, lateral publicity_of_listing(id)")
        assert (await session.execute(asked)).scalar_one() == 0


async def test_the_financial_office_and_the_court_hold_press_conferences_and_publish_company_cases(
    steps: Supervising,
) -> None:
    """Company cases, regularly: a conference announced and its outcome told once held, with cases on its theme."""
    with_court = f'cooperatingId: "{steps.organization("court")}"'.partition(": ")
    shared = {"theme": '"公司类案件"', with_court[0]: with_court[2]}
    undated = await propose(steps, "finance", kind="PRESS_CONFERENCE", **shared)
    assert undated["code"] == "HELD_ON_OF_CONFERENCE"
    conference = await propose(
        steps, "finance", kind="PRESS_CONFERENCE", heldOn='"2026-06-20"', title='"公司类案件新闻发布会"', **shared
    )
    await advance(steps, "credit", conference, "review", '{note: "可公开"}')
    await advance(steps, "government", conference, "approve", '{approvedBy: "王县长"}')
    assert (await advance(steps, "credit", conference, "publish"))["code"] == "CONFERENCE_AHEAD"
    steps.world.clock.move_to(2026, 6, 20)
    assert (await advance(steps, "credit", conference, "publish"))["publishedOn"] == "2026-06-20"
    case = await propose(steps, "court", title='"股东知情权案"', content='"甲公司股东请求查阅账簿。"', **shared)
    assert (await published(steps, case))["status"] == "PUBLISHED"
    other = await propose(steps, "court", title='"其他案"')
    await published(steps, other)
    asked = '{ publicityItems(filter: {theme: "公司类案件"}) { nodes { kind title cooperating { shortName } } } }'
    nodes = (await steps.read("portal", asked))["publicityItems"]["nodes"]
    assert {(each["kind"], each["title"], each["cooperating"]["shortName"]) for each in nodes} == {
        ("PRESS_CONFERENCE", "公司类案件新闻发布会", "人民法院"),
        ("TYPICAL_CASE", "股东知情权案", "人民法院"),
    }
