"""案号: the five courts of the notices, spelling variants, legacy numbers, and where a number goes wrong."""

from __future__ import annotations

import csv
import re
from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.canonical.case_number import (
    COURT_PREFIXES,
    CaseNumber,
    LegacyCaseNumber,
    find_case_number_problems,
    is_case_number,
    normalize_case_number,
    parse_case_number,
)
from hub.canonical.case_types import CASE_TYPES
from hub.canonical.codes import CourtLevel


@pytest.mark.parametrize(
    "text, court, level, type_code, sequence",
    [
        ("（2021）豫0825民初123号", "豫0825", CourtLevel.BASIC, "民初", "123"),
        ("（2024）鄂0984执恢7号", "鄂0984", CourtLevel.BASIC, "执恢", "7"),
        ("（2023）苏0381行审45号", "苏0381", CourtLevel.BASIC, "行审", "45"),
        ("（2023）黑11破申2号", "黑11", CourtLevel.INTERMEDIATE, "破申", "2"),
        ("（2022）豫17行终118号", "豫17", CourtLevel.INTERMEDIATE, "行终", "118"),
        ("（2022）豫民申3021号", "豫", CourtLevel.HIGH, "民申", "3021"),
        ("（2020）最高法执监5号", "最高法", CourtLevel.SUPREME, "执监", "5"),
        ("（2019）京73民初99号", "京73", CourtLevel.INTERMEDIATE, "民初", "99"),
        ("（2020）兵0103执保8号", "兵0103", CourtLevel.BASIC, "执保", "8"),
    ],
)
def test_numbers_of_every_level(text, court, level, type_code, sequence):
    number = parse_case_number(text)
    assert isinstance(number, CaseNumber)
    assert (number.court_code, number.court_level, number.type_code, number.sequence) == (
        court,
        level,
        type_code,
        sequence,
    )
    assert number.warnings == ()
    assert str(number) == text


def test_special_trial_mark_is_set_apart():
    number = parse_case_number("（2021）最高法知民终12号")
    assert isinstance(number, CaseNumber)
    assert (number.court_code, number.special, number.type_code) == ("最高法", "知", "民终")
    assert str(number) == "（2021）最高法知民终12号"


@pytest.mark.parametrize(
    "text",
    [
        "(2021)豫0825民初123号",
        "〔2021〕豫0825民初123号",
        "[2021]豫0825民初123号",
        "（２０２１）豫０８２５民初１２３号",
        " （2021） 豫0825 民初 123 号\n",
        "2021豫0825民初123号",
        "（2021）豫0825民初0123号",
        "(2021〕豫0825民初\u200b123号",
    ],
)
def test_spelling_variants_mean_the_same_number(text):
    assert str(parse_case_number(text)) == "（2021）豫0825民初123号"


@pytest.mark.parametrize(
    "tail, suffix, canonical",
    [
        ("之一", 1, "之一"),
        ("之3", 3, "之三"),
        ("之十", 10, "之十"),
        ("之十二", 12, "之十二"),
        ("之二十", 20, "之二十"),
        ("之二十一", 21, "之二十一"),
        ("之99", 99, "之九十九"),
    ],
)
def test_suffix_is_kept_as_a_numeral(tail, suffix, canonical):
    number = parse_case_number(f"（2021）豫0825执123号{tail}")
    assert isinstance(number, CaseNumber)
    assert number.suffix == suffix
    assert str(number) == f"（2021）豫0825执123号{canonical}"


def test_a_suffixed_number_is_another_number():
    assert parse_case_number("（2021）豫0825执123号") != parse_case_number("（2021）豫0825执123号之一")


def test_eight_drawn_digits_keep_their_zeros():
    assert str(parse_case_number("（2021）最高法刑核01234567号")) == "（2021）最高法刑核01234567号"


@pytest.mark.parametrize(
    "text",
    ["（2013）温民初字第12号", "(2013)温民初字第12号", "（2009）驻法执字第33-1号", "（2014）黑中行终字第5号之二"],
)
def test_legacy_numbers_are_kept_as_text(text):
    number = parse_case_number(text)
    assert isinstance(number, LegacyCaseNumber)
    assert number.text == text.replace("(", "（").replace(")", "）")
    assert number.year == int(text[1:5])
    assert number.warnings == ()


def test_legacy_form_after_the_rule_is_a_doubt():
    number = parse_case_number("（2019）温民初字第12号")
    assert [warning.code for warning in number.warnings] == ["CASE_NUMBER_YEAR_LATE"]


