"""Loading packs: every fault of every file is said, nothing is loaded in part."""

from __future__ import annotations

from copy import deepcopy

import pytest

from hub.core.errors import Refused
from hub.policy.loader import load_packs, parse_pack
from hub.policy.pack import ChangeKind, diff_packs, pack_to_plain
from hub.policy.parameters import REGISTRY
from hub.policy.rules import Origin

MINIMAL = {
    "jurisdiction_code": "410825",
    "version": "2026.1",
    "title": "试行办法",
    "document_no": "温政办〔2026〕1号",
    "effective_from": "2026-01-01",
    "parameters": {"item.escalate.after": {"value": 10, "clause": "温政办〔2026〕1号 三"}},
}


def pack_with(**changes):
    data = deepcopy(MINIMAL)
    for name, value in changes.items():
        data[name] = value
    return data


def with_parameter(key, **entry):
    return pack_with(parameters={key: entry})


def test_what_a_pack_leaves_out_takes_the_default():
    pack = parse_pack(MINIMAL)
    assert pack.number("item.escalate.after") == 10
    assert pack.parameters["item.escalate.after"].origin is Origin.NOTICE
    assert pack.days("item.alert.before") == (0, 3, 7)
    assert pack.parameters["item.alert.before"].origin is Origin.DEFAULT
    assert set(pack.parameters) == set(REGISTRY)


def test_brackets_of_the_document_number_are_normalised():
    assert parse_pack(pack_with(document_no="温政办(2026) 1号")).document_no == "温政办〔2026〕1号"


@pytest.mark.parametrize(
    "data, expected",
    [
        (None, [("DOCUMENT_NOT_MAPPING", ())]),
        (pack_with(jurisdiction_code="41O825"), [("REGION_CHARACTER", ("jurisdiction_code",))]),
        (pack_with(jurisdiction_code=410825), [("VALUE_TYPE", ("jurisdiction_code",))]),
        (pack_with(version="1"), [("PACK_VERSION_FORM", ("version",))]),
        (pack_with(title=" "), [("VALUE_EMPTY", ("title",))]),
        (pack_with(title="标\x00题"), [("NUL_CHARACTER", ("title",))]),
        (pack_with(document_no="无号"), [("DOCUMENT_NUMBER_YEAR", ("document_no",))]),
        (pack_with(effective_from="2026-02-30"), [("VALUE_DATE", ("effective_from",))]),
        (pack_with(effective_to="2025-12-31"), [("PACK_EFFECTIVE", ("effective_to",))]),
        (pack_with(colour="red"), [("KEY_UNKNOWN", ("colour",))]),
        (pack_with(parameters=[1]), [("DOCUMENT_NOT_MAPPING", ("parameters",))]),
        (with_parameter("item.alert.befor", value=[1]), [("PARAMETER_UNKNOWN", ("parameters", "item.alert.befor"))]),
    ],
)
def test_faults_of_the_header(refusal_of, data, expected):
    assert refusal_of(parse_pack, data) == expected


CLAUSE = {"clause": "温政办〔2026〕1号 三"}
UNIT_WRONG = {"n": 5, "unit": "DAYS", "anchor": "CASE_CLOSED"}
RECURRENCE = {"rrule": "FREQ=YEARLY", "starts_on": "2026-01-01"}
HALF_YEARLY = {"period": "HALF_YEAR", "n": 5}
ONCE = {"n": 5, "unit": "MONTH", "anchor": "ITEM_DUE"}


@pytest.mark.parametrize(
    "key, entry, code, below",
    [
        ("item.escalate.after", {"value": 10}, "PARAMETER_CLAUSE", ()),
        ("item.escalate.after", {"value": 10, "origin": "DEFAULT"}, "PARAMETER_NOTE", ()),
        ("item.escalate.after", {"value": 10, "origin": "CUSTOM"} | CLAUSE, "VALUE_CHOICE", ("origin",)),
        ("item.escalate.after", {"value": 0} | CLAUSE, "VALUE_RANGE", ("value",)),
        ("item.escalate.after", {"value": "10"} | CLAUSE, "VALUE_TYPE", ("value",)),
        ("item.escalate.after", {"value": True} | CLAUSE, "VALUE_TYPE", ("value",)),
        ("item.escalate.after", CLAUSE, "KEY_MISSING", ("value",)),
        ("item.escalate.after", {"value": 10, "notes": "x"} | CLAUSE, "KEY_UNKNOWN", ("notes",)),
        ("item.alert.before", {"value": 7} | CLAUSE, "DOCUMENT_NOT_LIST", ("value",)),
        ("item.alert.before", {"value": [7, 7]} | CLAUSE, "VALUE_REPEATED", ("value",)),
        ("item.alert.before", {"value": [7, 367]} | CLAUSE, "VALUE_RANGE", ("value", 1)),
        ("office.records_for_units", {"value": "yes"} | CLAUSE, "VALUE_TYPE", ("value",)),
        ("label.body", {"value": "联席会议"} | CLAUSE, "DOCUMENT_NOT_MAPPING", ("value",)),
        ("label.body", {"value": {"zh": "联席会议"}} | CLAUSE, "KEY_MISSING", ("value", "en")),
        ("list.approver", {"value": "MAYOR"} | CLAUSE, "VALUE_CHOICE", ("value",)),
        ("push.case_lists", {"value": ["DISHONEST", "ALL"]} | CLAUSE, "VALUE_CHOICE", ("value", 1)),
        ("list.carry_over.on", {"value": "02-30"} | CLAUSE, "VALUE_TYPE", ("value",)),
        ("closure.push", {"value": UNIT_WRONG} | CLAUSE, "VALUE_CHOICE", ("value", "unit")),
        ("closure.push", {"value": RECURRENCE} | CLAUSE, "KEY_UNKNOWN", ("value", "rrule")),
        ("item.long_term.report", {"value": HALF_YEARLY} | CLAUSE, "VALUE_CHOICE", ("value", "period")),
        ("item.long_term.report", {"value": ONCE} | CLAUSE, "VALUE_CHOICE", ("value", "period")),
    ],
)
def test_faults_of_a_parameter(refusal_of, key, entry, code, below):
    assert refusal_of(parse_pack, with_parameter(key, **entry)) == [(code, ("parameters", key, *below))]


