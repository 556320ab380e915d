"""公民身份号码: the standard's samples, the old form, and which character is wrong, without giving the person away."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.canonical.citizen_id import (
    Sex,
    find_citizen_id_problems,
    normalize_citizen_id,
    parse_citizen_id,
)
from hub.core.errors import Refused

TODAY = date(2026, 11, 21)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def check_character(body: str) -> str:
    """The table of GB 11643-1999 written down a second time, as an oracle."""
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]


@st.composite
def numbers(draw: st.DrawFn) -> str:
    born = draw(st.dates(date(1800, 1, 1), TODAY))
    region = draw(st.sampled_from(["110105", "410825", "420984", "441825", "830000"]))
    body = f"{region}{born:%Y%m%d}{draw(st.integers(0, 999)):03}"
    return body + check_character(body)


@pytest.mark.parametrize(
    "text, born, sex",
    [
        ("11010519491231002X", date(1949, 12, 31), Sex.FEMALE),
        ("440524188001010014", date(1880, 1, 1), Sex.MALE),
        ("410825199001010015", date(1990, 1, 1), Sex.MALE),
        ("420984198512310020", date(1985, 12, 31), Sex.FEMALE),
    ],
)
def test_vectors_pass(text, born, sex):
    number = parse_citizen_id(text, today=TODAY)
    assert (number.value, number.birth_date, number.sex) == (text, born, sex)
    assert number.region_code == text[:6]
    assert not number.upgraded


def test_spelling_variants_mean_the_same_number():
    for text in ("１１０１０５１９４９１２３１００２ｘ", "110105 19491231 002x", "110105-19491231-002X"):
        assert parse_citizen_id(text, today=TODAY).value == "11010519491231002X"


def test_fifteen_digits_are_upgraded():
    number = parse_citizen_id("110105491231002", today=TODAY)
    assert number.value == "11010519491231002X"
    assert number.upgraded


@pytest.mark.parametrize(
    "text, expected",
    [
        ("11010519491231O02X", ("CITIZEN_ID_CHARACTER", 15, "O", "0-9")),
        ("1101051949123100XX", ("CITIZEN_ID_CHARACTER", 17, "X", "0-9")),
        ("11010519491231002Y", ("CITIZEN_ID_CHARACTER", 18, "Y", "0-9, X")),
        ("11010549123100X", ("CITIZEN_ID_CHARACTER", 15, "X", "0-9")),
        ("1101051949123100\x002", ("CITIZEN_ID_CHARACTER", 17, "U+0000", "0-9")),
        ("010105194912310022", ("CITIZEN_ID_REGION", 1, "01", None)),
        ("110105179912310021", ("CITIZEN_ID_YEAR", 7, None, "1800-2026")),
        ("110105203012310021", ("CITIZEN_ID_YEAR", 7, None, "1800-2026")),
        ("110105194913310021", ("CITIZEN_ID_MONTH", 11, None, "01-12")),
        ("110105491331002", ("CITIZEN_ID_MONTH", 9, None, "01-12")),
        ("110105194902290021", ("CITIZEN_ID_DAY", 13, None, "01-28")),
        ("110105202611220021", ("CITIZEN_ID_FUTURE", 7, None, None)),
        ("110105194912310021", ("CITIZEN_ID_CHECK", 18, "1", "X")),
    ],
)
def test_the_wrong_place_is_named(text, expected, outline):
    assert outline(find_citizen_id_problems(text, today=TODAY)) == [expected]


def test_region_and_birth_date_are_reported_together():
    reasons = find_citizen_id_problems("990105194913310021", today=TODAY)
    assert [reason.code for reason in reasons] == ["CITIZEN_ID_REGION", "CITIZEN_ID_MONTH"]


@pytest.mark.parametrize("text", ["", "1101051949123100", "11010519491231002X1"])
def test_wrong_length_is_said(text):
    reasons = find_citizen_id_problems(text, today=TODAY)
    assert [reason.code for reason in reasons] == ["CITIZEN_ID_LENGTH"]


def test_born_today_is_valid_and_tomorrow_is_not():
    for born, valid in ((TODAY, True), (TODAY + timedelta(days=1), False)):
        body = f"410825{born:%Y%m%d}001"
        assert bool(find_citizen_id_problems(body + check_character(body), today=TODAY)) is not valid


def test_text_and_repr_are_masked():
    number = parse_citizen_id("410825199001010015", today=TODAY)
    for shown in (str(number), repr(number), f"{number}", number.masked):
        assert "410***********0015" in shown
        assert "19900101" not in shown


@given(numbers())
def test_generated_numbers_pass(text):
    assert parse_citizen_id(text, today=TODAY).value == text


@given(numbers(), st.integers(0, 17), st.characters(exclude_categories=["Cs"]))
def test_no_single_changed_character_passes_unnoticed(text, place, character):
    changed = text[:place] + character + text[place + 1 :]
    if normalize_citizen_id(changed) != text:
        assert find_citizen_id_problems(changed, today=TODAY)


@given(numbers(), st.integers(0, 17))
def test_reasons_hold_no_more_than_single_characters(text, place):
    changed = text[:place] + str((int(text[place]) + 1) % 10 if text[place].isdigit() else 1) + text[place + 1 :]
    for reason in find_citizen_id_problems(changed, today=TODAY):
        assert len(str(reason.params.get("character", ""))) <= 2
        assert changed[6:14] not in f"{reason.text}"


@given(st.text(max_size=40))
def test_any_text_is_judged_and_normalisation_is_idempotent(text):
    once = normalize_citizen_id(text)
    assert normalize_citizen_id(once) == once
    assert find_citizen_id_problems(once, today=TODAY) == find_citizen_id_problems(text, today=TODAY)


def test_refusal_carries_all_reasons_and_the_path():
    with pytest.raises(Refused) as refusal:
        parse_citizen_id("990105194913310021", today=TODAY, path=("target", "citizenId"))
    assert [(r.code, r.path) for r in refusal.value.reasons] == [
        ("CITIZEN_ID_REGION", ("target", "citizenId")),
        ("CITIZEN_ID_MONTH", ("target", "citizenId")),
    ]
