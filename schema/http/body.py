"""From the bytes of a request to the operation asked for; nothing ambiguous is read (RFC 8259, I-JSON RFC 7493)."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

import orjson
from starlette.datastructures import QueryParams
from starlette.requests import ClientDisconnect, Request

from hub.core.errors import Reason, Refused
from schema.answer import Asked, read_asked
from schema.http.refusal import RefusedRequest
from schema.limits import JSON_DEPTH, json_nested_deeper

LONGEST_INTEGER = 40
_OF_GET = ("query", "documentId", "operationName", "variables", "extensions")


async def read_body(request: Request, limit: int) -> bytes:
    """The body, read no further than ``limit`` bytes. Raises ``RefusedRequest`` (413, or 400 when it falls short)."""
    declared = request.headers.get("content-length", "")
    sized = declared.isascii() and declared.isdigit()
    if len(declared) > LONGEST_INTEGER or (sized and int(declared) > limit):
        raise _too_large(limit)
    chunks: list[bytes] = []
    length, more = 0, True
    while more:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        chunks.append(message.get("body", b""))
        length += len(chunks[-1])
        if length > limit:
            raise _too_large(limit)
        more = message.get("more_body", False)
    if declared and not (sized and int(declared) == length):
        raise RefusedRequest(400, Reason("BODY_INCOMPLETE"), connection="close")
    return b"".join(chunks)


def _too_large(limit: int) -> RefusedRequest:
    return RefusedRequest(413, Reason("BODY_TOO_LARGE", (), {"limit": limit}), connection="close")


def read_post(body: bytes) -> Asked:
    """The request in a body. Raises ``RefusedRequest`` (400) on anything else than one object of the known members."""
    given = decoded(body)
    if isinstance(given, list):
        raise RefusedRequest(400, Reason("BATCH_UNSUPPORTED"))
    if not isinstance(given, dict):
        raise RefusedRequest(400, Reason("REQUEST_INVALID", (), {"name": "query"}))
    return _asked(given, message=body)


def read_get(parameters: QueryParams) -> Asked:
    """The query in a URL; ``variables`` and ``extensions`` are JSON. Raises ``RefusedRequest`` (400)."""
    given: dict[str, Any] = {}
    for name in _OF_GET:
        values = parameters.getlist(name)
        if len(values) > 1:
            raise _misfit(name)
        if values:
            given[name] = values[0]
    for name in ("variables", "extensions"):
        if given.get(name):
            given[name] = decoded(given[name].encode("utf-8", "surrogatepass"))
        else:
            given.pop(name, None)
    return _asked(given, reads_only=True)


def _asked(given: Mapping[str, Any], *, message: bytes | None = None, reads_only: bool = False) -> Asked:
    try:
        return read_asked(given, message=message, reads_only=reads_only)
    except Refused as refused:
        raise RefusedRequest(400, refused.reasons[0]) from None


def _misfit(member: str) -> RefusedRequest:
    return RefusedRequest(400, Reason("REQUEST_INVALID", (member,), {"name": member}))


def decoded(body: bytes) -> Any:
    """The value of a JSON text. orjson knows the grammar and refuses lone surrogates, which the standard reader lets
    through; the standard reader sees every member, of which orjson keeps the last of a name only."""
    if json_nested_deeper(body, JSON_DEPTH):
        raise RefusedRequest(400, Reason("JSON_TOO_DEEP", (), {"limit": JSON_DEPTH}))
    try:
        orjson.loads(body)
        return _READER.decode(body.decode("utf-8"))
    except _Twice:
        raise RefusedRequest(400, Reason("JSON_MEMBER_TWICE")) from None
    except (ValueError, RecursionError):
        raise RefusedRequest(400, Reason("JSON_INVALID")) from None


class _Twice(Exception):
    """A member name occurs twice in an object."""


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Twice
    return found


def _integer(digits: str) -> int:
    if len(digits) > LONGEST_INTEGER:
        raise ValueError("integer too long")
    return int(digits)


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError("number out of range")
    return number


_READER = json.JSONDecoder(object_pairs_hook=_members, parse_int=_integer, parse_float=_finite)
