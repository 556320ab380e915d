"""Reading structured data while collecting every problem with its path.

A reader returns a harmless placeholder where it reports a problem, so that reading can go on; whoever started the
reading raises ``Refused`` with all reasons before any value is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from hub.core.errors import Reason
from hub.core.texts import Text

Path = tuple[str | int, ...]
Choice = TypeVar("Choice", bound=StrEnum)

LONGEST_TEXT = 2000
_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Fields:
    """The fields of one mapping. ``reasons`` is shared by all readers of a document."""

    def __init__(self, data: object, path: Path, reasons: list[Reason], known: Iterable[str]) -> None:
        self.path = path
        self.reasons = reasons
        self._data: Mapping[object, object] = {}
        self._readable = isinstance(data, Mapping)
        if not isinstance(data, Mapping):
            self.report("DOCUMENT_NOT_MAPPING")
            return
        self._data = data
        names = tuple(known)
        for key in data:
            if key not in names:
                self.report("KEY_UNKNOWN", show_value(key), key=show_value(key), expected=", ".join(names))

    def has(self, key: str) -> bool:
        """Whether the field is there and not null."""
        return self._data.get(key) is not None

    def get(self, key: str) -> object:
        return self._data.get(key)

    def require(self, key: str) -> object:
        """The raw value; a missing or null one is reported."""
        if not self.has(key) and self._readable:
            self.report("KEY_MISSING", key, key=key)
        return self._data.get(key)

    def text(self, key: str, *, default: str | None = None) -> str:
        """A non-empty text without surrounding white space."""
        if default is not None and not self.has(key):
            return default
        value = self.require(key)
        if value is None:
            return ""
        return read_text(value, (*self.path, key), self.reasons)

    def optional_text(self, key: str) -> str | None:
        return self.text(key) if self.has(key) else None

    def bilingual(self, key: str) -> Text:
        """A text given as ``{zh: …, en: …}``."""
        value = self.require(key)
        return Text("", "") if value is None else read_bilingual(value, (*self.path, key), self.reasons)

    def optional_bilingual(self, key: str) -> Text | None:
        return self.bilingual(key) if self.has(key) else None

    def integer(self, key: str, lowest: int, highest: int) -> int:
        value = self.require(key)
        return lowest if value is None else read_integer(value, lowest, highest, (*self.path, key), self.reasons)

    def choice(self, key: str, kind: type[Choice], *, default: Choice | None = None) -> Choice:
        if default is not None and not self.has(key):
            return default
        value = self.require(key)
        placeholder = default or next(iter(kind))
        return placeholder if value is None else read_choice(value, kind, (*self.path, key), self.reasons)

    def day(self, key: str) -> date:
        """A date written YYYY-MM-DD."""
        value = self.require(key)
        return date.min if value is None else read_date(value, (*self.path, key), self.reasons)

    def optional_day(self, key: str) -> date | None:
        return self.day(key) if self.has(key) else None

    def report(self, code: str, *below: str | int, **params: object) -> None:
        self.reasons.append(Reason(code, (*self.path, *below), params))


def read_text(value: object, path: Path, reasons: list[Reason]) -> str:
    if not isinstance(value, str):
        reasons.append(Reason("VALUE_TYPE", path, {"value": show_value(value), "expected": "text"}))
        return ""
    text = value.strip()
    if not text:
        reasons.append(Reason("VALUE_EMPTY", path))
    if "\x00" in text:
        reasons.append(Reason("NUL_CHARACTER", path))
    if len(text) > LONGEST_TEXT:
        reasons.append(Reason("TEXT_TOO_LONG", path, {"limit": LONGEST_TEXT}))
    return text


def read_bilingual(value: object, path: Path, reasons: list[Reason]) -> Text:
    fields = Fields(value, path, reasons, ("zh", "en"))
    if not isinstance(value, Mapping):
        return Text("", "")
    return Text(fields.text("zh"), fields.text("en"))


def read_integer(value: object, lowest: int, highest: int, path: Path, reasons: list[Reason]) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        reasons.append(Reason("VALUE_TYPE", path, {"value": show_value(value), "expected": "integer"}))
        return lowest
    if not lowest <= value <= highest:
        params = {"value": show_value(value), "expected": f"{lowest}-{highest}"}
        reasons.append(Reason("VALUE_RANGE", path, params))
        return lowest
    return value


def read_choice(value: object, kind: type[Choice], path: Path, reasons: list[Reason]) -> Choice:
    if isinstance(value, str) and value in kind.__members__:
        return kind(value)
    reasons.append(Reason("VALUE_CHOICE", path, {"value": show_value(value), "expected": ", ".join(kind)}))
    return next(iter(kind))


def read_date(value: object, path: Path, reasons: list[Reason]) -> date:
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    reasons.append(Reason("VALUE_DATE", path, {"value": show_value(value)}))
    return date.min


def read_list(value: object, path: Path, reasons: list[Reason]) -> list[object]:
    if isinstance(value, list):
        return value
    reasons.append(Reason("DOCUMENT_NOT_LIST", path))
    return []


def show_value(value: object) -> str:
    """A value as a message may print it: short, printable, and never a whole structure."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | float) or value is None:
        return "".join(c if c.isprintable() else "·" for c in str(value))[:40]
    if isinstance(value, int):
        return str(value) if abs(value) < 10**18 else "…"
    return type(value).__name__
