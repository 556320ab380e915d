"""Strict reading of compact JWS before any library sees it: sizes, base64url, one flat JSON object without repeats.

Everything here is unverified until a signature has been checked (RFC 7515 §5.2, RFC 8725 §2.4).
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

_COMPACT = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_HEADER_LIMIT = 1024
LATEST_TIME = 253_402_300_799


class MalformedTokenError(ValueError):
    """The text is not a compact JWS of the accepted shape."""


@dataclass(frozen=True, slots=True)
class CompactJws:
    """A well-formed compact JWS: ``text`` as received, header and claims as read but not yet trusted."""

    text: str
    header: Mapping[str, object]
    claims: Mapping[str, object]


def read_compact(text: str, *, limit: int, header_names: frozenset[str]) -> CompactJws:
    """Read a compact JWS of at most ``limit`` characters whose header has no member outside ``header_names``.

    The list of names is what keeps ``crit``, ``jku``, ``jwk``, ``x5u``, ``x5c``, ``zip`` and ``b64`` out.
    Raises ``MalformedTokenError``.
    """
    if len(text) > limit or not _COMPACT.fullmatch(text):
        raise MalformedTokenError("size or form")
    encoded_header, encoded_claims, _ = text.split(".")
    if len(encoded_header) > _HEADER_LIMIT:
        raise MalformedTokenError("header size")
    header = _read_object(encoded_header)
    if not header.keys() <= header_names or not all(isinstance(value, str) for value in header.values()):
        raise MalformedTokenError("header member")
    return CompactJws(text, header, _read_object(encoded_claims))


def time_claim(claims: Mapping[str, object], name: str) -> float | None:
    """A NumericDate (RFC 7519 §2) within the years a clock can hold, or None when absent or anything else."""
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if 0 <= value <= LATEST_TIME else None


def text_claim(claims: Mapping[str, object], name: str) -> str | None:
    value = claims.get(name)
    return value if isinstance(value, str) else None


def _read_object(encoded: str) -> dict[str, object]:
    try:
        raw = base64.b64decode(encoded + "=" * (-len(encoded) % 4), altchars=b"-_", validate=True)
        value = json.loads(raw.decode(), object_pairs_hook=_without_repeats, parse_constant=_refuse_constant)
    except (binascii.Error, ValueError, RecursionError):
        raise MalformedTokenError("encoding") from None
    if not isinstance(value, dict) or not all(_is_flat(member) for member in value.values()):
        raise MalformedTokenError("shape")
    return value


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise MalformedTokenError("repeated member")
    return members


def _refuse_constant(name: str) -> object:
    raise MalformedTokenError(name)


def _is_flat(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(item, str) for item in value)
    return value is None or isinstance(value, str | int | float)
