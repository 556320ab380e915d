"""Importing an arrangement: three formats, one meaning, whole or not at all."""

from __future__ import annotations

import json

import pytest
import yaml

from hub.core.errors import Refused
from hub.policy.calendar_file import CalendarFormat, calendar_to_plain, parse_calendar, parse_calendar_file

YAML, JSON, CSV = CalendarFormat


def as_csv(arrangement):
    data = yaml.load(arrangement, Loader=yaml.BaseLoader)
    lines = ["year,document_no,kind,from,to,name"]
    for key, kind in (("holidays", "放假"), ("workdays", "上班")):
        for entry in data[key]:
            first, last = entry.get("from", entry.get("date")), entry.get("to", "")
            lines.append(f"{data['year']},{data['document_no']},{kind},{first},{last},{entry['name']}")
    return "\r\n".join(lines) + "\r\n"


def changed(arrangement, **fields):
    return (
        yaml.safe_dump(yaml.load(arrangement, Loader=yaml.BaseLoader) | fields, allow_unicode=True)
        .replace("'2027'", "2027")
        .encode()
    )


def test_three_formats_mean_the_same(arrangement, year_2027):
    data = yaml.load(arrangement, Loader=yaml.BaseLoader) | {"year": 2027}
    assert parse_calendar_file(json.dumps(data).encode(), JSON) == (year_2027,)
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        assert parse_calendar_file(as_csv(arrangement).encode(encoding), CSV) == (year_2027,)


def test_what_was_imported_reads_back_from_storage(year_2027):
    stored = json.loads(json.dumps(calendar_to_plain(year_2027)))
    assert parse_calendar(stored) == year_2027


def test_the_document_number_is_normalised(arrangement):
    raw = arrangement.replace("国办发明电〔2026〕99号", "国办发明电(2026) 99号").encode()
    (found,) = parse_calendar_file(raw, YAML)
    assert found.document_no == "国办发明电〔2026〕99号"


def test_known_festivals_get_their_english_names(year_2027):
    names = {name.zh: name.en for name in year_2027.holidays.values()}
    assert names["清明节"] == "Tomb-sweeping Day"
    assert names["国庆节"] == "National Day"


FEAST, SPRING, NATIONAL = "date: 2027-06-09", "from: 2027-02-05, to: 2027-02-11", "from: 2027-10-01, to: 2027-10-07"
FIFTH = ("holidays", 4)


@pytest.mark.parametrize(
    "old, new, code, path",
    [
        ("year: 2027", "year: 27", "CALENDAR_YEAR", ("year",)),
        ("year: 2027", "", "KEY_MISSING", ("year",)),
        ("国办发明电〔2026〕99号", "国办发明电99号", "DOCUMENT_NUMBER_YEAR", ("document_no",)),
        (FEAST, "date: 2027-06-31", "VALUE_DATE", (*FIFTH, "date")),
        (FEAST, "date: 2027-6-9", "VALUE_DATE", (*FIFTH, "date")),
        (FEAST, f"{FEAST}, day: 1", "KEY_UNKNOWN", (*FIFTH, "day")),
        (FEAST, "to: 2027-06-09", "KEY_MISSING", (*FIFTH, "from")),
        (FEAST, f"{FEAST}, to: 2027-06-10", "KEY_UNKNOWN", (*FIFTH, "to")),
        ("name: 端午节, ", "", "KEY_MISSING", (*FIFTH, "name")),
        (FEAST, "date: 2028-06-09", "CALENDAR_OUTSIDE", FIFTH),
        (FEAST, "date: 2026-11-30", "CALENDAR_OUTSIDE", FIFTH),
        (FEAST, "date: 2027-05-01", "CALENDAR_DATE_TWICE", FIFTH),
        (SPRING, "from: 2027-02-11, to: 2027-02-05", "CALENDAR_RANGE_REVERSED", ("holidays", 1)),
        (SPRING, "from: 2027-02-05, to: 2027-03-11", "CALENDAR_RANGE_LONG", ("holidays", 1)),
        ("date: 2027-01-30", "date: 2027-10-02", "CALENDAR_BOTH", ("workdays",)),
        ("date: 2027-01-30", "date: 2027-01-29", "CALENDAR_WEEKDAY_WORK", ("workdays",)),
        (NATIONAL, "from: 2027-10-02, to: 2027-10-07", "CALENDAR_STATUTORY", ("holidays",)),
    ],
)
def test_one_fault_refuses_the_whole_file(arrangement, refusal_of, old, new, code, path):
    assert old in arrangement
    assert refusal_of(parse_calendar_file, arrangement.replace(old, new).encode(), YAML) == [(code, path)]


def test_every_fault_is_reported_at_once(arrangement, refusal_of):
    raw = (
        arrangement.replace("2027-06-09", "2027-06-31")
        .replace("国办发明电〔2026〕99号", "无号")
        .replace("date: 2027-10-09", "date: 2027-10-99")
        .replace("name: 中秋节, ", "")
    )
    assert [code for code, _ in refusal_of(parse_calendar_file, raw.encode(), YAML)] == [
        "DOCUMENT_NUMBER_YEAR",
        "VALUE_DATE",
        "KEY_MISSING",
        "VALUE_DATE",
    ]


def test_a_partial_arrangement_is_refused(arrangement, refusal_of):
    days = [{"name": "元旦", "date": "2027-01-01"}, {"name": "劳动节", "from": "2027-05-01", "to": "2027-05-02"}]
    found = refusal_of(parse_calendar_file, changed(arrangement, holidays=days, workdays=[]), YAML)
    assert [code for code, _ in found] == ["CALENDAR_STATUTORY"] * 3 + ["CALENDAR_TOO_FEW"]


