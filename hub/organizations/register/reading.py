"""YAML into frozen dataclasses by their annotations, with every problem of form reported at its place."""

from __future__ import annotations

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

BYTES_LIMIT = 4 * 1024 * 1024
"""Of one file: thousands of units fit; whatever is larger was not written as a register."""
DEPTH_LIMIT = 16

Place = tuple[str | int, ...]

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


@dataclass(slots=True)
class Reader:
    """Reads the files of one folder, and nothing outside it.

    Problems gather in ``reasons``; what could not be read is ``None`` and must not be used while there are any.
    """

    folder: Path
    reasons: list[Reason] = field(default_factory=list)
    aliases: bool = False
    """Whether YAML aliases are read: in files of our own only, a stranger's may grow beyond measure."""

    def read_file(self, path: Path, kind: Any) -> Any:
        """Content of a file of the folder as ``kind``: a dataclass, or ``tuple[dataclass, ...]``."""
        name = path.relative_to(self.folder).as_posix()
        try:
            raw = _load(self._text_of(path), aliases=self.aliases)
        except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
            problem = " ".join(str(error).split())
            self.reasons.append(Reason("REGISTER_FILE_UNREADABLE", (name,), {"file": name, "problem": problem}))
            return None
        return self._value(kind, raw, (name,))

    def _text_of(self, path: Path) -> str:
        """Raises ``ValueError`` for a link out of the folder, what is no file, a large one, and other than UTF-8."""
        if not path.resolve().is_relative_to(self.folder.resolve()):
            raise ValueError("链接指向目录之外 (a link out of the folder)")
        if path.exists() and not path.is_file():
            raise ValueError("不是普通文件 (not a regular file)")
        with path.open("rb") as stream:
            data = stream.read(BYTES_LIMIT + 1)
        if len(data) > BYTES_LIMIT:
            raise ValueError(f"超过 {BYTES_LIMIT // 2**20} MB (larger than {BYTES_LIMIT // 2**20} MB)")
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ValueError(f"第 {error.start + 1} 字节起不是 UTF-8 (not UTF-8 at byte {error.start + 1})") from None

    def _value(self, kind: Any, raw: object, place: Place) -> Any:
        if get_origin(kind) is UnionType:
            nothing = isinstance(raw, str) and raw in _NOTHING
            return None if nothing else self._value(get_args(kind)[0], raw, place)
        if get_origin(kind) is tuple:
            return self._list(get_args(kind)[0], raw, place)
        if is_dataclass(kind):
            return self._record(kind, raw, place)
        if not isinstance(raw, str):
            return self._report("REGISTER_NOT_TEXT", place)
        text = self._said(raw).strip()
        try:
            return self._scalar(kind, text)
        except (ValueError, KeyError):
            return self._report("REGISTER_VALUE_INVALID", place, value=text[:80], expected=_expected(kind))

    def _said(self, raw: str) -> str:
        """What a text says; the demonstration has words for its year."""
        return raw

    def _day(self, text: str) -> date:
        """Raises ``ValueError``."""
        return date.fromisoformat(text)

    def _scalar(self, kind: type, text: str) -> object:
        if kind is bool:
            return _BOOLEANS[text]
        if kind is date:
            return self._day(text)
        if kind is time:
            return time.fromisoformat(text)
        if text in _NOTHING or "\0" in text:
            raise ValueError("empty")
        if kind is str or kind is int or issubclass(kind, StrEnum):
            return kind(text)
        raise TypeError(f"no reading for {kind}")

    def _list(self, kind: Any, raw: object, place: Place) -> Any:
        if not isinstance(raw, list):
            return self._report("REGISTER_NOT_LIST", place)
        return tuple(self._value(kind, entry, (*place, at)) for at, entry in enumerate(raw))

    def _record(self, kind: Any, raw: object, place: Place) -> Any:
        if not isinstance(raw, dict):
            return self._report("REGISTER_NOT_MAPPING", place)
        before = len(self.reasons)
        hints = get_type_hints(kind)
        known = {each.name: each for each in fields(kind)}
        for name in raw:
            if name not in known:
                self._report("REGISTER_FIELD_UNKNOWN", (*place, str(name)), field=name)
        for name, each in known.items():
            if name not in raw and not _has_default(each):
                self._report("REGISTER_FIELD_MISSING", (*place, name), field=name)
        values = {name: self._value(hints[name], raw[name], (*place, name)) for name in known if name in raw}
        return kind(**values) if len(self.reasons) == before else None

    def _report(self, code: str, place: Place, **params: object) -> None:
        self.reasons.append(Reason(code, place, params))


def _load(text: str, *, aliases: bool) -> object:
    """Plain data of a YAML text. Raises ``ValueError`` for deep nesting, ``YAMLError`` for the rest."""
    depth = 0
    for event in yaml.parse(text, BaseLoader):
        if isinstance(event, yaml.AliasEvent) and not aliases:
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise yaml.YAMLError(f"第 {line} 行：不得使用别名 (line {line}: aliases are not read)")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEPTH_LIMIT:
            raise ValueError(f"嵌套超过 {DEPTH_LIMIT} 层 (nested deeper than {DEPTH_LIMIT})")
    return yaml.load(text, _Texts)  # noqa: S506 - BaseLoader makes text only


def _expected(kind: type) -> str:
    return "、".join(kind) if issubclass(kind, StrEnum) and len(kind) <= 24 else kind.__name__


def _has_default(each: Field[Any]) -> bool:
    return each.default is not MISSING or each.default_factory is not MISSING
