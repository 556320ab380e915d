"""Which media type answers (RFC 9110 §12.5.1, GraphQL over HTTP) and which a request body may have."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from starlette.datastructures import Headers

from hub.core.errors import Reason
from schema.http.refusal import RefusedRequest

RESPONSE = "application/graphql-response+json"
JSON = "application/json"
EVENT_STREAM = "text/event-stream"
KEPT = 200
"""Readings of headers kept: callers say the same with every request."""
_QUALITY = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")
_NAMED, _OF_KIND, _ANY = 3, 2, 1


@dataclass(frozen=True, slots=True)
class Accepted:
    """What a caller takes: the media type it likes best, None when it takes neither; whether it names event streams."""

    media: str | None
    stream: bool


def accepted(headers: Headers) -> Accepted:
    """By the ``Accept`` headers.

    A caller without a preference gets ``application/json``, as every client of the years before the newer type expects;
    one that names both alike gets the newer type, whose status codes say more.
    """
    return _accepted(tuple(headers.getlist("accept")))


@lru_cache(maxsize=KEPT)
def _accepted(values: tuple[str, ...]) -> Accepted:
    given = ",".join(values).split(",")
    stream = any(part.split(";")[0].strip().lower() == EVENT_STREAM for part in given)
    if not any(value.strip() for value in values):
        return Accepted(JSON, stream)
    ranges = [each for each in map(_range, given) if each is not None]
    best = max((*_liking(RESPONSE, ranges), RESPONSE), (*_liking(JSON, ranges), JSON), key=_preference)
    return Accepted(best[2] if best[0] > 0 else None, stream)


def require_json(headers: Headers) -> None:
    """Raises ``RefusedRequest`` (415) unless the body is declared as JSON in UTF-8, sent as it is."""
    if not _is_json(tuple(headers.getlist("content-type"))):
        raise RefusedRequest(415, Reason("CONTENT_TYPE"))
    if any(each.strip().lower() not in {"", "identity"} for each in headers.getlist("content-encoding")):
        raise RefusedRequest(415, Reason("CONTENT_ENCODING"), accept_encoding="identity")


@lru_cache(maxsize=KEPT)
def _is_json(kinds: tuple[str, ...]) -> bool:
    kind, *parameters = (part.strip().lower() for part in (kinds[0] if len(kinds) == 1 else "").split(";"))
    return kind == JSON and all(not each or _is_utf8(each) for each in parameters)


_Range = tuple[str, float]


def _range(text: str) -> _Range | None:
    """A media range with its quality; None for what is not well-formed or asks for another encoding than UTF-8."""
    kind, *parameters = (part.strip().lower() for part in text.split(";"))
    quality = 1.0
    for each in parameters:
        name, _, value = (part.strip() for part in each.partition("="))
        if name == "q":
            if _QUALITY.fullmatch(value) is None:
                return None
            quality = float(value)
        elif name == "charset" and not _is_utf8(each):
            return None
    return kind, quality


def _is_utf8(parameter: str) -> bool:
    name, _, value = (part.strip() for part in parameter.partition("="))
    return name == "charset" and value.strip('"') in {"utf-8", "utf8"}


def _liking(media: str, ranges: list[_Range]) -> tuple[float, int]:
    """Quality by the most precise range that covers the type, and how precise that is."""
    for precision, name in ((_NAMED, media), (_OF_KIND, "application/*"), (_ANY, "*/*")):
        qualities = [quality for kind, quality in ranges if kind == name]
        if qualities:
            return max(qualities), precision
    return 0.0, 0


def _preference(candidate: tuple[float, int, str]) -> tuple[float, int, bool]:
    quality, precision, media = candidate
    return quality, precision, (media == RESPONSE) is (precision == _NAMED)
