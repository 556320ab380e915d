"""Month-days are dated into a year; files of the wrong form are refused at the place."""

from __future__ import annotations

from calendar import isleap
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.core.errors import Refused
from hub.demo.dated import redate
from hub.demo.files import load_demo

DAYS = st.dates(date(2000, 1, 1), date(2000, 12, 31))
YEARS = st.integers(1000, 9998)


@given(day=DAYS, year=YEARS)
def test_month_day_keeps_its_place_in_any_year(day: date, year: int) -> None:
    dated = redate(day.strftime("%m-%d"), year)
    if (day.month, day.day) == (2, 29) and not isleap(year):
        assert dated == date(year, 2, 28)
    else:
        assert (dated.year, dated.month, dated.day) == (year, day.month, day.day)


@given(day=st.dates(date(1000, 1, 1)), year=YEARS)
def test_full_date_stays_as_it_is(day: date, year: int) -> None:
    assert redate(day.isoformat(), year) == day


@pytest.mark.parametrize("text", ["02-30", "13-01", "00-10", "4-30", "0430", "", "04-30 ", "2026-02-29", "０４-３１"])
def test_what_is_no_date_is_not_dated(text: str) -> None:
    with pytest.raises(ValueError):
        redate(text, 2026)


def test_codes_stay_text_and_dates_are_dates() -> None:
    world = load_demo(2028)
    assert {type(j.code) for j in world.jurisdictions} == {str}
    assert all(isinstance(unit.uscc, str) and len(unit.uscc) == 18 for unit in world.units)
    assert any(unit.uscc.isdigit() for unit in world.units)


@pytest.mark.parametrize(
    ("content", "code", "path"),
    [
        ("- {code: '230000', name: [", "REGISTER_FILE_UNREADABLE", ("jurisdictions.yaml",)),
        ("- {code: '230000', code: '240000'}", "REGISTER_FILE_UNREADABLE", ("jurisdictions.yaml",)),
        ("- !!python/object/apply:os.getcwd []", "REGISTER_NOT_MAPPING", ("jurisdictions.yaml", 0)),
        ("code: '230000'", "REGISTER_NOT_LIST", ("jurisdictions.yaml",)),
        ("", "REGISTER_NOT_LIST", ("jurisdictions.yaml",)),
        ("- 230000", "REGISTER_NOT_MAPPING", ("jurisdictions.yaml", 0)),
        (
            "- {code: '230000', name: 黑龙江省, short_name: 黑龙江, level: LAND}",
            "REGISTER_VALUE_INVALID",
            ("jurisdictions.yaml", 0, "level"),
        ),
        (
            "- {code: '230000', name: '', short_name: 黑龙江, level: PROVINCE}",
            "REGISTER_VALUE_INVALID",
            ("jurisdictions.yaml", 0, "name"),
        ),
        (
            "- {code: [1], name: 黑龙江省, short_name: 黑龙江, level: PROVINCE}",
            "REGISTER_NOT_TEXT",
            ("jurisdictions.yaml", 0, "code"),
        ),
        (
            "- {code: '230000', short_name: 黑龙江, level: PROVINCE}",
            "REGISTER_FIELD_MISSING",
            ("jurisdictions.yaml", 0, "name"),
        ),
        (
            "- {code: '230000', name: 黑龙江省, short_name: 黑龙江, level: PROVINCE, mayor: x}",
            "REGISTER_FIELD_UNKNOWN",
            ("jurisdictions.yaml", 0, "mayor"),
        ),
    ],
)
def test_wrong_form_is_refused_at_its_place(copy: Path, content: str, code: str, path: tuple[str | int, ...]) -> None:
    (copy / "jurisdictions.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(Refused) as refusal:
        load_demo(2026, folder=copy)
    assert [(reason.code, reason.path) for reason in refusal.value.reasons] == [(code, path)]


def test_binary_and_missing_files_are_refused_together(copy: Path) -> None:
    (copy / "clients.yaml").write_bytes(b"\x89PNG\r\n\xff\xfe")
    (copy / "bodies.yaml").unlink()
    with pytest.raises(Refused) as refusal:
        load_demo(2026, folder=copy)
    assert [(r.code, r.path) for r in refusal.value.reasons] == [
        ("REGISTER_FILE_UNREADABLE", ("bodies.yaml",)),
        ("REGISTER_FILE_UNREADABLE", ("clients.yaml",)),
    ]


def test_every_wrong_place_of_every_file_is_named_at_once(copy: Path) -> None:
    for name, old, new in (
        ("jurisdictions.yaml", "level: PROVINCE", "level: EMPIRE"),
        ("clients.yaml", "doublelist:read", "doublelist:guess"),
        ("wenxian_items.yaml", 'due: "07-10"', 'due: "07-32"'),
        ("wenxian_items.yaml", "progress: 40", "progress: much"),
    ):
        text = (copy / name).read_text(encoding="utf-8")
        (copy / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Refused) as refusal:
        load_demo(2026, folder=copy)
    places = {(reason.code, *reason.path) for reason in refusal.value.reasons}
    assert {code for code, *_ in places} == {"REGISTER_VALUE_INVALID"}
    assert {
        ("REGISTER_VALUE_INVALID", "jurisdictions.yaml", 0, "level"),
        ("REGISTER_VALUE_INVALID", "clients.yaml", 0, "scopes", 1),
        ("REGISTER_VALUE_INVALID", "wenxian_items.yaml", "lists", 0, "items", 1, "due"),
        ("REGISTER_VALUE_INVALID", "wenxian_items.yaml", "lists", 0, "items", 1, "progress"),
    } <= places
