"""A request as read, and its answer as sent."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from hub.audit.reads import Sensitive
from hub.auth.quota import Level
from hub.core.errors import Reason, refuse_if

Errors = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A GraphQL request: ``query``, or in its place ``document_id``, the digest of a trusted document.

    ``message`` are the bytes as they came over the wire, if they did; ``reads_only`` when the method is safe (RFC 9110
    §9.2.1) and may change nothing.
    """

    query: str = ""
    variables: Mapping[str, Any] | None = None
    operation_name: str | None = None
    document_id: str | None = None
    message: bytes | None = None
    reads_only: bool = False

    @property
    def digest(self) -> str | None:
        """Hexadecimal SHA-256 of the message."""
        return None if self.message is None else hashlib.sha256(self.message).hexdigest()


def read_asked(given: Mapping[str, Any], *, message: bytes | None = None, reads_only: bool = False) -> Asked:
    """A request from its JSON object. Raises ``Refused`` (REQUEST_INVALID) with every member of the wrong type."""
    query, variables = given.get("query"), given.get("variables")
    name, extensions = given.get("operationName"), given.get("extensions")
    document_id = given.get("documentId")
    free = document_id is None
    checks = {
        "query": isinstance(query, str) and bool(query.strip()) if free else query is None,
        "documentId": free or isinstance(document_id, str),
        "variables": variables is None or isinstance(variables, dict),
        "operationName": name is None or isinstance(name, str),
        "extensions": extensions is None or isinstance(extensions, dict),
    }
    refuse_if(Reason("REQUEST_INVALID", (member,), {"name": member}) for member, sound in checks.items() if not sound)
    return Asked(query or "", variables, name or None, document_id, message, reads_only)


@dataclass(frozen=True, slots=True)
class Charge:
    """``extensions.cost``. ``requested`` follows from the document and its page sizes, before anything is read;
    ``actual`` is what was charged: all of it, or nothing of an operation that was not run."""

    requested: int
    actual: int
    level: Level | None = None

    def told(self) -> dict[str, int]:
        found = {"requested": self.requested, "actual": self.actual}
        if self.level is not None:
            found |= {"available": self.level.available, "restoreRate": self.level.restore_rate}
        return found


@dataclass(slots=True)
class Answer:
    """``data`` is absent when the operation never ran: a request error.

    ``status`` overrules the HTTP status that follows from that; ``retry_after`` are seconds.
    """

    errors: Errors = field(default_factory=list)
    data: Any = None
    executed: bool = False
    masked: tuple[str, ...] = ()
    sensitive: frozenset[Sensitive] = frozenset()
    text: bytes | None = None
    charge: Charge | None = None
    status: int | None = None
    retry_after: int | None = None

    def content(self) -> bytes:
        """The response body; what PostgreSQL wrote goes out unread."""
        if self.text is None:
            return orjson.dumps(self.body(), option=orjson.OPT_NON_STR_KEYS)
        extensions = self._extensions()
        more = b',"extensions":' + orjson.dumps(extensions) if extensions else b""
        return b'{"data":%b%b}' % (self.text, more)

    def body(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if self.errors:
            found["errors"] = self.errors
        if self.executed:
            found["data"] = self.data
        if extensions := self._extensions():
            found["extensions"] = extensions
        return found

    def _extensions(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if self.charge is not None:
            found["cost"] = self.charge.told()
        if self.masked:
            found["masked"] = list(self.masked)
        return found
