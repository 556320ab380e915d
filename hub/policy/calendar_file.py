"""Reading an announced working calendar (国务院办公厅关于节假日安排的通知) from YAML, JSON or CSV.

The file is accepted whole or refused with every reason, because a partial arrangement would turn provisional
deadlines into wrong ones::

    year: 2027
    document_no: 国办发明电〔2026〕7号
    holidays:
      - {name: 元旦, from: 2027-01-01, to: 2027-01-03}
      - {name: 清明节, date: 2027-04-05}
    workdays:
      - {name: 春节, date: 2027-02-20}

A feed of several years has them in a list under ``years``; none between the first and the last may be missing.

CSV has the columns year, document_no, kind (放假 or 上班), from, to, name; ``to`` may be empty.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from hub.canonical.document_number import DocumentNumber, parse_document_number
from hub.core.errors import Reason, Refused, refuse_if
from hub.core.texts import Text
from hub.policy.calendar import FESTIVALS, CalendarYear
from hub.policy.documents import decode, read_json, read_yaml
from hub.policy.fields import Fields, Path, read_list, show_value

FIRST_YEAR, LAST_YEAR = 2008, 2100
LONGEST_RANGE = 15
_KINDS = {"放假": "holidays", "HOLIDAY": "holidays", "上班": "workdays", "WORKDAY": "workdays"}
_COLUMNS = ("year", "document_no", "kind", "from", "to", "name")


class CalendarFormat(StrEnum):
    YAML = "YAML"
    JSON = "JSON"
    CSV = "CSV"


def parse_calendar_file(raw: bytes, form: CalendarFormat) -> tuple[CalendarYear, ...]:
    """Arrangements of a file: of one year, or in YAML and JSON of the several ones under ``years``, oldest first.

    Raises ``Refused`` with every reason of every year (DOCUMENT_*, KEY_*, VALUE_*, CALENDAR_*).
    """
    match form:
        case CalendarFormat.YAML:
            return _parse_years(read_yaml(raw))
        case CalendarFormat.JSON:
            return _parse_years(read_json(raw))
        case CalendarFormat.CSV:
            return (parse_calendar(_read_csv(raw)),)


def _parse_years(data: object) -> tuple[CalendarYear, ...]:
    if not isinstance(data, dict) or "years" not in data:
        return (parse_calendar(data),)
    reasons: list[Reason] = []
    fields = Fields(data, (), reasons, ("years",))
    years: list[CalendarYear] = []
    for index, entry in enumerate(read_list(fields.require("years") or [], ("years",), reasons)):
        try:
            years.append(parse_calendar(entry))
        except Refused as refused:
            reasons += [Reason(each.code, ("years", index, *each.path), each.params) for each in refused.reasons]
    refuse_if(reasons)
    refuse_if(_find_clashes(years))
    return tuple(sorted(years, key=lambda each: each.year))


def _find_clashes(years: list[CalendarYear]) -> Iterator[Reason]:
    """What several arrangements of one file must not do: lack, repeat or contradict one another."""
    named = [each.year for each in years]
    if not named:
        yield Reason("CALENDAR_YEAR_MISSING", ("years",), {"year": "—"})
        return
    for year in sorted({year for year in named if named.count(year) > 1}):
        yield Reason("CALENDAR_YEAR_TWICE", ("years",), {"year": year})
    for year in range(min(named), max(named)):
        if year not in named:
            yield Reason("CALENDAR_YEAR_MISSING", ("years",), {"year": year})
    for on in sorted(_differing(years)):
        yield Reason("CALENDAR_OVERLAP", ("years",), {"date": on.isoformat()})


def _differing(years: list[CalendarYear]) -> set[date]:
    """Days that one of the arrangements has worked and another has off."""
    off = {on for each in years for on in each.holidays}
    worked = {on for each in years for on in each.shifted_workdays}
    return off & worked


def parse_calendar(data: object) -> CalendarYear:
    """Arrangement of plain data, as in a file or as ``calendar_to_plain`` gave it. Raises like the file."""
    reasons: list[Reason] = []
    fields = Fields(data, (), reasons, ("year", "document_no", "holidays", "workdays"))
    year = _read_year(fields)
    document_no = _read_document_no(fields)
    holidays = _read_days(fields, "holidays", year)
    workdays = _read_days(fields, "workdays", year)
    if not reasons:
        reasons += _find_contradictions(year, holidays, workdays)
    refuse_if(reasons)
    return CalendarYear(year, document_no, MappingProxyType(holidays), MappingProxyType(workdays))


def calendar_to_plain(calendar: CalendarYear) -> dict[str, object]:
    """An arrangement as plain data that ``parse_calendar`` reads back."""
    return {
        "year": calendar.year,
        "document_no": calendar.document_no,
        "holidays": _days_to_plain(calendar.holidays),
        "workdays": _days_to_plain(calendar.shifted_workdays),
    }


def _days_to_plain(days: Mapping[date, Text]) -> list[dict[str, str]]:
    return [{"name": days[on].zh, "date": on.isoformat()} for on in sorted(days)]


def _read_year(fields: Fields) -> int:
    value = fields.require("year")
    if isinstance(value, int) and not isinstance(value, bool) and FIRST_YEAR <= value <= LAST_YEAR:
        return value
    if value is not None:
        fields.report("CALENDAR_YEAR", "year", value=show_value(value), expected=f"{FIRST_YEAR}-{LAST_YEAR}")
    return 0


def _read_document_no(fields: Fields) -> str:
    text = fields.text("document_no")
    if not text:
        return ""
    try:
        number: DocumentNumber = parse_document_number(text, path=("document_no",))
    except Refused as refusal:
        fields.reasons.extend(refusal.reasons)
        return ""
    return str(number)


def _read_days(fields: Fields, key: str, year: int) -> dict[date, Text]:
    """Named days of one list of entries; every problem of every entry is reported."""
    days: dict[date, Text] = {}
    for index, entry in enumerate(read_list(fields.require(key) or [], (key,), fields.reasons)):
        path: Path = (key, index)
        item = Fields(entry, path, fields.reasons, ("name", "date", "from", "to"))
        name = item.text("name")
        for on in _read_range(item):
            if year and on.year != year and (on.year, on.month) != (year - 1, 12):
                item.report("CALENDAR_OUTSIDE", date=on.isoformat(), year=year)
            elif on in days:
                item.report("CALENDAR_DATE_TWICE", date=on.isoformat())
            else:
                days[on] = _festival(name)
    return days


def _read_range(item: Fields) -> list[date]:
    """The days of an entry: one ``date``, or ``from`` … ``to``. Empty where a problem was reported."""
    before = len(item.reasons)
    if item.has("date"):
        for key in ("from", "to"):
            if item.has(key):
                item.report("KEY_UNKNOWN", key, key=key, expected="date | from, to")
        first = last = item.day("date")
    else:
        first = item.day("from")
        last = item.day("to") if item.has("to") else first
    if len(item.reasons) > before:
        return []
    shown = {"first": first.isoformat(), "last": last.isoformat()}
    if last < first:
        item.report("CALENDAR_RANGE_REVERSED", **shown)
        return []
    if (last - first).days >= LONGEST_RANGE:
        item.report("CALENDAR_RANGE_LONG", **shown, limit=LONGEST_RANGE)
        return []
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]


def _festival(name: str) -> Text:
    """The festival with its English name where the name is a known one (清明节 as 清明)."""
    for known in FESTIVALS.values():
        if name.removesuffix("节") == known.zh.removesuffix("节"):
            return Text(name, known.en)
    return Text(name, name)


def _find_contradictions(year: int, holidays: dict[date, Text], workdays: dict[date, Text]) -> list[Reason]:
    found = [
        Reason("CALENDAR_BOTH", ("workdays",), {"date": on.isoformat()}) for on in sorted(holidays.keys() & workdays)
    ]
    found += [
        Reason("CALENDAR_WEEKDAY_WORK", ("workdays",), {"date": on.isoformat()})
        for on in sorted(workdays)
        if on.weekday() < 5
    ]
    found += [
        Reason("CALENDAR_STATUTORY", ("holidays",), {"date": on.isoformat()})
        for on in _fixed_holidays(year)
        if on not in holidays
    ]
    # 2008 to 2024 eleven days, thirteen since (国务院令第795号); ranges with weekends only make it more.
    least = 13 if year >= 2025 else 11
    if len(holidays) < least:
        found.append(Reason("CALENDAR_TOO_FEW", ("holidays",), {"count": len(holidays), "least": least}))
    return found


def _fixed_holidays(year: int) -> list[date]:
    """Statutory holidays with a fixed date (全国年节及纪念日放假办法); the lunar ones move."""
    days = [(1, 1), (5, 1), (10, 1), (10, 2), (10, 3)]
    if year >= 2025:
        days.insert(2, (5, 2))
    return [date(year, month, day) for month, day in days]


def _read_csv(raw: bytes) -> dict[str, object]:
    """Plain data of CSV rows. Spreadsheet programs in China write GB18030 as often as UTF-8."""
    text = decode(raw, "CSV", encodings=("utf-8-sig", "gb18030"))
    try:
        rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        raise Refused(Reason("DOCUMENT_UNREADABLE", (), {"format": "CSV", "line": 1})) from None
    reasons = _find_header_problems(rows)
    refuse_if(reasons)
    data: dict[str, object] = {"holidays": [], "workdays": []}
    for key in ("year", "document_no"):
        values = {row[key].strip() for row in rows}
        if len(values) > 1:
            reasons.append(Reason("CALENDAR_ROWS_DIFFER", (key,), {"key": key}))
        data[key] = min(values)
    if isinstance(data["year"], str) and data["year"].isascii() and data["year"].isdigit():
        data["year"] = int(data["year"][:9])
    for line, row in enumerate(rows, 2):
        kind = _KINDS.get(row["kind"].strip().upper())
        if kind is None:
            reasons.append(Reason("CALENDAR_KIND", (line, "kind"), {"value": show_value(row["kind"])}))
            continue
        entries = data[kind]
        if isinstance(entries, list):
            entries.append({key: row[key].strip() for key in ("name", "from", "to") if row[key].strip()})
    refuse_if(reasons)
    return data


def _find_header_problems(rows: list[dict[str, str]]) -> list[Reason]:
    """Problems of the columns; rows shorter or longer than the header count as unreadable."""
    if not rows:
        return [Reason("DOCUMENT_UNREADABLE", (), {"format": "CSV", "line": 1})]
    found = [Reason("KEY_MISSING", (), {"key": column}) for column in _COLUMNS if column not in rows[0]]
    expected = ", ".join(_COLUMNS)
    found += [
        Reason("KEY_UNKNOWN", (), {"key": show_value(column), "expected": expected})
        for column in rows[0]
        if column is not None and column not in _COLUMNS
    ]
    found += [
        Reason("DOCUMENT_UNREADABLE", (), {"format": "CSV", "line": line})
        for line, row in enumerate(rows, 2)
        if None in row or None in row.values()
    ]
    return found
