"""From GraphQL input values to payload dataclasses: ids opened, absent values filled, every fault reported."""

from __future__ import annotations

import base64
import binascii
import typing
from collections.abc import Iterator, Mapping
from dataclasses import Field, fields, is_dataclass
from enum import Enum, StrEnum
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from hub.core.errors import Reason, Refused
from hub.core.ids import decode_node_id
from hub.core.payload import camel, find_problems
from schema.mutations.inputs import without_none

Path = tuple[str | int, ...]
ANY_NODE = "*"


def read_payload(payload: type, given: Mapping[str, Any] | None, path: Path) -> Any:
    """The payload. Raises ``Refused`` with every unusable id, text and number, paths below ``path``."""
    reasons: list[Reason] = []
    made = _read(payload, given or {}, path, reasons)
    reasons += find_problems(made, path)
    if reasons:
        raise Refused(*reasons)
    return made


def read_id(value: str, tag: str, path: Path) -> UUID:
    """The key behind a node id of one type. Raises ``Refused`` (ID_INVALID)."""
    found, key = decode_node_id(value, path=path)
    if tag not in (ANY_NODE, found):
        raise Refused(Reason("ID_INVALID", path))
    return key


def read_base64(text: str, path: Path) -> bytes:
    """The bytes of a file handed in. Raises ``Refused`` (BASE64_INVALID)."""
    try:
        return base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error):
        raise Refused(Reason("BASE64_INVALID", path)) from None


def _read(payload: type, given: Mapping[str, Any], path: Path, reasons: list[Reason]) -> Any:
    values: dict[str, Any] = {}
    for spec in fields(payload):
        name = camel(spec.name)
        value = given.get(name)
        if value is not None:
            values[spec.name] = _value(_kind(payload, spec.name), value, spec, (*path, name), reasons)
    return payload(**values)


@cache
def _kind(payload: type, name: str) -> Any:
    return without_none(typing.get_type_hints(payload)[name])


def _value(kind: Any, value: Any, spec: Field[Any], path: Path, reasons: list[Reason]) -> Any:
    if typing.get_origin(kind) is tuple:
        each = typing.get_args(kind)[0]
        return tuple(_value(each, part, spec, (*path, index), reasons) for index, part in enumerate(value))
    if kind is UUID:
        return _id(value, spec.metadata["node"], path, reasons)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(value.value if isinstance(value, Enum) else value)
    if is_dataclass(kind) and isinstance(kind, type):
        return _read(kind, value, path, reasons)
    return value


def _id(value: str, tag: str, path: Path, reasons: list[Reason]) -> UUID:
    try:
        return read_id(value, tag, path)
    except Refused as refused:
        reasons.extend(refused.reasons)
        return uuid4()  # equal to no other id, so that no rule complains of it


def with_prefix(refused: Refused, prefix: Path, top: frozenset[str]) -> Iterator[Reason]:
    """Reasons of a service with paths of the request: a field of the payload stands below its argument."""
    for reason in refused.reasons:
        inside = reason.path and reason.path[0] not in top and reason.path[: len(prefix)] != prefix
        yield Reason(reason.code, (*prefix, *reason.path), reason.params) if inside else reason
