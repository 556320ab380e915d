"""YAML into frozen dataclasses by their annotations, with every problem of form reported at its place."""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Hashable
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from datetime import date, time
from enum import StrEnum
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import yaml

from hub.core.errors import Reason

if yaml.__with_libyaml__:
    from yaml import CBaseLoader as BaseLoader
else:
    from yaml import BaseLoader  # type: ignore[assignment]

Place = tuple[str | int, ...]

_MONTH_DAY = re.compile(r"(\d{2})-(\d{2})")
_NOTHING = frozenset({"", "~", "null"})
_BOOLEANS = {"true": True, "false": False}


class _Texts(BaseLoader):
    """Every scalar stays text: a code with leading zeros or without letters is not a number. No key twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002
        seen: set[str] = set()
        for key, _ in node.value:
            name = str(key.value)
            if name in seen:
                raise yaml.constructor.ConstructorError(None, None, f"duplicate key {name}", key.start_mark)
            seen.add(name)
        return super().construct_mapping(node, deep=deep)


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


@dataclass(slots=True)
class Reader:
    """Reads files for one year. ``{year}`` and ``{next_year}`` in a text stand for it and the one after.

    Problems gather in ``reasons``; what could not be read is ``None`` and must not be used while there are any.
    """

    year: int
    reasons: list[Reason] = field(default_factory=list)

    def read_file(self, path: Path, kind: Any) -> Any:
        """Content of a file as ``kind``: a dataclass, or ``tuple[dataclass, ...]``."""
        try:
            raw = yaml.load(path.read_text(encoding="utf-8"), _Texts)  # noqa: S506 - BaseLoader makes text only
        except (OSError, UnicodeError, yaml.YAMLError) as error:
            problem = " ".join(str(error).split())
            self.reasons.append(Reason("DEMO_FILE_UNREADABLE", (path.name,), {"file": path.name, "problem": problem}))
            return None
        return self._value(kind, raw, (path.name,))

    def _value(self, kind: Any, raw: object, place: Place) -> Any:
        if get_origin(kind) is UnionType:
            nothing = isinstance(raw, str) and raw in _NOTHING
            return None if nothing else self._value(get_args(kind)[0], raw, place)
        if get_origin(kind) is tuple:
            return self._list(get_args(kind)[0], raw, place)
        if is_dataclass(kind):
            return self._record(kind, raw, place)
        if not isinstance(raw, str):
            return self._report("DEMO_NOT_TEXT", place)
        text = raw.replace("{year}", str(self.year)).replace("{next_year}", str(self.year + 1)).strip()
        try:
            return self._scalar(kind, text)
        except (ValueError, KeyError):
            return self._report("DEMO_VALUE_INVALID", place, value=text, expected=kind.__name__)

    def _scalar(self, kind: type, text: str) -> object:
        if kind is bool:
            return _BOOLEANS[text]
        if kind is date:
            return redate(text, self.year)
        if kind is time:
            return time.fromisoformat(text)
        if text in _NOTHING:
            raise ValueError("empty")
        if kind is str or kind is int or issubclass(kind, StrEnum):
            return kind(text)
        raise TypeError(f"no reading for {kind}")

    def _list(self, kind: Any, raw: object, place: Place) -> Any:
        if not isinstance(raw, list):
            return self._report("DEMO_NOT_LIST", place)
        return tuple(self._value(kind, entry, (*place, at)) for at, entry in enumerate(raw))

    def _record(self, kind: Any, raw: object, place: Place) -> Any:
        if not isinstance(raw, dict):
            return self._report("DEMO_NOT_MAPPING", place)
        before = len(self.reasons)
        hints = get_type_hints(kind)
        known = {each.name: each for each in fields(kind)}
        for name in raw:
            if name not in known:
                self._report("DEMO_FIELD_UNKNOWN", (*place, str(name)), field=name)
        for name, each in known.items():
            if name not in raw and not _has_default(each):
                self._report("DEMO_FIELD_MISSING", (*place, name), field=name)
        values = {name: self._value(hints[name], raw[name], (*place, name)) for name in known if name in raw}
        return kind(**values) if len(self.reasons) == before else None

    def _report(self, code: str, place: Place, **params: object) -> None:
        self.reasons.append(Reason(code, place, params))


def _has_default(each: Field[Any]) -> bool:
    return each.default is not MISSING or each.default_factory is not MISSING
