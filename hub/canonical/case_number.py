"""案号 (法〔2015〕137号, amended by 法〔2018〕335号): （year）court [special] type sequence 号 [之n].

Numbers filed before 2016 (…字第…号) followed no national rule; they are kept as text.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import NoReturn

from hub.canonical.case_types import CASE_TYPES
from hub.canonical.characters import round_brackets, show_character
from hub.canonical.codes import CourtLevel
from hub.canonical.court_codes import SUPREME, doubt
from hub.core.errors import Reason, Refused
from hub.core.texts import Text

COURT_PREFIXES = "京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔云藏陕甘青宁新军兵"
SPECIAL_TRIAL = "知"
FIRST_YEAR = 1949
RULE_YEAR = 2016
LONGEST = 64

_LEGACY_MARK = "字第"
_NUMERALS = "一二三四五六七八九"
_HEAD = re.compile("(?P<open>（?)(?P<year>[0-9]*)(?P<close>）?)")
_COURT = re.compile(f"(?P<name>{SUPREME}|[^0-9（）])?(?P<digits>[0-9]*)")
_TYPE = re.compile("(?:(?!号)[\u4e00-\u9fff])*")
_DIGITS = re.compile("[0-9]*")
_SUFFIX = re.compile(f"之(?P<value>[{_NUMERALS}十]+|[0-9]+)")
_LEGACY = re.compile("[\u4e00-\u9fff0-9]+字第[0-9]+(?:-[0-9]+)*号(?:之[一二三四五六七八九十0-9]+)?$")


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """A number under the national rule.

    ``court_code`` is as printed (豫0825); ``hub.canonical.court_codes`` knows which there were in a year.
    """

    year: int
    court_code: str
    special: str
    type_code: str
    sequence: str
    suffix: int | None = None
    warnings: tuple[Reason, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        tail = "" if self.suffix is None else f"之{_numeral(self.suffix)}"
        return f"（{self.year}）{self.court_code}{self.special}{self.type_code}{self.sequence}号{tail}"

    @property
    def case_type(self) -> Text | None:
        return CASE_TYPES.get(self.type_code)

    @property
    def court_level(self) -> CourtLevel:
        """Level by the form of the court code: none, two or four digits."""
        if self.court_code == SUPREME:
            return CourtLevel.SUPREME
        return {1: CourtLevel.HIGH, 3: CourtLevel.INTERMEDIATE, 5: CourtLevel.BASIC}[len(self.court_code)]


@dataclass(frozen=True, slots=True)
class LegacyCaseNumber:
    """A number from before the national rule, kept as text."""

    text: str
    year: int
    warnings: tuple[Reason, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        return self.text


def normalize_case_number(text: str) -> str:
    """Full-width round brackets, ASCII digits, no white space."""
    return round_brackets(text)


def find_case_number_problems(
    text: str, *, today: date | None = None, path: tuple[str | int, ...] = ()
) -> tuple[Reason, ...]:
    """Everything that makes the number invalid; with ``today``, also a year that lies ahead.

    Positions count from 1 in the normalised text. After a part that is missing altogether the rest is not judged.
    """
    try:
        parse_case_number(text, today=today, path=path)
    except Refused as refusal:
        return refusal.reasons
    return ()


def parse_case_number(
    text: str, *, today: date | None = None, path: tuple[str | int, ...] = (), known: Collection[str] = ()
) -> CaseNumber | LegacyCaseNumber:
    """Number of a text, with warnings. Raises ``Refused`` with every reason (CASE_NUMBER_*).

    Its court must have borne its code in its year, by the table of courts or because it is ``known`` to the hub.
    """
    value = normalize_case_number(text)
    if not 0 < len(value) <= LONGEST:
        raise Refused(Reason("CASE_NUMBER_LENGTH", path, {"length": len(value), "limit": LONGEST}))
    reader = _Reader(value, path, today)
    if _LEGACY_MARK in value:
        return reader.read_legacy()
    number = reader.read()
    found = None if number.court_code in known else doubt(number.court_code, max(number.year, RULE_YEAR))
    if found is not None:
        raise Refused(Reason(found.value, path, {"court": number.court_code, "year": number.year}))
    return number


def is_case_number(text: str, court_code: str, *, today: date) -> bool:
    """Whether a text is a number of this court in its plain form, of a known type and without suffix; quick, for
    thousands at once. ``False`` says nothing more."""
    found = _plain(court_code).fullmatch(text)
    return found is not None and FIRST_YEAR <= int(found[1]) <= today.year


@lru_cache(maxsize=4096)
def _plain(court_code: str) -> re.Pattern[str]:
    types = "|".join(sorted(CASE_TYPES, key=len, reverse=True))
    return re.compile(f"（([0-9]{{4}})）{re.escape(court_code)}(?:{types})[1-9][0-9]{{0,7}}号")


class _Reader:
    """Reads one number from left to right, collecting what is wrong."""

    def __init__(self, text: str, path: tuple[str | int, ...], today: date | None) -> None:
        self._text, self._path = text, path
        self._last_year = today.year if today else 9999
        self._at = 0
        self._reasons: list[Reason] = []

    def read(self) -> CaseNumber:
        year = self._read_year()
        court = self._read_court()
        special, type_code = self._read_type()
        sequence = self._read_sequence()
        if not self._text.startswith("号", self._at):
            self._stop("CASE_NUMBER_ENDING", expected="号")
        self._at += 1
        suffix = self._read_suffix()
        if self._reasons:
            raise Refused(*self._reasons)
        warnings = []
        if type_code not in CASE_TYPES:
            warnings.append(Reason("CASE_NUMBER_TYPE_UNKNOWN", self._path, {"type": type_code}))
        if year < RULE_YEAR:
            warnings.append(Reason("CASE_NUMBER_YEAR_EARLY", self._path, {"year": year, "rule_year": RULE_YEAR}))
        return CaseNumber(year, court, special, type_code, sequence, suffix, tuple(warnings))

    def read_legacy(self) -> LegacyCaseNumber:
        year = self._read_year()
        if not _LEGACY.match(self._text, self._at):
            self._stop("CASE_NUMBER_LEGACY_FORM", expected="…字第…号")
        if self._reasons:
            raise Refused(*self._reasons)
        if year < RULE_YEAR:
            return LegacyCaseNumber(self._text, year)
        late = Reason("CASE_NUMBER_YEAR_LATE", self._path, {"year": year, "rule_year": RULE_YEAR})
        return LegacyCaseNumber(self._text, year, (late,))

    def _read_year(self) -> int:
        found = self._take(_HEAD)
        digits, expected = found["year"], f"{FIRST_YEAR}-{self._last_year}"
        self._at = found.start("year")
        if not digits:
            self._stop("CASE_NUMBER_YEAR", expected=expected)
        if len(digits) != 4 or not FIRST_YEAR <= int(digits) <= self._last_year:
            self._report("CASE_NUMBER_YEAR", digits, expected=expected)
        self._at = found.end()
        if bool(found["open"]) != bool(found["close"]):
            self._report("CASE_NUMBER_BRACKET", expected="（year）")
        return int(digits[:4])

    def _read_court(self) -> str:
        start = self._at
        found = self._take(_COURT)
        name, digits = found["name"] or "", found["digits"]
        self._at = start
        if name != SUPREME and (not name or name not in COURT_PREFIXES):
            self._report("CASE_NUMBER_COURT", expected=f"{SUPREME}, {COURT_PREFIXES}")
        lengths = (0,) if name == SUPREME else (0, 2, 4)
        self._at = found.start("digits")
        if len(digits) not in lengths:
            self._report("CASE_NUMBER_COURT_DIGITS", digits, expected=", ".join(map(str, lengths)))
        self._at = found.end()
        return name + digits

    def _read_type(self) -> tuple[str, str]:
        start = self._at
        found = self._take(_TYPE)[0]
        if not found:
            self._stop("CASE_NUMBER_TYPE", expected="民初, 行审, 执恢 …")
        special = SPECIAL_TRIAL if found.startswith(SPECIAL_TRIAL) and len(found) > 1 else ""
        type_code = found.removeprefix(special)
        if len(type_code) > 3 and type_code not in CASE_TYPES:
            self._at = start + len(special)
            self._report("CASE_NUMBER_TYPE_LENGTH", type_code, expected="1-3")
            self._at = start + len(found)
        return special, type_code

    def _read_sequence(self) -> str:
        """The serial number without leading zeros; eight digits are a drawn number and stay as they are."""
        start = self._at
        digits = self._take(_DIGITS)[0]
        if not digits:
            self._stop("CASE_NUMBER_SEQUENCE", expected="1-99999999")
        if len(digits) > 8 or not int(digits):
            end, self._at = self._at, start
            self._report("CASE_NUMBER_SEQUENCE", digits, expected="1-99999999")
            self._at = end
        return digits if len(digits) == 8 else digits.lstrip("0")

    def _read_suffix(self) -> int | None:
        found = _SUFFIX.match(self._text, self._at)
        suffix = None if found is None else _suffix_number(found["value"])
        if suffix is not None and found is not None:
            self._at = found.end()
        if self._at < len(self._text):
            self._report("CASE_NUMBER_TRAILING", expected="之一 … 之九十九")
        return suffix

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str]:
        """Match of a pattern that may be empty; moves behind it."""
        found = pattern.match(self._text, self._at)
        if found is None:
            raise AssertionError(pattern)
        self._at = found.end()
        return found

    def _report(self, code: str, found: str | None = None, *, expected: str) -> None:
        """Note a problem at the current place, where ``found`` (or the character there) stands."""
        here = show_character(self._text[self._at]) if self._at < len(self._text) else "…"
        params = {"position": self._at + 1, "character": (found or here)[:12], "expected": expected}
        self._reasons.append(Reason(code, self._path, params))

    def _stop(self, code: str, *, expected: str) -> NoReturn:
        self._report(code, expected=expected)
        raise Refused(*self._reasons)


def _suffix_number(text: str) -> int | None:
    """1–99 in Arabic or Chinese numerals; ``None`` for anything else."""
    if text[0] in "0123456789":
        return int(text) if len(text) <= 2 and int(text) else None
    tens, ten, units = text.rpartition("十")
    if not set(tens + units) <= set(_NUMERALS) or len(tens) > 1 or len(units) > 1:
        return None
    digit = {"": 0} | {numeral: value for value, numeral in enumerate(_NUMERALS, 1)}
    return (10 * (digit[tens] or 1) if ten else 0) + digit[units]


def _numeral(number: int) -> str:
    """Chinese numeral of 1–99."""
    tens, units = divmod(number, 10)
    head = "" if not tens else ("" if tens == 1 else _NUMERALS[tens - 1]) + "十"
    return head + (_NUMERALS[units - 1] if units else "")
