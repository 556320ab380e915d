"""The data files of the demonstration name no year of their own: what they say is dated into the year asked for."""

from __future__ import annotations

import re
from calendar import isleap
from dataclasses import dataclass
from datetime import date

from hub.organizations.register.reading import Reader

_MONTH_DAY = re.compile(r"(\d{2})-(\d{2})")


def redate(text: str, year: int) -> date:
    """``MM-DD`` in ``year`` (29 February becomes the 28th outside leap years); ``YYYY-MM-DD`` as it stands.

    Raises ``ValueError`` on anything else.
    """
    if (found := _MONTH_DAY.fullmatch(text)) is None:
        return date.fromisoformat(text)
    month, day = int(found[1]), int(found[2])
    if (month, day) == (2, 29) and not isleap(year):
        day = 28
    return date(year, month, day)


@dataclass(slots=True, kw_only=True)
class DatedReader(Reader):
    """Reads files for one year. ``{year}`` and ``{next_year}`` in a text stand for it and the one after."""

    year: int

    def _said(self, raw: str) -> str:
        return raw.replace("{year}", str(self.year)).replace("{next_year}", str(self.year + 1))

    def _day(self, text: str) -> date:
        return redate(text, self.year)
