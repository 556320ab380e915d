"""Reading the text of packs and calendars: YAML and JSON without the traps of either.

Scalars are only texts, integers, true, false and null: dates stay texts, so that a wrong one is reported where it
stands, and ``no`` or ``12:30`` mean what they say. Duplicate keys and YAML aliases are refused.
"""

from __future__ import annotations

import json
import re

import yaml

from hub.core.errors import Reason, Refused

BYTES_LIMIT = 1024 * 1024


class _Loader(yaml.SafeLoader):
    """Safe loader with only the scalars of this module."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - declared by PyYAML

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.MarkedYAMLError(problem_mark=self.peek_event().start_mark)  # type: ignore[no-untyped-call]
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:  # noqa: FBT001, FBT002
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(problem_mark=key.start_mark)
            if key.value in seen:
                where = f"YAML {key.start_mark.line + 1}"
                raise Refused(Reason("DOCUMENT_KEY_TWICE", (), {"key": key.value[:40], "where": where}))
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"(?:true|false)\Z"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"(?:null|~|)\Z"), ["n", "~", ""])
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"-?(?:0|[1-9][0-9]{0,17})\Z"), list("-0123456789"))


def read_yaml(raw: bytes) -> object:
    """Value of a YAML text. Raises ``Refused`` (DOCUMENT_*)."""
    text = decode(raw, "YAML")
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a subclass of SafeLoader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _unreadable("YAML", mark.line + 1 if mark else 1) from None
    except (yaml.YAMLError, RecursionError, ValueError):
        raise _unreadable("YAML", 1) from None


def read_json(raw: bytes) -> object:
    """Value of a JSON text. Raises ``Refused`` (DOCUMENT_*)."""
    text = decode(raw, "JSON")
    try:
        return json.loads(text, object_pairs_hook=_without_repeats)
    except json.JSONDecodeError as error:
        raise _unreadable("JSON", error.lineno) from None
    except (RecursionError, ValueError):
        raise _unreadable("JSON", 1) from None


def decode(raw: bytes, form: str, *, encodings: tuple[str, ...] = ("utf-8-sig",)) -> str:
    """Text of a file in the first encoding that fits. Raises ``Refused`` (DOCUMENT_TOO_LARGE, DOCUMENT_UNREADABLE)."""
    if len(raw) > BYTES_LIMIT:
        raise Refused(Reason("DOCUMENT_TOO_LARGE", (), {"limit": BYTES_LIMIT}))
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _unreadable(form, 1)


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise Refused(Reason("DOCUMENT_KEY_TWICE", (), {"key": key[:40], "where": "JSON"}))
        found[key] = value
    return found


def _unreadable(form: str, line: int) -> Refused:
    return Refused(Reason("DOCUMENT_UNREADABLE", (), {"format": form, "line": line}))