def test_unknown_type_code_is_accepted_with_a_warning():
    number = parse_case_number("（2021）豫0825民奇1号")
    assert [(w.code, w.params["type"]) for w in number.warnings] == [("CASE_NUMBER_TYPE_UNKNOWN", "民奇")]
    assert number.warnings[0].text.zh


def test_pre_filing_mediation_has_four_characters():
    number = parse_case_number("（2024）豫0825民诉前调595号")
    assert isinstance(number, CaseNumber)
    assert number.type_code == "民诉前调"
    assert number.warnings == ()


@pytest.mark.parametrize(
    "text, expected",
    [
        ("（202）豫0825民初1号", ("CASE_NUMBER_YEAR", 2, "202")),
        ("（1021）豫0825民初1号", ("CASE_NUMBER_YEAR", 2, "1021")),
        ("豫0825民初1号", ("CASE_NUMBER_YEAR", 1, "豫")),
        ("（2021豫0825民初1号", ("CASE_NUMBER_BRACKET", 6, "豫")),
        ("2021）豫0825民初1号", ("CASE_NUMBER_BRACKET", 6, "豫")),
        ("（2021）预0825民初1号", ("CASE_NUMBER_COURT", 7, "预")),
        ("（2021）0825民初1号", ("CASE_NUMBER_COURT", 7, "0")),
        ("（2021）豫082民初1号", ("CASE_NUMBER_COURT_DIGITS", 8, "082")),
        ("（2021）最高法01民初1号", ("CASE_NUMBER_COURT_DIGITS", 10, "01")),
        ("（2021）豫08251号", ("CASE_NUMBER_COURT_DIGITS", 8, "08251")),
        ("（2021）豫0825号", ("CASE_NUMBER_TYPE", 12, "号")),
        ("（2021）豫0825民事初审一1号", ("CASE_NUMBER_TYPE_LENGTH", 12, "民事初审一")),
        ("（2021）豫0825民初号", ("CASE_NUMBER_SEQUENCE", 14, "号")),
        ("（2021）豫0825民初0号", ("CASE_NUMBER_SEQUENCE", 14, "0")),
        ("（2021）豫0825民初123456789号", ("CASE_NUMBER_SEQUENCE", 14, "123456789")),
        ("（2021）豫0825民初1O号", ("CASE_NUMBER_ENDING", 15, "O")),
        ("（2021）豫0825民初12", ("CASE_NUMBER_ENDING", 16, "…")),
        ("（2021）豫0825民初12号之", ("CASE_NUMBER_TRAILING", 17, "之")),
        ("（2021）豫0825民初12号之十十", ("CASE_NUMBER_TRAILING", 17, "之")),
        ("（2021）豫0825民初12号之0", ("CASE_NUMBER_TRAILING", 17, "之")),
        ("（2021）豫0825民初12号\x00", ("CASE_NUMBER_TRAILING", 17, "U+0000")),
        ("（2013）温民初字第号", ("CASE_NUMBER_LEGACY_FORM", 7, "温")),
    ],
)
def test_the_wrong_place_is_named(text, expected, outline):
    rows = outline(find_case_number_problems(text))
    assert rows[0][:3] == expected
    assert len({row[0] for row in rows}) == len(rows)


def test_every_problem_is_reported_at_once(outline):
    rows = outline(find_case_number_problems("（202）预082民初0号尾"))
    assert [row[:3] for row in rows] == [
        ("CASE_NUMBER_YEAR", 2, "202"),
        ("CASE_NUMBER_COURT", 6, "预"),
        ("CASE_NUMBER_COURT_DIGITS", 7, "082"),
        ("CASE_NUMBER_SEQUENCE", 12, "0"),
        ("CASE_NUMBER_TRAILING", 14, "尾"),
    ]


def test_a_year_ahead_is_refused_only_when_today_is_known():
    text = "（2027）豫0825民初1号"
    assert find_case_number_problems(text) == ()
    (reason,) = find_case_number_problems(text, today=date(2026, 11, 21))
    assert (reason.code, reason.params["expected"]) == ("CASE_NUMBER_YEAR", "1949-2026")
    assert find_case_number_problems(text, today=date(2027, 1, 1)) == ()


@pytest.mark.parametrize("text", ["", "  ", "（2021）豫0825民初1号" + "x" * 100])
def test_empty_and_endless_texts_are_refused(text):
    assert [reason.code for reason in find_case_number_problems(text)] == ["CASE_NUMBER_LENGTH"]


