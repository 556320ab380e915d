"""Telephone numbers of liaisons."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.canonical.phone import find_phone_problems, normalize_phone, parse_phone


@pytest.mark.parametrize(
    "text, canonical",
    [
        ("13800138000", "13800138000"),
        ("138 0013 8000", "13800138000"),
        ("+86-138-0013-8000", "13800138000"),
        ("008613800138000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("0391-6190000", "0391-6190000"),
        ("(0391)6190000", "0391-6190000"),
        ("（0391）6190000转12", "0391-6190000#12"),
        ("+86 391 6190000", "0391-6190000"),
        ("+86 10 65550000", "010-65550000"),
        ("010-65550000", "010-65550000"),
        ("0396-2600000 ext.8", "0396-2600000#8"),
    ],
)
def test_spelling_variants(text, canonical):
    assert parse_phone(text) == canonical
    assert parse_phone(canonical) == canonical


@pytest.mark.parametrize("text", ["", "1380013800", "12800138000", "6190000", "010-15550000", "138001380000"])
def test_other_forms_are_refused(text):
    (reason,) = find_phone_problems(text)
    assert reason.code == "PHONE_FORM"
    assert reason.text.zh


def test_the_wrong_character_is_named(outline):
    (row,) = outline(find_phone_problems("1380013800O"))
    assert row[:3] == ("PHONE_CHARACTER", 11, "O")


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.integers(0, 10))
def test_reasons_never_hold_the_number(number, place):
    broken = number[:place] + "·" + number[place + 1 :]
    (reason,) = find_phone_problems(broken)
    assert dict(reason.params) == {"position": place + 1, "character": "·"}


@given(st.text(st.sampled_from("+0123456789-() 转#x８６"), max_size=20) | st.text(max_size=30))
def test_normalisation_is_idempotent(text):
    once = normalize_phone(text)
    assert normalize_phone(once) == once
