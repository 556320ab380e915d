"""公民身份号码 (GB 11643-1999): eighteen characters; fifteen digits are accepted as input and upgraded."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import mul

from stdnum.cn.ric import calc_check_digit

from hub.canonical.characters import DIGITS, compact_code, show_character
from hub.canonical.region import PROVINCES
from hub.core.errors import Reason, refuse_if

LENGTH = 18
LEGACY_LENGTH = 15
FIRST_YEAR = 1800

# Residence permits for residents of Taiwan start with 83, which GB/T 2260 itself does not have.
_PROVINCES = frozenset({*PROVINCES, "83"})


class Sex(StrEnum):
    MALE = "MALE"
    FEMALE = "FEMALE"


@dataclass(frozen=True, slots=True, repr=False)
class CitizenId:
    """A valid number. Its text form and ``repr`` are masked, so that it cannot slip into a log by accident."""

    value: str
    upgraded: bool = False

    def __str__(self) -> str:
        return self.masked

    def __repr__(self) -> str:
        return f"CitizenId({self.masked})"

    @property
    def masked(self) -> str:
        """First three and last four characters."""
        return f"{self.value[:3]}{'*' * 11}{self.value[-4:]}"

    @property
    def region_code(self) -> str:
        """Division of first registration; it may have been abolished since."""
        return self.value[:6]

    @property
    def birth_date(self) -> date:
        return date(int(self.value[6:10]), int(self.value[10:12]), int(self.value[12:14]))

    @property
    def sex(self) -> Sex:
        return Sex.MALE if int(self.value[16]) % 2 else Sex.FEMALE


def normalize_citizen_id(text: str) -> str:
    """The number without separators, full width resolved, the final x raised. Not upgraded."""
    return compact_code(text)


def find_citizen_id_problems(text: str, *, today: date, path: tuple[str | int, ...] = ()) -> tuple[Reason, ...]:
    """Everything that makes the number invalid on the day ``today``.

    Positions count from 1 in the normalised number as given (15 or 18 characters). The parameters name places and
    single characters, never the birth date or the number.
    """
    value = normalize_citizen_id(text)
    if len(value) not in (LENGTH, LEGACY_LENGTH):
        return (Reason("CITIZEN_ID_LENGTH", path, {"length": len(value)}), *_character_problems(value[:17], path))
    reasons = _character_problems(value, path)
    if reasons:
        return tuple(reasons)
    if value[:2] not in _PROVINCES:
        reasons.append(Reason("CITIZEN_ID_REGION", path, {"position": 1, "character": value[:2]}))
    reasons += _birth_problems(value, today, path)
    if not reasons and len(value) == LENGTH and value[-1] != (expected := calc_check_digit(value)):
        params = {"position": LENGTH, "character": value[-1], "expected": expected}
        reasons.append(Reason("CITIZEN_ID_CHECK", path, params))
    return tuple(reasons)


_VALUES = bytes("0123456789X".find(chr(code)) & 0xFF for code in range(256))
_PLACES = (*(pow(2, LENGTH - 1 - place, 11) for place in range(LENGTH - 1)), 1)


def is_citizen_id(text: str, *, today: date) -> bool:
    """Whether a text is a valid number in its plain form; quick, for thousands at once. ``False`` says nothing more."""
    if len(text) != LENGTH or not text.isascii() or not text[:17].isdigit() or text[:2] not in _PROVINCES:
        return False
    values = text.encode().translate(_VALUES)
    if values[-1] > 10 or sum(map(mul, values, _PLACES)) % 11 != 1:
        return False
    return not _birth_problems(text, today, ())


def parse_citizen_id(text: str, *, today: date, path: tuple[str | int, ...] = ()) -> CitizenId:
    """Number of a text, a fifteen-digit one upgraded. Raises ``Refused`` with every reason (CITIZEN_ID_*)."""
    refuse_if(find_citizen_id_problems(text, today=today, path=path))
    value = normalize_citizen_id(text)
    if len(value) == LENGTH:
        return CitizenId(value)
    body = f"{value[:6]}19{value[6:]}"
    return CitizenId(body + calc_check_digit(body + "0"), upgraded=True)


def _character_problems(value: str, path: tuple[str | int, ...]) -> list[Reason]:
    """Characters that cannot stand where they stand: digits everywhere, at place 18 also X."""
    return [
        Reason(
            "CITIZEN_ID_CHARACTER",
            path,
            {
                "position": position,
                "character": show_character(character),
                "expected": "0-9, X" if position == LENGTH else "0-9",
            },
        )
        for position, character in enumerate(value, 1)
        if character not in DIGITS and not (position == LENGTH and character == "X")
    ]


def _birth_problems(value: str, today: date, path: tuple[str | int, ...]) -> list[Reason]:
    """Problems of the birth date, located at the first of its digits that cannot be right."""
    year_end = 10 if len(value) == LENGTH else 8
    digits = value[6 : year_end + 4]
    year = int(digits[:-4] if len(value) == LENGTH else f"19{digits[:-4]}")
    month, day = int(digits[-4:-2]), int(digits[-2:])
    if not FIRST_YEAR <= year <= today.year:
        return [Reason("CITIZEN_ID_YEAR", path, {"position": 7, "expected": f"{FIRST_YEAR}-{today.year}"})]
    if not 1 <= month <= 12:
        return [Reason("CITIZEN_ID_MONTH", path, {"position": year_end + 1, "expected": "01-12"})]
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        return [Reason("CITIZEN_ID_DAY", path, {"position": year_end + 3, "expected": f"01-{last}"})]
    if date(year, month, day) > today:
        return [Reason("CITIZEN_ID_FUTURE", path, {"position": 7})]
    return []
