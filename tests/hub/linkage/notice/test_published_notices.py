"""The five published notices: what their texts support is drafted, the rest reported."""

from __future__ import annotations

import pytest
import yaml

from hub.linkage.notice.draft import draft_as_json, draft_notice
from tests.hub.linkage.notice.conftest import NOTICES

WENXIAN = "wenxian-2021-13.txt"
GROUP = "各乡镇(街道)"


def right_answers() -> list[dict]:
    return yaml.safe_load((NOTICES / "wenxian_answers.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def drafted(published, wenxian) -> dict:
    return draft_as_json(draft_notice(published(WENXIAN), wenxian, year=2021, shift_dates=False), wenxian)


def expanded(cooperating: list[str], roster) -> list[str]:
    members = [unit.short_name for unit in roster.resolve(GROUP).units]
    return [name for each in cooperating for name in (members if each == GROUP else [each])]


def test_wenxian_gives_thirty_two_items(drafted: dict) -> None:
    assert [item["no"] for item in drafted["items"]] == [str(number) for number in range(1, 33)]


@pytest.mark.parametrize("answer", right_answers(), ids=lambda answer: answer["number"])
def test_item_of_wenxian_has_the_right_units_and_deadline(drafted: dict, wenxian, answer: dict) -> None:
    item = drafted["items"][int(answer["number"]) - 1]
    due_on = answer["due_on"].isoformat() if answer["due_on"] else None
    assert item["lead"] == answer["lead"]
    assert item["cooperating"] == expanded(answer["cooperating"], wenxian)
    assert (item["deadline_kind"], item["due_on"], item["recurrence"]) == (
        answer["deadline_kind"],
        due_on,
        answer["recurrence"],
    )
    assert item["title"]
    assert item["source_clause"]


def test_open_phrases_of_wenxian_are_reported(drafted: dict) -> None:
    texts = " ".join(entry["text"] for entry in drafted["unresolved"])
    assert "实施联合惩戒和管理的部门" in texts
    assert "各有关单位" in texts


def test_second_of_two_leads_cooperates_with_a_note(drafted: dict) -> None:
    item = drafted["items"][31]
    assert (item["lead"], item["cooperating"]) == ("民政局", ["法院"])
    assert item["notes"]


def test_dates_move_by_whole_years_when_asked(published, wenxian) -> None:
    moved = draft_as_json(draft_notice(published(WENXIAN), wenxian, year=2027, shift_dates=True), wenxian)
    assert {item["due_on"] for item in moved["items"] if item["due_on"]} == {"2027-04-30", "2027-05-30", "2027-07-10"}


def test_the_same_file_gives_the_same_draft(published, wenxian) -> None:
    drafts = [draft_notice(published(WENXIAN), wenxian, year=2021, shift_dates=False) for _ in range(2)]
    assert drafts[0] == drafts[1]


@pytest.mark.parametrize("name", ["heihe-2023-3.txt", "hanchuan.txt", "xinyi-2018-6.txt", "zhumadian-2022-59.txt"])
def test_other_notices_are_read_whole_and_what_is_open_says_why(published, rosters, name: str) -> None:
    roster = rosters[name.split("-", maxsplit=1)[0].removesuffix(".txt")]
    draft = draft_as_json(draft_notice(published(name), roster, year=2026, shift_dates=False), roster)
    assert draft["items"] or draft["unresolved"]
    for item in draft["items"]:
        assert item["title"]
        assert item["deadline_kind"] in {"FIXED", "LONG_TERM", "RECURRING", None}
        if item["deadline_kind"] is None:
            assert any(entry["item"] == item["no"] for entry in draft["unresolved"])
    assert all(entry["reason"] for entry in draft["unresolved"])
