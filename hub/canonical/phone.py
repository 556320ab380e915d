"""Telephone numbers of liaisons: mainland mobile (eleven digits) or landline with area code and extension."""

from __future__ import annotations

import re

from hub.canonical.characters import DIGITS, fold, show_character
from hub.core.errors import Reason, refuse_if

_COUNTRY = re.compile(r"(?:(?:\+|00)86)+(?P<trunk>(?=10|[2-9]))?")
_MOBILE = re.compile("1[3-9][0-9]{9}")
_LANDLINE = re.compile("(?P<area>010|02[0-9]|0[3-9][0-9]{2})(?P<number>[2-8][0-9]{6,7})(?:#(?P<extension>[0-9]{1,6}))?")
_EXTENSION = re.compile("(?:转|ext\\.?|x|#)", re.IGNORECASE)
_GROUPING = re.compile(r"[-‐‑‒–—―−()]")


def normalize_phone(text: str) -> str:
    """Digits; an extension behind ``#``. The country code 86 is dropped, the trunk 0 of a landline restored."""
    value = _EXTENSION.sub("#", _GROUPING.sub("", fold(text)))
    country = _COUNTRY.match(value)
    if country is None:
        return value
    return ("0" if country["trunk"] is not None else "") + value[country.end() :]


def find_phone_problems(text: str, *, path: tuple[str | int, ...] = ()) -> tuple[Reason, ...]:
    """Everything wrong with the number. Positions count from 1 in the normalised number; the parameters never
    hold the number."""
    value = normalize_phone(text)
    reasons = [
        Reason("PHONE_CHARACTER", path, {"position": position, "character": show_character(character)})
        for position, character in enumerate(value[:24], 1)
        if character not in DIGITS and character != "#"
    ]
    if not reasons and not _MOBILE.fullmatch(value) and not _LANDLINE.fullmatch(value):
        reasons.append(Reason("PHONE_FORM", path, {"length": len(value)}))
    return tuple(reasons)


def parse_phone(text: str, *, path: tuple[str | int, ...] = ()) -> str:
    """The number: mobile ``13800138000``, landline ``0391-6190000`` with ``#12`` for an extension.

    Raises ``Refused`` with every reason (PHONE_*).
    """
    refuse_if(find_phone_problems(text, path=path))
    value = normalize_phone(text)
    landline = _LANDLINE.fullmatch(value)
    if landline is None:
        return value
    extension = landline["extension"]
    return f"{landline['area']}-{landline['number']}" + (f"#{extension}" if extension else "")
