"""The feed, with an invented arrangement for any year: fixed holidays, three weeks of spring and autumn feasts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from connectors.sandbox.serving import JSON, HttpSandbox, Reply


class CalendarFault(StrEnum):
    OVERLAP = "OVERLAP"
    """A day stands in two entries."""
    MISSING_YEAR = "MISSING_YEAR"
    WORKED_HOLIDAY = "WORKED_HOLIDAY"
    """A holiday is a working day too."""


class SandboxCalendar(HttpSandbox):
    name = "calendar"

    def __init__(self, years: Iterable[int]) -> None:
        super().__init__()
        self.years = sorted(years)
        self.faults: set[CalendarFault] = set()

    def answer(self, path: str, headers: Mapping[str, str], body: bytes) -> Reply:  # noqa: ARG002 - one document
        years = [year for year in self.years if not (CalendarFault.MISSING_YEAR in self.faults and self._between(year))]
        found = {"years": [self._arrangement(year) for year in years]}
        return Reply(200, JSON, json.dumps(found, ensure_ascii=False).encode())

    def _between(self, year: int) -> bool:
        return self.years[0] < year < self.years[-1]

    def _arrangement(self, year: int) -> dict[str, Any]:
        saturday = date(year, 9, 1)
        saturday += timedelta(days=(5 - saturday.weekday()) % 7)
        holidays = [
            {"name": "元旦", "date": f"{year}-01-01"},
            {"name": "春节", "from": f"{year}-02-05", "to": f"{year}-02-11"},
            {"name": "清明节", "date": f"{year}-04-05"},
            {"name": "劳动节", "from": f"{year}-05-01", "to": f"{year}-05-05"},
            {"name": "国庆节", "from": f"{year}-10-01", "to": f"{year}-10-07"},
        ]
        workdays = [{"name": "国庆节", "date": saturday.isoformat()}]
        if CalendarFault.OVERLAP in self.faults:
            holidays.append({"name": "劳动节", "date": f"{year}-05-05"})
        if CalendarFault.WORKED_HOLIDAY in self.faults:
            holidays.append({"name": "中秋节", "date": saturday.isoformat()})
        number = f"国办发明电〔{year - 1}〕7号"
        return {"year": year, "document_no": number, "holidays": holidays, "workdays": workdays}
