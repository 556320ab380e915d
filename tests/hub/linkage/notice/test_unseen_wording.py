"""Wordings that used to lose a unit, name the wrong one, or leave out part of a period without a word."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx
import pytest

from hub.linkage.notice.draft import NoticeDraft
from hub.linkage.notice.read import read_notice
from tests.hub.linkage.notice.conftest import LIMIT

HEAD = "关于印发2026年府院联动工作要点的通知\n一、重点任务\n"
TOWNSHIPS = ["祥云镇", "番田镇", "温泉街道"]


Drafted = Callable[[str], dict[str, Any]]


@pytest.fixture
def drafted(draft_text: Callable[..., NoticeDraft], as_json: Callable[..., dict[str, Any]]) -> Drafted:
    """The draft of a text file with this content, as plain data."""
    return lambda text: as_json(draft_text(read_notice(text.encode(), "通知.txt", limit=LIMIT).text))


@pytest.mark.parametrize(
    ("sentence", "lead", "cooperating"),
    [
        ("县公安局牵头，县法院、县司法局按职责分工负责。", "公安局", ["法院", "司法局"]),
        ("县住建局要会同县法院、县司法局建立联调机制。", "住建局", ["法院", "司法局"]),
        (
            "县住建局会同县法院建立机制，各乡镇人民政府、街道办事处配合。",
            "住建局",
            ["法院", *TOWNSHIPS],
        ),
        ("县税务局、县财政局分别牵头负责信息查询，县法院配合。", "税务局", ["财政局", "法院"]),
        ("法院负责提供名单，发改委负责信用惩戒，市场监管局负责限制任职。", "法院", ["发展改革委", "市场监管局"]),
        ("由县司法局牵头，会同县法院、县妇联、团县委建立机制。", "司法局", ["法院", "县妇联", "团县委"]),
        ("县司法局会同县委宣传部、县法院发布案例。", "司法局", ["县委宣传部", "法院"]),
    ],
)
def test_every_unit_of_the_sentence_is_drafted(
    drafted: Drafted, sentence: str, lead: str, cooperating: list[str]
) -> None:
    (item,) = drafted(f"{HEAD}1.健全机制。{sentence}\n")["items"]
    assert (item["lead"], sorted(item["cooperating"])) == (lead, sorted(cooperating))


def test_an_organ_of_the_party_is_not_taken_for_the_party_committee(drafted: Drafted) -> None:
    draft = drafted(f"{HEAD}1.加强治理。县委组织部、县纪委监委将失信信息作为选拔任用依据。\n")
    assert [item["lead"] for item in draft["items"]] == []
    assert any("加强治理" in entry["text"] for entry in draft["unresolved"])


@pytest.mark.parametrize(
    ("first", "second"),
    [("县法院、县公安", "局、县财政局"), ("县 法 院 、 县 公 安", "局 、 县 财 政 局")],
)
def test_a_line_broken_before_the_last_character_of_a_name_is_joined(drafted: Drafted, first: str, second: str) -> None:
    (item,) = drafted(f"{HEAD}1.建立机制。\n责任单位：{first}\n{second}\n完成时限：长期坚持\n")["items"]
    assert (item["lead"], item["cooperating"], item["notes"]) == ("法院", ["公安局", "财政局"], [])


@pytest.mark.parametrize("phrase", ["常年坚持", "长期坚持"])
def test_lasting_duties_are_long_term(drafted: Drafted, phrase: str) -> None:
    (item,) = drafted(f"{HEAD}1.建立机制。\n责任单位：县法院\n完成时限：{phrase}\n")["items"]
    assert item["deadline_kind"] == "LONG_TERM"


def test_a_clause_that_only_says_to_go_on_is_the_deadline(drafted: Drafted) -> None:
    (item,) = drafted(f"{HEAD}1.由县公安局牵头，县法院配合，持续推进。\n")["items"]
    assert (item["deadline_kind"], [note["code"] for note in item["notes"]][-1]) == (
        "LONG_TERM",
        "NOTICE_DEADLINE_FROM_SENTENCE",
    )


def test_a_feast_day_in_a_period_is_noted(drafted: Drafted) -> None:
    (item,) = drafted(f"{HEAD}1.建立机制。\n责任单位：县法院\n完成时限：每年春节前\n")["items"]
    assert item["recurrence"] == "FREQ=YEARLY"
    assert [note["code"] for note in item["notes"]] == ["NOTICE_RECURRENCE_COARSE"]


def test_sentence_about_the_office_names_no_members(drafted: Drafted) -> None:
    draft = drafted(
        "关于成立领导小组的通知\n组长：某某某  县委副书记、县长\n成员：某某某  县司法局局长\n"
        "领导小组下设办公室，办公室设在县司法局，某某某兼任办公室主任。\n联席会议成员单位：县政法委、县法院。\n"
    )
    assert [(seat["role"], seat["unit"]) for seat in draft["members"]] == [
        ("CONVENOR", "县政府"),
        ("MEMBER", "司法局"),
        ("OFFICE", "司法局"),
        ("MEMBER", "政法委"),
        ("MEMBER", "法院"),
    ]
    assert [entry["code"] for entry in draft["unresolved"]] == ["NOTICE_NO_ITEMS"]


def test_rows_that_head_a_part_do_not_end_a_table_of_tabs(drafted: Drafted) -> None:
    draft = drafted(
        "2026年府院联动任务分解表\n序号\t工作任务\t牵头单位\t配合单位\t完成时限\n一\t法治政府建设\n"
        "1\t负责人出庭应诉\t县司法局\t县法院\t持续推进\n二\t优化营商环境\n2\t出台修复办法\t县发改委\t县法院\t2026年9月底前\n"
    )
    assert draft["title"] == "2026年府院联动任务分解表"
    assert [(item["title"], item["lead"], item["source_clause"]) for item in draft["items"]] == [
        ("负责人出庭应诉", "司法局", "一、1"),
        ("出台修复办法", "发展改革委", "二、2"),
    ]
    assert draft["unresolved"] == []


def test_a_header_of_two_rows_says_who_leads(drafted: Drafted) -> None:
    document = docx.Document()
    document.add_paragraph("2026年府院联动重点任务分工表")
    table = document.add_table(rows=2, cols=5)
    for cell, text in zip(table.rows[0].cells, ("序号", "工作任务", "责任单位", "", "完成时限"), strict=True):
        cell.text = text
    table.cell(0, 2).merge(table.cell(0, 3))
    table.cell(1, 2).text, table.cell(1, 3).text = "牵头单位", "配合单位"
    for column in (0, 1, 4):
        table.cell(0, column).merge(table.cell(1, column))
    for texts in (("一", "优化营商环境", "", "", ""), ("1", "共享破产信息", "县法院", "县财政局", "2026年6月底前")):
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    notice = read_notice(stream.getvalue(), "分工表.docx", limit=LIMIT)
    (item,) = drafted(notice.text)["items"]
    assert (item["no"], item["title"], item["lead"], item["cooperating"]) == ("1", "共享破产信息", "法院", ["财政局"])
    assert item["due_on"] == "2026-06-30"


@pytest.mark.parametrize(
    ("phrase", "due_on", "notes"),
    [
        ("2026年9月前", "2026-08-31", ["NOTICE_DEADLINE_MONTH"]),
        ("2026年9月底前", "2026-09-30", []),
        ("2026年第三季度前", "2026-09-30", ["NOTICE_DEADLINE_TWO_READINGS"]),
        ("2026年第三季度", "2026-09-30", []),
        ("2026年上半年前", "2026-06-30", ["NOTICE_DEADLINE_TWO_READINGS"]),
    ],
)
def test_before_a_month_is_before_it_begins_and_before_a_quarter_is_open(
    drafted: Drafted, phrase: str, due_on: str, notes: list[str]
) -> None:
    (item,) = drafted(f"{HEAD}1.建立机制。\n责任单位：县法院\n完成时限：{phrase}\n")["items"]
    assert (item["due_on"], [note["code"] for note in item["notes"]]) == (due_on, notes)
