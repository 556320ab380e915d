"""统一社会信用代码: vectors, traps of the check character, and which character is wrong."""

from __future__ import annotations

from operator import mul

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.canonical.region import PROVINCES
from hub.canonical.uscc import ALPHABET, find_uscc_problems, normalize_uscc, parse_uscc
from hub.core.errors import Refused

REAL = ("91110108551385082Q", "11511301008778183N", "115113010833722043")
SYNTHETIC = (
    "11410825000000000B",
    "114209840000000003",
    "113203810000000002",
    "112311000000000007",
    "11411700000000000B",
)
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def check_character(body: str) -> str:
    """The formula of GB 32100-2015 written down a second time, as an oracle."""
    total = sum(ALPHABET.index(character) * weight for character, weight in zip(body, WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


@st.composite
def codes(draw: st.DrawFn) -> str:
    head = draw(st.sampled_from(["11", "12", "51", "54", "91", "92", "93", "N2", "Y1"]))
    region = draw(st.sampled_from(sorted(PROVINCES))) + draw(st.from_regex(r"[0-9]{4}", fullmatch=True))
    body = head + region + draw(st.text(ALPHABET, min_size=9, max_size=9))
    return body + check_character(body)


@pytest.mark.parametrize("text", REAL + SYNTHETIC)
def test_vectors_pass_without_doubt(text):
    code = parse_uscc(text)
    assert code.value == text
    assert code.warnings == ()


def test_parts_of_a_code():
    code = parse_uscc("91110108551385082Q")
    assert (code.region_code, code.organization_code) == ("110108", "551385082")
    assert code.kind is not None
    assert code.kind.zh == "企业"


def test_remainder_zero_gives_check_character_zero():
    bodies = [f"1141082500000000{last}" for last in ALPHABET]
    zero = [body for body in bodies if sum(map(mul, map(ALPHABET.index, body), WEIGHTS)) % 31 == 0]
    assert zero, "the family holds the case that overruns the alphabet in careless implementations"
    assert [parse_uscc(body + "0").value[-1] for body in zero] == ["0"] * len(zero)


@pytest.mark.parametrize(
    "text",
    [
        "９１１１０１０８５５１３８５０８２Ｑ",
        "91110108551385082q",
        " 911101-085513\u200b85082Ｑ\u3000",
        "91110108 551385082 Q\n",
    ],
)
def test_spelling_variants_mean_the_same_code(text):
    assert parse_uscc(text).value == "91110108551385082Q"


@pytest.mark.parametrize(
    "text, expected",
    [
        ("91110108551385082O", ("USCC_LETTER", 18, "O", "0")),
        ("9111010855138508ZQ", ("USCC_LETTER", 17, "Z", "2")),
        ("911l0108551385082Q", ("USCC_REGION_DIGIT", 4, "L", "0-9")),
        ("911I0108551385082Q", ("USCC_REGION_DIGIT", 4, "I", "1")),
        ("911101085513850*2Q", ("USCC_CHARACTER", 16, "*", ALPHABET)),
        ("911101085513850\x002Q", ("USCC_CHARACTER", 16, "U+0000", ALPHABET)),
        ("9111010855138508٢Q", ("USCC_CHARACTER", 17, "٢", ALPHABET)),
        ("91110108551385082P", ("USCC_CHECK", 18, "P", "Q")),
    ],
)
def test_the_wrong_character_is_named(text, expected, outline):
    assert outline(find_uscc_problems(text)) == [expected]


def test_every_wrong_character_is_named_at_once(outline):
    assert outline(find_uscc_problems("9I110X085513850*2O")) == [
        ("USCC_LETTER", 2, "I", "1"),
        ("USCC_REGION_DIGIT", 6, "X", "0-9"),
        ("USCC_CHARACTER", 16, "*", ALPHABET),
        ("USCC_LETTER", 18, "O", "0"),
    ]


@pytest.mark.parametrize("text", ["", "   ", "9111010855138508", "91110108551385082QQ", "1" * 5000])
def test_wrong_length_is_said(text):
    reasons = find_uscc_problems(text)
    assert [reason.code for reason in reasons] == ["USCC_LENGTH"]
    assert reasons[0].params["length"] == len(text.strip())


def test_refusal_carries_all_reasons_and_the_path():
    with pytest.raises(Refused) as refusal:
        parse_uscc("9I1101085513850*2Q", path=("organizations", 3, "uscc"))
    assert [reason.code for reason in refusal.value.reasons] == ["USCC_LETTER", "USCC_CHARACTER"]
    assert {reason.path for reason in refusal.value.reasons} == {("organizations", 3, "uscc")}


def test_failed_organization_check_is_a_doubt_only(outline):
    body = "91110108551385083"
    code = parse_uscc(body + check_character(body))
    assert outline(code.warnings) == [("USCC_ORGANIZATION_CHECK", 17, "3", "2")]


def test_unlisted_kind_and_region_are_doubts_only(outline):
    body = "95990108551385082"
    code = parse_uscc(body + check_character(body))
    assert [row[:3] for row in outline(code.warnings)] == [
        ("USCC_KIND_UNKNOWN", 1, "95"),
        ("USCC_REGION_UNKNOWN", 3, "990108"),
    ]


def test_national_register_is_a_known_region():
    body = "91100000551385082"
    assert parse_uscc(body + check_character(body)).warnings == ()


@given(codes())
def test_generated_codes_pass(code):
    assert parse_uscc(code).value == code


@given(codes(), st.integers(0, 17), st.characters(exclude_categories=["Cs"]))
def test_no_single_changed_character_passes_unnoticed(code, place, character):
    changed = code[:place] + character + code[place + 1 :]
    if normalize_uscc(changed) != code:
        assert find_uscc_problems(changed)


@given(codes(), st.integers(0, 16))
def test_no_exchange_of_neighbours_passes_unnoticed(code, place):
    changed = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if changed != code:
        assert find_uscc_problems(changed)


@given(st.text(max_size=60))
def test_normalisation_is_idempotent(text):
    once = normalize_uscc(text)
    assert normalize_uscc(once) == once
    assert find_uscc_problems(once) == find_uscc_problems(text)
