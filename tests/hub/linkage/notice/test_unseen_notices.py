"""Notices of the same kinds that nobody has published: layouts, wordings and deadlines of the field."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.core.errors import Refused
from hub.linkage.notice.draft import draft_as_json, draft_notice
from hub.linkage.notice.read import NoticeText, read_notice
from tests.hub.linkage.notice.conftest import LIMIT, load_rosters

ROSTER = load_rosters()["wenxian"]
HEAD = "关于印发2026年府院联动重点任务的通知\n各有关单位：\n一、重点任务\n"


def drafted(text: str, **options) -> dict:
    notice = NoticeText(text, "0" * 64, "txt", "utf-8")
    return draft_as_json(draft_notice(notice, ROSTER, **{"year": 2026, "shift_dates": False, **options}), ROSTER)


def only(text: str) -> dict:
    (item,) = drafted(text)["items"]
    return item


@pytest.mark.parametrize(
    ("lines", "lead", "cooperating"),
    [
        ("责任单位：县法院、县司法局", "法院", ["司法局"]),
        ("责任部门：县司法局、县法院", "司法局", ["法院"]),
        ("牵头单位：县公安局\n配合单位：县法院、县民政局", "公安局", ["法院", "民政局"]),
        ("牵头单位:县公安局；配合单位:县法院，县民政局", "公安局", ["法院", "民政局"]),
        ("责任单位：县法院牵头，县司法局、县公安局配合", "法院", ["司法局", "公安局"]),
        ("（责任单位：县财政局、县法院）", "财政局", ["法院"]),
        ("【责任单位】县财政局、县法院", "财政局", ["法院"]),
        ("【牵头单位】县公安局【配合单位】县法院", "公安局", ["法院"]),
    ],
)
def test_labelled_lines_say_who_leads(lines: str, lead: str, cooperating: list[str]) -> None:
    item = only(f"{HEAD}1.建立联动机制。定期通报案件情况。\n{lines}\n完成时限：2026年6月30日\n")
    assert (item["lead"], item["cooperating"]) == (lead, cooperating)
    assert (item["deadline_kind"], item["due_on"]) == ("FIXED", "2026-06-30")


@pytest.mark.parametrize(
    ("deadline", "kind", "due_on"),
    [
        ("2026年6月30日", "FIXED", "2026-06-30"),
        ("2026年6月30日前", "FIXED", "2026-06-30"),
        ("２０２６年６月３０日前", "FIXED", "2026-06-30"),
        ("2026年6月底前", "FIXED", "2026-06-30"),
        ("6月30日前", "FIXED", "2026-06-30"),
        ("2026-06-30", "FIXED", "2026-06-30"),
        ("2026.06", "FIXED", "2026-06-30"),
        ("2026年底前", "FIXED", "2026-12-31"),
        ("长期坚持", "LONG_TERM", None),
        ("持续推进", "LONG_TERM", None),
        ("每季度末", "RECURRING", None),
        ("每月5日前", "RECURRING", None),
        ("每年12月底前", "RECURRING", None),
    ],
)
def test_deadlines_of_the_field_are_understood(deadline: str, kind: str, due_on: str | None) -> None:
    item = only(f"{HEAD}1.建立联动机制。\n责任单位：县法院、县司法局\n完成时限：{deadline}\n")
    assert (item["deadline_kind"], item["due_on"]) == (kind, due_on)
    assert (item["recurrence"] is not None) == (kind == "RECURRING")


def test_a_deadline_nobody_can_date_is_reported_and_not_guessed() -> None:
    draft = drafted(f"{HEAD}1.建立联动机制。\n责任单位：县法院\n完成时限：条件成熟时\n")
    (item,) = draft["items"]
    assert item["deadline_kind"] is None
    assert any("条件成熟时" in entry["text"] for entry in draft["unresolved"])


def test_explicit_lead_of_the_sentence_beats_the_order_of_the_list() -> None:
    text = f"{HEAD}1.由县公安局牵头，建立查控机制。\n责任单位：县法院、县公安局\n完成时限：长期坚持\n"
    item = only(text)
    assert (item["lead"], item["cooperating"]) == ("公安局", ["法院"])


def test_tail_bracket_in_nested_numbering_is_an_item() -> None:
    text = """关于建立府院联动机制的实施方案
