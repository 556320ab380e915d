"""A synthetic arrangement of 2027 (not the announced one) and calendars with and without it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from hub.core.errors import Reason, Refused
from hub.policy.calendar import CalendarYear, WorkingCalendar
from hub.policy.calendar_file import CalendarFormat, parse_calendar_file
from hub.policy.loader import load_shipped_packs
from hub.policy.pack import PolicyPack

ARRANGEMENT_2027 = """
year: 2027
document_no: 国办发明电〔2026〕99号
holidays:
  - {name: 元旦, from: 2027-01-01, to: 2027-01-03}
  - {name: 春节, from: 2027-02-05, to: 2027-02-11}
  - {name: 清明节, from: 2027-04-03, to: 2027-04-05}
  - {name: 劳动节, from: 2027-05-01, to: 2027-05-05}
  - {name: 端午节, date: 2027-06-09}
  - {name: 中秋节, date: 2027-09-15}
  - {name: 国庆节, from: 2027-10-01, to: 2027-10-07}
workdays:
  - {name: 春节, date: 2027-01-30}
  - {name: 劳动节, date: 2027-05-08}
  - {name: 国庆节, date: 2027-09-26}
  - {name: 国庆节, date: 2027-10-09}
"""


@pytest.fixture
def arrangement() -> str:
    return ARRANGEMENT_2027


@pytest.fixture
def year_2027() -> CalendarYear:
    return parse_calendar_file(ARRANGEMENT_2027.encode(), CalendarFormat.YAML)[0]


@pytest.fixture(scope="session")
def known() -> WorkingCalendar:
    """Knows 2004–2026, and not 2027."""
    return WorkingCalendar()


@pytest.fixture
def extended(year_2027: CalendarYear) -> WorkingCalendar:
    """Knows 2027 too."""
    return WorkingCalendar.of([year_2027])


@pytest.fixture(scope="session")
def packs() -> dict[str, PolicyPack]:
    """The shipped packs by jurisdiction code."""
    return {pack.jurisdiction_code: pack for pack in load_shipped_packs()}


@pytest.fixture
def refusal_of() -> Callable[..., list[tuple[str, tuple[str | int, ...]]]]:
    """(code, path) of every reason of a refusal; every sentence is rendered on the way."""

    def outline(call: Callable[..., object], *args: object, **named: object) -> list[tuple[str, tuple[str | int, ...]]]:
        with pytest.raises(Refused) as refusal:
            call(*args, **named)
        return [(reason.code, reason.path) for reason in rendered(refusal.value.reasons)]

    return outline


def rendered(reasons: Iterable[Reason]) -> list[Reason]:
    found = list(reasons)
    for reason in found:
        assert reason.text.zh
        assert "{" not in reason.text.zh + reason.text.en or "{" in str(reason.params)
    return found
