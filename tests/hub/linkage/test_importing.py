"""A notice becomes drafts of the year's list: once, by the office, whole, never over an edit."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from sqlalchemy import func, select

from hub.db.models import DoubleListItem
from tests.obligations.steps import Steps
from tests.support.client import ClientOf
from tests.support.world import COUNTY, World

NOTICE = Path(__file__).parents[2] / "data" / "notices" / "wenxian-2021-13.txt"
MUTATION = """mutation($input: NoticeUploadInput!) { importNotice(input: $input) {
    ... on NoticeImport { created unchanged keptEdited items { no title lead cooperating deadlineKind dueOn }
        unresolved { item text code }
        doubleList { id items(first: 40) { totalCount nodes { id title unresolved { text } } } } }
    ... on Refusal { code reasons { code path } } } }"""


@pytest.fixture
def steps(world: World, client_of: ClientOf) -> Steps:
    return Steps(world, client_of)


def upload(data: bytes | None = None, **more) -> dict:
    content = base64.b64encode(NOTICE.read_bytes() if data is None else data).decode()
    return {"jurisdictionCode": COUNTY, "year": 2026, "filename": "通知.txt", "content": content, **more}


async def count(world: World) -> int:
    async with world.sessions.system("test") as session:
        return await session.scalar(select(func.count()).select_from(DoubleListItem))


async def test_preview_writes_nothing_and_import_twice_changes_nothing(steps: Steps, world: World) -> None:
    preview = (await steps.read("office", MUTATION, input=upload(apply=False)))["importNotice"]
    assert (len(preview["items"]), preview["doubleList"], await count(world)) == (32, None, 0)
    first = (await steps.read("office", MUTATION, input=upload()))["importNotice"]
    assert (first["created"], first["doubleList"]["items"]["totalCount"]) == (32, 32)
    second = (await steps.read("office", MUTATION, input=upload()))["importNotice"]
    assert (second["created"], second["unchanged"], await count(world)) == (0, 32, 32)


async def test_an_edited_draft_is_kept_and_unresolved_units_block_its_submission(steps: Steps, world: World) -> None:
    made = (await steps.read("office", MUTATION, input=upload()))["importNotice"]["doubleList"]["items"]["nodes"]
    blocked = next(each for each in made if each["unresolved"])
    refused = await steps.item("office", blocked, "submit")
    assert refused["reasons"]
    assert (await steps.state(blocked))["status"] == "DRAFT"
    office = await steps.client("office")
    edited = await office.change(
        "editDoubleListItem",
        f'id: "{blocked["id"]}", input: {{{steps.draft("court", ("police",), title=chr(34) + "改过" + chr(34))}}}',
        "doubleListItem",
        "title unresolved { text }",
    )
    assert edited == {"title": "改过", "unresolved": []}
    again = (await steps.read("office", MUTATION, input=upload()))["importNotice"]
    assert (again["created"], again["keptEdited"]) == (0, 1)
    titles = [each["title"] for each in again["doubleList"]["items"]["nodes"]]
    assert titles.count("改过") == 1
    assert (await steps.item("office", blocked, "submit"))["status"] == "SUBMITTED"


@pytest.mark.parametrize("unit", ["police", "neighbour.office", "government"])
async def test_only_the_office_of_the_jurisdiction_imports(steps: Steps, world: World, unit: str) -> None:
    answer = (await steps.read(unit, MUTATION, input=upload()))["importNotice"]
    assert answer["code"] in {"NOT_FOUND", "FORBIDDEN"}
    assert await count(world) == 0


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "TEXT_EMPTY"),
        (b"  ", "NOTICE_EMPTY"),
        (bytes(range(256)) * 40, "NOTICE_FORMAT"),
        (b"PK\x03\x04x", "NOTICE_"),
    ],
)
async def test_unfit_file_is_refused_and_nothing_is_written(steps: Steps, world: World, data: bytes, code: str) -> None:
    answer = (await steps.read("office", MUTATION, input=upload(data)))["importNotice"]
    assert answer["code"].startswith(code)
    assert await count(world) == 0


async def test_content_that_is_not_base64_is_refused(steps: Steps) -> None:
    answer = (await steps.read("office", MUTATION, input={**upload(), "content": "中文"}))["importNotice"]
    assert answer["code"] == "BASE64_INVALID"
