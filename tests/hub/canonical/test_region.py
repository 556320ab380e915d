"""行政区划代码: levels, ancestors, padding, and which digit is wrong."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.canonical.codes import JurisdictionLevel
from hub.canonical.region import PROVINCES, find_region_code_problems, normalize_region_code, parse_region_code


@pytest.mark.parametrize(
    "text, level, province",
    [
        ("410000", JurisdictionLevel.PROVINCE, "河南省"),
        ("231100", JurisdictionLevel.PREFECTURE, "黑龙江省"),
        ("411700", JurisdictionLevel.PREFECTURE, "河南省"),
        ("420984", JurisdictionLevel.COUNTY, "湖北省"),
        ("410825", JurisdictionLevel.COUNTY, "河南省"),
        ("320381", JurisdictionLevel.COUNTY, "江苏省"),
        ("429004", JurisdictionLevel.COUNTY, "湖北省"),
        ("410825100", JurisdictionLevel.TOWNSHIP, "河南省"),
        ("441900003", JurisdictionLevel.TOWNSHIP, "广东省"),
        ("410825100201", JurisdictionLevel.VILLAGE, "河南省"),
    ],
)
def test_codes_of_every_level(text, level, province):
    code = parse_region_code(text)
    assert (code.value, code.level, code.province_name) == (text, level, province)


def test_ancestors_run_from_the_province_down():
    assert [str(code) for code in parse_region_code("410825100201").ancestors] == [
        "410000",
        "410800",
        "410825",
        "410825100",
    ]
    assert [str(code) for code in parse_region_code("441900003").ancestors] == ["440000", "441900"]
    assert parse_region_code("410000").ancestors == ()


@pytest.mark.parametrize(
    "text, value",
    [("410825000000", "410825"), ("410825100000", "410825100"), ("４１０８２５", "410825"), ("41 08 25", "410825")],
)
def test_padding_and_spelling_variants(text, value):
    assert parse_region_code(text).value == value


@pytest.mark.parametrize(
    "text, expected",
    [
        ("4108Z5", ("REGION_CHARACTER", 5, "Z")),
        ("41082٥", ("REGION_CHARACTER", 6, "٥")),
        ("990825", ("REGION_PROVINCE", 1, "99")),
        ("410025", ("REGION_GAP", 3, "00")),
        ("410000100", ("REGION_GAP", 3, "00")),
    ],
)
def test_the_wrong_place_is_named(text, expected, outline):
    (row,) = outline(find_region_code_problems(text))
    assert row[:3] == expected


@pytest.mark.parametrize("text", ["", "41", "4108", "41082", "4108251", "4108251002", "4108251002011"])
def test_wrong_length_is_said(text):
    (reason,) = find_region_code_problems(text)
    assert (reason.code, reason.params["length"]) == ("REGION_LENGTH", len(text))
    assert reason.text.zh


def test_problems_of_length_and_characters_come_together():
    assert [reason.code for reason in find_region_code_problems("41O82")] == ["REGION_LENGTH", "REGION_CHARACTER"]


@given(
    st.sampled_from(sorted(PROVINCES)), st.integers(1, 99), st.integers(0, 99), st.sampled_from(["", "103", "103207"])
)
def test_well_formed_codes_read_back_with_a_chain_of_ancestors(province, prefecture, county, tail):
    code = parse_region_code(f"{province}{prefecture:02}{county:02}{tail}")
    chain = (*code.ancestors, code)
    assert chain[0].level is JurisdictionLevel.PROVINCE
    assert all(below.parent == above for above, below in pairwise(chain))
    assert all(parse_region_code(each.value) == each for each in chain)


@given(st.text(max_size=20))
def test_normalisation_is_idempotent(text):
    once = normalize_region_code(text)
    assert normalize_region_code(once) == once