一、总体要求
坚持党的领导。
二、重点任务
（一）执行联动
1.健全网络查控，定期反馈结果。（县法院牵头，县公安局、县民政局配合；完成时限：2026年9月底前）
2.开展联合惩戒，落实信用约束。（牵头单位：县发展改革委；配合单位：县法院；长期坚持）
"""
    first, second = drafted(text)["items"]
    assert (first["lead"], first["cooperating"]) == ("法院", ["公安局", "民政局"])
    assert (second["lead"], second["cooperating"]) == ("发展改革委", ["法院"])


def test_unknown_unit_keeps_its_printed_name_and_is_reported() -> None:
    draft = drafted(f"{HEAD}1.建立联动机制。\n责任单位：县法院、县气象灾害防御中心\n完成时限：长期坚持\n")
    (item,) = draft["items"]
    assert item["cooperating"] == ["县气象灾害防御中心"]
    assert any("气象灾害防御中心" in entry["text"] for entry in draft["unresolved"])


def test_group_expands_by_the_roster() -> None:
    item = only(f"{HEAD}1.开展排查。\n责任单位：县信访局、各乡镇（街道）\n完成时限：长期坚持\n")
    assert item["lead"] == "信访局"
    assert len(item["cooperating"]) == len(ROSTER.resolve("各乡镇(街道)").units)


def test_table_of_a_word_file_is_read_like_lines() -> None:
    document = docx.Document()
    document.add_paragraph("2026年府院联动任务清单")
    table = document.add_table(rows=1, cols=5)
    for cell, name in zip(table.rows[0].cells, ("序号", "工作任务", "牵头单位", "配合单位", "完成时限"), strict=True):
        cell.text = name
    for row in (
        ("1", "建立执行联动机制", "县法院", "县公安局、县民政局", "2026年6月底前"),
        ("2", "开展信用修复", "县发展改革委", "县法院", "长期坚持"),
    ):
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = value
    stream = io.BytesIO()
    document.save(stream)
    notice = read_notice(stream.getvalue(), "任务清单.docx", limit=LIMIT)
    first, second = draft_as_json(draft_notice(notice, ROSTER, year=2026, shift_dates=False), ROSTER)["items"]
    assert (first["lead"], first["cooperating"], first["due_on"]) == ("法院", ["公安局", "民政局"], "2026-06-30")
    assert (second["lead"], second["deadline_kind"]) == ("发展改革委", "LONG_TERM")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_of_every_common_encoding_is_read(encoding: str) -> None:
    text = f"{HEAD}1.建立联动机制。\n责任单位：县法院、县司法局\n完成时限：长期坚持\n"
    assert "县法院" in read_notice(text.encode(encoding), "通知.txt", limit=LIMIT).text


def zipped(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return stream.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   \n",
        bytes(range(256)) * 40,
        b"\x00" * 5000,
        b"%PDF-1.7\nnothing",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        b"PK\x03\x04broken",
        zipped(word__document_dot_xml=b"<w" * 10),
        zipped(readme_dot_txt=b"x"),
        zipped(word__document_dot_xml=b"<a>" + b" " * 300_000_000 + b"</a>", _dot_x=b""),
        "中文".encode() * 4_000_000,
    ],
    ids=["empty", "blank", "binary", "nul", "pdf", "doc", "zip", "not-word", "other-zip", "bomb", "large"],
)
def test_unfit_file_is_refused_with_a_code(data: bytes) -> None:
    with pytest.raises(Refused) as refused:
        read_notice(data, "通知.docx", limit=LIMIT)
    assert refused.value.code.startswith("NOTICE_")


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=2000) | st.text(max_size=800).map(str.encode))
def test_reading_anything_either_gives_text_or_is_refused(data: bytes) -> None:
    try:
        notice = read_notice(data, "x.txt", limit=LIMIT)
    except Refused:
        return
    first = draft_notice(notice, ROSTER, year=2026, shift_dates=False)
    assert first == draft_notice(notice, ROSTER, year=2026, shift_dates=False)


UNITS = ("县法院", "县司法局", "县公安局", "县财政局", "县民政局")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text("建立完善联动协作机制定期通报", min_size=4, max_size=20),
            st.lists(st.sampled_from(UNITS), min_size=1, max_size=4, unique=True),
            st.sampled_from(("长期坚持", "2026年6月30日前", "每季度", "适时")),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_every_numbered_item_is_drafted_and_every_open_deadline_reported(tasks: list) -> None:
    body = "".join(
        f"{number}.{title}。\n责任单位：{'、'.join(units)}\n完成时限：{deadline}\n"
        for number, (title, units, deadline) in enumerate(tasks, 1)
    )
    draft = drafted(HEAD + body)
    assert [item["no"] for item in draft["items"]] == [str(number) for number in range(1, len(tasks) + 1)]
    for item, (_, units, deadline) in zip(draft["items"], tasks, strict=True):
        assert [item["lead"], *item["cooperating"]] == [unit.removeprefix("县") for unit in units]
        assert (item["deadline_kind"] is None) == (deadline == "适时")