def test_every_fault_is_reported_at_once(refusal_of):
    data = pack_with(
        version="x", effective_from="soon", parameters={"unheard.of": {}, "item.escalate.after": {"value": 0}}
    )
    assert sorted(code for code, _ in refusal_of(parse_pack, data)) == [
        "PACK_VERSION_FORM",
        "PARAMETER_CLAUSE",
        "PARAMETER_UNKNOWN",
        "VALUE_DATE",
        "VALUE_RANGE",
    ]


def test_an_unknown_key_is_answered_with_similar_ones():
    with pytest.raises(Refused) as refusal:
        parse_pack(with_parameter("item.alert.befor", value=[1]))
    assert "item.alert.before" in refusal.value.reasons[0].text.zh


def test_an_optional_practice_may_be_denied_with_its_clause():
    pack = parse_pack(with_parameter("circular.governance", value=None, clause="温政办〔2026〕1号 四"))
    assert pack.find_rule("circular.governance") is None
    assert pack.parameters["circular.governance"].origin is Origin.NOTICE


def write(root, folder, file, text):
    (root / folder).mkdir(exist_ok=True)
    (root / folder / file).write_text(text, encoding="utf-8")


PACK_TEXT = """
jurisdiction_code: "410825"
version: "{version}"
title: 试行办法
effective_from: {start}
effective_to: {end}
"""


def test_files_must_stand_where_they_belong(tmp_path, refusal_of):
    write(tmp_path, "410826", "2026.2.yaml", PACK_TEXT.format(version="2026.1", start="2026-01-01", end="null"))
    assert refusal_of(load_packs, tmp_path) == [("PACK_PLACE", ("410826/2026.2.yaml",))] * 2


def test_versions_of_one_place_must_not_overlap(tmp_path, refusal_of):
    write(tmp_path, "410825", "2025.1.yaml", PACK_TEXT.format(version="2025.1", start="2025-01-01", end="2026-01-01"))
    write(tmp_path, "410825", "2026.1.yaml", PACK_TEXT.format(version="2026.1", start="2026-01-01", end="null"))
    assert refusal_of(load_packs, tmp_path) == [("PACK_OVERLAP", ("410825",))]
    write(tmp_path, "410825", "2025.1.yaml", PACK_TEXT.format(version="2025.1", start="2025-01-01", end="2025-12-31"))
    assert [pack.version for pack in load_packs(tmp_path)] == ["2025.1", "2026.1"]


def test_the_faults_of_all_files_come_together(tmp_path, refusal_of):
    write(tmp_path, "410825", "2025.1.yaml", "title: [")
    write(tmp_path, "420984", "2026.1.yaml", "version: 2026.1\nversion: 2026.2\n")
    write(
        tmp_path,
        "231100",
        "2026.1.yaml",
        PACK_TEXT.format(version="2026.1", start="x", end="null").replace("410825", "231100"),
    )
    assert refusal_of(load_packs, tmp_path) == [
        ("VALUE_DATE", ("231100/2026.1.yaml", "effective_from")),
        ("DOCUMENT_UNREADABLE", ("410825/2025.1.yaml",)),
        ("DOCUMENT_KEY_TWICE", ("420984/2026.1.yaml",)),
    ]


def test_the_difference_of_two_versions(packs):
    before = packs["420984"]
    data = pack_to_plain(before)
    data["version"] = "2027.1"
    data["parameters"]["push.dishonesty.cadence"] |= {"value": "MONTH"}
    data["parameters"]["item.escalate.after"] |= {"value": 10}
    after = parse_pack(data)
    changes = diff_packs(before, after)
    assert [(change.kind, change.key) for change in changes] == [
        (ChangeKind.HEADER, "version"),
        (ChangeKind.PARAMETER, "item.escalate.after"),
        (ChangeKind.PARAMETER, "push.dishonesty.cadence"),
    ]
    assert (changes[0].before, changes[0].after) == ("2022.1", "2027.1")
    assert (changes[2].before["value"], changes[2].after["value"]) == ("QUARTER", "MONTH")
    assert diff_packs(before, before) == ()
    assert before.digest != after.digest


@pytest.mark.parametrize(
    "read, key",
    [
        ("number", "item.alert.before"),
        ("number", "office.records_for_units"),
        ("days", "push.case_lists"),
        ("flag", "item.escalate.after"),
        ("text", "list.approver"),
        ("choice", "label.body"),
        ("codes", "item.alert.before"),
        ("month_day", "label.body"),
        ("rule", "label.body"),
        ("rule", "circular.governance"),
        ("period_rule", "closure.push"),
    ],
)
def test_reading_a_parameter_as_something_else_is_a_mistake(read, key):
    with pytest.raises(TypeError, match=key):
        getattr(parse_pack(MINIMAL), read)(key)


def test_an_unregistered_key_is_a_mistake():
    with pytest.raises(KeyError):
        parse_pack(MINIMAL).rule("unheard.of")
