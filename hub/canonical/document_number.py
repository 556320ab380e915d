"""发文字号 (GB/T 9704-2012, 7.2.5): organ code, year in hexagonal brackets 〔〕, serial number without leading zeros.

司法建议 bear the same form with an organ code ending in 法建 (法释〔2023〕11号).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from hub.canonical.characters import round_brackets, show_character
from hub.core.errors import Reason, refuse_if

LONGEST = 64
FIRST_YEAR = 1949
JUDICIAL_SUGGESTION = "法建"

_FORM = re.compile("(?P<organ>[^（）]*)(?:（(?P<year>[^（）]*)）)?(?P<tail>.*)", re.DOTALL)
_ORGAN = re.compile("[\u4e00-\u9fffA-Za-z]+")
_SERIAL = re.compile("第?(?P<serial>[0-9]{1,6})号")


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    organ: str
    year: int
    serial: int

    def __str__(self) -> str:
        return f"{self.organ}〔{self.year}〕{self.serial}号"

    @property
    def is_judicial_suggestion(self) -> bool:
        return self.organ.endswith(JUDICIAL_SUGGESTION)


def normalize_document_number(text: str) -> str:
    """The year's brackets as 〔〕 whatever was printed, ASCII digits, no white space."""
    return round_brackets(text).translate(str.maketrans("（）", "〔〕"))


def find_document_number_problems(
    text: str, *, today: date | None = None, path: tuple[str | int, ...] = ()
) -> tuple[Reason, ...]:
    """Everything wrong with the number; with ``today``, also a year that lies ahead.

    Positions count from 1 in the normalised text.
    """
    value = round_brackets(text)
    if not 0 < len(value) <= LONGEST:
        return (Reason("DOCUMENT_NUMBER_LENGTH", path, {"length": len(value), "limit": LONGEST}),)
    found = _split(value)
    last_year = today.year if today else 9999
    reasons = []

    def report(code: str, at: int, expected: str) -> None:
        character = show_character(value[at]) if at < len(value) else "…"
        reasons.append(Reason(code, path, {"position": at + 1, "character": character, "expected": expected}))

    organ = _ORGAN.match(found["organ"])
    organ_end = organ.end() if organ else 0
    year = found["year"]
    if organ is None or (year is not None and organ_end < len(found["organ"])):
        report("DOCUMENT_NUMBER_ORGAN", organ_end, "驻政, 温政办 …")
    if year is None:
        report("DOCUMENT_NUMBER_YEAR", organ_end, f"〔{FIRST_YEAR}-{last_year}〕")
    elif not re.fullmatch("[0-9]{4}", year) or not FIRST_YEAR <= int(year) <= last_year:
        report("DOCUMENT_NUMBER_YEAR", found.start("year"), f"{FIRST_YEAR}-{last_year}")
    serial = _SERIAL.fullmatch(found["tail"])
    if year is not None and (serial is None or not int(serial["serial"])):
        report("DOCUMENT_NUMBER_SERIAL", found.start("tail"), "n号")
    return tuple(reasons)


def parse_document_number(text: str, *, today: date | None = None, path: tuple[str | int, ...] = ()) -> DocumentNumber:
    """Number of a text. Raises ``Refused`` with every reason (DOCUMENT_NUMBER_*)."""
    refuse_if(find_document_number_problems(text, today=today, path=path))
    found = _split(round_brackets(text))
    digits = re.sub("[^0-9]", "", found["tail"])
    return DocumentNumber(found["organ"], int(found["year"]), int(digits))


def _split(value: str) -> re.Match[str]:
    found = _FORM.fullmatch(value)
    if found is None:
        raise AssertionError(value)
    return found