@pytest.mark.parametrize(
    "raw, form, code",
    [
        (b"", YAML, "DOCUMENT_NOT_MAPPING"),
        (b"- 1", YAML, "DOCUMENT_NOT_MAPPING"),
        (b"year: 2027\nyear: 2028", YAML, "DOCUMENT_KEY_TWICE"),
        (b"year: &y 2027\nother: *y", YAML, "DOCUMENT_UNREADABLE"),
        (b"year: [2027", YAML, "DOCUMENT_UNREADABLE"),
        (b"[" * 20_000, YAML, "DOCUMENT_UNREADABLE"),
        (b"!!python/object/apply:os.getcwd []", YAML, "DOCUMENT_UNREADABLE"),
        (b"\xff\xfe\x00", YAML, "DOCUMENT_UNREADABLE"),
        (b"#" * 1_100_000, YAML, "DOCUMENT_TOO_LARGE"),
        (b"{", JSON, "DOCUMENT_UNREADABLE"),
        (b"[" * 200_000, JSON, "DOCUMENT_UNREADABLE"),
        (b'{"year": 1, "year": 2}', JSON, "DOCUMENT_KEY_TWICE"),
        (b"null", JSON, "DOCUMENT_NOT_MAPPING"),
        (b"", CSV, "DOCUMENT_UNREADABLE"),
        (b"year,document_no,kind,from,to,name\n", CSV, "DOCUMENT_UNREADABLE"),
        (b"year,document_no,kind,from,to\n2027,x,x,x,x\n", CSV, "KEY_MISSING"),
        (b"year,document_no,kind,from,to,name,note\n2027,x,x,x,x,x,x\n", CSV, "KEY_UNKNOWN"),
        (b"year,document_no,kind,from,to,name\n2027,x\n", CSV, "DOCUMENT_UNREADABLE"),
        (b"year,document_no,kind,from,to,name\n2027,x,a,b,c,d,e\n", CSV, "DOCUMENT_UNREADABLE"),
        (b"\xff\xff\xff", CSV, "DOCUMENT_UNREADABLE"),
    ],
)
def test_unreadable_files_are_refused(refusal_of, raw, form, code):
    assert refusal_of(parse_calendar_file, raw, form)[0][0] == code


def test_faults_of_csv_rows(arrangement, refusal_of):
    good = as_csv(arrangement)
    assert refusal_of(parse_calendar_file, good.replace("2027,国办", "2028,国办", 1).encode(), CSV) == [
        ("CALENDAR_ROWS_DIFFER", ("year",))
    ]
    assert refusal_of(parse_calendar_file, good.replace("上班", "补班", 1).encode(), CSV) == [
        ("CALENDAR_KIND", (9, "kind"))
    ]


def test_a_year_that_is_no_number_is_refused(arrangement):
    with pytest.raises(Refused) as refusal:
        parse_calendar_file(as_csv(arrangement).replace("2027,国办", "今年,国办").encode(), CSV)
    assert refusal.value.code == "CALENDAR_YEAR"


def plain(arrangement, year=2027, **fields):
    """The arrangement, in another year without its shifted working days."""
    data = json.loads(json.dumps(yaml.load(arrangement, Loader=yaml.BaseLoader)).replace("2027", str(year)))
    return data | {"year": year} | ({} if year == 2027 else {"workdays": []}) | fields


def feed(*years):
    return json.dumps({"years": years}, ensure_ascii=False).encode()


def test_a_feed_holds_several_years_in_order(arrangement, year_2027):
    found = parse_calendar_file(feed(plain(arrangement, 2028), plain(arrangement)), JSON)
    assert [year.year for year in found] == [2027, 2028]
    assert found[0] == year_2027


def test_a_feed_is_refused_whole_with_every_fault_of_every_year(arrangement, refusal_of):
    faulty = feed(
        plain(arrangement, document_no="无号"),
        json.loads(json.dumps(plain(arrangement, 2028)).replace("06-09", "05-01")),
    )
    assert refusal_of(parse_calendar_file, faulty, JSON) == [
        ("DOCUMENT_NUMBER_YEAR", ("years", 0, "document_no")),
        ("CALENDAR_DATE_TWICE", ("years", 1, "holidays", 4)),
    ]


@pytest.mark.parametrize(
    "years, codes",
    [
        ((2027, 2030), ["CALENDAR_YEAR_MISSING"] * 2),
        ((2027, 2027), ["CALENDAR_YEAR_TWICE"]),
        ((), ["CALENDAR_YEAR_MISSING"]),
    ],
)
def test_years_that_are_missing_or_repeated_refuse_a_feed(arrangement, refusal_of, years, codes):
    found = refusal_of(parse_calendar_file, feed(*(plain(arrangement, year) for year in years)), JSON)
    assert [code for code, _ in found] == codes


def test_a_day_that_one_year_works_and_another_has_off_refuses_a_feed(arrangement, refusal_of):
    worked = plain(arrangement, workdays=[{"name": "元旦", "date": "2027-12-25"}])
    off = plain(arrangement, 2028)
    off["holidays"].append({"name": "元旦", "from": "2027-12-25", "to": "2027-12-31"})
    assert refusal_of(parse_calendar_file, feed(worked, off), JSON) == [("CALENDAR_OVERLAP", ("years",))]
