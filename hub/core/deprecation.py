"""A promise to take something away: why, since when, and not before which day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from hub.core.texts import Text

_REMOVAL = re.compile(r"removal on ([0-9]{4}-[0-9]{2}-[0-9]{2})\)\Z")


@dataclass(frozen=True, slots=True)
class Deprecation:
    """``text`` says what to use instead. Raises ``ValueError`` on a removal not after the deprecation."""

    text: Text
    since: date
    removal: date

    def __post_init__(self) -> None:
        if self.removal <= self.since:
            raise ValueError("a removal comes after the deprecation")

    def __str__(self) -> str:
        """The reason of ``@deprecated``; ``removal_date`` reads the day back from it."""
        return (
            f"{self.text.zh}。自 {self.since} 起弃用，移除日期 {self.removal} "
            f"({self.text.en}; deprecated since {self.since}, removal on {self.removal})"
        )


def removal_date(reason: str) -> date | None:
    """The day of removal a ``@deprecated`` reason names; None when it names none."""
    found = _REMOVAL.search(reason)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def reason_of(deprecation: Deprecation | None) -> str | None:
    return None if deprecation is None else str(deprecation)
