"""Payloads as frozen dataclasses whose fields say what they are; one check for all of them.

Field metadata: ``text`` (bilingual description), ``limit`` (longest text), ``node`` (type tag of an id),
``minimum``/``maximum`` (of a number), ``deprecated`` (a ``Deprecation``, of a field that may be left out).
A payload whose fields depend on each other is ``Ruled``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, field, fields, is_dataclass
from datetime import date
from typing import Any, Protocol, runtime_checkable

from hub.core.errors import Reason
from hub.core.texts import Text

LONG_TEXT = 10_000
SHORT_TEXT = 200
YEARS = (1900, 2199)


@runtime_checkable
class Ruled(Protocol):
    """A payload with rules between its fields; they are reported together with what is wrong with each field."""

    def find_rule_problems(self) -> Iterator[Reason]: ...


def required(zh: str, en: str, **about: Any) -> Any:
    """A field that must be given. ``about``: see the module's list of metadata."""
    return field(metadata={"text": Text(zh, en), **about})


def optional(zh: str, en: str, *, default: Any = None, **about: Any) -> Any:
    """A field that may be left out."""
    return field(default=default, metadata={"text": Text(zh, en), **about})


def listed(zh: str, en: str, **about: Any) -> Any:
    """A list field that may be left out; an absent list is empty."""
    return field(default=(), metadata={"text": Text(zh, en), **about})


def find_problems(payload: object, path: tuple[str | int, ...] = ()) -> tuple[Reason, ...]:
    """Everything wrong with a payload: its texts, its numbers, its rules, with the path of each field."""
    return tuple(_problems(payload, path))


def _problems(payload: object, path: tuple[str | int, ...]) -> Iterator[Reason]:
    if not is_dataclass(payload) or isinstance(payload, type):
        return
    for spec in fields(payload):
        here = (*path, camel(spec.name))
        value = getattr(payload, spec.name)
        values = enumerate(value) if isinstance(value, (tuple, list)) else [(None, value)]
        for index, each in values:
            where = here if index is None else (*here, index)
            yield from _value_problems(each, where, spec.metadata, needed=spec.default is MISSING)
            yield from _problems(each, where)
    if isinstance(payload, Ruled):
        for reason in payload.find_rule_problems():
            yield Reason(reason.code, (*path, *reason.path), reason.params)


def _value_problems(value: object, path: tuple[str | int, ...], about: Any, *, needed: bool) -> Iterator[Reason]:
    match value:
        case str():
            yield from text_problems(value, path, limit=about.get("limit", LONG_TEXT), needed=needed)
        case bool():
            return
        case int():
            low, high = about.get("minimum", -(2**31)), about.get("maximum", 2**31 - 1)
            if not low <= value <= high:
                yield Reason("NUMBER_RANGE", path, {"minimum": low, "maximum": high})
        case date() if not YEARS[0] <= value.year <= YEARS[1]:
            yield Reason("DATE_RANGE", path, {"first": YEARS[0], "last": YEARS[1]})


def text_problems(value: str, path: tuple[str | int, ...], *, limit: int, needed: bool = True) -> Iterator[Reason]:
    """Problems of one text: U+0000, blank where needed, too long."""
    if "\x00" in value:
        yield Reason("NUL_CHARACTER", path)
    if needed and not value.strip():
        yield Reason("TEXT_EMPTY", path)
    if len(value) > limit:
        yield Reason("TEXT_TOO_LONG", path, {"limit": limit})


def camel(name: str) -> str:
    """Field name as the GraphQL input spells it."""
    head, *rest = name.split("_")
    return head + "".join(part.title() for part in rest)
