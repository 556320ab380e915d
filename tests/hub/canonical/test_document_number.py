"""发文字号: the brackets the notices mix, and where a number goes wrong."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.canonical.document_number import (
    find_document_number_problems,
    normalize_document_number,
    parse_document_number,
)


@pytest.mark.parametrize(
    "text, canonical",
    [
        ("黑市诚信办发〔2023〕3号", "黑市诚信办发〔2023〕3号"),
        ("温政办〔2021〕13号", "温政办〔2021〕13号"),
        ("新信用发〔2018〕6号", "新信用发〔2018〕6号"),
        ("驻政〔2022〕59号", "驻政〔2022〕59号"),
        ("徐政发(2018) 23号", "徐政发〔2018〕23号"),
        ("徐政发(2018〕23号", "徐政发〔2018〕23号"),
        ("徐信用办(2018) 15号", "徐信用办〔2018〕15号"),
        ("徐信用办〔２０１７〕９号", "徐信用办〔2017〕9号"),
        ("发改财金[2016]141号", "发改财金〔2016〕141号"),
        ("国发【2016】76号", "国发〔2016〕76号"),
        ("法〔2015〕第0137号", "法〔2015〕137号"),
    ],
)
def test_brackets_and_serials_are_made_one(text, canonical):
    number = parse_document_number(text)
    assert str(number) == canonical
    assert parse_document_number(canonical) == number


def test_judicial_suggestions_are_told_by_their_organ_code():
    assert parse_document_number("温法建〔2026〕4号").is_judicial_suggestion
    assert not parse_document_number("温政办〔2021〕13号").is_judicial_suggestion


@pytest.mark.parametrize(
    "text, expected",
    [
        ("〔2022〕59号", ("DOCUMENT_NUMBER_ORGAN", 1, "（")),
        ("驻·政〔2022〕59号", ("DOCUMENT_NUMBER_ORGAN", 2, "·")),
        ("驻政59号", ("DOCUMENT_NUMBER_YEAR", 3, "5")),
        ("驻政", ("DOCUMENT_NUMBER_YEAR", 3, "…")),
        ("驻政〔22〕59号", ("DOCUMENT_NUMBER_YEAR", 4, "2")),
        ("驻政〔1922〕59号", ("DOCUMENT_NUMBER_YEAR", 4, "1")),
        ("驻政〔2O22〕59号", ("DOCUMENT_NUMBER_YEAR", 4, "2")),
        ("驻政〔2022〕号", ("DOCUMENT_NUMBER_SERIAL", 9, "号")),
        ("驻政〔2022〕0号", ("DOCUMENT_NUMBER_SERIAL", 9, "0")),
        ("驻政〔2022〕59", ("DOCUMENT_NUMBER_SERIAL", 9, "5")),
        ("驻政〔2022〕59号）要求", ("DOCUMENT_NUMBER_SERIAL", 9, "5")),
        ("驻政〔2022〕", ("DOCUMENT_NUMBER_SERIAL", 9, "…")),
    ],
)
def test_the_wrong_place_is_named(text, expected, outline):
    assert outline(find_document_number_problems(text))[0][:3] == expected


def test_every_problem_is_reported_at_once():
    codes = [reason.code for reason in find_document_number_problems("9〔22〕x")]
    assert codes == ["DOCUMENT_NUMBER_ORGAN", "DOCUMENT_NUMBER_YEAR", "DOCUMENT_NUMBER_SERIAL"]


def test_a_year_ahead_is_refused_only_when_today_is_known():
    text = "国办发明电〔2027〕7号"
    assert find_document_number_problems(text) == ()
    (reason,) = find_document_number_problems(text, today=date(2026, 11, 21))
    assert reason.code == "DOCUMENT_NUMBER_YEAR"


@pytest.mark.parametrize("text", ["", "驻政〔2022〕59号" * 10])
def test_empty_and_endless_texts_are_refused(text):
    (reason,) = find_document_number_problems(text)
    assert reason.code == "DOCUMENT_NUMBER_LENGTH"
    assert reason.text.zh


@given(st.text(st.sampled_from("驻政温办（）()〔〕[]第0123456789号 x"), max_size=30))
def test_any_text_is_judged_and_normalisation_is_idempotent(text):
    once = normalize_document_number(text)
    assert normalize_document_number(once) == once
    assert bool(find_document_number_problems(once)) == bool(find_document_number_problems(text))
    if not find_document_number_problems(text):
        number = parse_document_number(text)
        assert parse_document_number(str(number)) == number
