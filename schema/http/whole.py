"""A response of one piece."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from schema.http.negotiation import JSON, RESPONSE

NO_MORE: Mapping[str, str] = MappingProxyType({})
_OF_MEDIA = {
    media: ((b"vary", b"Accept"), (b"content-type", f"{media}; charset=utf-8".encode())) for media in (JSON, RESPONSE)
}


class Whole:
    """An ASGI app, as starlette's ``Response`` is: what every answer goes through holds nothing else."""

    __slots__ = ("_content", "_headers", "_status")

    def __init__(self, content: bytes, status: int, media: str, headers: Mapping[str, str] = NO_MORE) -> None:
        more = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
        self._headers = [(b"content-length", b"%d" % len(content)), *_OF_MEDIA[media], *more]
        self._content = content
        self._status = status

    async def __call__(self, _scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": self._status, "headers": self._headers})
        await send({"type": "http.response.body", "body": self._content})
