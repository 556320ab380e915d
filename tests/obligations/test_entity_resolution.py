"""Bodies with several names, merged bodies, bodies without a code: candidates, a person's word, its reversal."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text, update

from hub.db import models
from hub.integrity.background import work_on_integrity
from hub.restriction.rekeying import find_anew
from hub.runtime import Runtime
from tests.support.client import ClientOf
from tests.support.court import DISHONEST, Court, code_of, court_at, settle
from tests.support.supervising import Supervising
from tests.support.world import World

MATCHES = """{ subjectMatches { nodes { id name status
    candidates { organizationId organizationName confidence reason } } } }"""
LISTINGS = """{ dishonestyRecords { totalCount nodes { id governmentSubject caseNumber subject { name uscc
    organization { shortName } transfers { reason former { shortName } present { shortName } } } } } }"""
CHECK = """mutation C($input: CheckAskedInput!) { checkSubject(input: $input) {
    ... on SubjectChecked { matched { mode } } ... on Refusal { code } } }"""


@pytest.fixture
async def steps(world: World, runtime: Runtime, client_of: ClientOf) -> Supervising:
    await settle(world)
    return Supervising(world, runtime, client_of)


@pytest.fixture
def court(steps: Supervising, runtime: Runtime, tmp_path: Path) -> Court:
    return court_at(steps.world, runtime, tmp_path)


async def listings(steps: Supervising, unit: str) -> list[Any]:
    page = (await steps.read(unit, LISTINGS))["dishonestyRecords"]
    assert page["totalCount"] == len(page["nodes"])
    return list(page["nodes"])


async def matches(steps: Supervising, unit: str = "credit") -> list[Any]:
    return list((await steps.read(unit, MATCHES))["subjectMatches"]["nodes"])


async def change(steps: Supervising, unit: str, mutation: str, of: str = "subjectMatch", **fields: str) -> Any:
    given = ", ".join(
        f"{field}: {value if value.isupper() else f'{chr(34)}{value}{chr(34)}'}" for field, value in fields.items()
    )
    shown = "id status" if of == "subjectMatch" else "id name"
    return await (await steps.client(unit)).change(mutation, f"input: {{{given}}}", of, shown)


async def test_a_body_without_a_code_is_recognised_from_candidates_and_the_word_can_be_taken_back(
    steps: Supervising, court: Court
) -> None:
    former = {"organizationId": steps.organization("police"), "kind": "FORMER", "basis": "机构改革方案"}
    undated = await change(steps, "credit", "recordOrganizationName", "organizationName", name="温县公安处", **former)
    assert undated["code"] == "TEXT_EMPTY"
    dated = {**former, "name": "温县公安处", "validTo": "2019-12-31"}
    for stranger in ("neighbour.credit", "court"):
        refused = await change(steps, stranger, "recordOrganizationName", "organizationName", **dated)
        assert refused["code"] == "NOT_FOUND", stranger
    assert (await change(steps, "credit", "recordOrganizationName", "organizationName", **dated))[
        "name"
    ] == "温县公安处"
    taken = {**former, "kind": "SHORT", "name": "财政局"}
    assert (await change(steps, "credit", "recordOrganizationName", "organizationName", **taken))[
        "code"
    ] == "NAME_OF_ANOTHER"
    court.send((DISHONEST, court.row(DISHONEST, 1, "police", 名称="温县公安处", 统一社会信用代码="", 状态="已公布")))
    await court.hear()
    assert await listings(steps, "credit") == []
    (waiting,) = await matches(steps)
    first, *others = waiting["candidates"]
    assert (first["organizationName"], first["confidence"], first["reason"]) == ("温县公安局", 75, "FORMER_NAME")
    assert all(each["confidence"] < 75 for each in others)
    decision = {"subjectMatchId": waiting["id"], "organizationId": first["organizationId"]}
    assert (await change(steps, "credit", "matchSubject", **decision))["status"] == "MATCHED"
    await court.hear()
    (mine,) = await listings(steps, "police")
    assert (mine["subject"]["name"], mine["subject"]["uscc"]) == ("温县公安处", None)
    assert await found_by_code(steps, "police") == ["EXACT_ID"]
    reversal = {"subjectMatchId": waiting["id"], "reason": "另有其人"}
    for stranger in ("neighbour.credit", "neighbour.court"):
        assert (await change(steps, stranger, "undoSubjectMatch", **reversal))["code"] == "NOT_FOUND"
    assert len(await listings(steps, "police")) == 1
    assert (await change(steps, "credit", "undoSubjectMatch", **reversal))["status"] == "OPEN"
    assert (await change(steps, "credit", "undoSubjectMatch", **reversal))["code"] == "MATCH_NOT_DECIDED"
    assert await listings(steps, "police") == []
    assert await found_by_code(steps, "police") == []
    await index(steps)
    assert await found_by_code(steps, "police") == []
    (left,) = await listings(steps, "credit")
    assert (left["subject"]["organization"], left["governmentSubject"]) == (None, False)
    again = {"subjectMatchId": waiting["id"], "organizationId": steps.organization("civil")}
    await change(steps, "credit", "matchSubject", **again)
    (theirs,) = await listings(steps, "civil")
    assert [each["reason"] for each in theirs["subject"]["transfers"]] == ["MATCH_UNDONE", "MATCHED"]
    assert theirs["governmentSubject"] is True
    await index(steps)
    assert await found_by_code(steps, "civil") == ["EXACT_ID"]
    await merge(steps, "civil", "police")
    await work(steps)
    await index(steps)
    assert [await found_by_code(steps, unit) for unit in ("civil", "police")] == [["EXACT_ID"]] * 2
    await merge(steps, "civil", None)
    await work(steps)
    await index(steps)
    assert [await found_by_code(steps, unit) for unit in ("civil", "police")] == [["EXACT_ID"], []]
    for caller in ("county.police", "neighbour.credit", "county.portal"):
        async with steps.world.sessions.write(steps.world[caller]) as session:
            settled = text("select count(*) from subject_match m, settle_subject_match(m.id, now())")
            assert (await session.execute(settled)).scalar_one() == 0
            forged = text("select has_function_privilege('moved_subject(uuid,uuid,timestamptz,text)', 'execute')")
            assert (await session.execute(forged)).scalar_one() is False


async def test_what_was_told_of_a_merged_body_shows_under_its_successor_with_its_trace(
    steps: Supervising, court: Court
) -> None:
    court.send((DISHONEST, court.row(DISHONEST, 1, "police", 状态="已公布")))
    await court.hear()
    await work(steps)
    assert len(await listings(steps, "police")) == 1
    assert await listings(steps, "civil") == []
    await merge(steps, "police", "civil")
    await work(steps)
    (theirs,) = await listings(steps, "civil")
    assert theirs["subject"]["transfers"] == [
        {"reason": "SUCCESSION", "former": {"shortName": "公安局"}, "present": {"shortName": "民政局"}}
    ]
    assert (theirs["subject"]["name"], theirs["subject"]["organization"]["shortName"]) == ("温县公安局", "民政局")
    ended = await (await steps.client("police")).ask(LISTINGS)
    assert "公安局" not in str(ended)
    records = "{ integrityRecords { nodes { organization { shortName } revisions { event } } } }"
    (record,) = (await steps.read("civil", records))["integrityRecords"]["nodes"]
    assert [each["event"] for each in record["revisions"]] == ["listed", "listed"]
    court.world.clock.advance(days=1)
    court.send((DISHONEST, court.row(DISHONEST, 1, "police", 状态="已公布", 履行情况="部分履行")))
    await court.hear()
    assert len(await listings(steps, "civil")) == 1
    await merge(steps, "police", None)
    await work(steps)
    assert await listings(steps, "civil") == []
    (back,) = await listings(steps, "police")
    assert [each["reason"] for each in back["subject"]["transfers"]] == ["SUCCESSION", "SUCCESSION_ENDED"]


async def found_by_code(steps: Supervising, unit: str) -> list[str]:
    asked = {"serviceCaseNumber": "采-1", "serviceItem": "采购", "subject": {"uscc": code_of(f"county.{unit}")}}
    checked = (await steps.read("finance", CHECK, input=asked))["checkSubject"]
    return [each["mode"] for each in checked["matched"]]


async def index(steps: Supervising) -> None:
    """What the job on listings does first."""
    async with steps.world.sessions.system("listings") as session:
        await find_anew(session, steps.runtime.policy, steps.runtime.keyring, steps.world.clock())


async def work(steps: Supervising) -> None:
    async with steps.world.sessions.system("integrity") as session:
        await work_on_integrity(session, steps.runtime.policy, steps.runtime.keyring, steps.world.clock())


async def merge(steps: Supervising, old: str, new: str | None) -> None:
    """The register says that a unit has ended and which follows it, or that it has not."""
    table = models.Organization
    ended = None if new is None else steps.world.clock().date() - timedelta(days=1)
    after = None if new is None else steps.world.organizations[f"county.{new}"]
    async with steps.world.sessions.system("test") as session:
        changed = update(table).where(table.id == steps.world.organizations[f"county.{old}"])
        await session.execute(changed.values(valid_to=ended, successor_id=after))