@given(
    st.integers(2016, 2030),
    st.sampled_from(
        ["最高法", *COURT_PREFIXES, "豫17", "豫0825", "兵0103", "京04", "津0101", "渝0230", "新71", "桂9601"]
    ),
    st.sampled_from(sorted(CASE_TYPES)),
    st.integers(1, 99_999_999),
    st.none() | st.integers(1, 99),
)
def test_every_well_formed_number_reads_back(year, court, type_code, sequence, suffix):
    tail = "" if suffix is None else f"之{suffix}"
    number = parse_case_number(f"({year}){court}{type_code}{sequence}号{tail}")
    assert isinstance(number, CaseNumber)
    assert (number.year, number.court_code, number.special + number.type_code) == (year, court, type_code)
    assert (int(number.sequence), number.suffix) == (sequence, suffix)
    assert parse_case_number(str(number)) == number
    assert number.warnings == ()


@given(st.text(st.sampled_from("（）()〔〕[] 0123456789豫鄂最高法民初执知字第号之一十x\u3000０"), max_size=30))
def test_any_text_is_judged_and_normalisation_is_idempotent(text):
    once = normalize_case_number(text)
    assert normalize_case_number(once) == once
    if not find_case_number_problems(text):
        number = parse_case_number(text)
        assert parse_case_number(str(number)) == number


@pytest.mark.parametrize(
    "court, year, code",
    [
        ("豫0801", 2020, "CASE_NUMBER_COURT_UNKNOWN"),
        ("豫55", 2020, "CASE_NUMBER_COURT_UNKNOWN"),
        ("豫00", 2020, "CASE_NUMBER_COURT_UNKNOWN"),
        ("豫0800", 2020, "CASE_NUMBER_COURT_UNKNOWN"),
        ("京05", 2020, "CASE_NUMBER_COURT_UNKNOWN"),
        ("京74", 2020, "CASE_NUMBER_COURT_NOT_YET"),
        ("京74", 2021, None),
        ("浙0192", 2016, "CASE_NUMBER_COURT_NOT_YET"),
        ("浙0192", 2017, None),
        ("渝87", 2021, "CASE_NUMBER_COURT_NOT_YET"),
        ("新9011", 2020, None),
        ("鲁12", 2024, None),
        ("豫7101", 2016, None),
        ("渝0230", 2016, None),
        ("豫9001", 2016, None),
    ],
)
def test_a_court_must_have_borne_its_code_in_the_year(court, year, code):
    """Divisions that were merged away may keep their court (art. 13): 鲁12 was of 莱芜 until 2018."""
    found = find_case_number_problems(f"（{year}）{court}执1号")
    assert [reason.code for reason in found] == ([code] if code else [])


def test_a_court_the_hub_knows_needs_no_table():
    assert str(parse_case_number("（2026）豫0801执1号", known=("豫0801",))) == "（2026）豫0801执1号"


def test_the_table_is_in_the_form_its_reader_takes():
    text = files("hub.canonical").joinpath("court_codes.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert len(rows) > 30
    for row in rows:
        date.fromisoformat(row["from"])
        assert re.fullmatch(r"(\d\d(-\d\d)?)?", row["court"]), row
        assert re.fullmatch(r"(\d\d(-\d\d)?)?", row["branch"]), row
        assert row["prefix"] in {"*", "最高法"} or set(row["prefix"]) <= set(COURT_PREFIXES), row


@given(
    st.integers(2014, 2028),
    st.sampled_from(["豫0825", "豫08", "豫"]),
    st.sampled_from(["知", ""]),
    st.sampled_from([*sorted(CASE_TYPES), "某某"]),
    st.sampled_from(["1", "12", "012", "0", "12345678", "123456789"]),
    st.sampled_from(["号", "号之1", "", "号 "]),
    st.sampled_from(["（）", "()"]),
)
def test_a_number_that_is_quickly_found_plain_is_one_and_reads_as_it_stands(
    year, court, special, type_code, sequence, ending, brackets
):
    text, today = f"{brackets[0]}{year}{brackets[1]}{court}{special}{type_code}{sequence}{ending}", date(2026, 11, 21)
    for asked in ("豫0825", "豫08", "豫"):
        if is_case_number(text, asked, today=today):
            number = parse_case_number(text, today=today)
            assert (str(number), number.court_code) == (text, asked)
    assert is_case_number("（2026）豫0825执12号", "豫0825", today=today)
